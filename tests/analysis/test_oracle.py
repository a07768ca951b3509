"""The program against a second reading of the model (oracle.py): values and rules of plans, and the best of all."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
from analysis.oracle import Document, Oracle

from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.plans import every_plan
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.domain import interchange

RATE = 700.0  # money per point, where it is needed
_PLANS = 25


def document(seed: int) -> Document:
    """A file as somebody might write it: most things left out, each of them said now and then."""
    rng = random.Random(seed)

    def maybe(chance: float, /, **fields: Any) -> dict[str, Any]:
        return fields if rng.random() < chance else {}

    names = [f"o{k}" for k in range(rng.randint(1, 4))]
    bets = [f"i{k}" for k in range(rng.randint(2, 5))]
    nodes: list[dict[str, Any]] = [{"id": "top", "kind": "ambition", "title": "Top"}]
    money = rng.choice((None, None, None, names[0]))
    for k, name in enumerate(names):
        nodes.append(_outcome(rng, maybe, name, names[:k], name == money))
    nodes.append(
        {"id": "as", "kind": "assumption", "title": "As"}
        | maybe(0.7, probability=0.6)
        | maybe(0.1, status="holds")
    )
    nodes += [_bet(rng, maybe, name, bets[:k]) for k, name in enumerate(bets)]
    made: Document = {
        "strategy": maybe(0.8, plan_start="2027-01-01", horizon=6, currency="EUR", discount_rate=0.1),
        "nodes": nodes,
        "effects": _effects(rng, bets, names, nodes),
        "pools": [{"id": "pa", "name": "A"}, {"id": "pb", "name": "B"}],
        "teams": [{"id": "t", "name": "T"} | maybe(0.7, capacity=[4, 5, 6]) | maybe(0.4, discovery=0.25)],
        "futures": _futures(rng, bets, names) if rng.random() < 0.5 else [],
    }  # fmt: skip
    if len(names) > 2 and rng.random() < 0.4:
        made["links"] = [
            {"source": names[-1], "target": names[0], "contribution": rng.choice((0.2, -0.3)), "lag": 1}
        ]
    prices = [max(row["cost"] for row in _priced(node)) for node in nodes if node["kind"] == "initiative"]
    scenario = {"id": "s", "name": "S"} | maybe(0.8, budget=round(sum(prices) * rng.uniform(0.4, 0.9)))
    scenario |= maybe(0.3, quarters=[round(sum(prices) * share) for share in (0.4, 0.2, 0.2)])
    scenario |= maybe(0.5, carry_over=rng.choice((0.5, 1))) if "quarters" in scenario else {}
    scenario |= maybe(0.2, at_most=rng.randint(1, 4))
    band = {"pool": "pa", "high": 0.7} | maybe(0.5, low=0.1) | maybe(0.5, of="spend")
    scenario |= maybe(0.3, bands=[band])
    given = [_given(rng, node) for node in nodes if node["kind"] == "initiative" and rng.random() < 0.3]
    made["scenarios"] = [scenario | ({"allocations": given} if given else {})]
    return made


def _priced(node: dict[str, Any]) -> list[dict[str, Any]]:
    return node.get("levels") or [{"cost": node["full_cost"]}]


def _outcome(rng: random.Random, maybe: Any, name: str, above: list[str], money: bool) -> dict[str, Any]:
    base, unit = rng.choice(((40, "min"), (62, "%"), (8, "score"), (30, "tickets / 100 accounts")))
    falls = unit in ("min", "tickets / 100 accounts")
    need = base * rng.uniform(0.2, 0.8) if falls else rng.uniform(4, 25)
    target = base - need if falls else base + need
    node = {"id": name, "kind": "outcome", "title": name, "baseline": base, "unit": unit}
    node |= {"target": target, "parent": rng.choice((*above, "top"))}
    node |= {"money_per_unit": rng.choice((800, 800, -300))} if money else maybe(0.8, swing=rng.randint(1, 9))
    edge = base - min(base, need * 1.3) if falls else min(target + need * 0.4, 100 if unit == "%" else 999)
    node |= maybe(0.3, limit=edge) | maybe(0.3, overlap=rng.choice(("sum", "max", "headroom")))
    node |= maybe(0.4, threshold_share=rng.choice((0.3, 1.0))) | maybe(
        0.2, over_delivery=rng.choice((0.5, 2))
    )
    if "threshold_share" in node:
        node |= maybe(0.5, threshold=base + (target - base) * 0.7)
    if node["parent"] in above:
        node |= {"contribution": rng.choice((0.5, 0.2, -0.4))} | maybe(0.4, lag=rng.choice((1, 0.5)))
    return node | maybe(0.6, deadline="2027-11-30", deadline_precision=rng.choice(("month", "quarter")))


def _bet(rng: random.Random, maybe: Any, name: str, before: list[str]) -> dict[str, Any]:
    full = rng.randint(4, 30) * 10
    node: dict[str, Any] = {"id": name, "kind": "initiative", "title": name, "full_cost": full}
    shape = rng.choice(("", "", "exponential", "ceiling", "double", "step", "linear"))
    node |= {
        "exponential": {"curve": "exponential", "half_share": rng.choice((0.7, 0.5, 0.35))},
        "ceiling": {"curve": "hill", "half_share": 0.3, "unlimited_times": 1.5},
        "double": {"curve": "hill", "half_share": 0.4, "double_times": 1.4},
        "step": {"least_share": 0.5},
        "linear": {"curve": "linear"},
    }.get(shape, {})
    if rng.random() < 0.7:
        costs = sorted({full // 2, full, rng.choice((full * 3 // 2, full // 4))})
        node["levels"] = [{"id": f"{name}-{c}", "name": f"L{c}", "cost": c} for c in costs]
        for row in node["levels"]:
            row |= maybe(0.2, share=row["cost"] / full * 0.9) | maybe(0.1, start=1)
    links = []
    if before and rng.random() < 0.5:
        kind = rng.choice(("requires", "excludes", "enhances"))
        links.append(
            {"kind": kind, "other": rng.choice(before)} | ({"factor": 1.4} if kind == "enhances" else {})
        )
    if rng.random() < 0.3:
        links.append({"kind": "assumes", "other": "as"})
    node |= {"dependencies": links} if links else {}
    node |= (
        maybe(0.4, success=0.8) | maybe(0.4, delay=rng.choice((1, 2.5))) | maybe(0.4, ramp=rng.choice((1, 3)))
    )
    node |= (
        maybe(0.3, start=rng.choice((1, 0.5)))
        | maybe(0.1, half_life=4)
        | maybe(0.4, cost_profile=[0.5, 0.3, 0.2])
    )
    node |= maybe(0.5, pool=rng.choice(("pa", "pb"))) | maybe(0.04, mandatory=True)
    return node | maybe(
        0.4, demands=[{"team": "t", "quarter": rng.randint(0, 1), "amount": rng.randint(1, 3)}]
    )


def _effects(
    rng: random.Random, bets: list[str], names: list[str], nodes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    rows = []
    reach = {n["id"]: abs(n["target"] - n["baseline"]) for n in nodes if n["kind"] == "outcome"}
    for bet in bets:
        for name in rng.sample(names, rng.randint(1, min(2, len(names)))):
            mid = round(reach[name] * rng.choice((0.15, 0.4, 0.6, -0.2)), 3)
            row: dict[str, Any] = {"initiative": bet, "outcome": name, "p50": mid}
            if rng.random() < 0.4:
                row |= {"p10": round(mid - reach[name] * 0.12, 3), "p90": round(mid + reach[name] * 0.14, 3)}
            if rng.random() < 0.05:
                del row["p50"]
            rows.append(row)
    return rows


def _given(rng: random.Random, node: dict[str, Any]) -> dict[str, Any]:
    levels = node.get("levels", [])
    row: dict[str, Any] = {"initiative": node["id"]}
    if levels and rng.random() < 0.5:
        row["level"] = levels[0]["id"]
        row |= {"lock": True} if rng.random() < 0.4 else {}
    row |= {"floor": 20} if rng.random() < 0.2 else {"ceiling": 150} if rng.random() < 0.2 else {}
    return row | ({"start": 1} if rng.random() < 0.2 else {})


def _futures(rng: random.Random, bets: list[str], names: list[str]) -> list[dict[str, Any]]:
    shifts = [
        {"what": "costs", "node": rng.choice((*bets, None)), "factor": rng.choice((0.9, 1.25))},
        {"what": "effects", "node": rng.choice((*bets, *names, None)), "factor": rng.choice((0.5, 1.1))},
        {"what": "assumption", "node": "as", "holds": rng.choice((True, False))},
        {"what": "baseline", "node": rng.choice(names), "factor": 1.02},
    ]
    some = rng.sample(shifts, rng.randint(1, 4))
    some = [{key: value for key, value in row.items() if value is not None} for row in some]
    return [
        {"id": "f", "name": "F", "probability": 0.7},
        {"id": "g", "name": "G", "probability": 0.3, "shifts": some},
    ]


def _problem(made: Document) -> Problem:
    return formulate(interchange.loads(json.dumps(made)), "s", None, RATE * 100)


def _levels(made: Problem, oracle: Oracle, options: list[int]) -> dict[str, int]:
    """Option indices of the program as level indices of the oracle: both sorted by cost."""
    assert all(len(row.options) == len(oracle.levels(row.id)) for row in made.initiatives)
    return {row.id: option for row, option in zip(made.initiatives, options, strict=True)}


def compare(seed: int) -> None:
    """Some plans of one file in every future, and the best one."""
    written = document(seed)
    made, oracle = _problem(written), Oracle(written, written["scenarios"][0])
    plans, rng = every_plan(made), random.Random(seed)
    values, kept = Valuation(made).evaluate(plans).value, fits(made, plans)
    unit = 100.0 if made.in_money else 1.0
    for p in rng.sample(range(plans.count), min(_PLANS, plans.count)):
        plan = _levels(made, oracle, plans.options[:, p].tolist())
        assert bool(kept[p]) == oracle.allowed(plan), (seed, plan)
        for s, future in enumerate(oracle.futures):
            expected = oracle.value(plan, future, RATE)
            size = max(float(np.abs(values[s]).max()) / unit, 1e-3)
            assert values[s, p] / unit == pytest.approx(expected, abs=2e-4 * size), (seed, plan, s)
    chances = np.array([row.get("probability", 1.0) for row in oracle.futures])
    answer = solve(made, Ask())
    if not kept.any():
        assert answer.status == "infeasible", seed
        return
    best = float((chances @ values)[kept].max())
    size = max(float(np.abs(values).max()), 1e-3)
    assert answer.value is not None and answer.bound is not None
    assert answer.value == pytest.approx(best, abs=2e-6 * size), seed
    assert answer.status == "optimal" and best <= answer.bound + 1e-9 * size, seed


@pytest.mark.parametrize("seed", range(30))
def test_another_reading_of_the_model_agrees(seed: int) -> None:
    compare(seed)


@pytest.mark.soak
def test_another_reading_of_the_model_agrees_for_long() -> None:
    for seed in range(30, 700):
        compare(seed)
