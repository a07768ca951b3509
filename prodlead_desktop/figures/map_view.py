"""A way of looking at the map and the picture it gives: plain values that painters and exporters read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from operator import is_not
from types import MappingProxyType

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Card, Forecast, Source, card_of
from prodlead_desktop.figures.lens import Lens, lenses
from prodlead_desktop.figures.lines import CrossLink, Edge, Fans, Lines, Ribbon, spans
from prodlead_desktop.figures.link_pills import Pill, pills
from prodlead_desktop.figures.text_fit import TextFit
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import DOWN, Outline, bounds_of
from prodlead_desktop.layout.gutters import Points, Router
from prodlead_desktop.layout.moved_boxes import MovedBoxes
from prodlead_desktop.layout.spatial import Index
from prodlead_desktop.layout.tree_boxes import Finder, LazyBoxes, TidyBoxes


@dataclass(frozen=True)
class MapView:
    """What is folded, through which lens, in which scenario, which branch; what findings and forecasts add."""

    folded: frozenset[str] = frozenset()
    lens: str = "structure"
    scenario: str | None = None
    root: str | None = None
    only: frozenset[str] | None = None  # the nodes a filter leaves; with each one all that lie above it
    on_paper: bool = False  # whole titles, since nothing tells the rest; lone roots save room
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    forecasts: Mapping[str, Forecast] = field(default_factory=lambda: MappingProxyType({}))


class Cards(Mapping[str, Card]):
    """The cards of a picture in preorder, each made when first looked at: a map far away needs only silhouettes."""

    def __init__(self, sources: dict[str, Source], order: Mapping[str, Box], fit: TextFit):
        self._sources = sources
        self._order = order
        self._fit = fit
        self._made: dict[str, Card] = {}
        self._notation = numerals.notation()

    def __getitem__(self, node: str) -> Card:
        card = self._made.get(node)
        if card is None:
            card = self._made[node] = card_of(self._sources[node], self._fit)
        return card

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, node: object) -> bool:
        return node in self._order

    def lend(self, other: Cards) -> None:
        """Give `other` every card made here that would come out the same there."""
        if self._notation != other._notation:
            return
        theirs = other._sources
        other._made.update(
            {node: card for node, card in self._made.items() if theirs.get(node) == self._sources[node]}
        )


@dataclass(frozen=True)
class MapPicture:
    """Cards and boxes by id in preorder, and the lines between them. A value; parts are shared between pictures."""

    strategy: Strategy
    view: MapView
    cards: Cards
    boxes: Mapping[str, Box]
    parents: dict[str, str | None]  # the visible parent, None at the top of the picture
    children: dict[str | None, tuple[str, ...]]  # the same the other way round; None: the tops
    lefts: frozenset[str]  # cards that stand left of their parent, as in a balanced map
    moved: Mapping[str, tuple[float, float]]  # how far people moved branches from where the layout has them
    money: dict[str, NodeMoney]  # empty without a scenario
    fit: TextFit = field(compare=False)
    sources: dict[str, Source] = field(compare=False)
    outline: Outline = field(compare=False)  # the visible tree as the layout reads it
    heights: list[float] = field(compare=False)  # of the cards, as the outline numbers them

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids in preorder."""
        return tuple(self.boxes)

    @property
    def direction(self) -> str:
        """Where the tree grows: right, down or balanced."""
        return self.strategy.header.layout

    @property
    def down(self) -> bool:
        """Whether children stand below their parent."""
        return self.strategy.header.layout == DOWN

    def drawn(self, node: str) -> Card:
        """The card as it is drawn: pointed to the other side where it stands left of what it serves."""
        card = self.cards[node]
        return card.turned if node in self.lefts else card

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

    @property
    def pools(self) -> frozenset[str | None]:
        """Ids of the pools whose money is on this picture; None for money without a pool."""
        here = [self.money[node] for node in self.boxes if node in self.money]
        return frozenset(pool for money in here for pool in money.by_pool)

    @cached_property
    def bounds(self) -> Box:
        """The smallest box around all cards."""
        return bounds_of(self.boxes)

    @cached_property
    def lines(self) -> Lines:
        """What runs between the cards under the view's lens."""
        return lens_of(self.view).lines(self)

    @cached_property
    def routes(self) -> tuple[Points, ...]:
        """The corners of each cross-link's way through the gaps between cards."""
        links = self.lines.cross_links
        if not links:
            return ()
        router = Router(self.boxes, self.down)
        return tuple(router.way(link.source, link.target, n) for n, link in enumerate(links))

    @cached_property
    def pills(self) -> tuple[Pill, ...]:
        """Each cross-link's words and where they stand."""
        words = [link.text for link in self.lines.cross_links]
        return pills(words, self.routes, self.index, self.fit) if words else ()

    @cached_property
    def fans(self) -> Fans:
        """Edges and ribbons by place."""
        return Fans(self.lines, self._families)

    @property
    def _families(self) -> Finder:
        """What finds families by place; where cards stand as the tidy tree has them, the tree itself does."""
        boxes = self.boxes
        if isinstance(boxes, TidyBoxes):
            return boxes.families
        if isinstance(boxes, MovedBoxes):
            above = {parent for node in boxes.moved if (parent := self.parents[node]) is not None}
            return boxes.families(spans(boxes, self.children, self._loose, above | boxes.moved.keys()))
        return Index(spans(boxes, self.children, self._loose, boxes), self.down)

    @property
    def _loose(self) -> set[str | None]:
        """Parents whose children need not stand in their order: some were moved by hand, or stand on two sides."""
        tops = self.children[None] if self.lefts else ()
        return {*tops, *(self.parents[node] for node in self.moved if node in self.parents)}

    def in_rect(self, x0: float, y0: float, x1: float, y1: float) -> Sequence[str]:
        """The cards that meet a rectangle, in painting order; the whole map without asking the index."""
        around = self.boxes.reach if isinstance(self.boxes, LazyBoxes) else self.bounds
        if x0 <= around.x and y0 <= around.y and x1 >= around.right and y1 >= around.bottom:
            return self.order
        return self.index.in_rect(x0, y0, x1, y1)

    @cached_property
    def index(self) -> LazyBoxes | Index:
        """The boxes by place."""
        return self.boxes if isinstance(self.boxes, LazyBoxes) else Index(self.boxes, self.down)


def same_lines(one: MapPicture, other: MapPicture) -> bool:
    """Whether the lines are the very same; lines that nobody has looked at yet are not drawn for that."""
    return one.__dict__.get("lines") is other.__dict__.get("lines")


def lens_of(view: MapView) -> Lens:
    """The lens of a view; a name nobody knows (a file from a newer version) shows the structure."""
    return lenses().get(view.lens) or lenses()["structure"]


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The ids whose part of a picture is another one, or new; parts that stay are mostly the very same objects."""
    if list(before) == list(after):
        others = list(compress(after, map(is_not, before.values(), after.values())))
    else:
        others = list(compress(after, map(is_not, map(before.get, after), after.values())))
    return [node for node in others if before.get(node) != after[node]]
