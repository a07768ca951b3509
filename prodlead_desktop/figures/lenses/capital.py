"""Money on the map: ribbons of allocated money run along the tree, and what gets none shows it."""

from __future__ import annotations

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.lens import Lens, Placed
from prodlead_desktop.figures.lenses.structure import REMARKS
from prodlead_desktop.figures.lines import DASHED, DOTTED, NO_POOL, Edge, Lines, Ribbon
from prodlead_desktop.figures.measures import CARD

BELOW_RIBBONS = 14.0  # u from the lower corner: where lines without money leave a card that has ribbons


def scale(placed: Placed) -> float:
    """Ribbon width in u per million of the currency; no card's ribbons are higher than 80 % of it."""
    million = 10 ** (6 + decimals(placed.strategy.header.currency))
    least = CARD.ribbon_per_million
    for node, box in placed.boxes.items():
        money = placed.money.get(node)
        if money is not None and money.placed > 0:
            least = min(least, CARD.ribbon_share_of_card * box.h * million / money.placed)
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
    heights: dict[str, float] = {}
    for node, bundle in bundles.items():
        above = placed.parents[node] or ""
        heights[above] = heights.get(above, 0.0) + sum([width for _, width in bundle])
    edges, ribbons = [], []
    free: dict[str, float] = {}  # by parent: where its next ribbon starts
    for node, parent in placed.parents.items():
        if parent is None:
            continue
        box, start = placed.boxes[node], placed.boxes[parent]
        x1, x2 = start.right, box.x
        bundle = bundles.get(node, [])
        if not bundle:
            style = DOTTED if placed.sources[node].node.kind in REMARKS else DASHED
            y = start.bottom - BELOW_RIBBONS if parent in heights else start.middle
            edges.append(Edge(parent, node, x1, y, x2, box.middle, style))
            continue
        y = free.get(parent, start.middle - heights[parent] / 2)
        end = box.middle - sum([width for _, width in bundle]) / 2
        for pool, width in bundle:
            ribbons.append(Ribbon(parent, node, pool, x1, y, x2, end, width))
            y += width
            end += width
        free[parent] = y
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


LENS = Lens("capital", "Capital", "coins", 1, lines, money_everywhere=True, hatches=True)
