"""What it takes to keep a wish is a budget: the commands that are given it keep the wish, and with less they do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from analysis import cases
from analysis.cases import effect, initiative, outcome
from cli.asked import Said, ask, written

from prodlead_desktop.analysis.explain import explain
from prodlead_desktop.analysis.findings import findings
from prodlead_desktop.analysis.frontier import Point
from prodlead_desktop.analysis.optimise import Asker, Cheapest, Solution
from prodlead_desktop.analysis.wish_words import beyond

Capsys = pytest.CaptureFixture[str]
WISH = {"id": "w", "outcome": "o", "attainment": 0.8}
NODES = [outcome("o", 0, 10, swing=100), initiative("a", 60)]
HALF_OR_FULL = [
    {"id": "half", "name": "Half", "cost": 100, "share": 0.5},
    {"id": "full", "name": "Full", "cost": 200, "share": 1},
]
POOLS = [{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}]


def file(folder: Path, budget: float, bands: tuple[Any, ...] = (), **more: Any) -> Path:
    """a, in pool P, keeps the wish in full, for 200; b, in pool Q, is there to be paid, for 50, as is c, instead of a,
    for 60."""
    nodes = [
        outcome("o", 0, 10, swing=100),
        {"id": "a", "kind": "initiative", "title": "a", "pool": "p", "levels": HALF_OR_FULL},
        initiative("b", 50, pool="q"),
        initiative("c", 60, pool="q", dependencies=[{"kind": "excludes", "other": "a"}]),
    ]
    scenario = {"id": "s", "name": "Plan", "budget": budget, "wishes": [WISH], "bands": list(bands)}
    made = {"strategy": {"currency": "EUR"}, "pools": POOLS, "nodes": nodes, "scenarios": [scenario]}
    return written(folder, made | {"effects": [effect("a", "o", 8)]} | more)


def asked(capsys: Capsys, command: str, path: Path, *more: object) -> Said:
    return ask(capsys, command, path, "--scenario", "s", *more)


def told(data: dict[str, Any]) -> str:
    return " ".join(row["sentence"] for row in data["findings"] if row["kind"] == "wish")


@pytest.mark.parametrize(
    ("budget", "bands", "least"),
    [
        (250, ({"pool": "p", "of": "budget", "high": 0.4},), 500),
        (150, ({"pool": "p", "of": "budget", "high": 0.7},), 285.72),
        (120, ({"pool": "p", "of": "budget", "low": 0.5, "high": 0.9},), 222.23),
        (160, ({"pool": "q", "of": "budget", "low": 0.2},), 250),
    ],
)
def test_shares_of_the_budget_grow_with_it(
    budget: float, bands: tuple[Any, ...], least: float, tmp_path: Path, capsys: Capsys
) -> None:
    path = file(tmp_path, budget, bands)
    why = asked(capsys, "explain", path, "--json").data
    (wish,) = why["wishes"]
    money = wish["money"]
    assert (money["status"], money["cost"], money["least_cost"]) == ("optimal", least, least)
    assert f"To keep it takes €{least:,}, €{round(least - budget, 2):,} more than the budget." in told(why)
    kept = asked(capsys, "solve", path, "--budget", least, "--json").data
    assert kept["wishes"][0]["kept"] and kept["plan"]["a"] == money["plan"]["a"] == "full"
    short = asked(capsys, "solve", path, "--budget", round(least - 0.01, 2), "--json").data
    assert not any(row["kept"] for row in short["wishes"])


def test_no_budget_is_enough_where_another_pool_must_have_a_share_of_it(
    tmp_path: Path, capsys: Capsys
) -> None:
    path = file(tmp_path, 160, ({"pool": "q", "of": "budget", "low": 0.3},))
    why = asked(capsys, "explain", path, "--json").data
    assert why["wishes"][0]["money"]["status"] == "infeasible"
    assert "More money alone would not keep it." in told(why)


def test_a_smaller_budget_may_keep_a_wish(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, 300, ({"pool": "q", "of": "budget", "low": 0.2},))
    why = asked(capsys, "explain", path, "--json").data
    assert "With a budget of €250, €50 less than now, it would be kept" in told(why)
    assert asked(capsys, "solve", path, "--budget", 250, "--json").data["wishes"][0]["kept"]


def test_a_budget_holds_at_the_costs_of_every_future(tmp_path: Path, capsys: Capsys) -> None:
    dear = [{"what": "costs", "node": "a", "factor": 1.2}]
    futures = [
        {"id": "f", "name": "F", "probability": 0.5},
        {"id": "g", "name": "G", "probability": 0.5, "shifts": dear},
    ]
    path = file(tmp_path, 150, futures=futures)
    why = asked(capsys, "explain", path, "--json").data
    assert why["wishes"][0]["money"]["cost"] == 240 == why["wishes"][0]["money"]["least_cost"]
    assert "To keep it takes €240, €90 more than the budget." in told(why)
    assert asked(capsys, "solve", path, "--budget", 240, "--json").data["wishes"][0]["kept"]
    assert not asked(capsys, "solve", path, "--budget", 239.99, "--json").data["wishes"][0]["kept"]


def two(folder: Path, budget: float, *funded: str, wished: float = 0.5) -> Path:
    """v brings 50 points for 60; keeper keeps the wish, which is worth nothing else, for 95."""
    nodes = [
        outcome("value", 0, 10, swing=100), outcome("o", 0, 10),
        initiative("v", 60), initiative("keeper", 95),
    ]  # fmt: skip
    wish = {"id": "w", "outcome": "o", "attainment": wished}
    own = [{"initiative": name, "level": f"{name}1"} for name in funded]
    scenario = {"id": "s", "name": "Plan", "budget": budget, "wishes": [wish], "allocations": own}
    effects = [effect("v", "value", 5), effect("keeper", "o", 5)]
    return written(
        folder, {"strategy": {"currency": "EUR"}, "nodes": nodes, "effects": effects, "scenarios": [scenario]}
    )


def test_more_money_that_keeps_the_wish_does_not_buy_nothing(tmp_path: Path, capsys: Capsys) -> None:
    path = two(tmp_path, 90)
    why = asked(capsys, "explain", path, "--step", 10, "--json").data
    assert (why["money"]["more"]["price"], why["money"]["missed_with_more"]) == (0, 0)
    said = [row["sentence"] for row in why["findings"] if row["kind"] == "more money"]
    assert said == ["With €10 more the wish can be kept."]
    why = asked(capsys, "explain", path, "--step", 2, "--json").data
    said = [row["sentence"] for row in why["findings"] if row["kind"] == "more money"]
    assert said == ["€2 more buys nothing."] and why["money"]["missed_with_more"] == 0.5
    path = two(tmp_path, 90, wished=0.7)
    why = asked(capsys, "explain", path, "--step", 10, "--json").data
    said = [row["sentence"] for row in why["findings"] if row["kind"] == "more money"]
    assert said == ["With €10 more the wish can be missed by 20\u00a0% of the way."]


@pytest.mark.parametrize(
    ("high", "wished", "then"),
    [
        (160, 0.5, "adds no value; from €120 the wish is kept"),
        (160, 0.7, "adds no value; from €120 the wish is missed by less"),
        (90, 0.5, "buys nothing"),
    ],
)
def test_a_frontier_says_where_money_keeps_the_wish(
    high: float, wished: float, then: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = two(tmp_path, 90, wished=wished)
    steps = 4 if high == 160 else 9
    said = asked(capsys, "frontier", path, "--from", 0, "--to", high, "--steps", steps)
    assert f"more money {then}.\n" in said.out


def test_a_frontier_without_its_proof_does_not_say_that_money_buys_nothing() -> None:
    """Its time over, a search knows what it found and what no plan exceeds."""
    problem = cases.problem(NODES, [effect("a", "o", 5)])

    def point(budget: int, value: float, bound: float) -> Point:
        status = "optimal" if value == bound else "feasible"
        return Point(budget, Solution(status, "expected", None, value, bound, None, None, 0.0))

    here = point(100, 10.0, 10.0)
    assert beyond(problem, here, [point(200, 10.0, 10.0)]) == "buys nothing"
    assert beyond(problem, here, [point(200, 10.0, 12.0)]) == "was not found to buy anything"
    assert beyond(problem, here, [point(200, 11.0, 12.0)]) == "buys less"


@pytest.mark.parametrize(
    ("funded", "wished", "said"),
    [
        (("keeper",), 0.5, "No plan under the same rules that keeps the wish is better on mean effects."),
        (("keeper",), 0.6, "No plan under the same rules that comes as near to the wish is better on mean"),
        (
            ("v",),
            0.5,
            "brings 50 points less on average, with the same luck: this one misses the wishes by more.",
        ),
        (
            ("v", "keeper"),
            0.5,
            "brings 50 points less on average, with the same luck: this one breaks a rule.",
        ),
    ],
)
def test_a_simulation_says_what_keeps_the_best_plan_from_more(
    funded: tuple[str, ...], wished: float, said: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = two(tmp_path, 100, *funded, wished=wished)
    assert said in asked(capsys, "simulate", path, "--draws", 200).out


def test_what_found_no_time_is_not_complete(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = Cheapest("cancelled", None, None, None, 0.0, 0.0)
    path = two(tmp_path, 90)
    assert asked(capsys, "explain", path, "--json").data["complete"]
    monkeypatch.setattr(Asker, "least_budget", lambda *_: none)
    why = asked(capsys, "explain", path, "--json").data
    assert why["wishes"][0]["money"]["status"] == "cancelled" and not why["complete"]
    assert "Not everything was worked out." in asked(capsys, "explain", path).out


def test_money_that_may_buy_something_is_not_said_to_buy_nothing() -> None:
    made = explain(cases.problem(NODES, [effect("a", "o", 5)], {"budget": 60}))
    assert made.money is not None
    said = {row.kind: row.sentence for row in findings(made)}
    assert said["more money"] == "€2 more buys nothing."
    unproven = replace(made.money.more, most=30.0)
    said = {
        row.kind: row.sentence for row in findings(replace(made, money=replace(made.money, more=unproven)))
    }
    assert said["more money"] == "€2 more buys at most 30 points."
