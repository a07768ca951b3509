"""Wishes as scripts and rooms meet them: kept or missed, by how much, why, what would keep them and what they cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import Said, ask, written

from prodlead_desktop.analysis.result_schema import SCHEMAS

Capsys = pytest.CaptureFixture[str]
NODES = [
    outcome("dear", 0, 100, swing=90), outcome("plain", 50, 0, swing=10),
    initiative("a", 100), initiative("b", 40), initiative("c", 60), initiative("d", 100),
]  # fmt: skip
EFFECTS = [
    effect("a", "dear", 80),
    effect("b", "plain", 15),
    effect("c", "plain", 25),
    effect("d", "plain", 25),
]


def file(folder: Path, *wishes: tuple[str, float], **more: Any) -> Path:
    """a: 80 % of “dear” for all the money, 72 points; b, c, d close 30, 50 and 50 % of what “plain” lacks."""
    rows = [{"outcome": name, "attainment": share} for name, share in wishes]
    scenario = {"id": "s", "name": "Plan", "budget": 100, "wishes": rows} | more
    return written(
        folder, {"strategy": {"currency": "EUR"}, "nodes": NODES, "effects": EFFECTS, "scenarios": [scenario]}
    )


def asked(capsys: Capsys, command: str, path: Path, *more: object) -> Said:
    return ask(capsys, command, path, "--scenario", "s", *more)


def told(data: dict[str, Any]) -> list[str]:
    return [row["sentence"] for row in data["findings"] if row["kind"] == "wish"]


def test_a_wish_that_can_be_kept_is_kept_and_has_its_price(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.6))
    made = asked(capsys, "solve", path, "--json").data
    assert made["status"] == "optimal" and made["value"] == pytest.approx(6.5) == made["bound"]
    assert (made["missed"], made["least_missed"]) == (0, 0)
    (wish,) = made["wishes"]
    assert (wish["outcome"], wish["wished"], wish["missed"], wish["kept"]) == ("plain", 0.6, 0, True)
    assert wish["attainment"] == made["attainment"]["plain"] == pytest.approx(0.65)
    said = asked(capsys, "solve", path)
    assert "6.5 points: proven best of the plans that keep the wishes best." in said.out
    assert "plain  65\u00a0%  wish 60\u00a0%: kept" in said.out
    why = asked(capsys, "explain", path, "--json").data
    (wish,) = why["wishes"]
    assert wish["price"]["price"] == pytest.approx(65.5) and wish["price"]["value"] == pytest.approx(72)
    assert [row["initiative"] for row in wish["price"]["changes"]] == ["a", "b", "c"]
    assert wish["missed_alone"] is None and wish["money"] is None and wish["helps"] == []
    (sentence,) = (row for row in told(why) if row.startswith("Your wish"))
    assert sentence == "Your wish to bring “plain” 60\u00a0% of the way is kept: it costs 65.5 points."
    out = asked(capsys, "explain", path).out
    assert out.startswith("The best plan is worth 6.5 points and keeps your wish.")


def test_a_wish_beyond_the_money_is_missed_and_told_what_it_would_take(
    tmp_path: Path, capsys: Capsys
) -> None:
    path = file(tmp_path, ("plain", 0.8))
    said = asked(capsys, "solve", path)
    assert said.status == 0 and "plain  65\u00a0%  wish 80\u00a0%: missed by 15\u00a0% of the way" in said.out
    assert "No plan that keeps every rule misses the wishes by less." in said.out
    why = asked(capsys, "explain", path, "--json").data
    (wish,) = why["wishes"]
    assert wish["missed"] == pytest.approx(0.15) == wish["missed_alone"]
    assert wish["least_missed_alone"] == pytest.approx(0.15)
    assert (wish["money"]["status"], wish["money"]["cost"], wish["money"]["least_cost"]) == (
        "optimal",
        200,
        200,
    )
    assert wish["money"]["plan"] == {"a": None, "b": "b1", "c": "c1", "d": "d1"}
    sentences = " ".join(told(why))
    for sentence in (
        "Your wish to bring “plain” 80\u00a0% of the way is missed: the best plan brings it 65\u00a0%.",
        "No plan under these rules brings it further.",
        "To keep it takes €200, €100 more than the budget.",
        "As far as it is kept, it costs 65.5 points.",
    ):
        assert sentence in sentences
    assert "“Plan” misses its wish by 80\u00a0% of the way." in sentences, (
        "it funds nothing, and so costs nothing"
    )
    assert asked(capsys, "explain", path).out.startswith(
        "The best plan is worth 6.5 points and misses your wish."
    )


def test_a_rule_in_the_way_is_named(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.8), budget=200, at_most=2)
    why = asked(capsys, "explain", path, "--json").data
    (wish,) = why["wishes"]
    assert wish["missed"] == pytest.approx(0.05), "c and d: 1 − 0.5 × 0.5"
    (help_,) = wish["helps"]
    assert (help_["kind"], help_["missed"], help_["rules"][0]["rule"]) == ("at most", 0, "at most 0")
    sentences = " ".join(told(why))
    assert "More money alone would not keep it." in sentences
    assert "Without the rule that at most 2 initiatives are funded, it would be kept." in sentences


def test_wishes_that_stand_in_each_others_way(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("dear", 0.8), ("plain", 0.3))
    why = asked(capsys, "explain", path, "--json").data
    dear, plain = why["wishes"]
    assert (dear["kept"], plain["kept"], plain["missed"], why["missed"]) == (True, False, 0.3, 0.3)
    assert plain["missed_alone"] == 0 and plain["money"] is None
    assert "Alone it could be kept; the wish on “dear” stands in its way." in told(why)
    assert why["wishes_together"]["price"] == 0, "a alone is the best plan anyway"
    assert "keeps both" not in asked(capsys, "explain", path).out
    assert "and misses 1 of 2 wishes." in asked(capsys, "explain", path).out
    richer = asked(capsys, "solve", path, "--budget", 140, "--json").data
    assert all(row["kept"] for row in richer["wishes"]) and richer["missed"] == 0


def test_what_all_wishes_cost_together_is_told_beside_what_each_costs(tmp_path: Path, capsys: Capsys) -> None:
    """a is worth 72 points, b with c 6.5; either wish alone asks for b and c, so that one less gains nothing."""
    nodes = [*NODES, outcome("other", 0, 10)]
    effects = [*EFFECTS, effect("b", "other", 3), effect("c", "other", 3)]
    rows = [{"outcome": name, "attainment": 0.6} for name in ("plain", "other")]
    scenario = {"id": "s", "name": "Plan", "budget": 100, "wishes": rows}
    made = {"strategy": {"currency": "EUR"}, "nodes": nodes, "effects": effects, "scenarios": [scenario]}
    why = asked(capsys, "explain", written(tmp_path, made), "--json").data
    assert [row["price"]["price"] for row in why["wishes"]] == pytest.approx([0, 0])
    assert why["wishes_together"]["price"] == pytest.approx(65.5)
    assert "Both wishes together cost 65.5 points." in told(why)


def test_a_wish_beyond_the_natural_limit_says_where_that_lies(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 1.2), budget=1000)
    why = asked(capsys, "explain", path, "--json").data
    assert "Its natural limit lies at 100\u00a0% of the way." in told(why)
    assert "More money alone would not keep it." in told(why)


def test_what_holds_a_wish_up_is_named_and_less_money_breaks_it(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.6))
    why = asked(capsys, "explain", path, "--step", 10, "--json").data
    found = [row["sentence"] for row in why["findings"]]
    assert "Without “b” no plan keeps every rule and the wish." in found
    assert "With €10 less no plan keeps every rule and the wish." in found
    assert not any(row["regret"] for row in why["leave_out"] if row["initiative"] in "bc")


def test_no_move_and_no_cheaper_plan_leaves_a_wish_that_the_scenario_keeps(
    tmp_path: Path, capsys: Capsys
) -> None:
    funded = [{"initiative": name, "level": f"{name}1"} for name in "bc"]
    path = file(tmp_path, ("plain", 0.6), allocations=funded)
    why = asked(capsys, "explain", path, "--json").data
    assert why["moves"] == [] and why["current"]["missed"] == 0 and why["current"]["same_money"]["gain"] == 0
    assert why["current"]["same_value"]["cost"] == 100
    free = asked(capsys, "explain", file(tmp_path, allocations=funded), "--json").data
    assert free["current"]["same_money"]["gain"] == pytest.approx(65.5) and free["current"]["missed"] is None


def test_every_budget_of_the_frontier_keeps_wishes_first(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.6))
    made = asked(capsys, "frontier", path, "--from", 60, "--to", 200, "--steps", 7, "--json").data
    points = {row["budget"]: row for row in made["points"]}
    assert [points[budget]["missed"] for budget in (60, 80, 100, 200)] == pytest.approx([0.1, 0.1, 0, 0])
    assert not any(row["on_grid"] for row in made["points"])
    assert points[200]["plan"] == {"a": "a1", "b": "b1", "c": "c1", "d": None}
    assert points[100]["wishes"][0]["kept"] and not points[80]["wishes"][0]["kept"]
    said = asked(capsys, "frontier", path, "--from", 60, "--to", 200, "--steps", 7)
    assert "5 points; wishes missed by 10\u00a0% of the way" in said.out


def test_a_wish_on_what_has_no_way_is_left_out_and_listed(tmp_path: Path, capsys: Capsys) -> None:
    nodes = [outcome("o", 5), initiative("a", 10)]
    row = {"id": "s", "name": "Plan", "wishes": [{"outcome": "o", "attainment": 1}]}
    path = written(tmp_path, {"nodes": nodes, "scenarios": [row]})
    made = asked(capsys, "solve", path, "--json").data
    assert made["wishes"] == [] and made["missed"] is None
    assert "The wish on “o” is left out: target unknown." in [row["sentence"] for row in made["unknowns"]]


def test_bad_wishes_in_a_file_are_refused_with_their_place(tmp_path: Path, capsys: Capsys) -> None:
    for wishes, words in (
        ([("plain", 80)], "scenarios[0].wishes[0].attainment: Attainment is 80; it must be from 0 to 10."),
        ([("plain", 10.0000001)], "Attainment is 10.0000001; it must be from 0 to 10."),
        ([("nobody", 1)], "scenarios[0].wishes[0].outcome: no node has the id “nobody”."),
        (
            [("plain", 1), ("plain", 0.5)],
            "scenarios[0].wishes[1]: that is said already at scenarios[0].wishes[0].",
        ),
    ):
        said = asked(capsys, "solve", file(tmp_path, *wishes))  # type: ignore[arg-type]
        assert (said.status, said.out) == (2, "") and words in said.err and said.err.count("\n") == 1


def test_what_is_applied_takes_the_wishes_along(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "plan.prodlead"
    assert ask(capsys, "import", file(tmp_path, ("plain", 0.6)), "-o", path).status == 0
    assert asked(capsys, "solve", path, "--apply", "Best").status == 0
    made = ask(capsys, "explain", path, "--scenario", "Best", "--json").data
    assert made["current"]["missed"] == 0 and made["wishes"][0]["wished"] == 0.6


def test_a_simulation_compares_with_the_plan_that_keeps_the_wishes(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.6))
    made = asked(capsys, "simulate", path, "--draws", 200, "--json").data
    assert made["optimum"]["plan"] == asked(capsys, "solve", path, "--json").data["plan"]
    assert (
        "The best plan that keeps the wishes first brings 6.5 points more"
        in asked(capsys, "simulate", path).out
    )


def test_a_wish_missed_by_next_to_nothing_is_told_apart(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.650002))
    said = asked(capsys, "solve", path).out
    assert "wish 65.0002\u00a0%: missed by 0.0002\u00a0% of the way" in said
    why = " ".join(told(asked(capsys, "explain", path, "--json").data))
    assert (
        "Your wish to bring “plain” 65.0002\u00a0% of the way is missed: the best plan brings it 65\u00a0%."
        in why
    )


def test_cut_short_no_plan_is_called_the_best(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, ("plain", 0.8), allocations=[{"initiative": "b", "level": "b1"}])
    out = asked(capsys, "explain", path, "--time-limit", 1e-9).out
    assert out.startswith("The best plan found is worth")
    assert "is missed: the best plan found brings it " in out


def test_the_same_value_is_looked_for_whatever_the_budget(tmp_path: Path, capsys: Capsys) -> None:
    path = file(tmp_path, budget=50, allocations=[{"initiative": "a", "level": "a1"}])
    same = asked(capsys, "frontier", path, "--json").data["current"]["same_value"]
    assert same["cost"] == 100, "the plan of that value is over the budget as well"
    words = str(SCHEMAS["frontier"]["properties"]["current"])
    assert "whatever the budget; null: none keeps every other rule" in words
