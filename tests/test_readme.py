"""What the README says is true: its commands, its pictures, and the chart it tells people to add."""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from builders import crowd, sample
from PySide6.QtGui import QImage

from prodlead_desktop.cli.asking import COMMANDS, command_parser, window_parser
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.exchange import chart_files
from prodlead_desktop.figures.theme import DARK, LIGHT

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^#+ {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def block(title: str) -> str:
    found = re.search(r"```\w*\n(.*?)```", section(title), re.DOTALL)
    assert found, title
    return found[1]


def flags_of(parser: argparse.ArgumentParser) -> set[str]:
    return {flag for action in parser._actions for flag in action.option_strings}


def test_every_command_is_listed_and_every_listed_one_is_there() -> None:
    listed = block("Command line")
    entries = re.split(r"^(?=prodlead )", listed, flags=re.MULTILINE)
    named: dict[str, str] = {}
    for entry in filter(None, entries):
        first = entry.split()[1]
        named["" if first.startswith(("[", "-")) else first] = entry
    assert set(COMMANDS) == set(named) - {""}
    (made,) = [a for a in command_parser()._actions if isinstance(a, argparse._SubParsersAction)]
    for name, entry in named.items():
        known = flags_of(made.choices[name]) if name else flags_of(window_parser())
        assert set(re.findall(r"(?<!\w)--?[a-z][\w-]*", entry)) <= known, entry


def test_the_window_s_keys_are_those_of_the_program(qapp: object) -> None:
    from prodlead_desktop.ui.action_table import groups

    keys = {key for group in groups() for row in group.rows for key in row.keys}
    table = section("In the window")
    for key in re.findall(r"(?:Ctrl|Alt)\+(?:Shift\+)?(?:\w|,)(?![\w])", table):
        assert key in keys, key


def test_every_picture_is_there_and_big() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 4 and any("compare" in path for path in pictures)
    for path in pictures:
        assert QImage(str(ROOT / path)).width() >= 1600, path


def test_every_file_that_is_named_is_there() -> None:
    for path in re.findall(r"\]\(((?!http)[^)]+)\)", README):
        assert (ROOT / path).is_file(), path


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The chart of the README as a file of its own."""
    path = tmp_path_factory.mktemp("charts") / "funded.py"
    path.write_text(block("Add a chart"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("readme_funded", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chart_to_add_works(chart: ModuleType, tmp_path: Path, theme: object) -> None:
    for strategy in (sample(), crowd(100, 6)):
        ids = tuple(one.id for one in strategy.ordered(Scenario))
        reading = chart.CHART.of(strategy, ids)
        assert re.fullmatch(r".+ funds \d+ initiatives of \d+", reading.finding)
        chart_files.write(chart.CHART, reading, tmp_path / "funded.svg", theme)  # type: ignore[arg-type]
        assert "Funded initiatives" in (tmp_path / "funded.svg").read_text(encoding="utf-8")
    assert chart.CHART.of(empty(), ()).empty
