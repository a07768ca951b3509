"""The rules of a scenario: when a plan keeps them, and what they say (model.md §3.6, §4.2)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from analysis.cases import initiative, outcome, problem

from prodlead_desktop.analysis.limits import broken, fits, rules, slack
from prodlead_desktop.analysis.plans import every_plan, plan_of, selectable, stack
from prodlead_desktop.analysis.problem import Problem


def _breaks(found: Problem, **choices: int | float) -> list[str]:
    return [rule.sentence for rule in broken(found, plan_of(found, choices))]


def _pair(a: dict[str, Any] | None = None, scenario: dict[str, Any] | None = None, **more: Any) -> Problem:
    """Two initiatives of 100 and 200 (levels 50/100 and 200)."""
    nodes = [initiative("a", 50, 100, **(a or {})), initiative("b", 200, **more.pop("b", {}))]
    return problem(nodes, (), scenario, **more)


def test_budget() -> None:
    found = _pair(scenario={"budget": 250})
    assert _breaks(found, a=1, b=1) == []
    assert _breaks(found, a=2, b=1) == ["The budget is €250."]
    assert slack(found, rules(found)[0], stack([plan_of(found, {"a": 1})])).tolist() == [20_000]


def test_money_by_quarter_and_what_may_be_carried_over() -> None:
    spread = {"cost_profile": [0.5, 0.5]}
    found = _pair(spread, {"quarters": [50, 20]})
    assert _breaks(found, a=1) == ["Quarter 2 has €20."]
    kept = _pair(spread, {"quarters": [50, 20], "carry_over": 0.1})
    assert _breaks(kept, a=1) == []
    assert _breaks(kept, a=2) == ["Quarter 2 has €20."]
    late = _pair(spread | {"start": 1}, {"quarters": [50, 20], "carry_over": 0.1})
    assert _breaks(late, a=1) == []
    assert _breaks(late, a=2) == ["Quarter 2 has €20."]


def test_pools_share_of_budget_and_of_spend() -> None:
    pools = {"pools": [{"id": "p", "name": "Core"}]}

    def with_band(**band: Any) -> Problem:
        return _pair({"pool": "p"}, {"budget": 400, "bands": [{"pool": "p"} | band]}, **pools)

    assert _breaks(with_band(low=0.25), a=1) == ["“Core” gets at least 25\u00a0% of the budget."]
    assert _breaks(with_band(low=0.25), a=2) == []
    assert _breaks(with_band(high=0.2), a=2) == ["“Core” gets at most 20\u00a0% of the budget."]
    assert _breaks(with_band(high=0.4, of="spend"), a=2, b=1) == []
    assert _breaks(with_band(high=0.4, of="spend"), a=2) == [
        "“Core” gets at most 40\u00a0% of what is spent."
    ]


def test_capacity() -> None:
    demands = [
        {"team": "t", "quarter": 0, "amount": 3},
        {"team": "t", "level": "a2", "quarter": 0, "amount": 2},
    ]
    found = _pair(
        {"demands": demands}, teams=[{"id": "t", "name": "Data", "capacity": [5], "discovery": 0.2}]
    )
    assert _breaks(found, a=1) == []
    assert _breaks(found, a=2) == ["“Data” has 4 free in quarter 1."]


def test_dependencies() -> None:
    def depends(kind: str) -> Problem:
        return _pair(b={"dependencies": [{"kind": kind, "other": "a"}]})

    assert _breaks(depends("requires"), b=1) == ["“b” needs “a”."]
    assert _breaks(depends("requires"), a=1, b=1) == []
    assert _breaks(depends("requires full"), a=1, b=1) == ["“b” needs “a” in full."]
    assert _breaks(depends("requires full"), a=2, b=1) == []
    assert _breaks(depends("excludes"), a=1, b=1) == ["“a” and “b” exclude each other."]
    assert _breaks(depends("excludes"), a=1) == []


def test_at_most_mandatory_locks_floors_and_ceilings() -> None:
    assert _breaks(_pair(scenario={"at_most": 1}), a=1, b=1) == ["At most 1 initiative is funded."]
    assert _breaks(_pair({"mandatory": True}), a=1) == ["“a” keeps the lights on and costs €100."]

    def given(**row: Any) -> Problem:
        return _pair(scenario={"allocations": [{"initiative": "a"} | row]})

    assert _breaks(given(level="a1", lock=True), a=2) == ["“a” is locked at €50."]
    assert _breaks(given(level="a1", lock=True), a=1) == []
    assert _breaks(given(lock=True), a=1) == ["“a” is locked at nothing."]
    assert _breaks(given(floor=60), a=1) == ["“a” gets at least €60."]
    assert _breaks(given(floor=60)) == ["“a” gets at least €60."]
    assert _breaks(given(floor=60), a=2) == []
    assert _breaks(given(ceiling=60), a=1) == []
    assert _breaks(given(ceiling=60), a=2) == ["“a” gets at most €60."]


def test_one_plan_must_be_affordable_in_every_future() -> None:
    futures = [
        {"id": "f", "name": "F"},
        {"id": "g", "name": "G", "shifts": [{"what": "costs", "node": "b", "factor": 1.2}]},
    ]
    found = _pair(scenario={"budget": 220}, futures=futures)
    assert _breaks(found, b=1) == ["The budget is €220."]
    assert _breaks(_pair(scenario={"budget": 220}, futures=futures, over=["f"]), b=1) == []


def test_amounts_keep_to_their_range() -> None:
    node = initiative("i", full_cost=100, funding="curve", least_share=0.3, mandatory=True)
    found = problem([node])
    plans = stack([plan_of(found, {"i": amount}) for amount in (2_000, 9_999, 10_000, 10_001)])
    assert fits(found, plans).tolist() == [False, False, True, False]
    assert _breaks(found, i=9_999) == ["“i” keeps the lights on and costs €100."]


def test_an_option_without_a_price_is_chosen_only_where_it_is_locked() -> None:
    node = initiative("a", 50)
    node["levels"].append({"id": "open", "name": "Open"})
    assert list(selectable(problem([node]), 0)) == [0, 1]
    locked = problem([node], (), {"allocations": [{"initiative": "a", "level": "open", "lock": True}]})
    assert list(selectable(locked, 0)) == [0, 1, 2]
    assert fits(locked, every_plan(locked)).tolist() == [False, False, True]


def test_every_plan_is_counted_once_and_too_many_are_refused() -> None:
    found = _pair()
    plans = every_plan(found)
    assert plans.options.T.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]
    assert plans.amounts[:, 3].tolist() == [5_000, 20_000]
    with pytest.raises(ValueError, match="too many"):
        every_plan(found, at_most=5)


def test_fits_is_no_rule_broken() -> None:
    demands = [{"team": "t", "quarter": 0, "amount": 3}]
    found = problem(
        [
            outcome("o", 0, 1),
            initiative("a", 50, 100, pool="p", demands=demands),
            initiative("b", 200, dependencies=[{"kind": "requires full", "other": "a"}], demands=demands),
            initiative("c", 30, 70, dependencies=[{"kind": "excludes", "other": "b"}]),
        ],
        (),
        {"budget": 320, "at_most": 2, "bands": [{"pool": "p", "low": 0.1}], "quarters": [310]},
        pools=[{"id": "p", "name": "Core"}],
        teams=[{"id": "t", "name": "Data", "capacity": [5]}],
    )
    plans = every_plan(found)
    expected = [not broken(found, plans.plan(p)) for p in range(plans.count)]
    assert fits(found, plans).tolist() == expected
    assert np.any(expected)
    assert len({rule.kind for rule in rules(found)}) == 7
