"""`prodlead chart`: the same numbers as in the window, as text, JSON and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import sample
from pypdf import PdfReader

from prodlead_desktop import cli
from prodlead_desktop.analysis import capital
from prodlead_desktop.document import Document
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.figures.chart import charts


def prodlead(arguments: list[str]) -> int:
    def window(*_: object) -> int:
        raise AssertionError("a chart needs no window")

    return cli.main(arguments, window)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Tidemark.prodlead"
    Document.create(path, sample()).close()
    return path


def test_the_charts_are_listed_with_what_they_find(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prodlead(["chart", str(file)]) == 0
    said = capsys.readouterr().out
    for chart in charts():
        assert chart.name in said
    assert "€920\u00a0k changes places" in said


def test_every_chart_says_on_the_command_line_what_its_table_says(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strategy = sample()
    every = tuple(scenario.id for scenario in strategy.ordered(Scenario))
    for chart in charts():
        table = (reading := chart.of(strategy, every)).table
        assert prodlead(["chart", str(file), chart.name, "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert (made["finding"], made["sentence"]) == (reading.finding, reading.sentence)
        assert [column["title"] for column in made["columns"]] == [column.title for column in table.columns]
        assert len(made["rows"]) == len(table.rows) > 0
        for at, row in enumerate(made["rows"]):
            for column, value in enumerate(row):
                plain = table.plain(at, column)
                text = table.columns[column].measure == "text"
                assert (
                    value is None if plain == "" and not text else value == (plain if text else float(plain))
                )
        assert prodlead(["chart", str(file), chart.name]) == 0
        said = capsys.readouterr().out
        for row in range(len(table.rows)):
            assert all(table.text(row, column) in said for column in range(len(table.columns)))


def test_json_is_the_table_in_major_units(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prodlead(["chart", str(file), "pools", "--scenarios", "Balanced", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    strategy = sample()
    totals = capital.totals(strategy, scenarios.named(strategy, "Balanced").id)
    rows = {row[0]: row[1] for row in made["rows"]}
    assert (rows["Placed"], rows["Budget"]) == (totals.placed / 100, (totals.budget or 0) / 100)
    assert made["columns"][1] == {"title": "Balanced", "measure": "money"}


def test_a_chart_is_written_by_its_ending(file: Path, tmp_path: Path) -> None:
    for ending in ("pdf", "svg", "png", "csv"):
        out = tmp_path / f"moves.{ending}"
        assert prodlead(["chart", str(file), "moves", str(out), "--scenarios", "Today,Balanced"]) == 0
        assert out.stat().st_size > 200
    assert len(PdfReader(tmp_path / "moves.pdf").pages) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["nothing"], "No chart is called “nothing”. Charts: moves"),
        (["moves", "--scenarios", "Today,Nobody"], "No scenario is called “Nobody”"),
        (["moves", "--scenarios", "Today,Today"], "named twice"),
        (["moves", "--scenarios", ","], "1 to 6 scenarios"),
        (["moves", "out.docx"], "cannot write a chart as “.docx”"),
        (["moves", "out.png", "--size", "wide"], "“wide” is no size"),
        (["moves", "out.png", "--scenarios", "Today"], "nothing to draw"),
    ],
)
def test_bad_input_is_said_in_one_line(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    more: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert prodlead(["chart", str(file), *more]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_chart_never_overwrites_its_own_strategy(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = file.read_bytes()
    assert prodlead(["chart", str(file), "moves", str(file)]) == 2
    assert "the file itself" in capsys.readouterr().err and file.read_bytes() == content


def test_numbers_are_written_as_asked_while_the_command_runs(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = charts()[0].name
    name = charts()[0].name
    assert prodlead(["chart", str(file), name, "--numbers", "1.234,5"]) == 0
    german = capsys.readouterr().out
    assert prodlead(["chart", str(file), name]) == 0
    english = capsys.readouterr().out
    assert "€360.000" in german and "€360,000" in english
    assert prodlead(["chart", str(file), "--numbers", "1_000"]) == 2
    assert "no way to write numbers" in capsys.readouterr().err
    assert prodlead(["chart", str(file), "--language", "system"]) == 2


def test_a_map_on_paper_speaks_as_asked(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.pdf"
    assert prodlead(["export", str(file), str(out), "--numbers", "1.234,5", "--language", "de"]) == 0
    text = " ".join(page.extract_text() for page in PdfReader(out).pages).replace("\u00a0", " ")
    assert "€1,54 M" in text and "€1.54 M" not in text
