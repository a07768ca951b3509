"""What the four commands answer as JSON is documented: every property in words, every number with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from analysis.cases import DATA, effect, initiative, outcome
from cli.asked import ask, written

from prodlead_desktop.analysis.result_schema import SCHEMAS

Capsys = pytest.CaptureFixture[str]
UNITS = re.compile(
    r"points|major units|share|probability 0 to 1|probability, 0 to 1|in quarters|in seconds|outcome's own unit"
    r"|number of|number that|0 at the baseline, 1 at the target"
)
COMMANDS = {"solve": (), "frontier": ("--steps", 3), "simulate": ("--draws", 200), "explain": ()}


def nested(schema: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within one that some part of an answer is, with its path."""
    yield path, schema
    for name, made in schema.get("properties", {}).items():
        yield from nested(made, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from nested(schema[key], f"{path}[]")
    for made in schema.get("anyOf", ()):
        yield from nested(made, path)


@pytest.mark.parametrize("command", SCHEMAS)
def test_every_property_is_described_and_every_number_has_its_unit(command: str) -> None:
    found = list(nested(SCHEMAS[command], command))
    described = {path for path, made in found if made.get("description", "").strip()}
    leaves = [path for path, made in found if "properties" not in made and made.get("type") != "null"]
    assert {path for path in leaves if path not in described} == set()
    properties = {path for path, _ in found if "." in path and not path.endswith("[]")}
    assert properties - described == set()
    numbers = [(path, made) for path, made in found if {"number", "integer"} & set(_types(made))]
    assert len(numbers) > 8
    assert [path for path, made in numbers if not UNITS.search(made.get("description", ""))] == []


def test_nothing_undocumented_can_be_in_an_answer() -> None:
    for command, schema in SCHEMAS.items():
        for path, made in nested(schema, command):
            if "properties" in made:
                assert made["additionalProperties"] is False, path
            elif made.get("type") == "object":
                assert isinstance(made["additionalProperties"], dict), path


def _types(schema: dict[str, Any]) -> tuple[str, ...]:
    said = schema.get("type", ())
    return (said,) if isinstance(said, str) else tuple(said)


# -- what is answered keeps to it


def plan(**more: Any) -> dict[str, Any]:
    return {"id": "s", "name": "Plan"} | more


BASE = [outcome("o", 40, 3, swing=1), initiative("a", 100, 250), initiative("b", full_cost=80)]
ROWS = [effect("a", "o", 4, 9, 15), effect("b", "o", 5)]
EFFECT_OF = {"what": "effects", "node": "o", "factor": 0.5}
FILES: dict[str, dict[str, Any]] = {
    "nothing": {"scenarios": [plan()]},
    "least": {"nodes": BASE, "effects": ROWS, "scenarios": [plan()]},
    "nothing to choose": {"nodes": [outcome("o", 40, 3, swing=1)], "scenarios": [plan(budget=0)]},
    "nothing known": {
        "nodes": [outcome("o"), initiative("a")], "effects": [effect("a", "o")], "scenarios": [plan(budget=10)],
    },
    "infeasible": {
        "nodes": [BASE[0], initiative("a", 100, mandatory=True), initiative("b", 80, mandatory=True)],
        "effects": ROWS, "scenarios": [plan(budget=150)],
    },
    "by amount": {
        "nodes": [BASE[0], initiative("a", full_cost=100, funding="curve", curve="exponential", half_share=0.7)],
        "effects": ROWS[:1],
        "scenarios": [plan(budget=60, allocations=[{"initiative": "a", "amount": 30, "lock": True}])],
    },
    "money": {
        "strategy": {"currency": "JPY", "horizon": 4, "plan_start": "2027-01-01"},
        "nodes": [outcome("o", 0, 10, money_per_unit=7), *BASE[1:]], "effects": ROWS, "scenarios": [plan(budget=200)],
    },
    "futures": {
        "nodes": BASE, "effects": ROWS, "scenarios": [plan(budget=200)],
        "futures": [{"id": "f", "name": "As now", "probability": 0.5},
                    {"id": "g", "name": "Half", "probability": 0.5, "shifts": [EFFECT_OF]}],
    },
    "futures without chances": {
        "nodes": BASE, "effects": ROWS, "scenarios": [plan(budget=200)],
        "futures": [{"id": "f", "name": "As now"}, {"id": "g", "name": "Half", "shifts": [EFFECT_OF]}],
    },
    "wishes": {
        "nodes": [*BASE, outcome("p", 0, 10)], "effects": ROWS,
        "scenarios": [
            plan(budget=150, wishes=[{"outcome": "o", "attainment": 0.9}, {"outcome": "p", "attainment": 0}])
        ],
    },
    "wishes by amount": {
        "nodes": [BASE[0], initiative("a", full_cost=100, funding="curve", curve="exponential", half_share=0.7)],
        "effects": ROWS[:1], "scenarios": [plan(budget=60, wishes=[{"outcome": "o", "attainment": 0.5}])],
    },
    "harm and a wide tail": {
        "nodes": [outcome("o", 0, 10, swing=1), initiative("a", 100, success=0.5, delay=1)],
        "effects": [effect("a", "o", -50, 1, 90)], "scenarios": [plan(budget=200, quarters=[200, 0])],
    },
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_what_a_hand_written_file_gets_keeps_to_the_schema(
    name: str, command: str, tmp_path: Path, capsys: Capsys
) -> None:
    """``Said.data`` holds each answer against its Schema."""
    words = [*COMMANDS[command], *(("--to", 300) if command == "frontier" else ())]
    path = written(tmp_path, FILES[name])
    if name == "futures without chances" and command != "simulate":
        said = ask(capsys, command, path, "--scenario", "s", "--json", *words)
        assert said.status == 2 and "probabilit" in said.err
        words += ["--objective", "maximin"]
    said = ask(capsys, command, path, "--scenario", "s", "--json", *words)
    assert said.data["command"] == command
    assert said.status == int(name == "infeasible" and command in ("solve", "explain"))
    if name == "infeasible" and command in ("solve", "explain"):
        assert said.data["value"] is None and said.data["clash"] and said.data["reasons"]


def test_what_the_sample_gets_keeps_to_the_schema(tmp_path: Path, capsys: Capsys) -> None:
    """Of simulate; the other three are asked about the sample in their own tests."""
    assert ask(capsys, "sample", tmp_path / "sample.prodlead").status == 0
    words = ("--scenario", "Balanced", "--json", "--draws", 200, "--decisions", 1)
    assert ask(capsys, "simulate", tmp_path / "sample.prodlead", *words).data["value_unit"] == "points"


@pytest.mark.parametrize("objective", ["expected", "maximin", "regret"])
@pytest.mark.parametrize("nodes", [[], BASE[:1], BASE[1:]], ids=["nothing", "an outcome", "initiatives"])
def test_so_does_what_there_is_next_to_nothing_to_say_about(
    nodes: list[dict[str, Any]], objective: str, tmp_path: Path, capsys: Capsys
) -> None:
    """No initiative, no outcome, or neither; over futures, with money by quarter."""
    futures = [row | {"shifts": []} for row in FILES["futures"]["futures"]]
    made = {"nodes": nodes, "scenarios": [plan(budget=100, quarters=[50, 80])], "futures": futures}
    path = written(tmp_path, made)
    for command in ("solve",) if objective == "regret" else ("solve", "frontier", "explain"):
        said = ask(capsys, command, path, "--scenario", "s", "--objective", objective, "--json")
        assert said.status == 0 and said.data["command"] == command


@pytest.mark.parametrize("objective", ["maximin", "regret"])
def test_so_does_what_the_seed_gets_for_other_objectives(objective: str, capsys: Capsys) -> None:
    said = ask(
        capsys, "solve", DATA / "e1.json", "--scenario", "plan", "--objective", objective, "--json"
    )  # fmt: skip
    assert said.data["sense"] == ("minimise" if objective == "regret" else "maximise")
