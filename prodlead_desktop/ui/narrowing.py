"""What the map is narrowed to: one branch alone, a filter, and the way back out of either."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.search import Filter, with_ancestors
from prodlead_desktop.domain.strategy import Strategy

Sets = tuple[frozenset[str], frozenset[str], frozenset[str]]


class Narrowing(QObject):
    """The branches that were entered one inside the other, and what is looked for; nodes that are gone do not count."""

    changed = Signal()

    def __init__(self, strategy: Callable[[], Strategy], parent: QObject) -> None:
        super().__init__(parent)
        self._strategy = strategy
        self._roots: tuple[str, ...] = ()
        self._filter = Filter()
        self._kept: frozenset[str] = frozenset()  # shown although they do not match, until the filter changes
        self._known: tuple[Strategy, Filter, Sets] | None = None

    # -- one branch alone

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

    # -- a filter

    @property
    def filter(self) -> Filter:
        """What is looked for."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """Look for something else; a filter without facets shows everything."""
        if wanted != self._filter:
            self._filter, self._kept = wanted, frozenset()
            self.changed.emit()

    def keep(self, ids: Iterable[str]) -> None:
        """Show these although they do not match, such as a card that was just added, until the filter changes."""
        more = self._kept.union(ids)
        if self._filter and more != self._kept:
            self._kept, self._known = more, None
            if self._filter.hides:
                self.changed.emit()

    @property
    def matching(self) -> frozenset[str]:
        """The nodes that match; all of them without a filter."""
        return self._found()[0]

    @property
    def shown(self) -> frozenset[str] | None:
        """The nodes that a filter which hides leaves on the map: what matches and what lies above; None: all."""
        if not self._filter or not self._filter.hides:
            return None
        return self._found()[1]

    @property
    def dimmed(self) -> frozenset[str]:
        """The nodes that a filter puts into the background."""
        return self._found()[2] if self._filter else frozenset()

    def in_front(self, node_id: str) -> bool:
        """Whether a node matches, or is kept although it does not."""
        return not self._filter or node_id in self.matching or node_id in self._kept

    def _found(self) -> Sets:
        """What matches, that with what lies above it and is kept, and what does not match."""
        strategy = self._strategy()
        if self._known is None or self._known[0] is not strategy or self._known[1] != self._filter:
            nodes = strategy.all(Node)
            matching = frozenset(node.id for node in nodes.values() if self._filter.matches(strategy, node))
            kept = matching.union(node_id for node_id in self._kept if node_id in nodes)
            sets = matching, with_ancestors(strategy, kept), frozenset(nodes) - matching
            self._known = strategy, self._filter, sets
        return self._known[2]
