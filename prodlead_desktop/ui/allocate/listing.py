"""The rows of the Allocate table as plain values, so that model and painter only show what is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import initiatives
from prodlead_desktop.domain.entities import Allocation, Band, Level, Node, Pool
from prodlead_desktop.domain.strategy import Strategy

NO_POOL = "No pool"
NONE = "None"
GROUPS = {"pool": "pool", "": "none"}
SORTS = {"map": "map order", "money": "money", "name": "name"}


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative in one scenario. ``cost`` is in minor units, None when nobody has said it."""

    id: str
    title: str
    pool: str | None
    level: str | None
    level_name: str  # "None" when nothing is given, "Amount" when funded by amount
    by_levels: bool
    cost: int | None
    locked: bool
    orphan: bool
    marks: tuple[int, ...]  # what its levels cost, for the scale


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of rows with its sum in minor units; ``unknown`` counts funded rows without a cost."""

    pool: str | None
    name: str
    colour: int | None
    count: int
    placed: int
    unknown: int


Line = Row | Heading


def rows_of(strategy: Strategy, scenario: str) -> list[Row]:
    """Every initiative in map order."""
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    costs = capital.costs(strategy, scenario)
    return [
        _row(strategy, strategy.get(Node, node_id), given.get(node_id), amount)
        for node_id, amount in costs.items()
    ]


def _row(strategy: Strategy, node: Node, given: Allocation | None, cost: int | None) -> Row:
    level = strategy.find(Level, given.level) if given else None
    by_levels = initiatives.data_of(strategy, node.id).funding != "curve"
    amount = bool(given and given.amount)
    return Row(
        id=node.id,
        title=node.title,
        pool=node.pool,
        level=level.id if level else None,
        level_name=level.name if level else "Amount" if amount else NONE,
        by_levels=by_levels,
        cost=cost,
        locked=bool(given and given.lock),
        orphan=not capital.reaches_outcome(strategy, node.id),
        marks=tuple(level.cost for level in initiatives.levels(strategy, node.id) if level.cost is not None),
    )


def lines(strategy: Strategy, scenario: str, group: str = "pool", sort: str = "map") -> list[Line]:
    """The rows sorted ("map", "money", "name"), under headings when grouped by "pool"; empty groups are left out."""
    rows = (
        sorted(rows_of(strategy, scenario), key=_SORT_KEYS[sort])
        if sort != "map"
        else rows_of(strategy, scenario)
    )
    if group != "pool":
        return list(rows)
    found: list[Line] = []
    for pool in (*strategy.ordered(Pool), None):
        inside = [row for row in rows if row.pool == (pool.id if pool else None)]
        if inside:
            found.append(_heading(pool, inside))
            found += inside
    return found


def _heading(pool: Pool | None, rows: list[Row]) -> Heading:
    return Heading(
        pool=pool.id if pool else None,
        name=(pool.name or NO_POOL) if pool else NO_POOL,
        colour=pool.colour if pool else None,
        count=len(rows),
        placed=sum(row.cost or 0 for row in rows),
        unknown=sum(row.cost is None and row.level is not None for row in rows),
    )


_SORT_KEYS: dict[str, Callable[[Row], tuple[int, str]]] = {
    "money": lambda row: (-(row.cost or 0), ""),
    "name": lambda row: (0, row.title.casefold()),
}


def levels_of(strategy: Strategy, initiative: str) -> tuple[Level | None, ...]:
    """What an initiative can be funded at, nothing (None) first."""
    return (None, *initiatives.levels(strategy, initiative))


def stepped(strategy: Strategy, row: Row, step: int) -> str | None:
    """The level ``step`` places up or down from the row's, stopping at nothing and at the last."""
    choices = [level.id if level else None for level in levels_of(strategy, row.id)]
    here = choices.index(row.level)
    return choices[min(max(here + step, 0), len(choices) - 1)]


@dataclass(frozen=True, slots=True)
class Share:
    """One pool's part of the bar: money, its share of what the band counts of, and the band if there is one."""

    pool: str | None
    name: str
    colour: int | None
    placed: int
    whole: int | None  # the budget, or the spend when the band says so; None without either
    low: float | None = None
    high: float | None = None
    of: str = "budget"

    @property
    def share(self) -> float | None:
        """The part of the whole, 0..1 and beyond; None without a whole."""
        return self.placed / self.whole if self.whole else None

    @property
    def permille(self) -> int | None:
        """The part in thousandths, halves rounded up as people do: 70.25 % is shown as 70.3 %."""
        return (2000 * self.placed + self.whole) // (2 * self.whole) if self.whole else None

    @property
    def outside(self) -> bool:
        """Whether the share breaks the pool's band."""
        if self.share is None:
            return False
        return (self.low is not None and self.share < self.low - 1e-9) or (
            self.high is not None and self.share > self.high + 1e-9
        )


def shares(strategy: Strategy, scenario: str) -> list[Share]:
    """Every pool in order, then money without a pool if there is any."""
    totals = capital.totals(strategy, scenario)
    bands = {band.pool: band for band in strategy.by(Band, "scenario", scenario)}
    pools: Iterable[Pool | None] = (*strategy.ordered(Pool), None)
    found = []
    for pool in pools:
        pool_id = pool.id if pool else None
        placed = totals.by_pool.get(pool_id, 0)
        if pool is None and not placed:
            continue
        band = bands.get(pool_id) if pool_id else None
        of = (band.of if band else None) or "budget"
        whole = totals.placed if of == "spend" else totals.budget
        found.append(
            Share(
                pool_id,
                (pool.name or NO_POOL) if pool else NO_POOL,
                pool.colour if pool else None,
                placed,
                whole,
                band.low if band else None,
                band.high if band else None,
                of,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """Money that arrives at one place, in minor units; ``node`` is None for money that arrives nowhere."""

    node: str | None
    name: str
    placed: int
    unknown: bool = False


def reaches(strategy: Strategy, scenario: str) -> tuple[list[Reach], list[Reach]]:
    """What reaches each top outcome, and each orphan; the two together are all that is placed.

    An initiative that hangs below no outcome but states an effect on one is counted as "By effects only".
    """
    places = capital.places(strategy)
    placed = dict.fromkeys(capital.outcome_places(strategy), 0)
    unknown: set[capital.Place] = set()
    orphans, by_effects = [], 0
    for initiative, amount in capital.costs(strategy, scenario).items():
        place = places[initiative]
        if place.kind == "outcome":
            placed[place] += amount or 0
            if amount is None:
                unknown.add(place)
        elif amount and place == capital.BY_EFFECTS:
            by_effects += amount
        elif amount:
            orphans.append(Reach(initiative, strategy.get(Node, initiative).title, amount))
    found = [
        Reach(place.node, strategy.get(Node, place.node or "").title, amount, place in unknown)
        for place, amount in placed.items()
    ]
    if by_effects:
        found.append(Reach(None, "By effects only", by_effects))
    return found, sorted(orphans, key=lambda row: -row.placed)
