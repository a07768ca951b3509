"""Whether stated errors are as large as the errors made: effects so skewed that a few draws decide (model.md §5)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.distributions import Pert, TwoPiece, from_percentiles
from prodlead_desktop.analysis.plans import plan_of
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.simulate import Chance, Estimate, simulate
from prodlead_desktop.analysis.simulate.streams import hypercube, replicates, slices
from prodlead_desktop.analysis.simulate.tails import tails

Made = tuple[Problem, dict[str, float]]
_FINE = 4_000_000


def _money(*rows: tuple[float, float, float, float], **more: Any) -> Problem:
    """One euro per unit in the only quarter; rows of P10, P50, P90 and the chance of success."""
    nodes = [outcome("o", 0, 12, money_per_unit=1, value_mode="money", **more)]
    nodes += [initiative(f"i{k}", 10, success=row[3]) for k, row in enumerate(rows)]
    effects = [effect(f"i{k}", "o", *row[:3]) for k, row in enumerate(rows)]
    return problem(nodes, effects, header={"horizon": 1, "discount_rate": 0})


CASES: dict[str, Problem] = {
    "one that always works": _money((2, 4, 9.5, 1.0)),
    "one that may fail": _money((2, 4, 9, 0.7)),
    "five": _money(*((2, 4, 9 + 0.3 * k, 0.5 + 0.1 * k) for k in range(5))),
    "harm without end": _money((-9, -1, 1, 0.8), limit=100),
    "far from its limit": _money((1, 3, 20, 0.6), (1, 2, 15, 0.9), limit=2000, overlap="sum"),
    "two halves": _money((2, 3, 30, 0.8), (1, 2, 3, 0.9)),
}


def _reference(made: Problem) -> dict[str, float]:
    """By four million draws in even steps of each effect in turn; sums of independent bets by shuffling them."""
    rng, total = np.random.default_rng(7), np.zeros(_FINE)
    even = (np.arange(_FINE) + 0.5) / _FINE
    for row in made.effects:
        drawn = row.spread.quantile(rng.permutation(even))
        total += drawn * (rng.random(_FINE) < made.initiatives[row.initiative].success)
    total.sort()
    at = {f"p{k}": float(total[_FINE * k // 100]) for k in (10, 50, 90)}
    chances = [row.mean * made.initiatives[row.initiative].success for row in made.effects]
    worst = float(total[: _FINE // 5].mean())
    return at | {"mean": math.fsum(chances), "cvar": worst, "target": float(np.mean(total >= 12.0))}


def _errors(made: Problem, expected: dict[str, float], draws: int, seed: int) -> Iterator[tuple[str, float]]:
    """How many standard errors (of a chance: halves of its interval / 1.96) each number is off."""
    plan = plan_of(made, {row.id: 1 for row in made.initiatives})
    found = simulate(made, plan, draws, seed).mixed
    assert found is not None
    moved, value = found.outcomes[0].improvement, found.value
    rows: dict[str, Estimate | None] = {"p10": moved.p10, "p50": moved.p50, "p90": moved.p90}
    for name, row in (rows | {"mean": moved.mean, "cvar": value.cvar}).items():
        assert row is not None
        assert row.se is not None
        off = (row.value / (100.0 if name == "cvar" else 1.0)) - expected[name]
        yield name, abs(off) / max(row.se / (100.0 if name == "cvar" else 1.0), 1e-9)
    fan = found.outcomes[0].fan[0].mean
    assert fan.se is not None
    yield "fan", abs(fan.value - expected["mean"]) / fan.se
    target = found.outcomes[0].target
    assert isinstance(target, Chance)
    half = (target.high - target.low) / 2
    yield "target", abs((target.low + target.high) / 2 - expected["target"]) / (half / 1.96)


@pytest.mark.parametrize("name", ["one that always works", "five", "harm without end"])
def test_a_long_tail_is_in_the_error(name: str) -> None:
    """Of these seeds every number is within three of its errors; what ten hypercubes say of a mean was not."""
    made, seen = CASES[name], 0
    expected = {
        "mean": math.fsum(row.mean * made.initiatives[row.initiative].success for row in made.effects)
    }
    plan = plan_of(made, {row.id: 1 for row in made.initiatives})
    for seed in range(30):
        found = simulate(made, plan, 2_000, seed, by_quarter=False)
        assert found.mixed is not None
        row = found.mixed.outcomes[0].improvement.mean
        off = abs(row.value - expected["mean"])
        assert row.se is not None
        assert off <= 3.0 * row.se
        means = found.sampled.moved[0, 0].reshape(10, -1).mean(axis=1)
        seen += off > 3.0 * float(np.std(means, ddof=1)) / math.sqrt(10.0)
    assert seen >= (2 if name == "one that always works" else 0)


@pytest.mark.soak
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("draws", [1_000, 10_000, 20_000])
def test_errors_cover_what_they_say(name: str, draws: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Over 300 seeds: beyond two errors in at most 1 of 14, beyond three 1 of 100, beyond four never or once."""
    made, seeds = CASES[name], 300
    expected, beyond = _reference(made), Counter[tuple[str, int]]()
    for seed in range(seeds):
        for what, off in _errors(made, expected, draws, seed):
            for k in (2, 3, 4):
                beyond[what, k] += off > k
    with capsys.disabled():
        for what in sorted({what for what, _ in beyond}):
            shares = "  ".join(f">{k} SE {beyond[what, k] / seeds:6.1%}" for k in (2, 3, 4))
            print(f"\n{name:24} {draws:>6} draws  {what:7} {shares}", end="")
    for (what, k), count in beyond.items():
        assert count <= {2: seeds / 14, 3: seeds / 100, 4: 1}[k], (what, k, count)


@pytest.mark.parametrize("draws", [1_000, 10_000])
def test_slices_of_a_hypercube_are_hypercubes(draws: int) -> None:
    u = (hypercube(3, ("a", "b"), draws) + 1) / 2
    for parts in (replicates(draws), slices(draws)):
        for begin, end in pairwise([0, *np.cumsum(parts).tolist()]):
            places = np.floor(u[begin:end] * (end - begin)).astype(int)
            assert sorted(places.tolist()) == list(range(end - begin))
    assert len(slices(draws)) == 100
    assert slices(1_010) == replicates(1_010)


def test_what_lies_in_a_tail_is_what_draws_there_say() -> None:
    """By two million even steps of the tail alone; short tails count for nothing."""
    for spread in (from_percentiles(2, 4, 9, 0), from_percentiles(1, 3, 20, 0, 2000), TwoPiece(2, 3, 9)):
        found = tails(spread, 0.001, 0.0)[0]
        y = 1 - 0.001 * (np.arange(2_000_000) + 0.5) / 2_000_000
        x = spread.quantile(y)
        assert found.edge == pytest.approx(spread.quantile(np.array(0.999)))
        assert found.within == pytest.approx(math.sqrt(0.001 * x.var()), rel=0.03)
        assert found.about == pytest.approx(math.sqrt(0.001 * np.mean((x - spread.mean()) ** 2)), rel=0.03)
    assert tails(Pert(1, 2, 9), 0.001, 0.03) == ()
    assert tails(from_percentiles(1, 2, 3), 0.001, 0.03) == ()
    assert tails(from_percentiles(2, 3, 9, 0), 0.001, 0.03) == ()  # no finite variance: no error is stated
    huge, small = (tails(from_percentiles(2 * k, 4 * k, 9 * k, 0), 0.001, 0.03)[0] for k in (1e200, 1.0))
    assert huge.within == pytest.approx(1e200 * small.within)


def test_a_target_cuts_the_tail_off() -> None:
    """V ends at the target, so that the long tail of the metric is no error of V."""
    nodes = [outcome("o", 0, 12, swing=1), initiative("i", 10)]
    made = problem(nodes, [effect("i", "o", 2, 4, 9.5)])
    found = simulate(made, plan_of(made, {"i": 1}), 2_000).mixed
    assert found is not None
    metric, value = found.outcomes[0].improvement.mean, found.value.mean
    assert metric.se is not None
    assert value.se is not None
    assert metric.se > 10 * value.se / 100 * 12


def test_a_dear_tail_is_an_error_of_the_cost() -> None:
    nodes = [outcome("o", 0, 12, money_per_unit=1, value_mode="money")]
    nodes.append(
        {"id": "i", "kind": "initiative", "title": "i", "full_cost": 100, "cost_p10": 50, "cost_p90": 240}
    )
    header = {"horizon": 2, "discount_rate": 0}
    made = problem(
        nodes, [effect("i", "o", 5)], {"allocations": [{"initiative": "i", "amount": 100}]}, header
    )
    spread = made.initiatives[0].cost_spread
    assert spread is not None
    for seed in range(20):
        found = simulate(made, None, 2_000, seed).mixed
        assert found is not None
        for row, sign in ((found.cost.mean, 1), (found.cash[0].mean, 1), (found.npv and found.npv.mean, -1)):
            assert row is not None
            assert row.se is not None
            off = abs(row.value - (10_000 * spread.mean() if sign > 0 else 1_000 - 10_000 * spread.mean()))
            assert off <= 3 * row.se
