"""Money on the map: ribbons of allocated money run along the tree, and what gets none shows it."""

from __future__ import annotations

from typing import NamedTuple

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.lens import Lens, Placed, whiskers
from prodlead_desktop.figures.lenses.structure import REMARKS
from prodlead_desktop.figures.lines import (
    DASHED,
    DOTTED,
    DOWNWARD,
    LEFTWARD,
    NO_POOL,
    RIGHTWARD,
    Edge,
    Lines,
    Ribbon,
    stem_of,
)
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.layout.box import Box

BELOW_RIBBONS = 14.0  # u from the last corner: where lines without money leave a card that has ribbons

Seat = tuple[str, str]  # a card and one of its sides


class Gate(NamedTuple):
    """Where lines leave a card's side and enter its child's: the fixed coordinate of each, the middles, the end."""

    leave: float
    enter: float
    start: float  # middle of the side that lines leave
    end: float  # middle of the side they enter
    last: float  # the side's last corner: lower, or right
    down: bool
    stem: float

    @classmethod
    def between(cls, parent: Box, child: Box, side: str) -> Gate:
        """The gate from a card to one that stands on this side of it."""
        if side == DOWNWARD:
            stem = stem_of(parent.bottom, child.y)
            start, end = parent.x + parent.w / 2, child.x + child.w / 2
            return cls(parent.bottom, child.y, start, end, parent.right, True, stem)
        leave, enter = (parent.x, child.right) if side == LEFTWARD else (parent.right, child.x)
        return cls(leave, enter, parent.middle, child.middle, parent.bottom, False, 0.0)

    def edge(self, parent: str, child: str, style: str, beside: bool) -> Edge:
        """A line without money; ``beside`` ribbons it leaves at the end of the side."""
        at = self.last - BELOW_RIBBONS if beside else self.start
        if self.down:
            return Edge(parent, child, at, self.leave, self.end, self.enter, style, True, self.stem)
        return Edge(parent, child, self.leave, at, self.enter, self.end, style)

    def ribbon(self, parent: str, child: str, pool: int, at: float, end: float, width: float) -> Ribbon:
        """A ribbon whose first sides lie at ``at`` and ``end``."""
        if self.down:
            return Ribbon(parent, child, pool, at, self.leave, end, self.enter, width, True, self.stem)
        return Ribbon(parent, child, pool, self.leave, at, self.enter, end, width)


def scale(placed: Placed) -> float:
    """Ribbon width in u per million of the currency; no card's ribbons fill more than 80 % of its side."""
    million = 10 ** (6 + decimals(placed.strategy.header.currency))
    least, down = CARD.ribbon_per_million, placed.down
    for node, box in placed.boxes.items():
        money = placed.money.get(node)
        if money is not None and money.placed > 0:
            side = box.w if down else box.h
            least = min(least, CARD.ribbon_share_of_card * side * million / money.placed)
    return least


def lines(placed: Placed) -> Lines:
    """A ribbon for each child and pool with money; a dashed edge where there is none, dotted to remarks."""
    per_million = scale(placed)
    per_minor = per_million / 10 ** (6 + decimals(placed.strategy.header.currency))
    pools = _pool_order(placed.strategy)
    bundles = {
        node: bundle
        for node, parent in placed.parents.items()
        if parent is not None and (bundle := _bundle(placed.money.get(node), pools, per_minor))
    }
    sides: dict[Seat, float] = {}  # how much of a card's side its ribbons take
    for node, bundle in bundles.items():
        side = LEFTWARD if node in placed.lefts else DOWNWARD if placed.down else RIGHTWARD
        seat = (placed.parents[node] or "", side)
        sides[seat] = sides.get(seat, 0.0) + sum([width for _, width in bundle])
    edges, ribbons = [], []
    free: dict[Seat, float] = {}  # where the next ribbon starts
    for node, parent in placed.parents.items():
        if parent is None:
            continue
        side = LEFTWARD if node in placed.lefts else DOWNWARD if placed.down else RIGHTWARD
        gate = Gate.between(placed.boxes[parent], placed.boxes[node], side)
        bundle = bundles.get(node, [])
        seat = (parent, side)
        if not bundle:
            style = DOTTED if placed.sources[node].node.kind in REMARKS else DASHED
            edges.append(gate.edge(parent, node, style, beside=seat in sides))
            continue
        at = free.get(seat, gate.start - sides[seat] / 2)
        end = gate.end - sum([width for _, width in bundle]) / 2
        for pool, width in bundle:
            ribbons.append(gate.ribbon(parent, node, pool, at, end, width))
            at += width
            end += width
        free[seat] = at
    return Lines(tuple(edges), tuple(ribbons), per_million=per_million if ribbons else 0.0)


def _pool_order(strategy: Strategy) -> dict[str | None, tuple[int, int]]:
    """Rank and colour number of each pool; money without a pool comes last."""
    ranked: dict[str | None, tuple[int, int]] = {
        pool.id: (rank, pool.colour) for rank, pool in enumerate(strategy.ordered(Pool))
    }
    ranked[None] = (len(ranked), NO_POOL)
    return ranked


def _bundle(
    money: NodeMoney | None, pools: dict[str | None, tuple[int, int]], per_minor: float
) -> list[tuple[int, float]]:
    """Colour number and width of a child's ribbons from the top."""
    if money is None or money.placed <= 0:
        return []
    parts = sorted(
        (pools.get(pool, pools[None]), amount) for pool, amount in money.by_pool.items() if amount > 0
    )
    return [(colour, max(CARD.ribbon_least, amount * per_minor)) for (_, colour), amount in parts]


LENS = Lens(
    "capital",
    "Capital",
    "coins",
    1,
    lines,
    money_everywhere=True,
    hatches=True,
    keys=whiskers,
    forecasts=True,
)
