"""The command line asked in this process: exit status, what was printed, what was complained about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from prodlead_desktop import cli
from prodlead_desktop.analysis.result_schema import SCHEMAS


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer as JSON, checked against the Schema that ``prodlead schema`` documents."""
        assert (self.err, self.status in (0, 1)) == ("", True), self
        made = json.loads(self.out)
        Draft202012Validator(SCHEMAS[made["command"]]).validate(made)
        return made


def ask(capsys: pytest.CaptureFixture[str], *words: object) -> Said:
    """Run one command; opening a window would fail the test."""
    capsys.readouterr()
    status = cli.main([str(word) for word in words], lambda files, sample: pytest.fail("a window opened"))
    said = capsys.readouterr()
    return Said(status, said.out, said.err)


def written(folder: Path, document: Any, name: str = "plan.json") -> Path:
    """A JSON file as a person would write it."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
