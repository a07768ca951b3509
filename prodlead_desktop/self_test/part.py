"""What the checks share: how one of them says that its part does not do what it should."""

from __future__ import annotations


class PartError(Exception):
    """A part is there but does not do what it should; the message says what was seen."""


def must(good: bool, otherwise: str) -> None:
    """Raise PartError with what was seen unless it is ``good``."""
    if not good:
        raise PartError(otherwise)
