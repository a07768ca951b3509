"""Big strategies of plausible shape, made from rows directly, for benchmarks and random tests."""

from __future__ import annotations

import datetime
import random

from prodlead_desktop.domain import strategy as strategies
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    ORDER_STEP,
    Allocation,
    Entity,
    Header,
    Level,
    Node,
    Pool,
    Reading,
    Scenario,
)
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy

_WORDS = (
    "new teams build a weekly habit reduce time to first insight guided dashboard one click connectors sample data "
    "customers trust the numbers every metric defined once streaming ingestion mid-market accounts grow retail "
    "starter kit usage-based plan self-serve billing admins can prove value Größe Łódź office"
).split()
_BELOW = {
    "ambition": ("outcome",),
    "outcome": ("outcome", "outcome", "initiative", "opportunity", "market", "capability", "assumption"),
    "opportunity": ("initiative",),
    "market": ("initiative", "outcome"),
    "capability": ("initiative",),
    "initiative": ("assumption", "note"),
}
SCENARIO = "sc_1"


def many(count: int, seed: int = 1) -> Strategy:
    """A strategy of `count` nodes with money in the scenario `SCENARIO`; the same for the same arguments."""
    rng = random.Random(seed)
    rows: list[Entity] = [
        Header(HEADER_ID, "Many", "EUR", datetime.date(2027, 1, 1)),
        Scenario(SCENARIO, ORDER_STEP, "Balanced", budget=10**11),
        *(Pool(f"pool_{i}", i, name, i) for i, name in enumerate(("Core", "Adjacent", "New"))),
    ]
    kinds, queue = {"n0": "ambition"}, ["n0"]
    rows.append(_node(rng, "n0", None, 0, "ambition"))
    number = 1
    at = 0
    while number < count:
        parent = queue[at % len(queue)]
        at += 1
        for place in range(min(rng.choice((2, 3, 4, 5)), count - number)):
            name = rng.choice(_BELOW.get(kinds[parent], ("note",)))
            node_id = f"n{number}"
            kinds[node_id] = name
            rows += _facts(rng, node_id, name)
            rows.append(_node(rng, node_id, parent, place * ORDER_STEP, name))
            if name in ("outcome", "opportunity", "market", "capability") or rng.random() < 0.1:
                queue.append(node_id)
            number += 1
    return strategies.of_rows(rows)


def _node(rng: random.Random, node_id: str, parent: str | None, order: int, name: str) -> Node:
    title = " ".join(rng.sample(_WORDS, rng.choice((2, 3, 4, 5, 6)))).capitalize()
    data = kind(name).data()
    if isinstance(data, OutcomeData) and rng.random() < 0.8:
        data = OutcomeData(
            baseline=float(rng.randrange(50)),
            target=float(rng.randrange(60, 100)),
            unit=rng.choice(("min", "%", "days")),
        )
    pool = f"pool_{rng.randrange(3)}" if name == "initiative" else None
    state = "agreed" if rng.random() < 0.8 else "draft"
    return Node(node_id, parent, order, name, title, state=state, pool=pool, data=data)


def _facts(rng: random.Random, node_id: str, name: str) -> list[Entity]:
    if name == "outcome":
        return [Reading(f"r_{node_id}", node_id, datetime.date(2027, 1, 15), float(rng.randrange(40, 70)))]
    if name != "initiative":
        return []
    levels: list[Entity] = [
        Level(f"l{i}_{node_id}", node_id, i, word, cost * 100_000_00)
        for i, (word, cost) in enumerate((("Minimum", 1), ("Full", 3), ("Stretch", 5)))
    ]
    chosen = rng.choice((None, 0, 1, 1, 2))
    if chosen is not None:
        levels.append(Allocation(f"a_{node_id}", SCENARIO, node_id, level=f"l{chosen}_{node_id}"))
    return levels
