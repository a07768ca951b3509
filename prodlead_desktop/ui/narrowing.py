"""What the map is narrowed to: one branch alone, and the way back out of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy


class Narrowing(QObject):
    """The branches that were entered one inside the other; those that are gone do not count."""

    changed = Signal()

    def __init__(self, strategy: Callable[[], Strategy], parent: QObject) -> None:
        super().__init__(parent)
        self._strategy = strategy
        self._roots: tuple[str, ...] = ()

    @property
    def root(self) -> str | None:
        """The branch that is shown alone; None shows all of the map."""
        there = self._there()
        return there[-1] if there else None

    def enter(self, node_id: str | None) -> None:
        """Show one branch alone, or everything."""
        self._take(() if node_id is None else (*self._there(), node_id))

    def back_out(self) -> None:
        """Back to the branch that was shown before, or to everything."""
        self._take(self._there()[:-1])

    def _take(self, roots: tuple[str, ...]) -> None:
        before, self._roots = self.root, roots
        if self.root != before:
            self.changed.emit()

    def _there(self) -> tuple[str, ...]:
        strategy = self._strategy()
        return tuple(node_id for node_id in self._roots if strategy.find(Node, node_id) is not None)
