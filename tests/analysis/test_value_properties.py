"""What must hold for any problem (known-answers.md B1, B5, B11, B12, B13, B15)."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from analysis.cases import e1, effect, initiative, outcome, problem
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.plans import every_plan
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation

Case = dict[str, Any]  # what analysis.cases.strategy takes
LEVEL_FIELDS = ("baseline", "target", "limit", "threshold")
EFFECT_FIELDS = ("p10", "p50", "p90", "low", "high")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Two to three outcomes in a tree, up to four initiatives with levels, effects that may harm, thresholds, times."""
    whole = st.integers
    nodes: list[dict[str, Any]] = []
    for k in range(draw(whole(2, 3))):
        base, need, room = draw(whole(20, 80)), draw(whole(5, 15)), draw(whole(0, 10))
        sign = draw(st.sampled_from([1, -1]))
        node = outcome(f"o{k}", base, base + sign * need, swing=draw(whole(1, 9)), unit="units")
        node |= {"limit": base + sign * (need + room), "threshold": base + sign * draw(whole(1, need))}
        node |= {"threshold_share": draw(whole(0, 10)) / 10, "over_delivery": draw(whole(0, 5)) / 10}
        node |= {"overlap": draw(st.sampled_from(["headroom", "sum", "max"])), "deadline": "2027-12-31"}
        if k:
            node |= {"parent": f"o{draw(whole(0, k - 1))}", "contribution": draw(whole(-4, 8)) / 4}
            node |= {"lag": draw(whole(0, 4)) / 2}
        nodes.append(node)
    rows = []
    for i in range(draw(whole(1, 4))):
        costs = sorted(draw(st.lists(whole(1, 50), min_size=1, max_size=2, unique=True)))
        node = initiative(f"i{i}", *costs, success=draw(whole(1, 10)) / 10, delay=draw(whole(0, 3)))
        node |= {"ramp": draw(whole(0, 4)), "start": draw(whole(0, 2)), "cost_profile": [0.5, 0.5]}
        nodes.append(node)
        for k in sorted(draw(st.sets(whole(0, len(nodes) - i - 2), min_size=1))):
            middle = draw(whole(-3, 3)) or 1
            values = (middle,) if draw(st.booleans()) else (middle - 1, middle, middle + 1.5)
            rows.append(effect(f"i{i}", f"o{k}", *values))
    budget = draw(whole(10, 150))
    return {
        "nodes": nodes,
        "effects": rows,
        "scenario": {"budget": budget, "quarters": [budget, budget / 4]},
        "header": {"plan_start": "2027-01-01"},
    }


def _values(made: Problem) -> np.ndarray[Any, Any]:
    return Valuation(made).evaluate(every_plan(made)).value[0]


def _changed(case: Case) -> Case:
    return copy.deepcopy(case)


@given(cases(), st.sampled_from([2, 10, 1000]))
def test_b1_scaling_all_money_leaves_choices_and_scaling_weights_leaves_values(
    case: Case, factor: int
) -> None:
    scaled = _changed(case)
    scaled["scenario"]["budget"] *= factor
    scaled["scenario"]["quarters"] = [amount * factor for amount in scaled["scenario"]["quarters"]]
    for node in scaled["nodes"]:
        for level in node.get("levels", ()):
            level["cost"] *= factor
        if "swing" in node:
            node["swing"] *= factor
    before, after = problem(**case), problem(**scaled)
    assert _values(after) == pytest.approx(_values(before), rel=1e-9, abs=1e-9)
    assert np.array_equal(limits.fits(after, every_plan(after)), limits.fits(before, every_plan(before)))


@given(st.lists(st.floats(-30, 19.9), min_size=1, max_size=6), st.randoms())
def test_b5_the_headroom_rule_is_free_of_order_and_never_beyond_the_limit(
    values: list[float], random: Any
) -> None:
    def d(numbers: list[float], scale: float = 1.0) -> float:
        nodes = [outcome("o", 0, 10, limit=20), *(initiative(f"i{k}", 1) for k in range(len(numbers)))]
        made = problem(nodes, [effect(f"i{k}", "o", x * scale) for k, x in enumerate(numbers)])
        everything = every_plan(made)
        return float(Valuation(made).evaluate(everything).improvement[0, 0, -1])

    whole = d(values)
    mixed = list(values)
    random.shuffle(mixed)
    assert d(mixed) == pytest.approx(whole, rel=1e-9, abs=1e-9)
    assert whole <= 20
    if min(values) >= 0:
        assert max(values) - 1e-9 <= whole <= sum(values) + 1e-9
    tiny = 1e-4
    assert d(values, tiny) == pytest.approx(sum(values) * tiny, abs=1e-8 * 20 * len(values) ** 2)


@given(cases())
def test_b11_two_identical_halves_under_sum_are_the_whole(case: Case) -> None:
    for node in case["nodes"]:
        if node["kind"] == "outcome":
            node["overlap"] = "sum"
    split = _changed(case)
    twin = copy.deepcopy(next(node for node in split["nodes"] if node["id"] == "i0"))
    twin["id"] = "i0b"
    for node in (twin, next(node for node in split["nodes"] if node["id"] == "i0")):
        for level in node["levels"]:
            level["id"] = f"{node['id']}-{level['name'][-1]}"
            level["cost"] /= 2
    split["nodes"].append(twin)
    for row in [row for row in split["effects"] if row["initiative"] == "i0"]:
        for name in EFFECT_FIELDS:
            if name in row:
                row[name] /= 2
        row["low"] = row["high"] = None
        row |= {name: row["p50"] for name in ("p10", "p90") if name in row}
        split["effects"].append(row | {"initiative": "i0b"})
    for row in case["effects"]:
        if row["initiative"] == "i0":
            row |= {name: row["p50"] for name in ("p10", "p90") if name in row}
    before, after = problem(**case), problem(**split)
    both = every_plan(after)
    together = both.options[0] == both.options[1]  # i0 and i0b are the first two by id
    assert Valuation(after).evaluate(both).value[0][together] == pytest.approx(_values(before), abs=1e-9)


@given(cases())
def test_b12_turning_a_metric_around_changes_nothing(case: Case) -> None:
    turned = _changed(case)
    for node in turned["nodes"]:
        for name in LEVEL_FIELDS:
            if name in node:
                node[name] = 100 - node[name]
    assert _values(problem(**turned)) == pytest.approx(_values(problem(**case)), rel=1e-9, abs=1e-9)


@given(cases())
def test_b13_minutes_or_seconds_change_nothing(case: Case) -> None:
    """Every outcome's numbers by 60, one of them by 7 more, k by the ratio of the two units."""
    for node in case["nodes"]:
        if "limit" in node:
            node["unit"] = "min"
    changed = _changed(case)
    scale = {
        node["id"]: 60.0 * (7 if node["id"] == "o0" else 1) for node in changed["nodes"] if "limit" in node
    }
    for node in changed["nodes"]:
        for name in LEVEL_FIELDS:
            if name in node:
                node[name] *= scale[node["id"]]
                node["unit"] = "s"
        if "contribution" in node:
            node["contribution"] *= scale[node["parent"]] / scale[node["id"]]
    for row in changed["effects"]:
        for name in EFFECT_FIELDS:
            if name in row:
                row[name] *= scale[row["outcome"]]
    assert _values(problem(**changed)) == pytest.approx(_values(problem(**case)), rel=1e-7, abs=1e-7)


@given(cases(), st.randoms())
def test_b15_the_order_of_rows_changes_nothing(case: Case, random: Any) -> None:
    mixed = _changed(case)
    first = [node for node in mixed["nodes"] if node["kind"] == "outcome"]
    rest = [node for node in mixed["nodes"] if node["kind"] != "outcome"]
    random.shuffle(rest)
    random.shuffle(mixed["effects"])
    mixed["nodes"] = rest + first
    before, after = problem(**case), problem(**mixed)
    assert np.array_equal(_values(after), _values(before))
    assert after.inputs_hash == before.inputs_hash


@given(cases())
def test_no_cap_promised_means_linear_in_the_parts(case: Case) -> None:
    """``cap_may_bind`` is False only where d really is own + Σ k·d of the parts for every plan."""
    made = problem(**case)
    valuation, plans = Valuation(made), every_plan(made)
    x = valuation.contributions(plans)
    funded = valuation.funded(plans.options)
    own, d = valuation.combine(x, funded), valuation.improvements(x, funded)
    for q in np.flatnonzero(~valuation.cap_may_bind()):
        point = valuation.points.rows[q]
        expected = own[q] + sum((k * d[part] for part, k in point.parts), np.zeros(plans.count))
        assert d[q] == pytest.approx(expected, abs=1e-9)
        if made.outcomes[point.outcome].overlap == "sum":
            assert own[q] == pytest.approx(
                x[valuation.offsets[q] : valuation.offsets[q + 1]].sum(axis=0), abs=1e-9
            )


def test_formulating_twice_gives_the_same_problem() -> None:
    assert formulate(e1(), "plan").inputs_hash == formulate(e1(), "plan").inputs_hash
