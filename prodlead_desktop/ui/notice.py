"""What the window tells its user: one sentence and up to two things to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prodlead_desktop.errors import FileRefused, ProdleadError, WriteFailed

if TYPE_CHECKING:
    from prodlead_desktop.document import Document

UNDO = "Undo"  # the words of the action that takes back the step a notice tells of
DISK = "disk"  # the key of what is said about the file; it stands as long as it is true


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the user with up to two things to do about it; a toast shows at the bottom and goes."""

    sentence: str
    level: str = "info"  # info, ok, warn, err
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    toast: bool = False
    key: str = ""  # a later notice with the same key replaces this one
    passing: bool = False  # about something that did not go: the next edit that does takes it away
    holds: Callable[[], bool] | None = None  # the bar lets the notice go when this is no longer so

    @staticmethod
    def of(error: ProdleadError) -> Notice:
        """What the notification bar says about an error."""
        return Notice(str(error), "err", passing=not isinstance(error, (FileRefused, WriteFailed)))

    def about(self, document: Document) -> Notice:
        """The same as long as it is of today: its Undo is for the step that is the last one now and no other."""
        step, strategy, holds = document.last_step, document.strategy, self.holds
        undoes = any(words == UNDO for words, _ in self.actions)

        def still() -> bool:
            return not (
                (undoes and document.last_step != step)
                or (self.passing and document.strategy is not strategy)
                or (holds is not None and not holds())
            )

        def bound(act: Callable[[], object]) -> Callable[[], object]:
            return lambda: act() if document.last_step == step else None

        actions = tuple((words, bound(act) if words == UNDO else act) for words, act in self.actions)
        return replace(self, actions=actions, holds=still)
