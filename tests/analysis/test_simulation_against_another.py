"""The simulation against one by another hand (``plain_draws``), on random strategies with everything in them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from analysis import plain_draws, random_plans
from analysis.cases import problem

from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.simulate import Estimate, simulate
from prodlead_desktop.analysis.simulate.run import Sampler
from prodlead_desktop.analysis.value import Valuation

OTHERS = 20_000


def _formulated(case: dict[str, Any]) -> Problem:
    """In money when some objective is; a point is worth 7 euros then."""
    money = any(node.get("money_per_unit") is not None for node in case["nodes"])
    if money:
        case["rate"] = 7.0
    more = {name: case[name] for name in ("futures", "teams", "pools")}
    return problem(
        case["nodes"],
        case["effects"],
        case["scenario"],
        case["header"],
        rate=700.0 if money else None,
        **more,
    )


def _agree(row: Estimate, found: np.ndarray[Any, Any], what: str) -> None:
    assert row.se is not None
    mean, se = float(found.mean()), float(found.std()) / math.sqrt(len(found))
    assert abs(row.value - mean) <= 4.5 * math.hypot(row.se, se) + 1e-6 * max(abs(mean), 1), what


@pytest.mark.parametrize("seed", range(12))
def test_every_number_is_the_other_hands(seed: int) -> None:
    case = random_plans.case(seed)
    made = _formulated(case)
    found = simulate(made, draws=4_000 if seed < 9 else 20_000, seed=seed)
    unit = 100 if made.in_money else 1
    for s, future in enumerate(case["futures"] or [None]):
        other = plain_draws.World(case, OTHERS, np.random.default_rng([seed, s]), future).run()
        world = found.worlds[s]
        _agree(world.value.mean, other.value * unit, "V")
        _agree(world.cost.mean, other.cost * 100, "cost")
        for outcome, row in zip(made.outcomes, world.outcomes, strict=True):
            assert row.level is not None
            _agree(row.level.mean, other.level[outcome.id], outcome.id)
            for chance, hits in ((row.target, other.hit), (row.threshold, other.past)):
                if chance is not None:
                    share = float(hits[outcome.id].mean())
                    wide = (
                        math.hypot(chance.high - chance.low, 4 * math.sqrt(share * (1 - share) / OTHERS))
                        + 3e-4
                    )
                    assert abs(chance.value - share) <= 1.25 * wide
            for share, part in ((0.1, row.level.p10), (0.5, row.level.p50), (0.9, row.level.p90)):
                near = 1e-6 * max(abs(part.value), 1)
                wide = 5 * math.sqrt(share * (1 - share) * (1 / OTHERS + 1 / found.draws))
                assert np.mean(other.level[outcome.id] <= part.value + near) >= share - wide
                assert np.mean(other.level[outcome.id] < part.value - near) <= share + wide


@pytest.mark.parametrize("seed", range(30, 42))
def test_without_uncertainty_it_is_the_exact_model(seed: int) -> None:
    """Every effect a number, every chance 0 or 1: each draw is what ``Valuation`` says of the plan."""
    case = random_plans.case(seed)
    for row in case["effects"]:
        row.pop("p10", None), row.pop("p90", None)
    for k, node in enumerate(case["nodes"]):
        node.pop("cost_p10", None), node.pop("delay_p10", None)
        if node["kind"] == "initiative":
            node["success"] = float(k % 3 > 0)
        elif node["kind"] == "assumption":
            node["probability"] = 1.0
    made = _formulated(case)
    exact = Valuation(made).evaluate(made.current)
    for draws, close in ((10, 1e-9), (10_001, 2e-5)):
        drawn = Sampler(made, made.current, draws, 1).run(lambda share: None)
        size = max(float(np.abs(exact.value).max()), 1.0)
        assert np.allclose(drawn.value, exact.value[:, :1], rtol=close, atol=close * size)
        assert np.allclose(drawn.moved, exact.improvement[:, :, :1], rtol=close, atol=close)
        assert np.allclose(drawn.cost, exact.cost[:, :1])
        if made.in_money:
            assert drawn.npv is not None
            assert np.allclose(drawn.npv, exact.npv[:, :1], rtol=close, atol=close * size)
