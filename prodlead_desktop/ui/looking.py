"""What people are looking at: selection, active scenario, folds, lens and theme, with a signal for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain import scenarios, tree
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.figures.card import Forecast
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.figures.theme import LIGHT, Theme
from prodlead_desktop.ui.narrowing import Narrowing

USUAL_LENS = "structure"


class Looking(QObject):
    """View state over a strategy; the session says which one."""

    selection_changed = Signal()
    scenario_changed = Signal()
    view_changed = Signal()
    theme_changed = Signal()

    def __init__(self, theme: Theme = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._selected: tuple[str, ...] = ()
        self._scenario: str | None = None
        self._folded: frozenset[str] = frozenset()
        self.narrowing = Narrowing(lambda: self.strategy, self)
        self.narrowing.changed.connect(self.view_changed)
        self._lens = USUAL_LENS
        self.forecasts: Mapping[str, Forecast] = MappingProxyType(
            {}
        )  # by outcome; ``Forecasting`` fills them
        self.rapid = False  # Enter commits a title and opens the next sibling
        self.kept: dict[str, str] = {}  # what workspaces want remembered, by their own names

    @property
    def strategy(self) -> Strategy:
        """What is looked at."""
        return empty()

    # -- selection

    @property
    def selected(self) -> tuple[str, ...]:
        """Selected node ids, the current one last."""
        return self._selected

    @property
    def current(self) -> str | None:
        """The node that keys and the inspector act on."""
        return self._selected[-1] if self._selected else None

    def select(self, *ids: str) -> None:
        """Select these nodes; the last becomes current. Unknown ids are left out."""
        nodes = self.strategy.all(Node)
        wanted = tuple(dict.fromkeys(node_id for node_id in ids if node_id in nodes))
        if wanted != self._selected:
            self._selected = wanted
            self.selection_changed.emit()

    def reveal(self, node_id: str) -> None:
        """Unfold everything above a node and select it; a branch that does not hold it is left."""
        self._uncover(node_id)
        self.select(node_id)

    def _uncover(self, node_id: str) -> None:
        """Unfold everything above a node, leave a branch that does not hold it, and let it through the filter."""
        if self.root is not None and not tree.is_within(self.strategy, node_id, self.root):
            self.set_root(None)
        self.narrowing.keep((node_id,))
        above = {node.id for node in tree.ancestors(self.strategy, node_id)}
        if above & self._folded:
            self.set_folded(self._folded - above)

    # -- view state

    @property
    def scenario(self) -> str | None:
        """The active scenario; the plan of record (else the first) when none was chosen."""
        if self.strategy.find(Scenario, self._scenario):
            return self._scenario
        plan = scenarios.plan_of_record(self.strategy)
        return plan.id if plan else None

    def set_scenario(self, scenario_id: str | None) -> None:
        """Make a scenario the active one."""
        before, self._scenario = self.scenario, scenario_id
        if self.scenario != before:
            self.scenario_changed.emit()

    @property
    def folded(self) -> frozenset[str]:
        """Nodes whose children are hidden, on the map and in the outline."""
        return self._folded

    def set_folded(self, ids: Iterable[str]) -> None:
        """Fold exactly these nodes."""
        wanted = frozenset(ids)
        if wanted != self._folded:
            self._folded = wanted
            self.view_changed.emit()

    @property
    def root(self) -> str | None:
        """The branch that is shown alone; None shows all of the map."""
        return self.narrowing.root

    def set_root(self, node_id: str | None) -> None:
        """Show one branch alone, or everything."""
        self.narrowing.enter(node_id)

    @property
    def lens(self) -> str:
        """What the map shows over the tree: the name of a lens."""
        return self._lens

    def set_lens(self, lens: str) -> None:
        """Look through another lens; unknown names mean structure."""
        wanted = lens if lens in lenses() else USUAL_LENS
        if wanted != self._lens:
            self._lens = wanted
            self.view_changed.emit()

    @property
    def theme(self) -> Theme:
        """The colours the window is shown in."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        if theme is not self._theme:
            self._theme = theme
            self.theme_changed.emit()
