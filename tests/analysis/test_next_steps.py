"""What a little more money adds: equal to valuing the plan twice, and honest where there is no next step."""

from __future__ import annotations

import pytest
from builders import crowd, sample, small

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.next_steps import next_steps, round_step
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.domain import initiatives, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy


def value(strategy: Strategy, scenario: str) -> float:
    """Expected V of a scenario, evaluated alone."""
    problem = formulate(strategy, scenario)
    found = Valuation(problem).evaluate(problem.current).value
    return float((probabilities(problem) @ found).item())


def test_a_gain_is_the_difference_between_two_plans() -> None:
    strategy = sample()
    plan = scenarios.named(strategy, "Balanced").id
    found = next_steps(strategy, plan)
    assert (found.size, found.futures) == (10_000_000, 2)  # €100 k of €4 M
    told = 0
    for node in strategy.ordered(Node):
        step = found.steps.get(node.id)
        if node.kind != "initiative" or step is None:
            continue
        edit = Edit(strategy)
        level = next(one for one in initiatives.levels(strategy, node.id) if one.name == step.name)
        given = scenarios.allocation(strategy, plan, node.id)
        if given is not None:
            scenarios.set_limits(edit, plan, node.id, given.floor, None)
        scenarios.set_level(edit, plan, node.id, level.id)
        after, _ = edit.result()
        assert step.gain == pytest.approx(value(after, plan) - value(strategy, plan), abs=1e-9)
        assert found.gain(node.id) == pytest.approx(step.gain * found.size / step.cost)
        told += 1
    assert told > 5


def test_what_stands_at_its_highest_level_has_no_next_step() -> None:
    strategy = small()
    edit = Edit(strategy)
    scenarios.set_level(edit, "s1", "i1", "l3")
    found = next_steps(edit.result()[0], "s1")
    assert found.steps["i1"] is None and found.gain("i1") is None
    assert found.steps["i2"] is not None and found.curves["i1"] == (
        (30_000, 0.4),
        (60_000, 1.0),
        (80_000, 1.2),
    )


def test_unknown_costs_and_a_crowd_are_no_obstacle() -> None:
    strategy = crowd(100, 1)
    found = next_steps(strategy, "sc1")
    assert len(found.steps) == 100 and found.futures == 0
    assert any(step is None for step in found.steps.values())


@pytest.mark.parametrize(
    ("whole", "step"), [(10_000_000, 10_000_000), (3_999, 2_000), (7, 100), (99_999, 50_000)]
)
def test_steps_are_round(whole: float, step: int) -> None:
    assert round_step(whole) == step
