"""What the window tells its user: one sentence and up to two things to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prodlead_desktop.errors import ProdleadError


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the user with up to two things to do about it; a toast shows at the bottom and goes."""

    sentence: str
    level: str = "info"  # info, ok, warn, err
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    toast: bool = False
    key: str = ""  # a later notice with the same key replaces this one
    holds: Callable[[], bool] | None = None  # the bar lets the notice go when this is no longer so

    @staticmethod
    def of(error: ProdleadError) -> Notice:
        """What the notification bar says about an error."""
        return Notice(str(error), "err")
