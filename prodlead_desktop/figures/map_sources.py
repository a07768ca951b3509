"""Gathers what each visible card is made from: the rows about its node, its money, what is folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Allocation, Level, Node, Reading, Scenario
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.card_form import FORMS
from prodlead_desktop.figures.map_view import MapView, lens_of

Children = dict[str | None, tuple[str, ...]]


def valid(strategy: Strategy, view: MapView) -> MapView:
    """The view without a branch or scenario that is gone."""
    if view.root is not None and strategy.find(Node, view.root) is None:
        view = replace(view, root=None)
    if view.scenario is not None and strategy.find(Scenario, view.scenario) is None:
        view = replace(view, scenario=None)
    return view


def visible(strategy: Strategy, view: MapView) -> tuple[Children, dict[str, int]]:
    """Children of every visible card, and how many nodes each folded one hides."""
    every: dict[str | None, list[tuple[int, str]]] = {}
    only = view.only
    for node in strategy.all(Node).values():
        if only is not None and node.id not in only:
            continue
        every.setdefault(node.parent, []).append((node.order, node.id))
    tops = [(0, view.root)] if view.root is not None else every.get(None, [])
    children: Children = {None: tuple([node for _, node in sorted(tops)])}
    folds: dict[str, int] = {}
    waiting = list(children[None])
    while waiting:
        top = waiting.pop()
        below = every.get(top)
        if below is None:
            continue
        if top in view.folded:
            folds[top] = _count(every, top)
        else:
            below.sort()
            ids = children[top] = tuple([child for _, child in below])
            waiting += ids
    return children, folds


def _count(every: Mapping[str | None, list[tuple[int, str]]], top: str) -> int:
    """How many nodes lie below `top`."""
    waiting, count = [top], 0
    while waiting:
        below = every.get(waiting.pop(), ())
        count += len(below)
        waiting += [node for _, node in below]
    return count


class Gather:
    """Makes the sources of cards of one strategy under one view."""

    def __init__(
        self, strategy: Strategy, view: MapView, money: Mapping[str, NodeMoney], many: bool = True
    ) -> None:
        """With `many`, allocations and readings are read once for all; without, node by node."""
        self._strategy = strategy
        self._nodes = strategy.all(Node)
        self._header = strategy.header
        self._view = view
        self._money = money
        lens = lens_of(view)
        self._everywhere, self._hatches, self._dress = lens.money_everywhere, lens.hatches, lens.dress
        self._forms = {name: FORMS[kind.shape] for name, kind in kinds().items()}
        self._given = self._all_given() if many else None
        self._readings = self._all_readings() if many else None

    def all(self, ids: Iterable[str], folds: Mapping[str, int]) -> dict[str, Source]:
        """The sources of `ids`."""
        return {node: self.one(node, folds.get(node, 0)) for node in ids}

    def one(self, node_id: str, folded: int) -> Source:
        """What the card of one node is made from."""
        node = self._nodes[node_id]
        form = self._forms[node.kind]
        money = self._money.get(node_id)
        chip = money is not None and form.spends and self._everywhere
        given, reading = None, None
        levels: tuple[Level, ...] = ()
        spends = unfunded = False
        if form.funded:
            chip = money is not None
            given = self._allocation(node_id)
            if given is not None and given.level is not None:
                levels = self._strategy.by(Level, "initiative", node_id)
        elif form.measured:
            reading = self._reading(node_id)
            unfunded = (
                self._hatches and form.prompts and money is not None and not (money.placed or money.unknown)
            )
        elif not form.spends and self._carries(node_id):
            spends = True
            chip = money is not None and self._everywhere
        view = self._view
        return Source(
            node, self._header, money if chip else None, given, levels, reading, spends, unfunded, folded,
            view.marks.get(node_id, ()), view.forecasts.get(node_id), view.on_paper,
            self._dress(self._strategy, node) if self._dress else None,
        )  # fmt: skip

    def _carries(self, node_id: str) -> bool:
        """Whether an initiative hangs right below."""
        return any(self._forms[child.kind].funded for child in self._strategy.by(Node, "parent", node_id))

    def _allocation(self, node_id: str) -> Allocation | None:
        if self._given is not None:
            return self._given.get(node_id)
        scenario = self._view.scenario
        return scenarios.allocation(self._strategy, scenario, node_id) if scenario else None

    def _reading(self, node_id: str) -> Reading | None:
        """What was measured last."""
        if self._readings is not None:
            return self._readings.get(node_id)
        return max(filter(_dated, self._strategy.by(Reading, "node", node_id)), key=_when, default=None)

    def _all_given(self) -> dict[str, Allocation]:
        scenario = self._view.scenario
        rows = self._strategy.by(Allocation, "scenario", scenario) if scenario else ()
        return {row.initiative: row for row in rows}

    def _all_readings(self) -> dict[str, Reading]:
        last: dict[str, Reading] = {}
        for row in filter(_dated, self._strategy.all(Reading).values()):
            had = last.get(row.node)
            if had is None or _when(row) > _when(had):
                last[row.node] = row
        return last


def _dated(row: Reading) -> bool:
    return row.date is not None and row.value is not None


def _when(row: Reading) -> tuple[str, str]:
    return (row.date.isoformat() if row.date else "", row.id)


def preorder(children: Mapping[str | None, tuple[str, ...]]) -> list[str]:
    """The visible ids, parents first."""
    order: list[str] = []
    waiting = list(reversed(children[None]))
    while waiting:
        node = waiting.pop()
        order.append(node)
        below = children.get(node)
        if below:
            waiting += reversed(below)
    return order
