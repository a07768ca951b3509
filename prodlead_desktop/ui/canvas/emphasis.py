"""Which cards stand out and which step back: found words, what a filter leaves, and the way to the objectives."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.sight import Sight
from prodlead_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for and which cards say it."""

    words: str = ""
    ids: frozenset[str] = frozenset()


NOTHING_FOUND = Found()


class Emphasis(QObject):
    """View state of one canvas; ``changed`` asks for every card to be painted anew."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._found = NOTHING_FOUND
        self._sight: Sight | None = None
        self._dimmed: frozenset[str] = frozenset()
        self._faint: tuple[frozenset[str], str | None, frozenset[str]] = frozenset(), None, frozenset()
        session.changed.connect(self._follow)
        session.view_changed.connect(self._follow)

    @property
    def found(self) -> Found:
        """The cards that are marked as found."""
        return self._found

    def show_found(self, found: Found) -> None:
        """Mark other cards."""
        if found != self._found:
            self._found = found
            self.changed.emit()

    @property
    def sight(self) -> Sight | None:
        """The way from one card to the objectives."""
        return self._sight

    def show_sight(self, sight: Sight | None) -> None:
        """Show another way, or none."""
        if sight != self._sight:
            self._sight = sight
            self._follow()
            self.changed.emit()

    @property
    def dimmed(self) -> frozenset[str]:
        """The cards that step back."""
        return self._dimmed

    @property
    def faint(self) -> frozenset[str]:
        """The cards that are painted in the background: what steps back, but for the card that is worked on."""
        current = self._session.current
        if current not in self._dimmed:
            return self._dimmed
        if self._faint[:2] != (self._dimmed, current):
            self._faint = self._dimmed, current, self._dimmed - {current}
        return self._faint[2]

    def _follow(self, *_: object) -> None:
        session = self._session
        dimmed = session.narrowing.dimmed
        if self._sight is not None:
            dimmed = frozenset(session.strategy.all(Node)) - self._sight.ids
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.changed.emit()
