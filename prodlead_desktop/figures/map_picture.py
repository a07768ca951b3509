"""The whole map as data: cards in their places and the lines between them, rebuilt only where something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Level, Node, Reading, Scenario
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Card, Forecast, Source, card_of
from prodlead_desktop.figures.card_form import FORMS, Form
from prodlead_desktop.figures.lens import Lens, lenses
from prodlead_desktop.figures.lines import CrossLink, Edge, Lines, Ribbon
from prodlead_desktop.figures.text_fit import Measure, TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import arrange, bounds_of
from prodlead_desktop.layout.spatial import Index

NO_CHANGES = ChangeSet(())


@dataclass(frozen=True)
class MapView:
    """How somebody looks at the map: what is folded, through which lens, in which scenario, which branch."""

    folded: frozenset[str] = frozenset()
    lens: str = "structure"
    scenario: str | None = None
    root: str | None = None
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    forecasts: Mapping[str, Forecast] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class MapPicture:
    """Cards and boxes by id in preorder. A value: `updated` makes a new one that shares what stayed."""

    strategy: Strategy
    view: MapView
    cards: dict[str, Card]
    boxes: dict[str, Box]
    parents: dict[str, str | None]  # the visible parent, None at the top of the picture
    children: dict[str | None, tuple[str, ...]]  # the same the other way round; None: the tops
    bounds: Box
    money: Mapping[str, NodeMoney]  # empty without a scenario
    fit: TextFit = field(compare=False)
    sources: dict[str, Source] = field(compare=False)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids in preorder."""
        return tuple(self.boxes)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The tree's lines that are no ribbons."""
        return self.lines.edges

    @property
    def ribbons(self) -> tuple[Ribbon, ...]:
        """Money between parent and child; only under a lens that shows it."""
        return self.lines.ribbons

    @property
    def cross_links(self) -> tuple[CrossLink, ...]:
        """Contributions beside the tree."""
        return self.lines.cross_links

    @cached_property
    def lines(self) -> Lines:
        """What runs between the cards under the view's lens."""
        return lens_of(self.view).lines(self)

    @cached_property
    def index(self) -> Index:
        """The boxes by place."""
        return Index(self.boxes)


def lens_of(view: MapView) -> Lens:
    """The lens of a view; a name nobody knows (a file from a newer version) shows the structure."""
    return lenses().get(view.lens) or lenses()["structure"]


def build(
    strategy: Strategy, view: MapView, measure: Measure, before: MapPicture | None = None
) -> MapPicture:
    """The picture of a strategy. `before` lends its word widths and every card whose sources are the same."""
    fit = before.fit if before else TextFit(measure)
    view = _valid(strategy, view)
    children, folds = _visible(strategy, view)
    money = capital.by_node(strategy, view.scenario) if view.scenario else {}
    sources = _sources(strategy, view, children, folds, money)
    cards = _cards(sources, before, fit)
    return _placed(strategy, view, cards, children, money, fit, sources)


def updated(
    picture: MapPicture, strategy: Strategy, changes: ChangeSet = NO_CHANGES, view: MapView | None = None
) -> tuple[MapPicture, frozenset[str]]:
    """The picture after an edit or with another view, and the ids whose card or place is new, changed or gone.

    Equal to `build` for the same strategy and view; cards that stay the same are the same objects.
    """
    view = _valid(strategy, picture.view if view is None else view)
    changed = build(strategy, view, picture.fit.measure, picture)
    return changed, _dirty(picture, changed)


def _valid(strategy: Strategy, view: MapView) -> MapView:
    """The view without a branch or scenario that is gone."""
    if view.root is not None and strategy.find(Node, view.root) is None:
        view = replace(view, root=None)
    if view.scenario is not None and strategy.find(Scenario, view.scenario) is None:
        view = replace(view, scenario=None)
    return view


def _visible(strategy: Strategy, view: MapView) -> tuple[dict[str | None, tuple[str, ...]], dict[str, int]]:
    """Children of every visible card, and how many nodes each folded one hides."""
    every: dict[str | None, list[tuple[int, str]]] = {}
    for node in strategy.all(Node).values():
        every.setdefault(node.parent, []).append((node.order, node.id))
    tops = [(0, view.root)] if view.root is not None else every.get(None, [])
    children: dict[str | None, tuple[str, ...]] = {None: tuple([node for _, node in sorted(tops)])}
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


def _sources(
    strategy: Strategy,
    view: MapView,
    children: Mapping[str | None, tuple[str, ...]],
    folds: Mapping[str, int],
    money: Mapping[str, NodeMoney],
) -> dict[str, Source]:
    """What each visible card is made from."""
    make = _Maker(strategy, view, money)
    waiting = list(reversed(children[None]))
    sources: dict[str, Source] = {}
    while waiting:
        node = waiting.pop()
        sources[node] = make(node, folds.get(node, 0))
        waiting += reversed(children.get(node, ()))
    return sources


class _Maker:
    """Makes the sources of cards from one strategy under one view."""

    def __init__(self, strategy: Strategy, view: MapView, money: Mapping[str, NodeMoney]) -> None:
        self._strategy = strategy
        self._nodes = strategy.all(Node)
        self._header = strategy.header
        self._view = view
        self._lens = lens_of(view)
        self._money = money

    def __call__(self, node_id: str, folded: int) -> Source:
        node = self._nodes[node_id]
        form = _form(node)
        money = self._money.get(node_id)
        below = form.spends is False and self._spends(node_id)
        shows = form.spends or below
        funded = form.funded
        scenario = self._view.scenario
        given = scenarios.allocation(self._strategy, scenario, node_id) if funded and scenario else None
        return Source(
            node,
            self._header,
            money,
            shows and money is not None and (funded or self._lens.money_everywhere),
            given,
            self._strategy.by(Level, "initiative", node_id) if given is not None and given.level else (),
            self._reading(node_id) if form.measured else None,
            below,
            form.prompts
            and self._lens.hatches
            and money is not None
            and not money.placed
            and not money.unknown,
            folded,
            self._view.marks.get(node_id, ()),
            self._view.forecasts.get(node_id),
        )

    def _spends(self, node_id: str) -> bool:
        return any(_form(child).funded for child in self._strategy.by(Node, "parent", node_id))

    def _reading(self, node_id: str) -> Reading | None:
        """What was measured last."""
        rows = [row for row in self._strategy.by(Reading, "node", node_id) if row.date is not None]
        return max(rows, key=lambda row: (row.date, row.id)) if rows else None


def _form(node: Node) -> Form:
    return FORMS[kind(node.kind).shape]


def _cards(sources: Mapping[str, Source], before: MapPicture | None, fit: TextFit) -> dict[str, Card]:
    """A card for each source, the one there was where the source is the same."""
    if before is None:
        return {node: card_of(source, fit) for node, source in sources.items()}
    had, cards = before.sources, before.cards
    return {
        node: cards[node] if had.get(node) == source else card_of(source, fit)
        for node, source in sources.items()
    }


def _placed(
    strategy: Strategy,
    view: MapView,
    cards: dict[str, Card],
    children: dict[str | None, tuple[str, ...]],
    money: Mapping[str, NodeMoney],
    fit: TextFit,
    sources: dict[str, Source],
) -> MapPicture:
    """Lay the cards out."""

    def size_of(node: str) -> tuple[float, float]:
        card = cards[node]
        return card.width, card.height

    arrangement = arrange(children, size_of)
    boxes, bounds = arrangement.boxes, arrangement.bounds
    parents: dict[str, str | None] = dict.fromkeys(boxes)
    for parent, below in children.items():
        if parent is not None:
            for child in below:
                parents[child] = parent
    nudged = _nudged(boxes, parents, sources)
    if nudged is not boxes:
        boxes, bounds = nudged, bounds_of(nudged.values())
    if len(cards) != len(boxes) or list(cards) != list(boxes):
        cards = {node: cards[node] for node in boxes}
    return MapPicture(strategy, view, cards, boxes, parents, children, bounds, money, fit, sources)


def _nudged(
    boxes: dict[str, Box], parents: Mapping[str, str | None], sources: Mapping[str, Source]
) -> dict[str, Box]:
    """The boxes with what people moved by hand, each with its branch."""
    own = {
        node: (source.node.nudge_x or 0.0, source.node.nudge_y or 0.0)
        for node, source in sources.items()
        if source.node.nudge_x or source.node.nudge_y
    }
    if not own:
        return boxes
    moved: dict[str | None, tuple[float, float]] = {None: (0.0, 0.0)}
    placed: dict[str, Box] = {}
    for node, box in boxes.items():
        dx, dy = moved[parents[node]]
        if node in own:
            dx, dy = dx + own[node][0], dy + own[node][1]
        moved[node] = dx, dy
        placed[node] = Box(box.x + dx, box.y + dy, box.w, box.h) if dx or dy else box
    return placed


def _dirty(before: MapPicture, after: MapPicture) -> frozenset[str]:
    """The ids whose card or box is not the one there was."""
    found = set(before.cards.keys() ^ after.cards.keys())
    had_cards, had_boxes = before.cards, before.boxes
    if after.cards is not had_cards:
        found.update([node for node, card in after.cards.items() if had_cards.get(node) is not card])
    if after.boxes is not had_boxes:
        found.update([node for node, box in after.boxes.items() if had_boxes.get(node) != box])
    return frozenset(found)
