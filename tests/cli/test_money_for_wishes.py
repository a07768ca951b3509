"""What it takes to keep a wish is a budget: the commands that are given it keep the wish, and with less they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import Said, ask, written

Capsys = pytest.CaptureFixture[str]
WISH = {"id": "w", "outcome": "o", "attainment": 0.8}
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
