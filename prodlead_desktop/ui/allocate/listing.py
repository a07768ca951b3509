"""The rows of the Allocate table as plain values, so that model and painter only show what is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.capital import NOWHERE, Place
from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain import initiatives, numerals
from prodlead_desktop.domain.entities import Allocation, Band, Level, Node, Pool, Team
from prodlead_desktop.domain.strategy import Strategy

NO_POOL = "No pool"
NONE = "None"
NO_TEAM, NO_OUTCOME = "No team", "Reaches no outcome"


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
    floor: int | None = None
    ceiling: int | None = None
    full: int | None = None  # what all of it costs when it is funded by amount
    least: int = 0  # below this amount it moves nothing: the track is hatched up to here
    team: str | None = None
    place: Place = NOWHERE

    @property
    def reach(self) -> int:
        """The end of its track in minor units."""
        return max((*self.marks, self.cost or 0, self.full or 0, self.ceiling or 0))


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of rows with its sum in minor units; ``unknown`` counts funded rows without a cost."""

    key: str
    name: str
    colour: int | None
    count: int
    placed: int
    unknown: int


Line = Row | Heading


def rows_of(strategy: Strategy, scenario: str) -> list[Row]:
    """Every initiative in map order."""
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    costs, places = capital.costs(strategy, scenario), capital.places(strategy)
    return [
        _row(strategy, strategy.get(Node, node_id), given.get(node_id), amount, places[node_id])
        for node_id, amount in costs.items()
    ]


def row_of(strategy: Strategy, scenario: str, row: Row) -> Row:
    """One row as it is in another state of the strategy in which only its own money differs."""
    given = next(
        (one for one in strategy.by(Allocation, "initiative", row.id) if one.scenario == scenario), None
    )
    return _row(
        strategy, strategy.get(Node, row.id), given, capital.cost(strategy, scenario, row.id), row.place
    )


def _row(strategy: Strategy, node: Node, given: Allocation | None, cost: int | None, place: Place) -> Row:
    level = strategy.find(Level, given.level) if given else None
    data = initiatives.data_of(strategy, node.id)
    by_levels = data.funding != "curve"
    amount = bool(given and given.amount)
    marks = tuple(level.cost for level in initiatives.levels(strategy, node.id) if level.cost is not None)
    return Row(
        id=node.id,
        title=node.title,
        pool=node.pool,
        level=level.id if level else None,
        level_name=level.name if level else "Amount" if amount else NONE,
        by_levels=by_levels,
        cost=cost,
        locked=bool(given and given.lock),
        orphan=place == NOWHERE,
        marks=marks,
        floor=given.floor if given else None,
        ceiling=given.ceiling if given else None,
        full=None if by_levels else data.full_cost,
        least=min(marks, default=0)
        if by_levels
        else round((data.least_share or 0.0) * (data.full_cost or 0)),
        team=node.team,
        place=place,
    )


def lines(
    strategy: Strategy, scenario: str, group: str = "pool", sort: str = "map", show: str = "", words: str = "",
    ranks: Mapping[str, float] | None = None,
) -> list[Line]:  # fmt: skip
    """The rows sorted and grouped, only those that ``show`` and ``words`` let.

    ``sort``: "map", "money" (most first), "name", or "gain" and "since" by ``ranks``, the highest first.
    Empty groups are left out; a title is let when it holds all the words, whatever their case.
    """
    rows = [row for row in rows_of(strategy, scenario) if _is_shown(row, show, words)]
    if sort in _SORT_KEYS:
        rows.sort(key=_SORT_KEYS[sort])
    elif sort != "map" and ranks is not None:
        rows.sort(key=lambda row: -ranks.get(row.id, float("-inf")))
    if not group:
        return list(rows)
    found: list[Line] = []
    for key, name, colour in _groups(strategy, group):
        inside = [row for row in rows if _group_of(row, group) == key]
        if inside:
            found.append(_heading(key or "", name, colour, inside))
            found += inside
    return found


def _is_shown(row: Row, show: str, words: str) -> bool:
    title = row.title.casefold()
    if not all(word in title for word in words.casefold().split()):
        return False
    funded = bool(row.cost) or (row.cost is None and row.level is not None)
    return {"": True, "funded": funded, "unfunded": not funded, "locked": row.locked, "orphan": row.orphan}[
        show
    ]


def _groups(strategy: Strategy, group: str) -> list[tuple[str | None, str, int | None]]:
    """Key, name and pool colour of every group in order, the one without a name last."""
    if group == "team":
        teams = [(team.id, team.name or NO_TEAM, None) for team in strategy.ordered(Team)]
        return [*teams, (None, NO_TEAM, None)]
    if group == "outcome":
        found = [
            (place.node, strategy.get(Node, place.node or "").title or "Untitled", None)
            for place in capital.outcome_places(strategy)
        ]
        return [*found, ("effects", "By effects only", None), (None, NO_OUTCOME, None)]
    pools = [(pool.id, pool.name or NO_POOL, pool.colour) for pool in strategy.ordered(Pool)]
    return [*pools, (None, NO_POOL, None)]


def _group_of(row: Row, group: str) -> str | None:
    if group == "outcome":
        return (
            row.place.node
            if row.place.kind == "outcome"
            else "effects"
            if row.place.kind == "effects"
            else None
        )
    return row.team if group == "team" else row.pool


def _heading(key: str, name: str, colour: int | None, rows: list[Row]) -> Heading:
    return Heading(
        key=key,
        name=name,
        colour=colour,
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


def band_words(share: Share) -> str:
    """A pool's band in words: "55–75", "at least 5", in percent; empty without one."""
    if share.low is None and share.high is None:
        return ""
    low, high = (numerals.number(100 * end, 1) if end is not None else "" for end in (share.low, share.high))
    return f"{low}–{high}" if low and high else f"at least {low}" if low else f"at most {high}"


def shares(ledger: Ledger) -> list[Share]:
    """Every pool in order, then money without a pool if there is any."""
    strategy, totals = ledger.strategy, ledger.totals
    bands = {band.pool: band for band in strategy.by(Band, "scenario", ledger.scenario)}
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


def reaches(ledger: Ledger) -> tuple[list[Reach], list[Reach]]:
    """What reaches each top outcome, and each orphan; the two together are all that is placed.

    An initiative that hangs below no outcome but states an effect on one is counted as "By effects only".
    """
    strategy, found = ledger.strategy, []
    for place, ids in ledger.members.items():
        if place == NOWHERE:
            continue
        amounts = [ledger.costs[node] for node in ids]
        placed = sum(filter(None, amounts))
        if place.node is not None:
            title = strategy.get(Node, place.node).title
            found.append(Reach(place.node, title, placed, None in amounts))
        elif placed:
            found.append(Reach(None, "By effects only", placed))
    return found, [Reach(node.id, node.title, amount) for node, amount in ledger.orphans]
