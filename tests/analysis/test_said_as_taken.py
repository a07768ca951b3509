"""What a room did not say and the model took is said, so that no number is a silent guess (model.md §1.1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.forecast import forecast
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.domain import interchange
from prodlead_desktop.errors import BadInput


def _made(*futures: dict[str, Any], header: dict[str, Any] | None = None, **more: Any) -> Problem:
    nodes = [outcome("o", 40, 3, **({"swing": 1} | more)), initiative("i", 10)]
    return problem(nodes, [effect("i", "o", 10)], {"budget": 10}, header, futures=list(futures))


def _future(name: str, chance: float | None = None, *shifts: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "name": name.upper(), "probability": chance, "shifts": list(shifts)}


def _said(made: Problem) -> list[str]:
    return [row.sentence.replace("\u00a0", " ") for row in made.assumed]


def test_one_future_that_may_not_come_is_no_expectation() -> None:
    made = _made(_future("f", 0.4))
    with pytest.raises(BadInput, match="only future, “F”, has a probability of 40%, not 100 %") as refused:
        probabilities(made)
    assert "ask about this one alone" in refused.value.hint
    assert solve(made, Ask("maximin")).status == solve(made, Ask(future="f")).status == "optimal"
    assert _said(_made(_future("f", 1.0))) == []
    assert any("F” is the only future and counts as certain" in row for row in _said(_made(_future("f"))))


def test_chances_that_are_rounded_are_scaled_and_said() -> None:
    made = _made(_future("f", 0.33), _future("g", 0.33), _future("h", 0.33))
    assert probabilities(made) == pytest.approx([1 / 3] * 3)
    assert _said(made) == ["The probabilities of the futures add up to 99 %; they are scaled to 100 %."]


def test_a_future_asked_for_alone_counts_whole() -> None:
    nodes = [outcome("o", 40, 3, swing=1), initiative("i", 10)]
    text = {
        "strategy": {}, "nodes": nodes, "effects": [effect("i", "o", 10)],
        "scenarios": [{"id": "plan", "name": "Plan"}], "futures": [_future("f", 0.4), _future("g", 0.6)],
    }  # fmt: skip
    strategy = interchange.loads(json.dumps(text))
    assert probabilities(formulate(strategy, "plan", ("f",))).tolist() == [1.0]
    text["futures"] = [_future("f", 0.4, {"what": "baseline", "node": "o", "value": 10})]
    assert forecast(interchange.loads(json.dumps(text)), "plan")["o"] == pytest.approx(
        (0, 0, 0)
    )  # as things are today


def test_another_zero_of_attainment_is_said() -> None:
    worse = _future("f", 0.5, {"what": "baseline", "node": "o", "value": 50})
    beyond = _future("g", 0.5, {"what": "baseline", "node": "o", "value": 2.5})
    made = _made(worse, beyond)
    assert _said(made) == [
        "In “G” the effect of “i” on “o” would be 10, more than the 2.5 that lie between baseline and natural limit "
        "there; it counts as all of these.",
        "In “F” “o” starts at 50: there the way to its target counts from 50, not from 40.",
        "In “G” “o” starts at 2.5: at its target 3 or beyond; there the way to it counts from 40, as today.",
    ]
    attained = Valuation(made).evaluate(made.current).attainment[:, 0, 0]
    assert attained == pytest.approx([0.0, 37.5 / 37])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            {"discount_rate": 0.1},
            "8 quarters from the start, which has no date, discounted at 10 % a year from the end of each quarter.",
        ),
        ({"horizon": 1, "plan_start": "2027-01-01"}, "1 quarter from plan start, not discounted."),
    ],
)
def test_over_how_long_money_counts(header: dict[str, Any], said: str) -> None:
    assert _said(_made(header=header, swing=None, money_per_unit=5)) == [f"Money counts over {said}"]


def test_a_deadline_without_a_start() -> None:
    assert "does not count: its effects are there in full" in _said(_made(deadline="2027-12-31"))[0]
    assert _said(_made(header={"plan_start": "2027-01-01"}, deadline="2027-12-31")) == []


def test_nothing_carries_value() -> None:
    made = _made(swing=None)
    assert [row.sentence for row in made.unknowns] == [
        "No outcome carries value, so that every plan is worth nothing: give one a swing or money."
    ]
