"""What a strategy means where it is silent, where it contradicts itself, and what is left out (model.md §1.1)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from analysis.cases import e1, effect, initiative, outcome, problem, strategy
from builders import sample, small

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.distributions import Fixed
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.metalog import Metalog
from prodlead_desktop.analysis.problem import Outcome, Problem
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.errors import BadInput


def _outcome(**fields: Any) -> Outcome:
    return problem([outcome("o", **fields)]).outcomes[0]


def _said(found: Problem) -> str:
    return " ".join(row.sentence for row in found.unknowns)


@pytest.mark.parametrize(
    ("fields", "limit", "overlap"),
    [
        ({"baseline": 40, "target": 3}, 0, "headroom"),
        ({"baseline": 40, "target": -3}, None, "sum"),
        ({"baseline": 3, "target": 40}, None, "sum"),
        ({"baseline": 3, "target": 40, "unit": "%"}, 100, "headroom"),
        ({"baseline": 40, "target": 3, "unit": "% of days"}, 0, "headroom"),
        ({"baseline": 104, "target": 115, "unit": "% NRR"}, None, "sum"),
        ({"baseline": 104, "target": 115, "unit": "% NRR", "limit": 130}, 130, "headroom"),
        ({"baseline": 40, "target": 3, "overlap": "sum"}, 0, "sum"),
        ({"baseline": 40, "target": 3, "overlap": "max"}, 0, "max"),
        ({"baseline": 3, "target": 40, "overlap": "headroom"}, None, "sum"),
    ],
)
def test_natural_limits_and_overlap(fields: dict[str, Any], limit: float | None, overlap: str) -> None:
    found = _outcome(**fields)
    assert (found.limit, found.overlap) == (limit, overlap)


def test_direction_needed_and_headroom() -> None:
    found = _outcome(baseline=40, target=3, limit=1)
    assert (found.direction, found.needed, found.headroom) == (-1, 37, 39)
    found = _outcome(baseline=3, target=40)
    assert (found.direction, found.needed, found.headroom) == (1, 37, math.inf)


def test_deadlines_count_from_plan_start_and_mean_the_end() -> None:
    node = outcome("o", 1, 2, deadline="2027-07-10", deadline_precision="quarter")
    assert problem([node], header={"plan_start": "2027-01-01"}).outcomes[0].deadline == 3
    assert problem([node]).outcomes[0].deadline == math.inf
    assert problem([outcome("o", 1, 2)], header={"plan_start": "2027-01-01"}).outcomes[0].deadline == math.inf


def test_an_outcome_with_a_swing_is_an_objective_and_weights_add_up() -> None:
    found = problem([outcome("a", 0, 1, swing=100), outcome("b", 0, 1, swing=60), outcome("c", 0, 1)])
    assert found.objectives == (0, 1)
    assert [row.weight for row in found.outcomes] == pytest.approx([0.625, 0.375, 0])
    assert not found.in_money
    assert problem([outcome("a", 0, 1, swing=100, value_mode="none")]).objectives == ()


def test_objectives_without_numbers_are_left_out_and_named() -> None:
    found = problem(
        [
            outcome("a", 0, None, swing=100),
            outcome("b", 0, 1, swing=60),
            outcome("c", 0, 1, value_mode="money"),
            outcome("d", 0, 1, value_mode="weight"),
        ]
    )
    assert found.objectives == (1,)
    assert found.outcomes[1].weight == 1
    assert "“a” carries no points: target unknown" in _said(found)
    assert "what a unit of “c” is worth" in _said(found)
    assert "“d” has no swing" in _said(found)


def test_a_threshold_before_there_is_a_target_may_lie_on_either_side() -> None:
    assert _outcome(baseline=40, threshold=3).threshold == 3
    assert _outcome(baseline=3, threshold=40).threshold == 40
    for limit in (20, -20):  # neither baseline nor target says which way is better
        assert _outcome(limit=limit, threshold=5).threshold == 5
        assert _outcome(limit=limit, target=limit, threshold=5).threshold == 5
    with pytest.raises(BadInput, match="beyond its natural limit"):
        _outcome(limit=20, target=10, threshold=25)


def test_a_deadline_before_the_start_is_said() -> None:
    def said(deadline: str) -> list[str]:
        nodes = [outcome("o", 0, 10, swing=1, deadline=deadline)]
        return [row.sentence for row in problem(nodes, header={"plan_start": "2027-01-01"}).unknowns]

    assert said("2027-03-31") == []
    assert said("2026-12-31") == [
        "The deadline of “o” lies before the plan starts, so that nothing can move it by then."
    ]


def test_an_objective_that_adds_to_another_is_said() -> None:
    def said(**below: Any) -> list[str]:
        nodes = [
            outcome("top", 0, 100, swing=1),
            outcome("middle", parent="top", contribution=2),
            outcome("low", 0, 10, parent="middle", contribution=3) | below,
        ]
        return [row.sentence for row in problem(nodes).assumed if row.ids == ("low", "top")]

    assert said() == []
    assert ["“low” adds to “top” and both carry value" in one for one in said(swing=1)] == [True]


def test_a_threshold_share_without_a_threshold_means_the_target() -> None:
    found = problem([outcome("o", 40, 3, swing=1, threshold_share=0.5)])
    assert found.outcomes[0].threshold == 3
    assert [row.ids for row in found.assumed] == [("o",)]
    assert _outcome(baseline=40, target=3).threshold is None


def test_full_funding_is_found_among_the_levels() -> None:
    levels = [("Minimum", 300), ("Full", 620), ("Stretch", 800)]
    node = {"id": "i", "kind": "initiative", "title": "I"}
    rows = [{"id": name, "name": name, "cost": cost} for name, cost in levels]
    found = problem([node | {"levels": rows}]).initiatives[0]
    assert (found.full, found.full_cost) == (2, 62_000)
    assert [o.share for o in found.options] == pytest.approx([0, 300 / 620, 1, 800 / 620])
    assert found.at_full == (2, 3)
    rows[0]["share"] = 1
    assert problem([node | {"levels": rows}]).initiatives[0].full == 1
    del rows[0]["share"]
    assert problem([node | {"levels": rows, "full_cost": 800}]).initiatives[0].full == 3
    assert problem([initiative("i", 10, 30, 20)]).initiatives[0].full == 3  # by cost: none, 10, 20, 30


def test_a_levels_share_is_stated_or_the_curves_or_its_part_of_the_money() -> None:
    def shares(**more: Any) -> list[float]:
        return [o.share for o in problem([initiative("i", 50, 100, 150, **more)]).initiatives[0].options]

    assert shares(full_cost=100) == pytest.approx([0, 0.5, 1, 1.5])
    assert shares(full_cost=100, curve="linear") == pytest.approx([0, 0.5, 1, 1])
    assert shares(full_cost=100, curve="exponential", half_share=0.6)[:3] == pytest.approx([0, 0.6, 1])
    assert shares(full_cost=100, half_share=0.6)[:3] == pytest.approx([0, 0.6, 1])
    assert shares(full_cost=100, curve="hill", half_share=0.3, unlimited_times=1.5)[:3] == pytest.approx(
        [0, 0.3, 1]
    )
    assert shares(full_cost=100, curve="hill", half_share=0.3, double_times=1.5)[:3] == pytest.approx(
        [0, 0.3, 1]
    )
    assert shares(full_cost=100, curve="step", least_share=0.6) == pytest.approx([0, 0, 1, 1])


def test_a_curve_without_its_answer_is_named() -> None:
    found = problem([initiative("i", 50, full_cost=100, curve="hill", half_share=0.3)])
    assert "The curve of “i” lacks an answer" in _said(found)
    assert found.initiatives[0].options[1].share == 0.5


def test_full_cost_alone_is_one_option_and_no_cost_is_none() -> None:
    found = problem([initiative("a", full_cost=100), initiative("b")])
    assert [(o.level, o.cost, o.share) for o in found.initiatives[0].options] == [
        (None, 0, 0),
        (None, 10_000, 1),
    ]
    assert len(found.initiatives[1].options) == 1
    assert "what “b” costs" in _said(found)


def test_a_level_without_a_price_may_be_looked_at_but_not_chosen() -> None:
    node = initiative("i", 50)
    node["levels"].append({"id": "dear", "name": "Dear", "share": 2})
    found = problem([node], (), {"allocations": [{"initiative": "i", "level": "dear"}]})
    assert found.current.options == (2,)
    assert not found.initiatives[0].options[2].known
    assert "“i” costs at “Dear”" in _said(found)


def test_an_amount_between_the_levels_is_an_option_of_its_own() -> None:
    found = problem([initiative("i", 50, 100)], (), {"allocations": [{"initiative": "i", "amount": 80}]})
    assert found.current.options == (2,)
    assert found.current.amounts == (8000,)
    assert found.initiatives[0].options[2].share == pytest.approx(0.8)
    found = problem([initiative("i", 50, 100)], (), {"allocations": [{"initiative": "i", "amount": 100}]})
    assert [o.level for o in found.initiatives[0].options] == [None, "i1", "i2"]


def test_funding_by_amount() -> None:
    node = initiative("i", 50, full_cost=100, funding="curve", half_share=0.6, least_share=0.25)
    found = problem([node], (), {"allocations": [{"initiative": "i", "amount": 30, "ceiling": 150}]})
    row = found.initiatives[0]
    assert row.amounts is not None
    assert (row.amounts.least, row.amounts.most) == (2_500, 15_000)
    assert (found.current.options, found.current.amounts) == ((1,), (3_000,))
    assert float(row.amounts.curve.share(np.array(0.5))) == pytest.approx(0.6)
    marked = problem([node], (), {"allocations": [{"initiative": "i", "level": "i1"}]})
    assert marked.current.amounts == (5_000,)


def test_the_scenario_moves_a_start() -> None:
    node = initiative("i", 50, 100, start=1)
    node["levels"][0]["start"] = 3
    assert [o.start for o in problem([node]).initiatives[0].options] == [0, 3, 1]
    moved = problem([node], (), {"allocations": [{"initiative": "i", "start": 2}]}).initiatives[0]
    assert [(o.start, o.moved) for o in moved.options[1:]] == [(2, -1), (2, 1)]


def test_effects_are_bounded_by_the_headroom() -> None:
    found = problem(
        [outcome("o", 40, 3, limit=1), outcome("u", 0, 10), initiative("i", 10)],
        [effect("i", "o", 8, 16, 24, id="e1"), effect("i", "u", -1, 2, 5, id="e2")],
    )
    bounded, free = (row.spread for row in found.effects)
    assert isinstance(bounded, Metalog)
    assert (bounded.low, bounded.high) == (0, 39)
    assert isinstance(free, Metalog)
    assert (free.low, free.high) == (None, None)
    assert found.effects[0].mean == pytest.approx(16.04952, abs=5e-6)
    harm = problem([outcome("o", 40, 3), initiative("i", 10)], [effect("i", "o", -4, 2, 5)]).effects[0].spread
    assert isinstance(harm, Metalog)
    assert (harm.low, harm.high) == (None, 40)


def test_effects_without_all_numbers() -> None:
    nodes = [outcome("o", 0, 10), initiative("a", 1), initiative("b", 1), initiative("c", 1)]
    rows = [effect("a", "o", 3), effect("b", "o"), effect("c", "o", 2, p10=1)]
    found = problem(nodes, rows)
    assert [
        (row.initiative, row.spread, row.mean) for row in sorted(found.effects, key=lambda e: e.initiative)
    ] == [
        (0, Fixed(3), 3),
        (2, Fixed(2), 2),
    ]
    assert "“b” on “o” has no numbers" in _said(found)
    assert "“c” on “o” has no P90" in _said(found)


def test_contributions_come_from_the_tree_and_from_links() -> None:
    nodes = [
        outcome("top", 0, 1),
        {"id": "m", "kind": "market", "title": "M", "parent": "top"},
        outcome("a", 0, 1, parent="m", contribution=2, lag=1),
        outcome("b", 0, 1, parent="top"),
    ]
    links = [{"source": "a", "target": "b", "contribution": 3}, {"source": "b", "target": "top", "lag": 1}]
    found = problem(nodes, links=links)
    assert [(c.source, c.target, c.k, c.lag) for c in found.contributions] == [(0, 1, 3, 0), (0, 2, 2, 1)]
    assert _said(found).count("how much “b” adds to “top”") == 2
    assert found.total_effects.tolist() == [[1, 0, 0], [3, 1, 0], [2, 0, 1]]


def test_chances_and_assumptions() -> None:
    nodes = [
        initiative(
            "i", 1, success=0.5, dependencies=[{"kind": "assumes", "other": x} for x in ("x", "y", "z")]
        ),
        {"id": "x", "kind": "assumption", "title": "X", "probability": 0.4},
        {"id": "y", "kind": "assumption", "title": "Y", "probability": 0.4, "status": "holds"},
        {"id": "z", "kind": "assumption", "title": "Z"},
    ]
    found = problem(nodes)
    assert [row.probability for row in found.assumptions] == [0.4, 1, 1]
    assert found.initiatives[0].assumptions == (0, 1, 2)
    assert "how likely “Z” is" in _said(found)


def test_dependencies() -> None:
    rows = [
        {"kind": "requires", "other": "b"}, {"kind": "requires full", "other": "c"}, {"kind": "excludes", "other": "d"},
        {"kind": "enhances", "other": "c", "factor": 1.5}, {"kind": "enhances", "other": "b"},
        {"kind": "requires", "other": "o"},
    ]  # fmt: skip
    nodes = [initiative("a", 1, dependencies=rows), *(initiative(x, 1) for x in "bc"), outcome("o")]
    nodes.append(initiative("d", 1, dependencies=[{"kind": "excludes", "other": "a"}]))
    found = problem(nodes)
    assert [(r.initiative, r.other, r.full) for r in found.limits.requires] == [(0, 1, False), (0, 2, True)]
    assert found.limits.excludes == ((0, 3),)
    assert [(r.initiative, r.other, r.factor) for r in found.enhances] == [(0, 2, 1.5)]
    assert "by how much “a” helps “b”" in _said(found)
    assert "“a” requires “o”, which cannot be funded" in _said(found)


def test_teams_and_their_demands() -> None:
    demands = [
        {"team": "t", "quarter": 0, "amount": 2}, {"team": "t", "level": "i2", "quarter": 0, "amount": 1},
        {"team": "t", "quarter": 2, "amount": 5}, {"team": "t", "quarter": 0},
    ]  # fmt: skip
    teams = [{"id": "t", "name": "T", "capacity": [10, 20], "discovery": 0.1}]
    found = problem([initiative("i", 1, 2, demands=demands)], teams=teams)
    cell = found.limits.capacities[0]
    assert (cell.team, cell.quarter, cell.amount, cell.demands) == (0, 0, 9, ((0, 1, 2), (0, 2, 3)))
    assert len(found.limits.capacities) == 1
    assert "capacity of “T” is not stated from quarter 3 on" in _said(found)
    assert "has no amount" in _said(found)
    late = problem(
        [initiative("i", 1, 2, demands=demands)],
        (),
        {"allocations": [{"initiative": "i", "start": 0.5}]},
        teams=teams,
    )
    assert [(c.quarter, c.demands[0][2]) for c in late.limits.capacities] == [(0, 1), (1, 1)]


def test_demands_count_from_plan_start_and_move_when_the_scenario_moves_the_start() -> None:
    node = initiative("i", 1, start=1, demands=[{"team": "t", "quarter": 1, "amount": 2}])
    teams = [{"id": "t", "name": "T", "capacity": [5] * 8}]
    at: list[int] = []
    for start in (None, 3, 0):
        given = {"allocations": [{"initiative": "i", "start": start}]}
        at += [row.quarter for row in problem([node], (), given, teams=teams).limits.capacities]
    assert at == [1, 3, 0]


def test_pools_of_a_budget_nobody_set_are_left_out() -> None:
    more: dict[str, Any] = {"pools": [{"id": "p", "name": "Core"}]}
    band = {"pool": "p", "low": 0.2}
    assert "there is no budget" in _said(problem([], (), {"bands": [band]}, **more))
    assert problem([], (), {"bands": [band], "quarters": [5, 5]}, **more).limits.envelope == 1000
    assert not problem([], (), {"bands": [band | {"of": "spend"}]}, **more).limits.bands[0].of_budget


def test_futures() -> None:
    nodes = [
        outcome("o", 40, 3), outcome("u", 0, 10),
        initiative("i", 50, 100), initiative("j", 30),
        {"id": "x", "kind": "assumption", "title": "X", "probability": 0.4},
    ]  # fmt: skip
    shifts = [
        {"what": "effects", "factor": 2}, {"what": "effects", "node": "i", "outcome": "u", "factor": 3},
        {"what": "effects", "node": "j", "value": 7}, {"id": "s9", "what": "costs", "node": "i", "value": 150},
        {"id": "s1", "what": "costs", "factor": 1.2}, {"what": "baseline", "node": "o", "value": 30},
        {"what": "assumption", "node": "x", "holds": False}, {"what": "costs", "node": "u", "factor": 9},
    ]  # fmt: skip
    rows = [effect("i", "o", 5, id="e1"), effect("i", "u", 5, id="e2"), effect("j", "o", 5, id="e3")]
    futures = [{"id": "f", "name": "F", "probability": 0.3, "shifts": shifts}, {"id": "g", "name": "G"}]
    made = strategy(nodes, rows, futures=futures)
    found = formulate(made, "plan")
    f = found.futures[0]
    assert [(row.id, row.probability) for row in found.futures] == [("f", 0.3), ("g", None)]
    assert f.effect_factor.tolist() == [2, 6, 2]
    assert (f.effect_value[2], f.chance.tolist(), f.baseline.tolist()) == (7, [0], [30, 0])
    assert f.cost_factor == pytest.approx([1.8, 1.2])
    assert "it names no initiative" in _said(found)
    assert [row.id for row in formulate(made, "plan", ()).futures] == [None]
    assert [row.id for row in formulate(made, "plan", ["g"]).futures] == ["g"]
    with pytest.raises(BadInput, match="No future"):
        formulate(made, "plan", ["nobody"])


def test_cost_spread_and_profile() -> None:
    found = problem([initiative("i", full_cost=100, cost_p10=80, cost_p90=150, cost_profile=[2, 1, 1])])
    row = found.initiatives[0]
    assert row.cost_spread is not None
    assert row.cost_spread.quantile(np.array([0.1, 0.5, 0.9])) == pytest.approx([0.8, 1, 1.5])
    assert row.profile == (0.5, 0.25, 0.25)
    assert "scaled to 100" in " ".join(note.sentence for note in found.assumed)


@pytest.mark.parametrize(
    ("nodes", "rows", "words"),
    [
        ([outcome("o", 40, 3, limit=5)], [], "target 3 of “o” lies beyond its natural limit"),
        ([outcome("o", 40, 3, limit=50)], [], "is not beyond its baseline"),
        ([outcome("o", 40, 40, swing=1)], [], "its target is its baseline"),
        ([outcome("o", 40, 3, limit=1, threshold=0)], [], "threshold 0 of “o” lies beyond"),
        ([outcome("o", 40, 3, threshold=50)], [], "50 of “o” lies on the wrong side of its baseline 40"),
        ([outcome("o", 3, 40, threshold=3)], [], "3 of “o” is its baseline: .* Give a threshold above 3"),
        (
            [outcome("o", 40, 3), initiative("i", 1)],
            [effect("i", "o", 8, 7, 9)],
            "“i” on “o”: .* out of order",
        ),
        ([outcome("o", 40, 3), initiative("i", 1)], [effect("i", "o", 40)], "uses up all that lies"),
        ([outcome("o", 40, 3), initiative("i", 1)], [effect("i", "o", 20, 30, 45)], "more than the 40"),
        ([outcome("o", 0, 9), initiative("i", 1)], [effect("i", "o", 1, 3, 50)], "“i” on “o”: .* infinite"),
        ([initiative("i", 1, half_share=1.0)], [], "“i”: With half the money"),
        ([initiative("i", -1)], [], "cost below zero"),
        ([initiative("i", 1, half_life=0)], [], "halve every 0"),
        ([initiative("i", 1, dependencies=[{"kind": "excludes", "other": "i"}])], [], "excludes itself"),
        ([initiative("i", 1, dependencies=[{"kind": "requires", "other": "i"}])], [], "requires itself"),
        ([initiative("i", 1, dependencies=[{"kind": "requires full", "other": "i"}])], [], "requires itself"),
        (
            [initiative("i", 1, dependencies=[{"kind": "enhances", "other": "i", "factor": 2}])],
            [],
            "enhances itself",
        ),
        ([initiative("i", 1, cost_profile=[0, 0])], [], "cost profile of “i” adds up to nothing"),
        ([initiative("i", full_cost=9, cost_p10=10, cost_p90=11)], [], "The cost of “i”: .* out of order"),
    ],
)
def test_contradictions_are_refused_in_words(
    nodes: list[dict[str, Any]], rows: list[dict[str, Any]], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        problem(nodes, rows)


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        ({"what": "baseline", "node": "o", "value": 0}, "leaves nothing to improve"),
        ({"what": "costs", "factor": 0}, "not above zero"),
        ({"what": "assumption", "node": "x", "value": 2}, "not 0 to 100 %"),
    ],
)
def test_futures_that_cannot_be_are_refused(shift: dict[str, Any], words: str) -> None:
    nodes = [
        outcome("o", 40, 3), initiative("i", 1), {"id": "x", "kind": "assumption", "title": "X", "probability": 0.4},
    ]  # fmt: skip
    with pytest.raises(BadInput, match=words):
        problem(nodes, futures=[{"id": "f", "name": "F", "shifts": [shift]}])


def test_points_and_money_do_not_mix_without_a_rate() -> None:
    nodes = [outcome("a", 0, 1, swing=1), outcome("b", 0, 1, money_per_unit=5)]
    with pytest.raises(BadInput, match="in points and others in money"):
        problem(nodes)
    assert problem(nodes, rate=100.0).in_money


def test_no_such_scenario() -> None:
    with pytest.raises(BadInput, match="No scenario"):
        formulate(e1(), "nobody")


def test_the_hash_follows_numbers_and_not_titles() -> None:
    nodes = [outcome("o", 40, 3, swing=1), initiative("i", 10)]
    first = problem(nodes, [effect("i", "o", 5, id="e")])
    renamed = problem([nodes[0] | {"title": "New"}, nodes[1]], [effect("i", "o", 5, id="e")])
    other = problem(nodes, [effect("i", "o", 6, id="e")])
    assert len(first.inputs_hash) == 32
    assert first.inputs_hash == renamed.inputs_hash
    assert first.inputs_hash != other.inputs_hash


def test_every_strategy_at_hand_can_be_formulated() -> None:
    for made, scenario in ((small(), "s1"), (sample(), "sc-balanced"), (e1(), "plan")):
        found = formulate(made, scenario)
        assert [row.id for row in found.outcomes] == sorted(row.id for row in found.outcomes)
        assert len(found.current.options) == len(found.initiatives)


def test_a_plan_costs_what_the_capital_lens_says_is_placed() -> None:
    made = sample()
    for scenario in made.all(Scenario):
        found = formulate(made, scenario, ())
        assert sum(found.current.amounts) == capital.totals(made, scenario).placed
