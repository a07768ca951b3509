"""Money on the map: ribbons of allocated money run along the tree, and what gets none shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.lens import Lens, Placed, whiskers
from prodlead_desktop.figures.lenses.structure import REMARKS
from prodlead_desktop.figures.lines import (
    DASHED,
    DOTTED,
    NO_POOL,
    Edge,
    Fan,
    Lines,
    Ribbon,
    parents_of,
    stem_of,
)
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.layout.box import Box

BELOW_RIBBONS = 14.0  # u from the last corner: where lines without money leave a card that has ribbons

Bundle = list[tuple[int, float]]  # colour number and width of a child's ribbons from the top
_new: Any = tuple.__new__  # of a named tuple, at half the price


def scale(placed: Placed) -> float:
    """Ribbon width in u per million of the currency; no card's ribbons fill more than 80 % of its side."""
    million = 10 ** (6 + decimals(placed.strategy.header.currency))
    money_of, down, heights = placed.money.get, placed.down, placed.heights
    most = 0.0  # minor units per u of a card's side
    for node, slot in placed.outline.slots.items():
        money = money_of(node)
        if money is not None and money.placed:
            most = max(most, money.placed / (CARD.width if down else heights[slot]))
    least = CARD.ribbon_per_million
    return min(least, CARD.ribbon_share_of_card * million / most) if most else least


def lines(placed: Placed) -> Lines:
    """A ribbon for each child and pool with money; a dashed edge where there is none, dotted to remarks."""
    per_million = scale(placed)
    per_minor = per_million / 10 ** (6 + decimals(placed.strategy.header.currency))
    paid, parents = placed.money, placed.parents
    flows = any(money.placed > 0 and parents.get(node) is not None for node, money in paid.items())
    return Lines(_fans(placed, per_minor), parents_of(placed), per_million=per_million if flows else 0.0)


def _fans(placed: Placed, per_minor: float) -> Callable[[str], Fan]:
    """What gives the lines of one family."""
    boxes, children, lefts, down = placed.boxes, placed.children, placed.lefts, placed.down
    sources, money_of, pools = placed.sources, placed.money.get, _pool_order(placed.strategy)

    def fan(parent: str) -> Fan:
        family = [(child, boxes[child], child in lefts) for child in children.get(parent, ())]
        bundles: dict[str, Bundle] = {}
        taken: dict[bool, float] = {}  # by side of the parent: how much of it the ribbons take
        for child, _, left in family:
            money = money_of(child)
            if money is not None and money.placed > 0:
                bundles[child] = bundle = _bundle(money, pools, per_minor)
                taken[left] = taken.get(left, 0.0) + sum([width for _, width in bundle])
        remarks = {child for child, _, _ in family if sources[child].node.kind in REMARKS}
        return _run(parent, boxes[parent], family, bundles, taken, remarks, down)

    return fan


def _run(
    parent: str,
    place: Box,
    family: list[tuple[str, Box, bool]],
    bundles: dict[str, Bundle],
    taken: dict[bool, float],
    remarks: Collection[str],
    down: bool,
) -> Fan:
    """Ribbons beside each other from the middle of a card's side, edges without money at its end.

    It works on plain numbers, `at` and `end` along the sides.
    """
    edges: list[Edge] = []
    ribbons: list[Ribbon] = []
    free: dict[bool, float] = {}  # where the next ribbon starts
    stem = 0.0
    px, py, pw, ph = place
    for node, (x, y, w, h), left in family:
        if down:
            leave, enter, middle, end, last = py + ph, y, px + pw / 2, x + w / 2, px + pw
            stem = stem_of(leave, enter)
        else:
            leave, enter = (px, x + w) if left else (px + pw, x)
            middle, end, last = py + ph / 2, y + h / 2, py + ph
        bundle = bundles.get(node)
        if bundle is None:
            at = last - BELOW_RIBBONS if left in taken else middle
            style = DOTTED if node in remarks else DASHED
            ends = (at, leave, end, enter) if down else (leave, at, enter, end)
            edges.append(_new(Edge, (parent, node, *ends, style, down, stem)))
            continue
        at = free.get(left, middle - taken[left] / 2)
        end -= sum([width for _, width in bundle]) / 2
        for pool, width in bundle:
            ends = (at, leave, end, enter) if down else (leave, at, enter, end)
            ribbons.append(_new(Ribbon, (parent, node, pool, *ends, width, down, stem)))
            at += width
            end += width
        free[left] = at
    return edges, ribbons


def _pool_order(strategy: Strategy) -> dict[str | None, tuple[int, int]]:
    """Rank and colour number of each pool; money without a pool comes last."""
    ranked: dict[str | None, tuple[int, int]] = {
        pool.id: (rank, pool.colour) for rank, pool in enumerate(strategy.ordered(Pool))
    }
    ranked[None] = (len(ranked), NO_POOL)
    return ranked


def _bundle(money: NodeMoney, pools: dict[str | None, tuple[int, int]], per_minor: float) -> Bundle:
    """Colour number and width of a child's ribbons from the top."""
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
