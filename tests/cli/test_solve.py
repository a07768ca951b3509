"""`prodlead solve` as scripts and people meet it: hand-written files, the sample, wrong words, Ctrl+C, --apply."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from analysis.cases import DATA, ten_projects
from cli.asked import ask, written
from jsonschema import Draft202012Validator

from prodlead_desktop import samples
from prodlead_desktop.analysis.result_schema import SCHEMAS
from prodlead_desktop.document import Document
from prodlead_desktop.domain import interchange, scenarios
from prodlead_desktop.domain.entities import Scenario

Capsys = pytest.CaptureFixture[str]

BARE: dict[str, Any] = {
    "nodes": [
        {"id": "time", "kind": "outcome", "title": "Minutes", "baseline": 40, "target": 10, "swing": 3},
        {"id": "keep", "kind": "outcome", "title": "Kept", "baseline": 0, "target": 20, "swing": 1},
        {"id": "a", "kind": "initiative", "title": "A", "full_cost": 300},
        {"id": "b", "kind": "initiative", "title": "B", "full_cost": 200},
        {"id": "c", "kind": "initiative", "title": "C", "full_cost": 250},
    ],
    "effects": [
        {"initiative": "a", "outcome": "time", "p50": 12},
        {"initiative": "b", "outcome": "time", "p50": 6},
        {"initiative": "b", "outcome": "keep", "p50": 8},
        {"initiative": "c", "outcome": "time", "p50": 8},
    ],
    "scenarios": [{"id": "s", "name": "Only one", "budget": 500}],
}


def changed(**scenario: Any) -> dict[str, Any]:
    """BARE with more said in its scenario."""
    return BARE | {"scenarios": [BARE["scenarios"][0] | scenario]}


def test_outcomes_initiatives_effects_and_a_scenario_are_enough(tmp_path: Path, capsys: Capsys) -> None:
    """By hand: minutes fall to 0 at the least, so 12 and 6 of 40 give 40·(1 − 0.7·0.85) = 16.2 of 30."""
    said = ask(capsys, "solve", written(tmp_path, BARE), "--scenario", "s", "--json").data
    assert said["plan"] == {"a": 300.0, "b": 200.0, "c": None}
    assert said["titles"] == {"a": "A", "b": "B", "c": "C", "time": "Minutes", "keep": "Kept"}
    assert said["value"] == pytest.approx(100 * (0.75 * 16.2 / 30 + 0.25 * 8 / 20))
    assert said["attainment"] == pytest.approx({"time": 16.2 / 30, "keep": 0.4})
    assert said["value"] <= said["bound"] <= said["value"] * (1 + 1e-5)
    assert (said["status"], said["cost"], said["seed"], said["N"]) == ("optimal", 500.0, None, 0)
    assert said["currency"] == "XXX" and re.fullmatch("[0-9a-f]{32}", said["inputs_hash"])


def test_what_is_unknown_is_listed_and_left_out(tmp_path: Path, capsys: Capsys) -> None:
    more = {"initiative": "c", "outcome": "keep"}
    document = BARE | {"effects": [*BARE["effects"], more]}
    said = ask(capsys, "solve", written(tmp_path, document), "--scenario", "s", "--json").data
    assert ["C" in row["sentence"] and "Kept" in row["sentence"] for row in said["unknowns"]] == [True]
    assert said["plan"] == {"a": 300.0, "b": 200.0, "c": None}


def test_the_hash_is_of_numbers_and_not_of_words(tmp_path: Path, capsys: Capsys) -> None:
    def hashed(document: Any) -> str:
        return str(
            ask(capsys, "solve", written(tmp_path, document), "--scenario", "s", "--json").data["inputs_hash"]
        )

    other = [node | {"title": f"New {node['title']}"} for node in BARE["nodes"]]
    assert hashed(BARE | {"nodes": other}) == hashed(BARE) != hashed(changed(budget=501))


def test_a_budget_asked_for_counts_instead_of_the_scenarios(tmp_path: Path, capsys: Capsys) -> None:
    path = written(tmp_path, BARE)
    said = ask(capsys, "solve", path, "--scenario", "Only one", "--budget", "0.25k", "--json").data
    assert (said["budget"], said["cost"]) == (250.0, 200.0)
    assert said["plan"] == {"a": None, "b": 200.0, "c": None}
    everything = ask(
        capsys, "solve", written(tmp_path, changed(budget=None)), "--scenario", "s", "--json"
    ).data
    assert everything["budget"] is None and everything["cost"] == 750.0


def test_the_same_question_has_the_same_answer_to_the_digit(capsys: Capsys) -> None:
    def answer() -> Any:
        said = ask(capsys, "solve", DATA / "e1.json", "--scenario", "plan", "--json").data
        return said | {"seconds": 0}

    assert answer() == answer()


def test_words_for_people(tmp_path: Path, capsys: Capsys) -> None:
    said = ask(capsys, "solve", written(tmp_path, BARE), "--scenario", "s")
    assert said.status == 0
    assert re.search(r"50\.5 points: proven best", said.out), said.out
    assert "Cost 500 of 500" in said.out and re.search(r"Minutes +54.%", said.out)


@pytest.mark.parametrize("command", ["solve", "frontier", "simulate", "explain"])
def test_what_is_left_out_and_what_is_assumed_is_said_once(
    command: str, tmp_path: Path, capsys: Capsys
) -> None:
    """By text as by JSON: an effect without numbers, a horizon nobody set, and value that may count twice."""
    time, kept, *bets = BARE["nodes"]
    time = time | {"swing": None, "money_per_unit": 2}
    kept = kept | {"swing": None, "money_per_unit": 4, "parent": "time", "contribution": 1}
    effects = [*BARE["effects"], {"initiative": "c", "outcome": "keep"}]
    path = written(tmp_path, BARE | {"nodes": [time, kept, *bets], "effects": effects})
    made, said = (ask(capsys, command, path, "--scenario", "s", *more) for more in (("--json",), ()))
    unknowns, assumed = made.data["unknowns"], made.data["assumed"]
    assert unknowns and len(assumed) >= 2 and "both carry value" in str(assumed)
    for label, rows in (("Left out", unknowns), ("Assumed", assumed)):
        for row in rows:
            assert said.out.count(row["sentence"]) == 1
            assert f"{label}: {row['sentence']}\n" in said.out or command == "explain"


@pytest.mark.parametrize("command", ["solve", "explain"])
@pytest.mark.parametrize(("many", "lines"), [(3, 3), (4, 4), (40, 4)])
def test_a_long_list_of_remarks_is_cut_and_says_so(
    command: str, many: int, lines: int, tmp_path: Path, capsys: Capsys
) -> None:
    bets = [{"id": f"x{i}", "kind": "initiative", "title": f"X{i}", "full_cost": 10} for i in range(many)]
    effects = [{"initiative": f"x{i}", "outcome": "time"} for i in range(many)]
    path = written(
        tmp_path, BARE | {"nodes": [*BARE["nodes"], *bets], "effects": [*BARE["effects"], *effects]}
    )
    said = [
        line
        for line in ask(capsys, command, path, "--scenario", "s").out.splitlines()
        if "Left out: " in line
    ]
    assert len(said) == lines and all("has no numbers" in line for line in said[:3])
    assert (said[-1] == f"Left out: … and {many - 3} more like it; --json lists them all.") == (many > 3)
    assert len(ask(capsys, command, path, "--scenario", "s", "--json").data["unknowns"]) == many


@pytest.mark.parametrize(
    ("scenario", "objective"),
    [(name, "expected") for name in ("Today", "Balanced", "Habit first", "−20 %", "The room")]
    + [("Balanced", "maximin"), ("Balanced", "regret")],
)
def test_every_scenario_of_the_sample_has_a_proven_best(
    scenario: str, objective: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = tmp_path / "sample.json"
    path.write_text(interchange.dumps(samples.load()), encoding="utf-8")
    said = ask(capsys, "solve", path, "--scenario", scenario, "--objective", objective, "--json").data
    assert said["status"] == "optimal" and len(said["futures"]) == 2
    if said["budget"] is not None:
        assert said["cost"] <= said["budget"] + 0.01
    values = [row["value"] for row in said["futures"]]
    if objective == "maximin":
        assert said["value"] == pytest.approx(min(values))
    if objective == "regret":
        assert said["value"] == pytest.approx(max(row["best"] - row["value"] for row in said["futures"]))
        assert (said["sense"], said["bound"] <= said["value"]) == ("minimise", True)


def test_one_future_alone_is_at_least_as_good_there(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "sample.json"
    path.write_text(interchange.dumps(samples.load()), encoding="utf-8")
    words = ("solve", path, "--scenario", "Balanced", "--json")
    alone = ask(capsys, *words, "--future", "A rival gives seats away").data
    every = ask(capsys, *words).data
    assert alone["future"] == "f-rival" and len(alone["futures"]) == 1
    assert alone["value"] >= next(row["value"] for row in every["futures"] if row["id"] == "f-rival") - 1e-6


def test_no_plan_is_status_1_and_the_rules_that_clash(tmp_path: Path, capsys: Capsys) -> None:
    given = [{"initiative": name, "floor": cost} for name, cost in (("a", 300), ("b", 200), ("c", 250))]
    said = ask(capsys, "solve", written(tmp_path, changed(budget=600, allocations=given)), "--scenario", "s")
    assert said.status == 1 and "floors alone cost" in said.out and "“A” gets at least" in said.out
    data = ask(capsys, "solve", tmp_path / "plan.json", "--scenario", "s", "--json").data
    assert data["status"] == "infeasible" and data["plan"] is None and data["value"] is None
    assert {row["rule"].split()[0] for row in data["clash"]} == {"budget", "floor"}
    assert data["reasons"]


@pytest.mark.parametrize(
    ("scenario", "reason"),
    [
        ({"budget": 400}, "Mandatory items alone cost 600 in “Dear”; the budget is 400."),
        ({"quarters": [400]}, "Quarter 1 lacks 200 in “Dear”."),
    ],
)
@pytest.mark.parametrize("others", [[], [{"id": "now", "name": "As now"}]])
def test_a_rule_that_clashes_at_other_costs_names_the_future(
    scenario: dict[str, Any], others: list[dict[str, Any]], reason: str, tmp_path: Path, capsys: Capsys
) -> None:
    """A costs 300 today: without the future's name the reasons would contradict each other."""
    nodes = [node | ({"mandatory": True} if node["id"] == "a" else {}) for node in BARE["nodes"]]
    dear = {"id": "f", "name": "Dear", "shifts": [{"what": "costs", "factor": 2}]}
    document = BARE | {
        "nodes": nodes,
        "futures": [*others, dear],
        "scenarios": [{"id": "s", "name": "S"} | scenario],
    }
    asked = ("solve", written(tmp_path, document), "--scenario", "s", "--objective", "maximin", "--json")
    assert reason in ask(capsys, *asked).data["reasons"]


@pytest.mark.parametrize(("worth", "net"), [(30, -360.0), (90, 120.0)])
def test_a_plan_that_costs_more_than_it_brings_says_so(
    worth: int, net: float, tmp_path: Path, capsys: Capsys
) -> None:
    """2 units for 4 quarters at 30 are worth 240, and the plan costs 600; nothing is discounted."""
    document = {
        "strategy": {"horizon": 4},
        "nodes": [
            {"id": "o", "kind": "outcome", "title": "O", "baseline": 0, "money_per_unit": worth},
            {"id": "a", "kind": "initiative", "title": "A", "full_cost": 600, "mandatory": True},
        ],
        "effects": [{"initiative": "a", "outcome": "o", "p50": 2}],
        "scenarios": [{"id": "s", "name": "S"}],
    }
    words = (written(tmp_path, document), "--scenario", "s")
    sentence = (
        "The plan costs more than it brings: net of its cost it loses 360 over the 4 quarters that count."
    )
    for command in ("solve", "explain"):
        assert (sentence in ask(capsys, command, *words).out) == (net < 0)
        assert ask(capsys, command, *words, "--json").data["net"] == pytest.approx(net)
    assert ask(capsys, "solve", written(tmp_path, BARE), "--scenario", "s", "--json").data["net"] is None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--scenario", "nothing"), "No scenario is called"),
        (("--scenario", "s", "--future", "none"), "No future is called"),
        (("--scenario", "s", "--budget", "lots"), "lots"),
        (("--scenario", "s", "--budget", "-5"), "below zero"),
        (("--scenario", "s", "--time-limit", "0"), "no time limit"),
        (("--scenario", "s", "--time-limit", "soon"), "no time limit"),
        (("--scenario", "s", "--objective", "hope"), "hope"),
        (("--scenario", "s", "--apply", "New"), "can only be added to a strategy file"),
        ((), "--scenario"),
    ],
)  # fmt: skip
def test_wrong_words_are_one_line_and_status_2(
    words: tuple[str, ...], complaint: str, tmp_path: Path, capsys: Capsys
) -> None:
    said = ask(capsys, "solve", written(tmp_path, BARE), *words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1), said
    assert complaint in said.err


@pytest.mark.parametrize(
    ("more", "other", "complaint"),
    [
        ({"kind": "outcome", "swing": 1, "baseline": 3, "target": 3}, {}, "target is its baseline"),
        ({"kind": "outcome", "baseline": 0, "money_per_unit": 5}, {}, "points and others in money"),
        (
            {"kind": "initiative", "full_cost": 9, "curve": "hill", "half_share": 0.7, "double_times": 1.5},
            {},
            "S-curve",
        ),
        ({"kind": "note"}, {"futures": [{"name": "F"}, {"name": "G", "probability": 1}]}, "probabilities"),
        ({"kind": "note"}, {"effects": "none"}, "effects"),
    ],
)
def test_numbers_that_cannot_be_are_one_line_and_status_2(
    more: dict[str, Any], other: dict[str, Any], complaint: str, tmp_path: Path, capsys: Capsys
) -> None:
    document = BARE | {"nodes": [*BARE["nodes"], {"id": "x", "title": "X"} | more]} | other
    said = ask(capsys, "solve", written(tmp_path, document), "--scenario", "s", "--json")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1), said
    assert complaint in said.err


def test_futures_without_probabilities_can_be_asked_for_the_worst(tmp_path: Path, capsys: Capsys) -> None:
    shifts = [{"what": "effects", "node": "a", "factor": 0.1}]
    document = BARE | {"futures": [{"id": "f", "name": "F"}, {"id": "g", "name": "G", "shifts": shifts}]}
    path = written(tmp_path, document)
    said = ask(capsys, "solve", path, "--scenario", "s", "--objective", "maximin", "--json").data
    assert said["plan"] == {"a": None, "b": 200.0, "c": 250.0}


def test_money_and_points_together_need_a_rate(tmp_path: Path, capsys: Capsys) -> None:
    node = {"id": "m", "kind": "outcome", "title": "M", "baseline": 0, "money_per_unit": 5}
    document = BARE | {"nodes": [*BARE["nodes"], node], "strategy": {"currency": "EUR"}}
    document["effects"] = [*BARE["effects"], {"initiative": "c", "outcome": "m", "p50": 4}]
    words = ("solve", written(tmp_path, document), "--scenario", "s", "--json")
    cheap = ask(capsys, *words, "--money-per-point", "0.01").data
    dear = ask(capsys, *words, "--money-per-point", "1000").data
    assert (cheap["value_unit"], cheap["plan"]["c"], dear["plan"]["c"]) == ("EUR", 250.0, None)


# -- a new scenario


def test_apply_adds_a_scenario_that_can_be_undone(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "ten.prodlead"
    Document.create(path, ten_projects()).close()
    words = ("solve", path, "--scenario", "Plan", "--budget", "200")
    said = ask(capsys, *words, "--apply", "Best", "--json").data
    assert said["applied"]["name"] == "Best" and said["value"] == pytest.approx(65)
    again = ask(capsys, "solve", path, "--scenario", "Best", "--json").data
    assert again["plan"] == said["plan"] and again["budget"] == 200.0
    document = Document.open(path)
    try:
        made = scenarios.named(document.strategy, "Best")
        assert made.budget == 20_000
        document.undo()
        assert document.strategy.find(Scenario, made.id) is None
        assert [row.name for row in document.strategy.ordered(Scenario)] == ["Plan"]
    finally:
        document.close()


def test_apply_says_so_and_keeps_names_apart(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "ten.prodlead"
    Document.create(path, ten_projects()).close()
    said = ask(capsys, "solve", path, "--scenario", "plan", "--apply", "Plan")
    assert said.status == 0 and "Added the scenario “Plan 2”" in said.out
    refused = ask(capsys, "solve", path, "--scenario", "plan", "--apply", "  ")
    assert refused.status == 2 and "needs a name" in refused.err


# -- cut short


def hard(folder: Path) -> Path:
    """A multi-dimensional knapsack that no solver is through with in minutes: 100 bets, a team for every constraint."""
    rng = random.Random(5)
    nodes: list[dict[str, Any]] = [
        {
            "id": "o",
            "kind": "outcome",
            "title": "O",
            "baseline": 0,
            "target": 1_000_000,
            "swing": 1,
            "overlap": "sum",
        }
    ]
    effects, used = [], [0] * 10
    for i in range(100):
        needs = [rng.randint(1, 1000) for _ in used]
        used = [before + one for before, one in zip(used, needs, strict=True)]
        demands = [{"team": f"t{t}", "quarter": 0, "amount": one} for t, one in enumerate(needs)]
        nodes.append(
            {"id": f"i{i}", "kind": "initiative", "title": f"I{i}", "full_cost": 1, "demands": demands}
        )
        worth = sum(needs) / 10 + 500 * rng.random()
        effects.append({"initiative": f"i{i}", "outcome": "o", "p50": round(worth)})
    teams = [{"id": f"t{t}", "name": f"T{t}", "capacity": [one // 2]} for t, one in enumerate(used)]
    made = {"nodes": nodes, "effects": effects, "teams": teams, "scenarios": [{"id": "s", "name": "S"}]}
    return written(folder, made)


def test_out_of_time_says_what_is_proven(tmp_path: Path, capsys: Capsys) -> None:
    said = ask(capsys, "solve", hard(tmp_path), "--scenario", "s", "--time-limit", "1", "--json").data
    assert (said["status"], said["plan"] is not None) == ("feasible", True)
    assert said["value"] < said["bound"]
    assert said["gap"] == pytest.approx(said["bound"] / said["value"] - 1)
    words = ask(capsys, "solve", tmp_path / "plan.json", "--scenario", "s", "--time-limit", "1")
    assert words.status == 0 and "the best found; no plan gives more than" in words.out


def test_ctrl_c_says_the_best_plan_so_far(tmp_path: Path, capsys: Capsys) -> None:
    path = hard(tmp_path)
    pressed = threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT))
    pressed.start()
    try:
        said = ask(capsys, "solve", path, "--scenario", "s", "--json")
    finally:
        pressed.cancel()
    made = json.loads(said.out)
    assert (said.status, said.err, made["status"]) == (130, "", "cancelled")
    Draft202012Validator(SCHEMAS["solve"]).validate(made)
    assert made["plan"] is not None and made["value"] < made["bound"]


# -- what is documented


def test_schemas_of_results_stand_beside_the_strategys(capsys: Capsys) -> None:
    whole = json.loads(ask(capsys, "schema").out)
    for name, made in SCHEMAS.items():
        Draft202012Validator.check_schema(made)
        assert whole["$defs"][f"result-{name}"] == made == json.loads(ask(capsys, "schema", name).out)
    Draft202012Validator.check_schema(whole)
    Draft202012Validator(whole).validate(BARE)
    said = ask(capsys, "schema", "nothing")
    assert said.status == 2 and "solve" in said.err


def test_regret_is_against_who_knew_the_future(capsys: Capsys, tmp_path: Path) -> None:
    """Where costs rise in one future, the best of the other is what ``--future`` says, not what both can pay."""
    document = changed(budget=500)
    document["futures"] = [
        {"id": "calm", "name": "Calm", "probability": 0.5},
        {"id": "dear", "name": "Dear", "probability": 0.5, "shifts": [{"what": "costs", "factor": 1.7}]},
    ]
    path = written(tmp_path, document)
    said = ask(capsys, "solve", path, "--scenario", "s", "--objective", "regret", "--json").data
    for row in said["futures"]:
        alone = ask(capsys, "solve", path, "--scenario", "s", "--future", row["id"], "--json").data
        assert row["best"] == pytest.approx(alone["value"])
    assert said["value"] == pytest.approx(max(row["best"] - row["value"] for row in said["futures"]))
    assert said["value"] > 1.0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"budget": "x"}, "^prodlead: scenarios\\[0\\].budget: expected a number"),
        (
            {"allocations": [{"initiative": "a", "floor": 9, "ceiling": 5}]},
            "“Only one” and “A” has its floor above",
        ),
        (
            {"allocations": [{"initiative": "a"}, {"initiative": "a", "amount": 5}]},
            "allocations\\[1\\]: that is said already at scenarios\\[0\\].allocations\\[0\\]",
        ),
    ],
)
def test_refusals_name_what_the_writer_wrote(
    given: dict[str, Any], words: str, tmp_path: Path, capsys: Capsys
) -> None:
    said = ask(capsys, "solve", written(tmp_path, changed(**given)), "--scenario", "s")
    assert said.status == 2
    assert re.search(words, said.err), said.err
    assert not re.search(r"[a-z]+_[a-z0-9]{10}", said.err), said.err


def test_money_that_buys_nothing_is_not_said_to_cost_points(tmp_path: Path, capsys: Capsys) -> None:
    said = ask(
        capsys, "explain", written(tmp_path, changed(budget=100_000)), "--scenario", "s", "--step", "50"
    )
    assert "The last 50 buy nothing: with so much less the best plan is worth the same." in said.out
    assert "costs 0 points" not in said.out


def test_a_lock_where_money_does_nothing_yet_says_so(tmp_path: Path, capsys: Capsys) -> None:
    nodes = [
        node | ({"funding": "curve", "least_share": 0.4} if node["id"] == "a" else {})
        for node in BARE["nodes"]
    ]
    given = [{"initiative": "a", "amount": 90, "lock": True}]
    said = ask(
        capsys, "solve", written(tmp_path, changed(allocations=given) | {"nodes": nodes}), "--scenario", "s"
    )
    assert said.status == 1
    assert "“A” is locked at 90, and less than 120 does nothing." in said.out
