"""`prodlead frontier` and `prodlead explain` as scripts and people meet them."""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from analysis.cases import DATA
from cli.asked import ask, written
from cli.test_solve import BARE, changed, hard
from jsonschema import Draft202012Validator

from prodlead_desktop import samples
from prodlead_desktop.analysis.result_schema import SCHEMAS
from prodlead_desktop.domain import interchange

Capsys = pytest.CaptureFixture[str]
E1 = DATA / "e1.json"


def sample(folder: Path) -> Path:
    path = folder / "sample.json"
    path.write_text(interchange.dumps(samples.load()), encoding="utf-8")
    return path


# -- frontier


def test_the_frontier_of_the_case_from_the_seed(capsys: Capsys) -> None:
    words = ("frontier", E1, "--scenario", "plan", "--from", "300k", "--to", "1.5M", "--steps", "8", "--json")
    made = ask(capsys, *words).data
    assert [row["budget"] for row in made["points"]] == [300_000 + 150_000 * k for k in range(9)]
    known = {300e3: 22.7759, 450e3: 32.7636, 600e3: 39.5239, 750e3: 47.0487, 900e3: 53.283, 1200e3: 61.8157}
    for row in made["points"]:
        assert row["status"] == "optimal" and row["on_grid"] and row["cost"] <= row["budget"]
        assert row["value"] == pytest.approx(known.get(row["budget"], row["value"]), abs=1e-4)
        assert row["value"] <= row["bound"]
    assert made["points"][0]["changes"] == []
    second = {row["initiative"]: row["what"] for row in made["points"][1]["changes"]}
    assert second and set(second.values()) <= {"added", "dropped", "upgraded", "downgraded"}
    assert made["knee"] == 900_000 and made["current"]["value"] == pytest.approx(53.283, abs=1e-3)
    assert made["current"]["same_money"]["gain"] == pytest.approx(0.0, abs=1e-9)
    assert made["current"]["same_value"]["saving"] == pytest.approx(0.0, abs=0.01)


def test_changes_lead_from_point_to_point(capsys: Capsys) -> None:
    made = ask(capsys, "frontier", E1, "--scenario", "plan", "--steps", "6", "--json").data
    plan = dict.fromkeys(made["points"][0]["plan"])
    for row in made["points"]:
        for change in row["changes"]:
            assert plan[change["initiative"]] == change["before"]
            plan[change["initiative"]] = change["after"]
        assert plan == row["plan"]


def test_the_samples_frontier_and_how_far_its_plan_is(tmp_path: Path, capsys: Capsys) -> None:
    words = (
        "frontier",
        sample(tmp_path),
        "--scenario",
        "Balanced",
        "--from",
        "3M",
        "--to",
        "4M",
        "--steps",
        "2",
    )
    made = ask(capsys, *words, "--json").data
    assert all(row["status"] == "optimal" and not row["on_grid"] for row in made["points"])
    current = made["current"]
    assert current["value"] + current["same_money"]["gain"] == pytest.approx(current["same_money"]["value"])
    assert current["cost"] - current["same_value"]["saving"] == pytest.approx(current["same_value"]["cost"])
    assert current["same_value"]["value"] >= current["value"] - 1e-6
    assert current["same_value"]["least_cost"] <= current["same_value"]["cost"]
    said = ask(capsys, *words)
    assert said.status == 0 and "“Balanced” is worth" in said.out and "The same money could give" in said.out


@pytest.mark.parametrize(("full", "buys"), [(9, "nothing"), (10, "less")])
def test_more_money_buys_less_or_nothing(full: int, buys: str, tmp_path: Path, capsys: Capsys) -> None:
    levels = [{"id": "some", "name": "Some", "cost": 100}, {"id": "all", "name": "All", "cost": 300}]
    shares = [row | {"share": share} for row, share in zip(levels, (0.9, full / 10), strict=True)]
    nodes = [
        {"id": "o", "kind": "outcome", "title": "O", "baseline": 0, "target": 10, "swing": 1},
        {"id": "a", "kind": "initiative", "title": "A", "full_cost": 300, "levels": shares},
    ]
    effects = [{"initiative": "a", "outcome": "o", "p50": 5}]
    document = {"nodes": nodes, "effects": effects, "scenarios": [{"id": "s", "name": "S"}]}
    words = ("--scenario", "s", "--from", "0", "--to", "400", "--steps", "4")
    said = ask(capsys, "frontier", written(tmp_path, document), *words).out
    assert f"Beyond 100 more money buys {buys}." in said


@pytest.mark.parametrize("command", ["frontier", "explain"])
def test_help_offers_only_what_is_answered(command: str, capsys: Capsys) -> None:
    said = ask(capsys, command, "--help").out
    assert "maximin" in said and "regret" not in said


@pytest.mark.parametrize(("swing", "said"), [(1, True), (None, False)])
def test_value_that_may_count_twice_is_said(
    swing: int | None, said: bool, tmp_path: Path, capsys: Capsys
) -> None:
    nodes = [
        node | ({"parent": "keep", "contribution": 1} if node["id"] == "time" else {})
        for node in BARE["nodes"]
    ]
    nodes[0] |= {"swing": swing}
    out = ask(capsys, "explain", written(tmp_path, BARE | {"nodes": nodes}), "--scenario", "s").out
    assert ("“Minutes” adds to “Kept” and both carry value" in out) == said


def test_no_budget_with_a_plan_is_status_1(tmp_path: Path, capsys: Capsys) -> None:
    path = written(tmp_path, changed(allocations=[{"initiative": "a", "floor": 300}]))
    words = ("frontier", path, "--scenario", "s", "--from", "0", "--to", "200", "--steps", "2")
    said = ask(capsys, *words)
    assert said.status == 1 and said.out.count("no plan keeps every rule") == 3
    made = ask(capsys, *words, "--json").data
    assert [row["value"] for row in made["points"]] == [None] * 3 and made["knee"] is None
    assert made["reasons"][0] == "The floors alone cost 300; the budget is 200."  # at the largest
    assert [row["rule"] for row in made["clash"]] == ["budget 0", "floor 0"]
    assert all(f"\n  {reason}\n" in said.out for reason in made["reasons"])
    enough = ask(capsys, *words[:-4], "--to", "300", "--steps", "1", "--json").data
    assert (enough["reasons"], enough["clash"]) == ([], [])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--from", "5", "--to", "4"), "smaller|larger"),
        (("--from=-5",), "A budget cannot be below zero"),
        (("--steps", "0"), "steps"),
        (("--steps", "many"), "steps"),
        (("--to", "dear"), "dear"),
        (("--objective", "regret"), "value"),
        (("--scenario", "x"), "No scenario"),
        (("--money-per-point", "0"), "worth something"),
        (("--money-per-point", "-3"), "worth something"),
    ],
)
def test_wrong_words_are_refused(
    words: tuple[str, ...], complaint: str, tmp_path: Path, capsys: Capsys
) -> None:
    import re

    said = ask(capsys, "frontier", written(tmp_path, BARE), "--scenario", "s", *words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1), said
    assert re.search(complaint, said.err), said.err


# -- explain


def test_what_is_not_proven_is_not_called_the_best(tmp_path: Path, capsys: Capsys) -> None:
    said = ask(capsys, "explain", hard(tmp_path), "--scenario", "s", "--time-limit", "0.2").out
    if "The best plan is worth" not in said:  # a very fast machine proves it even so
        assert "The best plan found is worth" in said and "no plan gives more than" in said
        assert "Even the best plan brings" not in said


def test_everything_about_the_case_from_the_seed(capsys: Capsys) -> None:
    made = ask(capsys, "explain", E1, "--scenario", "plan", "--step", "50k", "--json").data
    assert (made["status"], made["complete"], made["value"]) == (
        "optimal",
        True,
        pytest.approx(53.283, abs=1e-3),
    )
    left_out = {row["initiative"]: row["regret"] for row in made["leave_out"]}
    known = {"A": 4.9581, "B": 5.5869, "C": 0, "D": 2.2312, "E": 5.8402, "F": 3.3700}
    assert left_out == pytest.approx(known, abs=1e-4)
    forced = {row["initiative"]: row["regret"] for row in made["force_in"]}
    assert forced == pytest.approx({"A": 0, "B": 0, "C": 3.4896, "D": 3.2589, "E": 0, "F": 1.1688}, abs=1e-4)
    assert all(row["least"] <= row["regret"] <= row["most"] for row in made["leave_out"])
    assert made["money"]["more"]["price"] == pytest.approx(54.4064 - 53.2830, abs=1e-3)
    hopes = {row["ids"][0] for row in made["findings"] if row["kind"] == "hope"}
    assert hopes == {"o1", "o2", "o3"}, "with 900 k no target is in reach (R16)"
    assert made["N"] == 2000 and made["seed"] == 0
    assert made["chance_of_target"]["o1"] < 0.01


HELD: dict[str, Any] = {
    "nodes": [
        {"id": "o", "kind": "outcome", "title": "O", "baseline": 0, "target": 100, "swing": 1},
        {"id": "a", "kind": "initiative", "title": "Old upkeep", "full_cost": 100, "pool": "run"},
        {"id": "b", "kind": "initiative", "title": "New thing", "full_cost": 100, "pool": "grow"},
        {"id": "c", "kind": "initiative", "title": "Newer thing", "full_cost": 200, "pool": "grow"},
    ],
    "effects": [
        {"initiative": "a", "outcome": "o", "p50": 5},
        {"initiative": "b", "outcome": "o", "p50": 30},
        {"initiative": "c", "outcome": "o", "p50": 40},
    ],
    "pools": [{"id": "run", "name": "Run"}, {"id": "grow", "name": "Grow"}],
    "scenarios": [
        {
            "id": "s", "name": "S", "budget": 300, "bands": [{"pool": "run", "low": 0.3}],
            "allocations": [{"initiative": "a", "amount": 100, "floor": 100}],
        }
    ],
}  # fmt: skip


def test_words_for_a_floor_a_share_and_a_move(tmp_path: Path, capsys: Capsys) -> None:
    """The floor and the 30 % share each keep “Old upkeep” in, so either alone costs nothing; what is left may move."""
    made = ask(capsys, "explain", written(tmp_path, HELD), "--scenario", "s", "--json").data
    assert made["value"] == pytest.approx(45)
    assert {row["kind"]: row["price"] for row in made["rules"]} == pytest.approx({"floor": 0, "pool low": 0})
    assert [(move["from"], move["to"], move["gain"]) for move in made["moves"]] == [
        (None, "c", pytest.approx(40)),
        (None, "b", pytest.approx(30)),
    ]
    alone = dict(HELD)
    alone["scenarios"] = [dict(HELD["scenarios"][0], bands=[])]
    said = ask(capsys, "explain", written(tmp_path, alone), "--scenario", "s")
    assert "Held up by your floor of 100 on “Old upkeep”: it costs 25 points (56\u00a0%)." in said.out
    assert "Of the money left, 200 more for “Newer thing” adds 40 points." in said.out
    shared = dict(HELD)
    given = [{"initiative": "b", "amount": 100, "lock": True}, {"initiative": "a", "amount": 100}]
    shared["scenarios"] = [dict(HELD["scenarios"][0], allocations=given)]
    said = ask(capsys, "explain", written(tmp_path, shared), "--scenario", "s")
    assert (
        "Without the rule that “Run” gets at least 30 % of the budget: +35 points (100 %)."
        in said.out.replace("\u00a0", " ")
    )


def test_money_moves_from_one_to_another(tmp_path: Path, capsys: Capsys) -> None:
    document = dict(HELD)
    given = [{"initiative": "a", "amount": 100}, {"initiative": "c", "amount": 200}]
    document["scenarios"] = [{"id": "s", "name": "S", "budget": 300, "allocations": given}]
    made = ask(capsys, "explain", written(tmp_path, document), "--scenario", "s", "--json").data
    best = made["moves"][0]
    assert (best["from"], best["to"], best["money"], best["gain"]) == ("a", "b", 100, pytest.approx(25))
    assert best["plan"] == {"a": None, "b": 100, "c": 200}
    assert any(
        row["sentence"] == "100 moved from “Old upkeep” to “New thing” adds 25 points."
        for row in made["findings"]
    )
    assert made["current"]["same_money"]["gain"] == pytest.approx(25)


def test_floors_that_sum_to_more_than_the_budget(tmp_path: Path, capsys: Capsys) -> None:
    given = [{"initiative": name, "floor": cost} for name, cost in (("a", 300), ("b", 200), ("c", 250))]
    said = ask(
        capsys, "explain", written(tmp_path, changed(budget=670, allocations=given)), "--scenario", "s"
    )
    assert said.status == 1
    assert "These 3 floors sum to 112 % of the budget: relax one." in said.out.replace("\u00a0", " ")
    made = ask(capsys, "explain", tmp_path / "plan.json", "--scenario", "s", "--json").data
    assert (made["status"], made["value"], made["complete"]) == ("infeasible", None, False)
    assert made["findings"][0]["ids"] == ["a", "b", "c"]


def test_the_sample_explains_itself(tmp_path: Path, capsys: Capsys) -> None:
    made = ask(capsys, "explain", sample(tmp_path), "--scenario", "Balanced", "--json").data
    assert made["complete"] and made["status"] == "optimal"
    kinds = {row["kind"] for row in made["findings"]}
    assert {"rule", "move", "leave out", "force in", "less money", "hope"} <= kinds
    titles = made["titles"]
    for row in made["findings"]:
        assert row["sentence"].endswith(".") and "nan" not in row["sentence"]
        assert all(
            key in titles or key.startswith(("sc-", "t-", "po-", "core", "new", "adj")) for key in row["ids"]
        )
    assert made["calm"]["moved"] <= made["calm"]["moved_by_best"]
    assert made["calm"]["value"] >= 0.99 * made["value"] - 1e-6


def test_ctrl_c_says_what_was_known(tmp_path: Path, capsys: Capsys) -> None:
    path = hard(tmp_path)
    pressed = threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT))
    pressed.start()
    try:
        said = ask(capsys, "explain", path, "--scenario", "s", "--json")
    finally:
        pressed.cancel()
    made = json.loads(said.out)
    Draft202012Validator(SCHEMAS["explain"]).validate(made)
    assert (said.status, made["complete"], made["plan"] is not None) == (130, False, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [(("--calm", "200"), "share"), (("--step", "0"), "price"), (("--objective", "regret"), "value")],
)
def test_wrong_words_for_explain(
    words: tuple[str, ...], complaint: str, tmp_path: Path, capsys: Capsys
) -> None:
    said = ask(capsys, "explain", written(tmp_path, BARE), "--scenario", "s", *words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1) and complaint in said.err, said
