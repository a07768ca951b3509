"""Each sentence of ``explain`` (product.md §7.4) in a case made for it, held against the file without what it names."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import ask, written

Capsys = pytest.CaptureFixture[str]
Document = dict[str, Any]
Change = Callable[[Document], None]


def document(**scenario: Any) -> Document:
    """Four bets for 100 each worth 10, 20, 30 and 40 points, money for two; A and B in a pool, C and D in another."""
    bets = [initiative(name, 50, 100, pool=pool) for name, pool in zip("abcd", "ppqq", strict=True)]
    for node in bets:
        node["title"] = str(node["title"]).upper()
    return {
        "strategy": {"currency": "EUR"},
        "nodes": [outcome("o", 0, 100, swing=1, overlap="sum"), *bets],
        "effects": [effect(name, "o", size) for name, size in zip("abcd", (10, 20, 30, 40), strict=True)],
        "pools": [{"id": "p", "name": "Platform"}, {"id": "q", "name": "Growth"}],
        "teams": [{"id": "t", "name": "Data", "capacity": [9]}],
        "scenarios": [{"id": "s", "name": "Plan", "budget": 200} | scenario],
    }


def given(**what: Any) -> Document:
    """A has something in the scenario."""
    return document(allocations=[{"initiative": "a"} | what])


def bet(name: str, **more: Any) -> Document:
    """One of the bets has something said of it."""
    made = document()
    next(node for node in made["nodes"] if node["id"] == name).update(more)
    return made


def band(**ends: float) -> Document:
    return document(bands=[{"pool": "p", "of": "budget"} | ends])


def people() -> Document:
    made = bet("d", demands=[{"team": "t", "quarter": 0, "amount": 12}])
    return made


def scenario(**fields: Any) -> Change:
    return lambda made: made["scenarios"][0].update(fields)


def node(name: str, **fields: Any) -> Change:
    return lambda made: next(one for one in made["nodes"] if one["id"] == name).update(fields)


def crew(made: Document) -> None:
    made["teams"][0]["capacity"] = [99]


NEEDS = [{"kind": "requires", "other": "a"}]
APART = [{"kind": "excludes", "other": "c"}]
RULES: dict[str, tuple[Document, str, Change]] = {
    "floor": (given(floor=100), "Held up by your floor of €100 on “A”: it costs ", scenario(allocations=[])),
    "lock": (
        given(level="a2", lock=True), "Held up by your lock on “A”: it costs ", scenario(allocations=[]),
    ),
    "locks": (
        document(allocations=[{"initiative": name, "level": f"{name}2", "lock": True} for name in "ab"]),
        "Both locks together cost ", scenario(allocations=[]),
    ),
    "ceiling": (
        document(allocations=[{"initiative": "d", "ceiling": 50}]),
        "Without the rule that “D” gets at most €50: +", scenario(allocations=[]),
    ),
    "mandatory": (
        bet("a", mandatory=True), "Without the rule that “A” keeps the lights on and costs €100: +",
        node("a", mandatory=False),
    ),
    "requires": (
        bet("d", dependencies=NEEDS), "Without the rule that “D” needs “A”: +", node("d", dependencies=[]),
    ),
    "excludes": (
        bet("d", dependencies=APART), "Without the rule that “C” and “D” exclude each other: +",
        node("d", dependencies=[]),
    ),
    "pool low": (
        band(low=0.3), "Without the rule that “Platform” gets at least 30\xa0% of the budget: +",
        scenario(bands=[]),
    ),
    "pool high": (
        document(bands=[{"pool": "q", "of": "budget", "high": 0.6}]),
        "Without the rule that “Growth” gets at most 60\xa0% of the budget: +", scenario(bands=[]),
    ),
    "at most": (
        document(at_most=1), "Without the rule that at most 1 initiative is funded: +", scenario(at_most=None),
    ),
    "quarter": (
        document(quarters=[150, 50]), "Held up by the money by quarter: in one sum the budget would give +",
        scenario(quarters=[]),
    ),
    "capacity": (people(), "Held up by the people of “Data”: with more of them +", crew),
}  # fmt: skip


def explained(capsys: Capsys, folder: Path, made: Document) -> Any:
    return ask(capsys, "explain", written(folder, made), "--scenario", "s", "--json").data


def worth(capsys: Capsys, folder: Path, made: Document, *more: object) -> float:
    """V of the best plan, proven."""
    found = ask(capsys, "solve", written(folder, made, "other.json"), "--scenario", "s", "--json", *more).data
    assert found["status"] == "optimal"
    return float(found["value"])


def changed(made: Document, change: Change) -> Document:
    other = copy.deepcopy(made)
    change(other)
    return other


def said(found: Any, kind: str) -> list[Any]:
    return [row for row in found["findings"] if row["kind"] == kind]


def points(sentence: str) -> float:
    """The number before the word points."""
    return float(re.findall(r"([\d.]+) points?", sentence)[0])


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_costs_what_the_file_without_it_gains(kind: str, tmp_path: Path, capsys: Capsys) -> None:
    made, words, without = RULES[kind]
    found = explained(capsys, tmp_path, made)
    gain = worth(capsys, tmp_path, changed(made, without)) - found["value"]
    rows = [row for row in said(found, "rule") if row["sentence"].startswith(words)]
    assert len(rows) == 1 and gain > 1, [row["sentence"] for row in found["findings"]]
    assert rows[0]["value"] == pytest.approx(gain) and points(rows[0]["sentence"]) == pytest.approx(
        gain, abs=0.05
    )
    assert f"({gain / found['value']:.0%})".replace("%", "\xa0%") in rows[0]["sentence"]


def test_a_rule_that_costs_nothing_is_not_said_to_hold_anything_up(tmp_path: Path, capsys: Capsys) -> None:
    made = document(allocations=[{"initiative": "d", "floor": 50}], at_most=4)
    found = explained(capsys, tmp_path, made)
    assert said(found, "rule") == [] and {row["price"] for row in found["rules"]} == {0.0}


def test_money_moved_adds_what_the_plan_after_it_is_worth_more(tmp_path: Path, capsys: Capsys) -> None:
    have = [{"initiative": name, "level": f"{name}2"} for name in "ad"]
    made = document(allocations=have)
    found = explained(capsys, tmp_path, made)
    best = said(found, "move")[0]
    assert best["sentence"] == "€100 moved from “A” to “C” adds 20 points." and best["ids"] == ["a", "c"]
    locked = [row | {"lock": True} for row in have]
    before = worth(capsys, tmp_path, document(allocations=locked))
    after = [{"initiative": name, "level": f"{name}2", "lock": True} for name in "cd"]
    assert worth(capsys, tmp_path, document(allocations=after)) - before == pytest.approx(best["value"]) == 20


def test_regrets_and_the_price_of_money_are_those_of_other_files(tmp_path: Path, capsys: Capsys) -> None:
    made = document()
    found = explained(capsys, tmp_path, made)
    assert found["value"] == pytest.approx(70)
    lost = {row["ids"][0]: row for row in said(found, "leave out")}
    assert set(lost) == {"c", "d"}
    for name, row in lost.items():
        none = changed(made, scenario(allocations=[{"initiative": name, "ceiling": 0}]))
        assert worth(capsys, tmp_path, none) == pytest.approx(70 - row["value"])
        assert row["sentence"] == f"Without “{name.upper()}”: −{row['value']:.0f} points."
    pet = {row["ids"][0]: row for row in said(found, "force in")}
    assert pet["a"]["sentence"] == "“A” in full costs 20 points: drops “C”."
    full = changed(made, scenario(allocations=[{"initiative": "a", "level": "a2", "lock": True}]))
    assert worth(capsys, tmp_path, full) == pytest.approx(70 - pet["a"]["value"])
    step = found["money"]["step"]
    for kind, sign in (("more money", 1), ("less money", -1)):
        (row,) = said(found, kind)
        other = worth(capsys, tmp_path, made, "--budget", 200 + sign * step)
        assert sign * (other - 70) == pytest.approx(row["value"], abs=1e-6)


def test_three_floors_that_sum_to_more_than_the_budget(tmp_path: Path, capsys: Capsys) -> None:
    floors = [{"initiative": name, "floor": floor} for name, floor in zip("abc", (75, 75, 74), strict=True)]
    made = document(allocations=floors)
    said_ = ask(capsys, "explain", written(tmp_path, made), "--scenario", "s")
    assert said_.status == 1 and "These 3 floors sum to 112\xa0% of the budget: relax one." in said_.out
    for name in "abc":
        rest = [row for row in floors if row["initiative"] != name]
        assert worth(capsys, tmp_path, document(allocations=rest)) > 0


def test_a_tree_whose_branches_do_not_add_up_says_so(tmp_path: Path, capsys: Capsys) -> None:
    """3·10 + 2·5 of 100 below the top, 4·10 of 5 below B; one unit of C is worth 4 of B, and so 8 of the top."""
    tree = [
        outcome("top", 0, 100, swing=1), outcome("a", 0, 10, parent="top", contribution=3),
        outcome("b", 40, 35, parent="top", contribution=2), outcome("c", 0, 10, parent="b", contribution=4),
        outcome("even", 0, 8, swing=1), outcome("d", 0, 8, parent="even", contribution=0.8),
    ]  # fmt: skip
    found = explained(capsys, tmp_path, {"nodes": tree, "scenarios": [{"id": "s", "name": "Plan"}]})
    assert found["coverage"] == {"b": 8.0, "top": 0.4, "even": 0.8}
    assert found["total_effects"] == {"top": {"a": 3, "b": 2, "c": 8}, "b": {"c": 4}, "even": {"d": 0.8}}
    assert [(row["ids"], row["sentence"]) for row in said(found, "cascade")] == [
        (["top"], "Even if both outcomes below it hit their targets, “top” gets only 40\xa0% of the way."),
        (
            ["b"],
            "What lies below “b” adds up to 800\xa0% of its way: its target is too low, or something counts twice.",
        ),
    ]


def test_what_has_no_price_cannot_be_forced_in_and_is_said_to_have_none(
    tmp_path: Path, capsys: Capsys
) -> None:
    made = document()
    levels = [{"id": f"d{i}", "name": name} for i, name in enumerate(("Small", "Large"), 1)]
    node("d", levels=levels)(made)
    found = explained(capsys, tmp_path, made)
    forced = {row["initiative"]: (row["possible"], row["regret"]) for row in found["force_in"]}
    assert forced["d"] == (False, None) and forced["a"][0] and found["plan"]["d"] is None
    node("d", mandatory=True)(made)
    said_ = ask(capsys, "explain", written(tmp_path, made), "--scenario", "s")
    assert said_.status == 1 and "“D” keeps the lights on and has no known cost." in said_.out
    scenario(allocations=[{"initiative": "d", "level": "d2", "lock": True}], at_most=0)(made)
    said_ = ask(capsys, "explain", written(tmp_path, made), "--scenario", "s")
    assert said_.status == 1 and re.search(
        "“D” (is locked at “Large”|keeps the lights on) and has no known cost", said_.out
    )


def test_what_to_cut_first_moves_little_and_says_what_it_costs(tmp_path: Path, capsys: Capsys) -> None:
    """With 50 less, E alone is best once it is there, C and D within 1 % of it: dropping A moves 50 instead of 450."""
    made = document(budget=250)
    sizes = {"a": (50, 6.5), "b": (50, 6.0), "c": (100, 32.0), "d": (100, 32.0)}
    made["nodes"][1:] = [initiative(name, cost) for name, (cost, _) in sizes.items()]
    made["effects"] = [effect(name, "o", size) for name, (_, size) in sizes.items()]
    found = explained(capsys, tmp_path, made)
    assert found["plan"]["a"] and not found["plan"]["b"] and found["value"] == pytest.approx(70.5)
    words = ("--scenario", "s", "--step", 50)
    less = ask(capsys, "explain", written(tmp_path, made), *words, "--json").data["money"]
    changes = [(row["initiative"], row["what"]) for row in less["cut_first"]["changes"]]
    assert (less["less"]["price"], changes) == (pytest.approx(6.5), [("a", "dropped")])
    apart = [{"kind": "excludes", "other": name} for name in "ab"]
    made["nodes"].append(initiative("e", 200, dependencies=apart))
    made["effects"].append(effect("e", "o", 64.3))
    said_ = ask(capsys, "explain", written(tmp_path, made), *words)
    assert "€50 less costs 6.2 points; the least change, at 6.5 points, drops “a”." in said_.out, said_.out
