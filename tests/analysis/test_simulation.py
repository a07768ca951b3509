"""What plans come to when drawn: known answers, closed forms, properties (model.md §5; known-answers.md A8, B)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from analysis.cases import e1, effect, initiative, outcome, problem

from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.plans import plan_of
from prodlead_desktop.analysis.problem import Plan, Problem
from prodlead_desktop.analysis.simulate import Chance, Estimate, Simulation, simulate
from prodlead_desktop.analysis.simulate.run import Sampled, Sampler
from prodlead_desktop.analysis.simulate.statistics import summary
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.errors import BadInput, Cancelled

BOTH = pytest.mark.parametrize("draws", [4_000, 40_000])  # hypercubes in 64 bits, independent draws in 32


def _all_in(found: Problem, **choices: int) -> Plan:
    return plan_of(found, {row.id: len(row.options) - 1 for row in found.initiatives} | choices)


def _drawn(found: Problem, plan: Plan | None = None, draws: int = 4_000, seed: int = 3) -> Sampled:
    return Sampler(found, plan or _all_in(found), draws, seed).run(lambda share: None)


def _near(row: Estimate, value: float, sds: float = 4.0, other: float = 0.0) -> None:
    assert row.se is not None
    assert abs(row.value - value) <= sds * math.hypot(row.se, other) + 1e-9 * abs(value), (row, value)


def _may_be(row: Chance | None, value: float) -> None:
    """Within four standard errors of Wilson."""
    assert row is not None
    middle, half = (row.low + row.high) / 2, (row.high - row.low) / 2
    assert abs(middle - value) <= 2.05 * half, (row, value)


@pytest.mark.parametrize(("draws", "seed"), [(10_000, 0), (10_000, 1), (200_000, 0)])
def test_end_to_end(draws: int, seed: int) -> None:
    """A8: the optimum of E1, simulated by others; their own error counts too."""
    found = simulate(formulate(e1(), "plan"), draws=draws, seed=seed)
    assert found.mixed is not None
    value = found.mixed.value
    _near(value.mean, 53.07, other=0.02)
    for row, stated in ((value.p10, 34.7), (value.p50, 54.1), (value.p90, 69.6)):
        _near(row, stated, other=0.05)
    assert value.cvar is not None
    _near(value.cvar, 33.15, other=0.03)
    for row, stated in zip(found.mixed.outcomes, (0.0003, 0.047, 0.011), strict=True):
        _may_be(row.target, stated)
    assert found.mixed.all_targets is not None
    assert found.mixed.all_targets.value < 0.001


def _one(p: float = 1.0, *values: float, **more: Any) -> Problem:
    nodes = [outcome("o", 0, 10, swing=1, **more), initiative("i", 10, success=p)]
    return problem(nodes, [effect("i", "o", *(values or (8,)))])


@BOTH
def test_a_coin(draws: int) -> None:
    found = simulate(_one(0.3), _all_in(_one(0.3)), draws)
    assert found.mixed is not None
    _near(found.mixed.value.mean, 100 * 0.8 * 0.3)
    assert (found.mixed.value.p10.value, found.mixed.value.p90.value) == pytest.approx((0, 80), abs=1e-5)
    assert found.mixed.outcomes[0].target == Chance(
        0.0, 0.0, pytest.approx(3.8415 / (draws + 3.8415), rel=1e-4)
    )


@BOTH
def test_nothing_uncertain_has_no_error(draws: int) -> None:
    found = simulate(_one(1.0), _all_in(_one(1.0)), draws)
    assert found.mixed is not None
    value = found.mixed.value
    assert [row.value for row in (value.mean, value.p10, value.p50, value.p90)] == pytest.approx([80] * 4)
    assert value.mean.se == pytest.approx(0, abs=1e-6)
    assert found.mixed.cost.mean == Estimate(1_000, 0, 1_000, 1_000)


@BOTH
def test_a_target_that_is_just_reached_is_reached(draws: int) -> None:
    nodes = [outcome("o", 0, 0.8, swing=1, threshold=0.8, threshold_share=1)]
    nodes += [initiative("i", 1), initiative("j", 1)]
    for limit in (None, 7.3):
        nodes[0]["limit"] = limit
        second = 0.7 if limit is None else (1 - (1 - 0.8 / 7.3) / (1 - 0.1 / 7.3)) * 7.3
        found = problem(nodes, [effect("i", "o", 0.1), effect("j", "o", second)])
        made = simulate(found, _all_in(found), draws)
        assert made.mixed is not None
        row = made.mixed.outcomes[0]
        assert (row.target, row.threshold) == (row.threshold, row.target)
        assert row.target is not None
        assert row.target.value == 1.0
        assert made.mixed.value.mean.value == pytest.approx(100)


@BOTH
@pytest.mark.parametrize("overlap", ["headroom", "sum", "max"])
def test_overlap(draws: int, overlap: str) -> None:
    """Independent bets: the headroom rule's mean is the product of means (§3.5); sum and max by their own sums."""
    nodes = [outcome("o", 0, 15, limit=20, overlap=overlap, swing=1)]
    chances = {"a": 0.5, "b": 0.8, "c": 0.9}
    nodes += [initiative(name, 10, success=p) for name, p in chances.items()]
    sizes = {"a": 8.0, "b": 6.0, "c": 5.0}
    found = problem(nodes, [effect(name, "o", size) for name, size in sizes.items()])
    made = simulate(found, _all_in(found), draws)
    assert made.mixed is not None
    expected = {
        "headroom": 20 * (1 - np.prod([1 - chances[k] * sizes[k] / 20 for k in "abc"])),
        "sum": sum(chances[k] * sizes[k] for k in "abc"),
        "max": 0.5 * 8 + 0.5 * (0.8 * 6 + 0.2 * 0.9 * 5),
    }[overlap]
    _near(made.mixed.outcomes[0].improvement.mean, expected)


@BOTH
def test_the_best_of_what_is_funded_when_all_of_it_harms(draws: int) -> None:
    """As in the value: an unfunded bet on the same outcome hides no harm, a failed bet counts 0."""
    nodes = [outcome("o", 0, 10, overlap="max", swing=1)]
    nodes += [initiative("a", 10), initiative("b", 10, success=0.5), initiative("c", 10)]
    found = problem(nodes, [effect("a", "o", -4), effect("b", "o", -6), effect("c", "o", 3)])
    for plan, mean in ((_all_in(found, b=0, c=0), -4.0), (_all_in(found, c=0), -2.0)):
        made = simulate(found, plan, draws)
        assert made.mixed is not None
        _near(made.mixed.outcomes[0].improvement.mean, mean)


@BOTH
def test_a_shared_assumption_fails_for_all(draws: int) -> None:
    """Cov(X, Y) = π(1−π)xy, and both fail together; the mean of the headroom rule is no product any more."""
    nodes = [outcome("o", 0, 15, limit=20, swing=1), outcome("q", 0, 15, swing=1)]
    rest = [{"kind": "assumes", "other": "x"}]
    nodes += [initiative(name, 10, dependencies=rest) for name in "ab"]
    nodes.append({"id": "x", "kind": "assumption", "title": "X", "probability": 0.6})
    found = problem(nodes, [effect("a", "o", 8), effect("b", "o", 6), effect("b", "q", 4)])
    drawn = _drawn(found, draws=draws)
    o, q = drawn.moved[0, 0].astype(float), drawn.moved[0, 1].astype(float)
    assert set(np.round(o, 5)) == {0.0, round(20 * (1 - 0.6 * 0.7), 5)}
    assert np.array_equal(o > 0, q > 0)
    assert np.mean(o > 0) == pytest.approx(0.6, abs=4 * math.sqrt(0.24 / draws))


def test_success_belongs_to_the_initiative_and_effects_are_drawn_apart() -> None:
    nodes = [outcome("o", 0, 15, swing=1, limit=30), outcome("q", 0, 15, swing=1, limit=30)]
    nodes.append(initiative("a", 10, success=0.5))
    found = problem(nodes, [effect("a", "o", 3, 6, 9), effect("a", "q", 3, 6, 9)])
    moved = _drawn(found, draws=10_000).moved[0]
    assert np.array_equal(moved[0] > 0, moved[1] > 0)
    works = moved[0] > 0
    assert abs(np.corrcoef(moved[0, works], moved[1, works])[0, 1]) < 0.06


@BOTH
def test_what_was_stated_comes_back_as_percentiles(draws: int) -> None:
    for values, more in (
        ((2, 5, 9), {"limit": 30}),
        ((-2, 5, 9), {"limit": 30}),
        ((2, 3, 9), {}),
        ((-1, 0, 4), {}),
    ):
        found = _one(1.0, *values, **more)
        made = simulate(found, _all_in(found), draws)
        assert made.mixed is not None
        row = made.mixed.outcomes[0].improvement
        for part, stated in zip((row.p10, row.p50, row.p90), values, strict=True):
            _near(part, stated)


@BOTH
def test_late_and_dear(draws: int) -> None:
    """A delay of 1, P10 0.5, P90 3, ramp 2, seen four quarters on; a level whose cost may be half as much again."""
    node = initiative("i", 100, full_cost=100, cost_p10=80, cost_p90=150)
    node |= {"delay": 1, "delay_p10": 0.5, "delay_p90": 3, "ramp": 2}
    nodes = [outcome("o", 0, 10, swing=1, deadline="2027-12-31"), node]
    found = problem(nodes, [effect("i", "o", 8)], {"budget": 100}, {"plan_start": "2027-01-01"})
    made = simulate(found, _all_in(found), draws)
    assert made.mixed is not None
    a1, a2, a3 = 0.0, math.log(6) / (2 * math.log(9)), (math.log(1.5) + 0) / (0.8 * math.log(9))
    s = np.linspace(-30, 30, 60_001)
    weight = np.exp(-np.abs(s)) / (1 + np.exp(-np.abs(s))) ** 2
    late = np.exp(a1 + a2 * s + a3 * np.tanh(s / 2) / 2 * s)
    mean = np.sum(np.clip((4 - late) / 2, 0, 1) * weight) / weight.sum()
    _near(made.mixed.outcomes[0].improvement.mean, 8 * mean)
    _near(made.mixed.cost.p10, 8_000)
    _near(made.mixed.cost.p90, 15_000)
    _may_be(made.mixed.within_budget, 0.5)


@BOTH
def test_dear_work_funded_by_amount_costs_the_same_and_does_less(draws: int) -> None:
    node = initiative("i", full_cost=100, funding="curve", curve="linear", cost_p10=80, cost_p90=150)
    found = problem([outcome("o", 0, 100, swing=1), node], [effect("i", "o", 50)])
    made = simulate(found, plan_of(found, {"i": 10_000}), draws)
    assert made.mixed is not None
    assert made.mixed.cost.p90 == made.mixed.cost.p10 == Estimate(10_000, 0, 10_000, 10_000)
    _near(made.mixed.outcomes[0].improvement.p10, 50 / 1.5)
    assert made.mixed.outcomes[0].improvement.p90.value == pytest.approx(50)


def test_fans_and_cash_by_quarter() -> None:
    node = initiative("i", 100, success=0.5, delay=1, ramp=2, cost_profile=[0.25, 0.75], start=1)
    nodes = [outcome("o", 40, 0, swing=1, deadline="2028-12-31"), node]
    header = {"plan_start": "2027-01-01", "horizon": 5}
    found = problem(nodes, [effect("i", "o", 10)], header=header)
    made = simulate(found, _all_in(found), 1_000)
    assert made.mixed is not None
    fan = made.mixed.outcomes[0].fan
    assert [row.p10.value for row in fan] == pytest.approx([40, 40, 35, 30, 30])
    assert [row.mean.value for row in fan] == pytest.approx([40, 40, 37.5, 35, 35], abs=0.05)
    assert [row.mean.value for row in made.mixed.cash] == [0, 2_500, 7_500]
    assert made.quarter_draws == 1_000


FUTURES = [
    {"id": "fa", "name": "Good", "probability": 0.75},
    {"id": "fb", "name": "Bad", "probability": 0.25, "shifts": [{"what": "effects", "factor": 0.5}]},
]


def _two_futures(**more: Any) -> Problem:
    nodes = [outcome("o", 0, 10, swing=1, **more), initiative("i", 10, success=0.6)]
    return problem(nodes, [effect("i", "o", 8)], futures=FUTURES)


@BOTH
def test_futures_apart_and_mixed(draws: int) -> None:
    found = _two_futures()
    made = simulate(found, _all_in(found), draws)
    assert made.mixed is not None
    good, bad, mixed = made.worlds[0].value, made.worlds[1].value, made.mixed.value
    assert (good.p90.value, bad.p90.value) == pytest.approx((80, 40))
    assert mixed.mean.value == pytest.approx(0.75 * good.mean.value + 0.25 * bad.mean.value)
    assert [row.value for row in (mixed.p10, mixed.p50, mixed.p90)] == pytest.approx([0, 40, 80], abs=1e-5)
    assert mixed.cvar is not None
    assert mixed.cvar.value == pytest.approx(0, abs=1e-6)
    nobody = replace(found, futures=tuple(replace(row, probability=None) for row in found.futures))
    assert simulate(nobody, _all_in(found), draws).mixed is None


def test_the_same_luck_in_every_future_and_for_every_plan() -> None:
    nodes = [outcome("o", 0, 10, swing=1)]
    nodes += [initiative("i", 10, 20, success=0.5), initiative("j", 10, success=0.5)]
    nodes[1]["dependencies"] = [{"kind": "assumes", "other": "x"}]
    nodes.append({"id": "x", "kind": "assumption", "title": "X", "probability": 0.4})
    more = {"what": "assumption", "node": "x", "value": 0.8}
    rows = [FUTURES[0], FUTURES[1] | {"shifts": [more]}]
    found = problem(nodes, [effect("i", "o", 2, 4, 5), effect("j", "o", 1)], futures=rows)
    both, alone = _drawn(found), _drawn(found, _all_in(found, j=0))
    half = _drawn(found, _all_in(found, i=1, j=0))
    assert np.all(both.moved[1] >= both.moved[0])  # who works when x is unlikely works when it is likely
    assert np.allclose(half.moved * 2, alone.moved)
    assert set(np.round(np.unique(both.moved - alone.moved), 9)) == {0, 1}


@BOTH
def test_one_initiative_more_leaves_all_other_draws_alone(draws: int) -> None:
    """B6: to the bit, whether it is funded elsewhere, rests on the same assumption, or gets nothing."""
    nodes = [outcome("o", 0, 15, limit=20, swing=1), outcome("q", 0, 15, limit=17, swing=1)]
    nodes.append({"id": "x", "kind": "assumption", "title": "X", "probability": 0.6})
    rest = [{"kind": "assumes", "other": "x"}]
    nodes += [initiative(f"m{k}", 10, success=0.7, dependencies=rest if k % 2 else []) for k in range(6)]
    rows = [effect(f"m{k}", "o", 1, 2 + k / 3, 4) for k in range(6)]
    before = _drawn(problem(nodes, rows), draws=draws)
    for new in ("a0", "m33", "z9"):
        wider = [
            *nodes,
            initiative(new, 10, success=0.5, dependencies=rest, delay=1, delay_p10=0, delay_p90=3),
        ]
        elsewhere = problem(wider, [*rows, effect(new, "q", -1, 2, 3)])
        found = _drawn(elsewhere, draws=draws)
        assert np.array_equal(found.moved[:, 0], before.moved[:, 0])
        both = problem(wider, [*rows, effect(new, "o", 1, 2, 3), effect(new, "q", 1, 2, 3)])
        unfunded = _drawn(both, _all_in(both, **{new: 0}), draws=draws)
        assert np.array_equal(unfunded.moved[:, 0], before.moved[:, 0])
        assert np.array_equal(unfunded.value, before.value)


def test_same_seed_same_numbers_another_seed_others() -> None:
    found = formulate(e1(), "plan")
    for draws in (1_000, 30_000):
        first, again = (_drawn(found, found.current, draws, 5) for _ in range(2))
        assert np.array_equal(first.value, again.value)
        assert not np.array_equal(first.value, _drawn(found, found.current, draws, 6).value)


def _mean(found: Simulation) -> Estimate:
    assert found.mixed is not None
    return found.mixed.value.mean


@pytest.mark.parametrize("draws", [500, 10_000, 12_000])
def test_standard_errors_are_as_large_as_the_errors(draws: int) -> None:
    """Over 80 seeds: z has a spread near 1 (Student's t up to 10,000), 95 % intervals hold the truth 9 times in 10."""
    nodes = [outcome("o", 0, 15, limit=20, swing=1)]
    nodes += [initiative(name, 10, success=p) for name, p in (("a", 0.5), ("b", 0.8), ("c", 0.9))]
    found = problem(nodes, [effect("a", "o", 2, 5, 9), effect("b", "o", 1, 3, 4), effect("c", "o", 3)])
    plan = _all_in(found)
    truth = float(Valuation(found).evaluate(plan).improvement[0, 0, 0])
    z, held = [], 0
    for seed in range(80):
        moved = Sampler(found, plan, draws, seed).run(lambda share: None).moved[:, 0].astype(float)
        row = summary(moved, np.ones(1)).mean
        assert row.se is not None
        z.append((row.value - truth) / row.se)
        held += row.low <= truth <= row.high
    assert 0.7 < float(np.std(z)) < 1.5
    assert abs(float(np.mean(z))) < 0.5
    assert held >= 70


def test_hypercubes_are_surer_than_independent_draws() -> None:
    found = formulate(e1(), "plan")
    latin = simulate(found, draws=10_000)
    plain = simulate(found, draws=10_001)
    first, second = _mean(latin).se, _mean(plain).se
    assert first is not None
    assert second is not None
    assert first < second / 2


def _scaled(factor: float, flip: bool = False) -> Problem:
    """Minutes as seconds (×60), or turned round (100 − x): the same strategy."""

    def x(value: float) -> float:
        return 100 * factor - value * factor if flip else value * factor

    nodes = [outcome("o", x(40), x(3), limit=x(1), swing=1, threshold=x(12), threshold_share=0.4)]
    nodes += [initiative(f"i{k}", 10, success=0.8) for k in range(3)]
    rows = [effect(f"i{k}", "o", *(v * factor for v in (2 + k, 8 + k, 15 + k))) for k in range(3)]
    return problem(nodes, rows)


@BOTH
def test_units_and_signs_change_nothing(draws: int) -> None:
    """B12, B13."""
    base = _drawn(_scaled(1), draws=draws).value
    for other in (_scaled(60), _scaled(1, flip=True), _scaled(1e-4), _scaled(1e7)):
        assert np.allclose(_drawn(other, draws=draws).value, base, rtol=1e-4, atol=1e-4)


def test_small_effects_on_a_huge_market_keep_their_digits() -> None:
    nodes = [
        outcome("o", 0, 50, limit=1e9, swing=1),
        *(initiative(f"i{k}", 10, success=0.5) for k in range(2)),
    ]
    found = problem(nodes, [effect("i0", "o", 10), effect("i1", "o", 4)])
    drawn = _drawn(found, draws=20_000)
    assert set(np.round(np.unique(drawn.moved), 4)) == {0, 4, 10, 14}


@pytest.mark.parametrize("size", [1e-300, 1e-12, 1e30, 1e200])
@BOTH
def test_any_size_of_numbers(draws: int, size: float) -> None:
    node = outcome("o", 0, 10 * size, swing=1)
    found = problem([node, initiative("i", 1)], [effect("i", "o", size, 2 * size, 4 * size)])
    made = simulate(found, _all_in(found), draws)
    assert made.mixed is not None
    value = made.mixed.value
    assert value.mean.value == pytest.approx(23.8, abs=2)
    assert value.p50.value == pytest.approx(20, abs=1)
    assert made.mixed.outcomes[0].improvement.p50.value == pytest.approx(2 * size, rel=0.05)


def test_an_open_tail_without_variance_has_no_error_to_show() -> None:
    node = outcome("o", 0, 10, swing=1, over_delivery=1)
    found = problem([node, initiative("i", 1)], [effect("i", "o", 1, 4, 25)])
    made = simulate(found, _all_in(found), 1_000)
    assert made.mixed is not None
    assert any("no finite variance" in row.sentence for row in found.assumed)
    assert made.mixed.outcomes[0].improvement.mean.se is None
    assert made.mixed.value.mean.se is None
    assert made.mixed.value.p50.se is not None
    capped = problem([node | {"over_delivery": 0}, initiative("i", 1)], [effect("i", "o", 1, 4, 25)])
    value = simulate(capped, _all_in(capped), 1_000).mixed
    assert value is not None
    assert value.value.mean.se is not None


def test_nothing_to_draw() -> None:
    made = simulate(problem([]), draws=10)
    assert made.mixed is not None
    assert (made.mixed.value.mean.value, made.mixed.all_targets, made.mixed.cash) == (0, None, ())
    unknown = problem([outcome("o"), outcome("p", 3), initiative("i", 5)], [effect("i", "o", 2)])
    row = simulate(unknown, _all_in(unknown), 100).worlds[0].outcomes
    assert (row[0].level, row[0].attainment, row[0].target, row[0].fan) == (None, None, None, ())
    assert row[0].improvement.mean.value == pytest.approx(2)
    assert row[1].level is not None


@pytest.mark.parametrize(
    ("draws", "seed"), [(9, 0), (0, 0), (-5, 0), (1_000_001, 0), (100, -1), (100, 2**63)]
)
def test_impossible_numbers_are_refused(draws: int, seed: int) -> None:
    with pytest.raises(BadInput):
        simulate(_one(), draws=draws, seed=seed)


@pytest.mark.parametrize("draws", [10, 19, 101, 10_001, 4_097 * 3])
def test_any_number_of_draws(draws: int) -> None:
    made = simulate(_one(0.5, 2, 5, 9), _all_in(_one()), draws)
    assert made.mixed is not None
    assert made.sampled.value.shape == (1, draws)
    assert 0 < made.mixed.value.mean.value < 90


@pytest.mark.parametrize("draws", [10_000, 200_000])
def test_it_can_be_stopped(draws: int) -> None:
    calls = []

    def step(share: float | None) -> None:
        calls.append(share)
        if len(calls) == 3:
            raise Cancelled()

    with pytest.raises(Cancelled):
        simulate(formulate(e1(), "plan"), draws=draws, step=step)
    assert len(calls) == 3
