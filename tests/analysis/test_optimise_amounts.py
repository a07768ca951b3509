"""Money on curves: the bound and the plan against a fine grid of everything that could be given (model.md §4.3)."""

from __future__ import annotations

import random

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.curves import hill_from_ceiling
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import segments, solve
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import AmountRange, Floats, Problem
from prodlead_desktop.analysis.value import Valuation

_STEPS = 24
_GAP = 2e-4


def curved(seed: int, count: int, overlap: str = "sum") -> Problem:
    """S-curves and others under one budget, one of them excluding or needing another."""
    rng = random.Random(seed)
    limit = {"limit": 2_000} if overlap == "headroom" else {}
    nodes = [outcome("o", 0, 1_000, swing=1, over_delivery=1, overlap=overlap, **limit)]
    effects, whole = [], 0
    for i in range(count):
        cost = rng.randint(50, 600)
        whole += cost
        node = initiative(f"i{i}", full_cost=cost * 1_000, funding="curve")
        node |= rng.choice([
            {"curve": "hill", "half_share": rng.choice((0.2, 0.35, 0.6)), "unlimited_times": 1.3},
            {"curve": "exponential", "half_share": 0.7},
        ])  # fmt: skip
        nodes.append(node)
        effects.append(effect(f"i{i}", "o", rng.randint(20, 150)))
    kind = rng.choice(("requires", "excludes"))
    nodes[1]["dependencies"] = [{"kind": kind, "other": "i1"}]
    return problem(nodes, effects, {"budget": round(0.4 * whole) * 1_000})


def best_of_grid(made: Problem) -> float:
    """The most V of all plans on a grid where one initiative, each in turn, gets the rest."""
    reaches = [row.amounts for row in made.initiatives if row.amounts is not None]
    most: Floats = np.array([float(reach.most) for reach in reaches])
    found = 0.0
    for last in range(len(most)):
        rest = [i for i in range(len(most)) if i != last]
        axes = np.meshgrid(*(np.linspace(0.0, most[i], _STEPS + 1) for i in rest), indexing="ij")
        given = np.zeros((len(most), axes[0].size))
        given[rest] = np.array(axes).reshape(len(rest), -1)
        given[last] = np.clip(float(made.limits.budget or 0) - given.sum(axis=0), 0.0, most[last])
        given = np.floor(given)
        plans = Plans((given > 0.0).astype(np.int64), given)
        kept = fits(made, plans)
        values = Valuation(made).evaluate(Plans(plans.options[:, kept], given[:, kept])).value
        found = max(found, float(values.max(initial=0.0)))
    return found


@pytest.mark.parametrize("overlap", ["sum", "headroom"])
@pytest.mark.parametrize("seed", range(6))
def test_no_plan_on_a_grid_is_above_the_bound_or_better_than_the_gap_allows(seed: int, overlap: str) -> None:
    made = curved(seed, 3 + seed % 2, overlap)
    answer, best = solve(made), best_of_grid(made)
    assert answer.status == "optimal" and answer.value is not None and answer.bound is not None
    assert best > 0.0
    assert answer.bound >= best * (1.0 - 1e-9)
    assert answer.value >= best * (1.0 - _GAP)
    assert answer.value >= answer.bound * (1.0 - _GAP)


def test_few_knots_where_the_return_rises_and_all_where_it_falls() -> None:
    reach = segments.Reach(AmountRange(hill_from_ceiling(0.2, 1.3), 1, 1_000_000), 1_000_000.0, [1.0])
    (every,), (few,) = segments.knots([reach], 64), segments.knots([reach], 64, 4)
    turn = hill_from_ceiling(0.2, 1.3).inflection
    assert turn is not None
    below = turn * 1_000_000.0 * 0.95
    assert np.count_nonzero(every < below) > 10
    assert 2 <= np.count_nonzero(few < below) <= 6
    above = turn * 1_000_000.0 * 1.05
    assert few[few > above].tolist() == every[every > above].tolist()
    assert few[0] == every[0] and few[-1] == every[-1]


@pytest.mark.parametrize("size", [6, 9])
def test_what_must_be_funded_in_full_is_not_cut_off_where_nothing_else_moves_the_outcome(size: float) -> None:
    """The pieces of its curve lie a little above what any plan comes to; b, which would lower that, is too dear."""
    nodes = [
        outcome("o", 40, 30, limit=27, swing=1, over_delivery=1), outcome("p", 0, 10, swing=1),
        initiative(
            "a", full_cost=100, funding="curve", curve="hill", half_share=0.35, unlimited_times=1.3, mandatory=True
        ),
        initiative("b", 50),
    ]  # fmt: skip
    effects = [effect("a", "o", size), effect("b", "o", -1), effect("b", "p", 4)]
    best = solve(problem(nodes, effects, {"budget": 100}))
    assert best.status == "optimal" and best.value == pytest.approx(5 * size)
    assert best.bound == pytest.approx(5 * size, rel=_GAP)
