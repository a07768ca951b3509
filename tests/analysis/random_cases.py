"""Random strategies with every kind of rule, small enough to try every plan (known-answers.md B8)."""

from __future__ import annotations

import random
from typing import Any

from analysis.cases import effect, initiative, outcome

Case = dict[str, Any]  # what analysis.cases.strategy takes


def case(seed: int, most: int = 10, curves: bool = False) -> Case:
    """Up to ``most`` initiatives; overlap, thresholds, harm, tree, lags, futures, pools, teams, quarters, links."""
    rng = random.Random(seed)
    money = rng.random() < 0.2
    outcomes = [_outcome(rng, k, money) for k in range(rng.randint(1, 4))]
    count = rng.randint(3, most)
    rows = [_initiative(rng, i, count, curves) for i in range(count)]
    effects = []
    for row in rows:
        for node in rng.sample(outcomes, rng.randint(1, min(2, len(outcomes)))):
            size = rng.choice((rng.uniform(0.5, 9), rng.uniform(0.5, 9), -rng.uniform(0.5, 4)))
            effects.append(effect(row["id"], node["id"], round(size, 2)))
    return {
        "nodes": outcomes + rows,
        "effects": effects,
        "scenario": _scenario(rng, rows),
        "header": {"plan_start": "2027-01-01", "horizon": 6},
        "pools": [{"id": "pa", "name": "Run"}, {"id": "pb", "name": "Grow"}],
        "teams": [
            {"id": "t", "name": "Data", "capacity": [rng.randint(3, 9), rng.randint(3, 9)], "discovery": 0.1}
        ],
        "futures": _futures(rng, rows, outcomes) if rng.random() < 0.3 else [],
    }


def _outcome(rng: random.Random, k: int, money: bool) -> dict[str, Any]:
    base, need, room = rng.randint(30, 80), rng.randint(6, 15), rng.randint(2, 10)
    sign = rng.choice((1, -1))
    node = outcome(f"o{k}", base, base + sign * need, unit="units")
    node |= {"swing": rng.randint(1, 9), "deadline": "2027-12-31", "limit": base + sign * (need + room)}
    if money and k == 0:
        node |= {"swing": None, "money_per_unit": rng.choice((3000, 3000, -500))}
    if rng.random() < 0.6:
        node |= {"threshold": base + sign * rng.randint(1, need), "threshold_share": rng.randint(1, 10) / 10}
    node["over_delivery"] = rng.choice((0, 0.3, 1, 1.5))
    node["overlap"] = rng.choice(("headroom", "headroom", "sum", "max"))
    if k and rng.random() < 0.7:
        node |= {"parent": f"o{rng.randint(0, k - 1)}", "contribution": rng.choice((-0.5, 0.4, 0.8, 1.5))}
        node["lag"] = rng.choice((0, 0, 1))
    return node


def _initiative(rng: random.Random, i: int, count: int, curves: bool) -> dict[str, Any]:
    costs = sorted(rng.sample(range(5, 60), rng.choice((1, 1, 2, 2, 3))))
    while count > 6 and len(costs) > 2:
        costs.pop()
    node = initiative(f"i{i}", *costs, success=rng.choice((1, 0.8)), delay=rng.choice((0, 0, 1)))
    if curves and rng.random() < 0.5:
        node = initiative(
            f"i{i}", full_cost=costs[-1], funding="curve", half_share=rng.choice((0.7, 0.6, 0.35))
        )
        if rng.random() < 0.5:
            node |= {"curve": "hill", "unlimited_times": 1.3}
        if rng.random() < 0.3:
            node["least_share"] = 0.4
    node |= {
        "cost_profile": [0.5, 0.5],
        "start": rng.choice((0, 0, 1)),
        "pool": rng.choice(("pa", "pb", None)),
    }
    node["mandatory"] = rng.random() < 0.06
    links = []
    for kind, chance in (("requires", 0.15), ("requires full", 0.08), ("excludes", 0.12), ("enhances", 0.15)):
        if i and rng.random() < chance:
            link = {"kind": kind, "other": f"i{rng.randint(0, i - 1)}"}
            links.append(link | ({"factor": rng.choice((0.5, 1.3, 1.8))} if kind == "enhances" else {}))
    node["dependencies"] = links
    node["demands"] = [
        {"team": "t", "quarter": rng.randint(0, 1), "amount": rng.randint(1, 3)}
        for _ in range(rng.randint(0, 1))
    ]
    return node


def _scenario(rng: random.Random, rows: list[dict[str, Any]]) -> dict[str, Any]:
    prices = [row["levels"][-1]["cost"] if "levels" in row else row["full_cost"] for row in rows]
    budget = round(sum(prices) * rng.uniform(0.3, 0.8))
    out: dict[str, Any] = {"budget": budget}
    if rng.random() < 0.4:
        out |= {"quarters": [round(budget * rng.uniform(0.3, 0.7)), round(budget * 0.4), round(budget * 0.3)]}
        out["carry_over"] = rng.choice((0, 0.2, 1))
    if rng.random() < 0.3:
        out["at_most"] = rng.randint(2, len(rows))
    if rng.random() < 0.5:
        band = {"pool": "pa", "low": rng.choice((None, 0.1)), "high": rng.choice((0.5, 0.8))}
        out["bands"] = [band | {"of": rng.choice(("spend", "budget"))}]
    given = []
    for row in rows:
        what = rng.random()
        full = {"amount": row["full_cost"]} if "full_cost" in row else {"level": f"{row['id']}1"}
        if what < 0.06:
            given.append({"initiative": row["id"], "lock": True} | full)
        elif what < 0.1:
            given.append({"initiative": row["id"], "lock": True})
        elif what < 0.14:
            given.append({"initiative": row["id"], "floor": 6})
        elif what < 0.2:
            given.append({"initiative": row["id"], "ceiling": 40})
    return out | {"allocations": given}


def _futures(
    rng: random.Random, rows: list[dict[str, Any]], nodes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    shifts = [
        {"what": "costs", "node": rng.choice(rows)["id"], "factor": rng.choice((0.8, 1.3))},
        {"what": "effects", "node": rng.choice(nodes)["id"], "factor": rng.choice((0.5, 1.2))},
    ]
    return [
        {"id": "fa", "name": "As now", "probability": 0.6},
        {"id": "fb", "name": "Worse", "probability": 0.4, "shifts": shifts},
    ]
