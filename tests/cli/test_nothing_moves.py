"""Outcomes that nothing moves in some future are answered with the same proof as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import ask, written

Capsys = pytest.CaptureFixture[str]
NO = [{"what": "assumption", "node": "hope", "holds": False}]
FUTURES = [
    {"id": "f", "name": "F", "probability": 0.5},
    {"id": "g", "name": "G", "probability": 0.5, "shifts": NO},
]
HOPE = {"dependencies": [{"kind": "assumes", "other": "hope"}]}
ASSUMPTION = {"id": "hope", "kind": "assumption", "title": "hope", "probability": 1}


def file(folder: Path, nodes: list[Any], effects: list[Any], *wishes: Any, **more: Any) -> Path:
    scenario = {"id": "s", "name": "Plan", "wishes": list(wishes)}
    made = {"strategy": {"currency": "EUR"}, "nodes": nodes, "effects": effects, "scenarios": [scenario]}
    return written(folder, made | more)


def hoped(folder: Path, *values: float, **numbers: Any) -> Path:
    """a and b close part of 4,000 → 2,600; in one of two futures what both assume does not hold."""
    nodes = [
        outcome("o", 4000, 2600, swing=100, **numbers),
        initiative("a", 100, **HOPE),
        initiative("b", 100, **HOPE),
        ASSUMPTION,
    ]
    effects = [effect(who, "o", value) for who, value in zip("ab", values, strict=True)]
    return file(folder, nodes, effects, futures=FUTURES)


def test_a_wish_that_nothing_moves_is_proven_to_be_missed(tmp_path: Path, capsys: Capsys) -> None:
    nodes = [outcome("o", 4000, 2600), initiative("a", 100), initiative("b", 100)]
    wish = {"id": "w", "outcome": "o", "attainment": 1}
    path = file(tmp_path, nodes, [effect("a", "o", 0), effect("b", "o", 0)], wish)
    made = ask(capsys, "solve", path, "--scenario", "s", "--json").data
    assert (made["status"], made["missed"], made["least_missed"]) == ("optimal", 1, 1)


@pytest.mark.parametrize("values", [(300, 500), (3e-6, 5e-6)])
def test_a_future_in_which_nothing_works_leaves_the_proof_whole(
    values: tuple[float, float], tmp_path: Path, capsys: Capsys
) -> None:
    path = hoped(tmp_path, *values, threshold_share=0.5)
    made = ask(capsys, "solve", path, "--scenario", "s", "--json").data
    best = 4000 * (1 - (1 - values[0] / 4000) * (1 - values[1] / 4000)) / 1400 * 25
    assert made["status"] == "optimal" and made["value"] == pytest.approx(best) == made["bound"]


def shifted(folder: Path, **shift: Any) -> Path:
    """One bet closes 5 of the 30 that lie between baseline and limit, but for a second future."""
    nodes = [outcome("o", 0, 20, swing=100, limit=30, overlap="headroom"), initiative("a", 100)]
    futures = [FUTURES[0], {"id": "g", "name": "G", "probability": 0.5, "shifts": [shift]}]
    return file(folder, nodes, [effect("a", "o", 5)], futures=futures)


def test_a_future_that_states_more_than_is_possible_is_refused_like_any_effect(
    tmp_path: Path, capsys: Capsys
) -> None:
    path = shifted(tmp_path, what="effects", node="a", value=45)
    said = ask(capsys, "solve", path, "--scenario", "s")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "In “G” the effect of “a” on “o” is 45, more than the 30 that lie between" in said.err


@pytest.mark.parametrize(
    ("shift", "size", "room"),
    [
        ({"what": "effects", "node": "a", "factor": 9}, "45", "30"),
        ({"what": "baseline", "node": "o", "value": 26}, "5", "4"),
    ],
)
def test_what_a_factor_or_a_new_baseline_cuts_off_is_told(
    shift: dict[str, Any], size: str, room: str, tmp_path: Path, capsys: Capsys
) -> None:
    made = ask(capsys, "solve", shifted(tmp_path, **shift), "--scenario", "s", "--json").data
    said = " ".join(row["sentence"] for row in made["assumed"])
    assert f"In “G” the effect of “a” on “o” would be {size}, more than the {room} that lie" in said
