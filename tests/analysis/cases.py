"""Decision problems for tests, written as the JSON that a person would write (model.md §1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy

DATA = Path(__file__).resolve().parent.parent / "data"


def outcome(
    name: str, baseline: float | None = None, target: float | None = None, **more: Any
) -> dict[str, Any]:
    """An outcome node; its title is its id unless said otherwise."""
    numbers = {"baseline": baseline, "target": target}
    return {"id": name, "kind": "outcome", "title": name} | numbers | more


def initiative(name: str, *costs: float, **more: Any) -> dict[str, Any]:
    """An initiative node with a level per cost, named name1, name2, …"""
    levels = [{"id": f"{name}{i}", "name": f"Level {i}", "cost": cost} for i, cost in enumerate(costs, 1)]
    return {"id": name, "kind": "initiative", "title": name} | ({"levels": levels} if levels else {}) | more


def effect(who: str, what: str, *values: float, **more: Any) -> dict[str, Any]:
    """One value is a certain P50, three are P10, P50, P90."""
    names = ("p50",) if len(values) == 1 else ("p10", "p50", "p90")
    return {"initiative": who, "outcome": what} | dict(zip(names, values, strict=bool(values))) | more


def strategy(
    nodes: Sequence[dict[str, Any]],
    effects: Sequence[dict[str, Any]] = (),
    scenario: dict[str, Any] | None = None,
    header: dict[str, Any] | None = None,
    **more: Any,
) -> Strategy:
    """A strategy with one scenario "plan"; ``scenario`` and ``header`` add to it, ``more`` are other lists."""
    plan = {"id": "plan", "name": "Plan"} | (scenario or {})
    top = {"currency": "EUR"} | (header or {})
    document = {"strategy": top, "nodes": list(nodes), "effects": list(effects), "scenarios": [plan]}
    return interchange.loads(json.dumps(document | more))


def problem(*args: Any, over: Sequence[str] | None = None, rate: float | None = None, **more: Any) -> Problem:
    """The problem of ``strategy(…)`` over some futures; ``rate`` is money per point in minor units."""
    return formulate(strategy(*args, **more), "plan", over, rate)


def e1() -> Strategy:
    """The end-to-end case of known-answers.md A8, scenario "plan" with the stated optimum as its allocation."""
    return interchange.loads((DATA / "e1.json").read_text(encoding="utf-8"))


TEN_COSTS = (60, 45, 80, 30, 55, 70, 25, 90, 40, 35)
TEN_SCORES = {
    "o1": (30, 5, 35, 10, 0, 25, 12, 20, 15, 2),
    "o2": (10, 25, 20, 5, 30, 5, 10, 35, 15, 18),
    "o3": (5, 10, 15, 20, 15, 25, 0, 30, 5, 12),
}


def ten_projects(budget: float = 260.0) -> Strategy:
    """Ten go/no-go projects scored on three outcomes (known-answers.md A5); V is a weighted sum of scores."""
    nodes = [
        outcome(name, 0, 1000, swing=swing, over_delivery=1)
        for name, swing in (("o1", 50), ("o2", 30), ("o3", 20))
    ]
    nodes += [initiative(f"p{i:02d}", cost) for i, cost in enumerate(TEN_COSTS, 1)]
    rows = [
        effect(f"p{i:02d}", name, 10 * score)
        for name, scores in TEN_SCORES.items()
        for i, score in enumerate(scores, 1)
        if score
    ]
    return strategy(nodes, rows, {"budget": budget})
