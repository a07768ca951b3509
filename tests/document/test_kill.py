"""SIGKILL at any moment: what was reported on disk is there, nothing else is, and undo goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def killed(folder: Path, kills: int, *control: str) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "kill_run.py"), str(folder), str(kills), "11", *control]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=HERE.parent.parent)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    print(result)
    return result


def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    count = killed(tmp_path, 50)
    assert count["kills"] == 50
    assert count["reported"] >= 50  # it was really at work
    assert count["journals"] >= 3  # and really hit while it was writing
    assert (count["lost"], count["torn"], count["refused"], count["undo_broken"]) == (0, 0, 0, 0), count[
        "problems"
    ]


def test_the_harness_notices_a_writer_that_reports_too_early(tmp_path: Path) -> None:
    assert killed(tmp_path, 10, "eager")["lost"] > 0
