"""An effect as PERT or triangular, from a file to the answer: known answers A2, the closed forms, what is refused."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from cli.asked import Said, ask, written

Capsys = pytest.CaptureFixture[str]
PERT = {"shape": "pert", "low": 2, "mode": 5, "high": 14}
TRIANGULAR = PERT | {"shape": "triangular"}


def plan(folder: Path, effect: dict[str, Any], **outcome: Any) -> Path:
    """One outcome from 0 to 100, one initiative that is funded in full, one effect."""
    goal = {"id": "o", "kind": "outcome", "title": "O", "baseline": 0, "target": 100, "swing": 1} | outcome
    bet = {"id": "i", "kind": "initiative", "title": "I", "full_cost": 10}
    return written(
        folder,
        {
            "nodes": [goal, bet],
            "effects": [{"id": "e", "initiative": "i", "outcome": "o"} | effect],
            "scenarios": [{"id": "s", "name": "S", "allocations": [{"initiative": "i", "amount": 10}]}],
        },
    )


def triangle(p: float, low: float = 2, mode: float = 5, high: float = 14) -> float:
    """The quantile function of model.md §3.3, written out once more."""
    width = high - low
    if p < (mode - low) / width:
        return low + math.sqrt(p * width * (mode - low))
    return high - math.sqrt((1 - p) * width * (high - mode))


EXACT = {
    "pert": {"mean": 6, "sd": 2.138090, "p10": 3.346820, "p50": 5.765722, "p90": 9.006684},
    "triangular": {
        "mean": 7,
        "sd": math.sqrt((4 + 25 + 196 - 10 - 28 - 70) / 18),
        **{f"p{p}": triangle(p / 100) for p in (10, 50, 90)},
    },
}


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize("draws", [4000, 40_000])
def test_simulate_gives_the_known_numbers(shape: str, draws: int, tmp_path: Path, capsys: Capsys) -> None:
    """Exactly where nothing is drawn, within four standard errors where it is."""
    path = plan(tmp_path, PERT | {"shape": shape})
    made = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--draws", draws).data
    (told,) = made["effects"]
    assert (told["id"], told["initiative"], told["outcome"], told["distribution"]) == ("e", "i", "o", shape)
    assert {name: told[name] for name in EXACT[shape]} == pytest.approx(EXACT[shape], rel=1e-6)
    drawn = made["mixed"]["outcomes"]["o"]["improvement"]
    for name in ("mean", "p10", "p50", "p90"):
        assert drawn[name] == pytest.approx(EXACT[shape][name], abs=4 * drawn["se"][name]), name
    (swing,) = made["tornado"]["inputs"]
    assert [swing[end]["input"] for end in ("low", "high")] == pytest.approx(
        [EXACT[shape]["p10"], EXACT[shape]["p90"]], rel=1e-6
    )
    assert made["unknowns"] == made["assumed"] == []


@pytest.mark.parametrize("shape", ["pert", "triangular"])
def test_solve_counts_the_mean(shape: str, tmp_path: Path, capsys: Capsys) -> None:
    made = ask(capsys, "solve", plan(tmp_path, PERT | {"shape": shape}), "--scenario", "s", "--json").data
    assert made["attainment"]["o"] == pytest.approx(EXACT[shape]["mean"] / 100, rel=1e-9)


@pytest.mark.parametrize(
    ("numbers", "mode"),
    [((-3, -3, 9), 0.0), ((-3, 9, 9), 6.0), ((1e-9, 2e-9, 5e-9), 0.0), ((-9e6, 0, 1e6), 0.0)],
)
def test_a_triangle_at_its_ends_and_in_other_sizes(
    numbers: tuple[float, float, float], mode: float, tmp_path: Path, capsys: Capsys
) -> None:
    effect = dict(zip(("low", "mode", "high"), numbers, strict=True)) | {"shape": "triangular"}
    path = plan(tmp_path, effect, target=numbers[2] * 10)
    (told,) = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--draws", 1000).data["effects"]
    assert told["mean"] == pytest.approx(sum(numbers) / 3)
    wanted = [triangle(p, *numbers) for p in (0.1, 0.5, 0.9)]
    assert [told[name] for name in ("p10", "p50", "p90")] == pytest.approx(wanted)


def test_percentiles_stay_what_they_were_with_or_without_their_name(tmp_path: Path, capsys: Capsys) -> None:
    stated = {"p10": 8, "p50": 16, "p90": 24}

    def said(effect: dict[str, Any]) -> Any:
        found = ask(
            capsys, "simulate", plan(tmp_path, effect), "--scenario", "s", "--json", "--draws", 500
        ).data
        return found["effects"], found["value"], found["inputs_hash"]

    bare = said(stated)
    assert bare == said(stated | {"shape": "percentiles"}) == said(stated | {"shape": None, "mode": None})
    assert bare[0][0]["distribution"] == "metalog"


def test_all_three_equal_is_a_fixed_number(tmp_path: Path, capsys: Capsys) -> None:
    path = plan(tmp_path, {"shape": "pert", "low": 7, "mode": 7, "high": 7})
    (told,) = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--draws", 100).data["effects"]
    assert (told["distribution"], told["mean"], told["sd"], told["p10"]) == ("fixed", 7, 0, 7)


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ({"low": 2, "high": 14}, "has no most likely value"),
        ({"mode": 5}, "has no least and no most"),
        ({}, "has no numbers"),
    ],
)
@pytest.mark.parametrize("shape", ["a PERT", "a triangular"])
def test_a_missing_number_leaves_the_effect_out_and_says_so(
    shape: str, numbers: dict[str, float], missing: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = plan(tmp_path, numbers | {"shape": shape.split()[1].lower()})
    made = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--draws", 100).data
    assert made["effects"] == [] and made["value"] == 0
    (told,) = made["unknowns"]
    assert missing in told["sentence"] and f"{shape} distribution needs all three" in told["sentence"]


@pytest.mark.parametrize(
    ("effect", "outcome", "words"),
    [
        (PERT | {"mode": 15}, {}, "out of order"),
        (TRIANGULAR | {"low": 6}, {}, "out of order"),
        (TRIANGULAR | {"p50": 5}, {}, "a triangular distribution of low, mode and high, and has P50 too"),
        (PERT | {"p10": 3, "p90": 9}, {}, "has P10 and P90 too"),
        ({"p50": 5, "mode": 5}, {}, "needs the shape pert or triangular"),
        ({"p50": 5, "shape": "normal"}, {}, "one of percentiles, pert, triangular"),
        (PERT, {"limit": 13, "target": 12}, "an improvement of 14 is more than the 13"),
        (PERT | {"low": 14, "mode": 14}, {"limit": 14, "target": 12}, "leaves nothing for others"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    effect: dict[str, Any], outcome: dict[str, Any], words: str, tmp_path: Path, capsys: Capsys
) -> None:
    said: Said = ask(capsys, "simulate", plan(tmp_path, effect, **outcome), "--scenario", "s")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1) and words in said.err


def test_the_most_may_be_all_there_is_room_for(tmp_path: Path, capsys: Capsys) -> None:
    path = plan(tmp_path, TRIANGULAR, limit=14, target=12)
    made = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--draws", 4000).data
    drawn = made["mixed"]["outcomes"]["o"]["improvement"]
    assert drawn["mean"] == pytest.approx(7, abs=4 * drawn["se"]["mean"])


def test_a_file_and_its_json_keep_the_shape(tmp_path: Path, capsys: Capsys) -> None:
    path = plan(tmp_path, TRIANGULAR)
    assert ask(capsys, "import", path, "-o", tmp_path / "a.prodlead").status == 0
    assert ask(capsys, "export", tmp_path / "a.prodlead", tmp_path / "b.json").status == 0
    (effect,) = json.loads((tmp_path / "b.json").read_text("utf-8"))["effects"]
    assert effect == {"id": "e", "initiative": "i", "outcome": "o"} | TRIANGULAR
    for source in (path, tmp_path / "a.prodlead", tmp_path / "b.json"):
        (told,) = ask(capsys, "simulate", source, "--scenario", "s", "--json", "--draws", 100).data["effects"]
        assert told["distribution"] == "triangular"
    schema = json.loads(ask(capsys, "schema").out)["$defs"]["effect"]["properties"]
    assert schema["shape"]["anyOf"][0]["enum"] == ["percentiles", "pert", "triangular"]
