"""`prodlead simulate` as a script meets it: text, JSON by its Schema, bad input, Ctrl+C."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from prodlead_desktop import cli
from prodlead_desktop.analysis.result_schema import SCHEMAS

DATA = Path(__file__).resolve().parent.parent / "data"
E1 = str(DATA / "e1.json")


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["simulate", *words], lambda files, sample: 1)
    said = capsys.readouterr()
    return status, said.out, said.err


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    status, out, err = _run(capsys, *words, "--json")
    assert (status, err) == (0, "")
    made: dict[str, Any] = json.loads(out)
    Draft202012Validator(SCHEMAS["simulate"]).validate(made)
    return made


def test_json_says_everything_with_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    made = _json(capsys, E1, "--scenario", "Plan", "--draws", "4000", "--seed", "7")
    assert (made["N"], made["seed"], made["status"], made["value_unit"]) == (4000, 7, "complete", "points")
    assert made["value"] == made["mixed"]["value"]["mean"] == pytest.approx(53.05, abs=0.4)
    assert made["cost"] == 895_000
    assert made["plan"] == {
        "A": "A-full",
        "B": "B-full",
        "C": None,
        "D": "D-half",
        "E": "E-full",
        "F": "F-half",
    }
    assert made["attainment"]["o2"] == pytest.approx(0.5747, abs=0.01)
    level = made["mixed"]["outcomes"]["o1"]["level"]
    assert level["interval"]["p10"][0] < level["p10"] < level["p50"] < level["p90"]
    assert made["mixed"]["p_all_targets"]["high"] < 0.005
    assert made["futures"][0]["id"] is None
    assert len(made["inputs_hash"]) == 32


def test_json_says_what_would_change_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    made = _json(capsys, E1, "--scenario", "plan", "--draws", "1000")
    assert made["optimum"]["plan"] == made["plan"]
    assert made["optimum"]["status"] == "optimal"
    assert made["optimum"]["more"]["mean"] == 0
    swings = made["tornado"]
    assert (swings["checked"], swings["complete"], len(swings["inputs"])) == (8, True, 15)
    first = swings["inputs"][0]
    assert (first["kind"], first["initiative"], first["changes_decision"]) == ("success", "A", True)
    assert (first["low"]["input"], first["high"]["input"]) == (0, 1)
    assert first["low"]["value"] < first["low"]["best"] <= swings["value"]
    assert first["low"]["plan"]["A"] is None
    assert swings["inputs"][6]["changes_decision"] is None
    bare = _json(capsys, E1, "--scenario", "plan", "--draws", "1000", "--decisions", "0")
    assert bare["optimum"] is None
    assert [row["low"]["value"] for row in bare["tornado"]["inputs"]] == [
        row["low"]["value"] for row in swings["inputs"]
    ]


def test_same_words_same_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    words = (E1, "--scenario", "plan", "--draws", "12000", "--decisions", "1")
    first, again = _json(capsys, *words), _json(capsys, *words)
    assert first == again
    assert _json(capsys, *words, "--seed", "1")["value"] != first["value"]


def test_text_for_a_room(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, E1, "--scenario", "plan")
    assert status == 0
    assert re.search(r"^53(\.\d)? points on average", out)
    assert "Cost €895,000 of €900,000." in out
    assert re.search(r"Day-90 retention, % +65\.\d +69\.\d +73\.\d +75 +about 5 in 100", out)
    assert "10,000 draws" in out
    assert re.search(r"Guided setup works +35\.7 +55\.1 +changes the decision", out)


def test_a_hand_written_file_with_nothing_but_the_least(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    least = {
        "nodes": [
            {"id": "o", "kind": "outcome", "title": "O"},
            {
                "id": "i",
                "kind": "initiative",
                "title": "I",
                "levels": [{"id": "l", "name": "All", "cost": 5}],
            },
        ],
        "effects": [{"initiative": "i", "outcome": "o", "p10": 1, "p50": 2, "p90": 4}],
        "scenarios": [{"id": "s", "name": "S", "allocations": [{"initiative": "i", "level": "l"}]}],
    }
    path = tmp_path / "least.json"
    path.write_text(json.dumps(least), encoding="utf-8")
    made = _json(capsys, str(path), "--scenario", "s", "--draws", "100")
    assert made["value"] == 0
    assert made["mixed"]["outcomes"]["o"]["improvement"]["p50"] == pytest.approx(2, abs=0.3)
    assert made["mixed"]["outcomes"]["o"]["level"] is None
    status, out, _ = _run(capsys, str(path), "--scenario", "s")
    assert status == 0
    assert re.search(r"O +\+1 +\+2 +\+4", out)


def _futures(tmp_path: Path, *chances: float | None) -> str:
    made = json.loads(Path(E1).read_text(encoding="utf-8"))
    made["futures"] = [
        {"id": f"f{k}", "name": f"F{k}", "probability": p, "shifts": [{"what": "effects", "factor": 1 + k}]}
        for k, p in enumerate(chances)
    ]
    path = tmp_path / "futures.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return str(path)


def test_futures_without_probabilities_are_not_averaged(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = _futures(tmp_path, 0.5, None)
    made = _json(capsys, path, "--scenario", "plan", "--draws", "100", "--decisions", "0")
    assert (made["mixed"], made["value"], made["attainment"]) == (None, None, {})
    assert [row["id"] for row in made["futures"]] == ["f0", "f1"]
    status, out, _ = _run(capsys, path, "--scenario", "plan", "--draws", "100", "--decisions", "0")
    assert status == 0
    assert "no average over them" in out
    assert "In “F1”" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--draws", "many"), "number of draws"),
        (("--draws", "3"), "10 to 1,000,000"),
        (("--draws", "1e9"), "number of draws"),
        (("--seed", "-4"), "seed"),
        (("--seed", str(2**64)), "from 0 to 9223372036854775807"),
        (("--decisions=-1",), "“-1” is no number of inputs"),
        (("--seed", "x"), "seed"),
        (("--scenario", "Nowhere"), "Nowhere"),
        (("--money-per-point", "x"), "amount of money"),
        (("--decisions", "all"), "number of inputs"),
        (("--nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    status, out, err = _run(capsys, E1, "--scenario", "plan", *words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_probabilities_that_do_not_add_up_are_bad_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, err = _run(capsys, _futures(tmp_path, 0.5, 0.2), "--scenario", "plan")
    assert (status, out) == (2, "")
    assert "70" in err


def test_control_c_stops_it() -> None:
    """A million draws take seconds; the interrupt comes as soon as it says that it has begun."""
    script = (
        "import sys, os, signal\n"
        "from prodlead_desktop import cli\n"
        "from prodlead_desktop.analysis.simulate.run import Sampler\n"
        "run = Sampler.run\n"
        "def begun(self, step):\n"
        "    print('begun', flush=True)\n"
        "    sys.stdin.readline()\n"
        "    return run(self, step)\n"
        "Sampler.run = begun\n"
        "sys.exit(cli.main(sys.argv[1:], lambda files, sample: 1))\n"
    )
    words = ["simulate", E1, "--scenario", "plan", "--draws", "1000000"]
    made = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert made.stdin is not None
    assert made.stdout is not None
    assert made.stdout.readline() == "begun\n"
    made.send_signal(signal.SIGINT)
    made.stdin.write("\n")
    made.stdin.flush()
    out, err = made.communicate(timeout=60)
    assert (made.returncode, out, err) == (130, "", "")
