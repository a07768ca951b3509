"""Where the money of a scenario goes: per initiative, per pool, up the tree, and what reaches none (model.md §9.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prodlead_desktop.domain import initiatives, scenarios, tree
from prodlead_desktop.domain.entities import Allocation, Effect, Level, Node, Scenario
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.strategy import Reader, Strategy


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a scenario in minor units; ``unknown`` counts funded initiatives whose cost nobody has stated."""

    placed: int
    unknown: int
    budget: int | None
    by_pool: Mapping[str | None, int] = field(default_factory=dict)

    @property
    def left(self) -> int | None:
        """Budget less what is placed; negative when overspent, None without a budget."""
        return None if self.budget is None else self.budget - self.placed


@dataclass(frozen=True, slots=True)
class NodeMoney:
    """Money at and below a node in minor units."""

    placed: int
    unknown: bool
    by_pool: Mapping[str | None, int] = field(default_factory=dict)


NOTHING = NodeMoney(0, False)
_UNKNOWN = NodeMoney(0, True)


def level_of(reader: Reader, scenario: str, initiative: str) -> Level | None:
    """The level an initiative is funded at; None when it gets nothing or is funded by amount."""
    given = scenarios.allocation(reader, scenario, initiative)
    return reader.find(Level, given.level) if given else None


def cost(reader: Reader, scenario: str, initiative: str) -> int | None:
    """Money an initiative gets in minor units: 0 for none, None when it is funded at a level without a cost.

    An initiative that has neither a priced level nor a full cost and no allocation is unknown too: nobody
    has said what it would cost.
    """
    return _given(reader, scenarios.allocation(reader, scenario, initiative), initiative)


def cost_of(reader: Reader, given: Allocation) -> int | None:
    """``cost`` by an allocation at hand."""
    return _given(reader, given, given.initiative)


def _given(reader: Reader, given: Allocation | None, initiative: str) -> int | None:
    if given is not None and given.amount is not None:
        return given.amount
    if given is not None and given.level is not None:
        return reader.get(Level, given.level).cost
    return 0 if is_priced(reader, initiative) else None


def is_priced(reader: Reader, initiative: str) -> bool:
    """Whether anybody has said what an initiative would cost."""
    data = reader.get(Node, initiative).data
    if isinstance(data, InitiativeData) and data.full_cost is not None:
        return True
    return any(level.cost is not None for level in initiatives.levels(reader, initiative))


def is_funded(reader: Reader, scenario: str, initiative: str) -> bool:
    """Whether an initiative gets a level or an amount above zero."""
    given = scenarios.allocation(reader, scenario, initiative)
    return given is not None and (given.level is not None or bool(given.amount))


def costs(strategy: Strategy, scenario: str) -> dict[str, int | None]:
    """``cost`` of every initiative by id, in map order."""
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    return {
        node.id: _given(strategy, given.get(node.id), node.id)
        for node in tree.preorder(strategy)
        if node.kind == "initiative"
    }


def totals(strategy: Strategy, scenario: str) -> Totals:
    """What is placed, per pool too (None = no pool), against the budget."""
    placed = unknown = 0
    by_pool: dict[str | None, int] = {}
    for row in strategy.by(Allocation, "scenario", scenario):
        amount = _given(strategy, row, row.initiative)
        if amount is None:
            unknown += row.level is not None
            continue
        placed += amount
        pool = strategy.get(Node, row.initiative).pool
        if amount:
            by_pool[pool] = by_pool.get(pool, 0) + amount
    return Totals(placed, unknown, strategy.get(Scenario, scenario).budget, by_pool)


def by_node(strategy: Strategy, scenario: str) -> dict[str, NodeMoney]:
    """Money at and below every node, summed up the tree's own lines, by node id; one pass over the rows."""
    nodes = strategy.all(Node)
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    priced = {level.initiative for level in strategy.all(Level).values() if level.cost is not None}
    below: dict[str | None, list[Node]] = {}
    placed: dict[str | None, int] = {}
    pools: dict[str | None, dict[str | None, int]] = {}
    unknown: set[str | None] = set()
    for node in nodes.values():
        below.setdefault(node.parent, []).append(node)
        if node.kind != "initiative":
            continue
        got = given.get(node.id)
        nothing = got is None or (got.amount is None and got.level is None)
        amount = 0 if nothing and node.id in priced else _given(strategy, got, node.id)
        if amount is None:
            unknown.add(node.id)
        elif amount:
            placed[node.id] = amount
            pools[node.id] = {node.pool: amount}
    order = list(below.get(None, ()))
    for node in order:  # grows while it runs: parents first
        order += below.get(node.id, ())
    for node in reversed(order):
        if node.id in unknown:
            unknown.add(node.parent)
        if node.id in placed:
            placed[node.parent] = placed.get(node.parent, 0) + placed[node.id]
            above = pools.setdefault(node.parent, {})
            for pool, part in pools[node.id].items():
                above[pool] = above.get(pool, 0) + part
    return {
        node.id: NodeMoney(placed[node.id], node.id in unknown, pools[node.id])
        if node.id in placed
        else _UNKNOWN
        if node.id in unknown
        else NOTHING
        for node in order
    }


def by_node_after(
    before: dict[str, NodeMoney], strategy: Strategy, scenario: str, touched: Iterable[str]
) -> tuple[dict[str, NodeMoney], frozenset[str]]:
    """What ``by_node`` gives after an edit, and the nodes with other money, at the price of their ways to the root.

    ``before`` is what it gave before the edit; ``touched`` are all nodes that are new, gone, elsewhere or differently
    funded, and the parents that nodes came from or went to.
    """
    money, others = before.copy(), set()
    depths: dict[str, int] = {}
    for node_id in touched:
        if strategy.find(Node, node_id) is None:
            if money.pop(node_id, None) is not None:
                others.add(node_id)
            continue
        way = [node_id, *(node.id for node in tree.ancestors(strategy, node_id))]
        depths.update(zip(way, range(len(way), 0, -1), strict=True))
    for node_id in sorted(depths, key=depths.__getitem__, reverse=True):
        now = _sum_of(strategy, scenario, node_id, money)
        if now != money.get(node_id):
            money[node_id] = now
            others.add(node_id)
    return money, frozenset(others)


def _sum_of(strategy: Strategy, scenario: str, node_id: str, below: Mapping[str, NodeMoney]) -> NodeMoney:
    """A node's own money and that of its children, which is known."""
    node = strategy.get(Node, node_id)
    parts = [below[child.id] for child in tree.children(strategy, node_id) if child.id in below]
    if node.kind == "initiative":
        own = cost(strategy, scenario, node_id)
        parts.append(_UNKNOWN if own is None else NodeMoney(own, False, {node.pool: own} if own else {}))
    placed, unknown = sum([part.placed for part in parts]), any(part.unknown for part in parts)
    if not placed:
        return _UNKNOWN if unknown else NOTHING
    pools: dict[str | None, int] = {}
    for part in parts:
        for pool, amount in part.by_pool.items():
            pools[pool] = pools.get(pool, 0) + amount
    return NodeMoney(placed, unknown, pools)


def reaches_outcome(reader: Reader, initiative: str) -> bool:
    """Whether an initiative stands below an outcome or states an effect on one."""
    return tree.outcome_above(reader, initiative) is not None or bool(
        reader.by(Effect, "initiative", initiative)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where money arrives: at a top "outcome" (its id in ``node``), through "effects" only, or "nowhere"."""

    kind: str
    node: str | None = None


BY_EFFECTS, NOWHERE = Place("effects"), Place("nowhere")


def outcome_places(strategy: Strategy) -> tuple[Place, ...]:
    """Every top outcome (one with no outcome above it) in map order."""
    return tuple(
        Place("outcome", node.id)
        for node in tree.preorder(strategy)
        if node.kind == "outcome" and tree.outcome_above(strategy, node.id) is None
    )


def places(strategy: Strategy) -> dict[str, Place]:
    """Where the money of each initiative arrives, in map order.

    That is the top outcome above it; "effects" when it hangs below none but states an effect on one; else nowhere.
    """
    tops: dict[str, Place] = {}  # node -> the top outcome it is or hangs below
    found: dict[str, Place] = {}
    for node in tree.preorder(strategy):
        above = tops.get(node.parent) if node.parent is not None else None
        if above is None and node.kind == "outcome":
            above = Place("outcome", node.id)
        if above is not None:
            tops[node.id] = above
        if node.kind == "initiative":
            effects = strategy.by(Effect, "initiative", node.id)
            found[node.id] = above or (BY_EFFECTS if effects else NOWHERE)
    return found


def orphans(strategy: Strategy, scenario: str) -> list[tuple[Node, int]]:
    """Funded initiatives whose money reaches no outcome, with the money, most first.

    Keep-the-lights-on initiatives count too: the room should see that money.
    """
    found = [
        (strategy.get(Node, row.initiative), amount)
        for row in strategy.by(Allocation, "scenario", scenario)
        if (amount := cost_of(strategy, row)) and not reaches_outcome(strategy, row.initiative)
    ]
    return sorted(found, key=lambda row: (-row[1], row[0].id))
