"""The few kinds of failure a user can meet, each a sentence and a hint, so that nobody ever sees a traceback."""

from __future__ import annotations


class ProdleadError(Exception):
    """Something the environment or the user can put right: ``sentence`` says what, ``hint`` the way out."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class BadInput(ProdleadError):
    """What was typed, pasted or read cannot be taken as it is."""


class InvariantViolation(ProdleadError):
    """An edit would have put something on disk that must never be there; nothing was changed."""


class FileRefused(ProdleadError):
    """A file is not a strategy we can open; it was not touched."""


class WriteFailed(ProdleadError):
    """A commit did not reach the disk; what was to be written is still in memory."""


class Cancelled(ProdleadError):
    """The user stopped a task."""

    def __init__(self, sentence: str = "Stopped.", hint: str = "") -> None:
        super().__init__(sentence, hint)
