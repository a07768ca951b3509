"""What moves a plan's value and what would change the decision (model.md §5), against sums and enumeration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from analysis import random_plans
from analysis.cases import e1, effect, initiative, outcome, problem

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.plans import every_plan
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.simulate import simulate
from prodlead_desktop.analysis.simulate.best import against_best
from prodlead_desktop.analysis.simulate.inputs import in_the_middle, in_words, inputs, settled
from prodlead_desktop.analysis.simulate.tornado import Bar, tornado
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.errors import BadInput, Cancelled


def _two(budget: float = 10.0, **more: Any) -> Problem:
    """a and b cost 10 each and move o by 4 and 3 in the middle; the budget is for one. The plan funds a."""
    nodes = [outcome("o", 0, 10, swing=1), initiative("a", 10), initiative("b", 10, **more)]
    rows = [effect("a", "o", 2, 4, 6), effect("b", "o", 2.5, 3, 3.5)]
    return problem(nodes, rows, {"budget": budget, "allocations": [{"initiative": "a", "level": "a1"}]})


def _by_name(found: Problem, bars: tuple[Bar, ...]) -> dict[str, Bar]:
    return {in_words(found, bar.input).split(",")[0]: bar for bar in bars}


def test_bars_and_the_decision() -> None:
    found = _two()
    made = tornado(found)
    assert (made.base, made.best) == (pytest.approx(40), pytest.approx(40))
    bars = _by_name(found, made.bars)
    a, b = bars["a on o"], bars["b on o"]
    assert (a.low, a.high) == (pytest.approx(20), pytest.approx(60))
    assert (a.best_low, a.best_high) == (pytest.approx(30), pytest.approx(60))  # at 2 the room would take b
    assert a.changes is True
    assert (b.low, b.high, b.best_low, b.best_high) == tuple(pytest.approx(40) for _ in range(4))
    assert b.changes is False
    assert made.bars == (a, b)
    assert (made.checked, made.complete) == (2, True)
    assert made.best_plan == found.current


def test_with_money_for_both_the_swing_stays_and_no_decision_changes() -> None:
    found = _two(20.0)
    funded = replace(found.current, options=(1, 1))
    made = tornado(found, funded)
    assert [(bar.swing, bar.changes) for bar in made.bars] == [
        (pytest.approx(40), False),
        (pytest.approx(10), False),
    ]


def test_every_kind_of_input() -> None:
    rest = [{"kind": "assumes", "other": "x"}]
    node = initiative("a", 10, success=0.5, dependencies=rest, full_cost=10, cost_p10=8, cost_p90=15)
    node |= {"delay": 1, "delay_p10": 0.5, "delay_p90": 3, "ramp": 2}
    nodes = [outcome("o", 0, 10, swing=1, deadline="2027-12-31", unit="min"), node]
    nodes.append({"id": "x", "kind": "assumption", "title": "Habit", "probability": 0.8})
    plan = {"budget": 12, "allocations": [{"initiative": "a", "level": "a1"}]}
    found = problem(nodes, [effect("a", "o", 2, 4, 6)], plan, {"plan_start": "2027-01-01"})
    made = tornado(found)
    bars = _by_name(found, made.bars)
    assert made.base == pytest.approx(40 * 0.5 * 0.8)
    expected = {
        "a on o": (8, 24),
        "a works": (0, 32),
        "“Habit” holds": (0, 20),
        "a is late by 0.5 to 3 quarters": (16, 8),
        "a costs 80\u00a0% to 150\u00a0% of the plan": (16, 16),
    }
    assert {name: (bar.low, bar.high) for name, bar in bars.items()} == {
        name: (pytest.approx(low), pytest.approx(high)) for name, (low, high) in expected.items()
    }
    cost = bars["a costs 80\u00a0% to 150\u00a0% of the plan"]
    assert (cost.best_high, cost.changes) == (
        pytest.approx(0),
        True,
    )  # at 15 the budget of 12 does not suffice


def _enumerated(found: Problem) -> float:
    plans = every_plan(found)
    value = Valuation(found).evaluate(plans).value[0]
    return float(np.where(limits.fits(found, plans), value, -np.inf).max())


def test_end_to_end_against_enumeration() -> None:
    """All inputs of E1: the plan's value by hand, the re-optimised one by trying all 729 plans."""
    found = formulate(e1(), "plan")
    made = tornado(found, most=100)
    middle, over = in_the_middle(found)
    assert (over, made.checked, made.complete) == ("expected", 15, True)
    assert made.best == pytest.approx(_enumerated(middle), rel=2e-4)
    assert [bar.swing for bar in made.bars] == sorted((bar.swing for bar in made.bars), reverse=True)
    for bar in made.bars:
        for end, value, best in (
            (bar.input.low, bar.low, bar.best_low),
            (bar.input.high, bar.high, bar.best_high),
        ):
            there = settled(middle, bar.input, end)
            assert value == pytest.approx(float(Valuation(there).evaluate(found.current).value[0, 0]))
            assert best == pytest.approx(_enumerated(there), rel=2e-4)
            assert best >= value * (1 - 2e-4)
    assert {bar.input.kind for bar in made.bars if not bar.changes} == {"effect", "success"}
    query = [bar for bar in made.bars if bar.swing == 0.0]
    assert all(bar.input.initiative == found.initiative_index("C") for bar in query)
    assert any(bar.changes for bar in query)


def test_futures_count_by_probability_or_not_at_all() -> None:
    rows = [
        {"id": "f", "name": "F", "probability": 0.25, "shifts": [{"what": "effects", "factor": 0.5}]},
        {"id": "g", "name": "G", "probability": 0.75},
    ]
    nodes = [outcome("o", 0, 10, swing=1), initiative("a", 10)]
    plan = {"allocations": [{"initiative": "a", "level": "a1"}]}
    found = problem(nodes, [effect("a", "o", 2, 4, 6)], plan, futures=rows)
    assert tornado(found).base == pytest.approx(40 * (0.25 * 0.5 + 0.75))
    unknown = replace(found, futures=tuple(replace(row, probability=None) for row in found.futures))
    made = tornado(unknown)
    assert (made.over, made.base, made.bars[0].high) == ("unchanged", pytest.approx(40), pytest.approx(60))
    wrong = replace(found, futures=tuple(replace(row, probability=0.1) for row in found.futures))
    with pytest.raises(BadInput):
        tornado(wrong)


def test_what_a_future_settles_stays_settled() -> None:
    rest = [{"kind": "assumes", "other": "x"}]
    nodes = [outcome("o", 0, 10, swing=1), initiative("a", 10, dependencies=rest)]
    nodes.append({"id": "x", "kind": "assumption", "title": "X", "probability": 0.5})
    rows = [
        {
            "id": "f",
            "name": "F",
            "probability": 0.5,
            "shifts": [{"what": "assumption", "node": "x", "holds": True}],
        },
        {"id": "g", "name": "G", "probability": 0.5},
    ]
    plan = {"allocations": [{"initiative": "a", "level": "a1"}]}
    found = problem(nodes, [effect("a", "o", 4)], plan, futures=rows)
    (bar,) = tornado(found).bars
    assert (bar.low, bar.high) == (pytest.approx(20), pytest.approx(40))


def test_no_plan_keeps_every_rule() -> None:
    found = _two(5.0, mandatory=True)
    made = tornado(found)
    assert (made.best, made.checked) == (None, 0)
    assert all(bar.changes is None for bar in made.bars)
    assert len(made.bars) == 2


def test_the_user_need_not_wait() -> None:
    found, asked = formulate(e1(), "plan"), []

    def step(share: float | None) -> None:
        asked.append(share)
        if share is not None and share > 0.4:
            raise Cancelled()

    made = tornado(found, step=step, most=100)
    assert made.cancelled
    assert not made.complete
    assert 0 < made.checked < 15
    assert len(made.bars) == 15
    none = tornado(found, most=0)
    assert (none.best, none.checked, none.complete) == (None, 0, True)
    assert tornado(found, seconds=0.0).complete is False


def test_nothing_uncertain_has_no_bars() -> None:
    assert tornado(problem([])).bars == ()
    assert inputs(problem([outcome("o", 0, 1, swing=1), initiative("i", 1)], [effect("i", "o", 1)])) == ()


def test_against_the_best_plan_with_the_same_luck() -> None:
    found = formulate(e1(), "plan")
    best = against_best(simulate(found, draws=1_000))
    assert best is not None
    assert best.more is not None
    assert (best.more.value, best.more.se) == (0, 0)
    worse = replace(found, current=replace(found.current, options=(1, 1, 0, 0, 1, 1)))
    simulated = simulate(worse, draws=4_000)
    best = against_best(simulated)
    assert best is not None
    assert best.more is not None
    assert best.more.se is not None
    lost = 53.283 - float(Valuation(found).evaluate(worse.current).value[0, 0])
    assert best.more.value == pytest.approx(lost, abs=0.6)
    assert simulated.mixed is not None
    assert simulated.mixed.value.mean.se is not None
    assert best.more.low > 0


@pytest.mark.parametrize("seed", range(16))
def test_bars_are_the_exact_value_of_the_settled_problem(seed: int) -> None:
    """Random strategies with every kind of input, futures, money: each end by the exact model, one by one."""
    case = random_plans.case(seed)
    money = any(node.get("money_per_unit") is not None for node in case["nodes"])
    more = {name: case[name] for name in ("futures", "teams", "pools")}
    parts = (case["nodes"], case["effects"], case["scenario"], case["header"])
    found = problem(*parts, rate=700.0 if money else None, **more)
    middle, _ = in_the_middle(found)
    weights = probabilities(middle)
    for bar in tornado(found, most=0).bars:
        for end, value in ((bar.input.low, bar.low), (bar.input.high, bar.high)):
            exact = Valuation(settled(middle, bar.input, end)).evaluate(found.current).value[:, 0]
            assert value == pytest.approx(float(weights @ exact), rel=1e-9, abs=1e-9), in_words(
                found, bar.input
            )
