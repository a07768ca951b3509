"""Charts as files, read back by others: words in the PDF and the SVG, pixels in the PNG, numbers in the CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from builders import crowd, sample
from pypdf import PdfReader
from PySide6.QtGui import QImage

from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import chart_files
from prodlead_desktop.figures.chart import Chart, Reading, chart_named


def moves(strategy: Strategy | None = None) -> tuple[Chart, Reading]:
    chart, made = chart_named("moves"), strategy or sample()
    pair = tuple(scenarios.named(made, name).id for name in ("Today", "Balanced"))
    return chart, chart.of(made, pair)


def test_a_pdf_holds_the_words_in_our_type(tmp_path: Path) -> None:
    chart, reading = moves()
    chart_files.write(chart, reading, tmp_path / "moves.pdf")
    (page,) = PdfReader(tmp_path / "moves.pdf").pages
    text = page.extract_text().replace("\u00a0", " ")
    assert "€920 k changes places between Today and Balanced" in text
    assert "Mid-market accounts grow gives up €630 k." in text
    fonts = page["/Resources"]["/Font"]
    assert all("ProdleadSans" in fonts[name].get_object()["/BaseFont"] for name in fonts)


def test_an_svg_holds_text_as_text(tmp_path: Path) -> None:
    chart, reading = moves()
    chart_files.write(chart, reading, tmp_path / "moves.svg")
    tree = ElementTree.parse(tmp_path / "moves.svg")
    text = " ".join(tree.getroot().itertext()).replace("\u00a0", " ")
    assert "€920 k changes places" in text and "New money" in text


def test_a_name_no_xml_can_hold_still_makes_a_chart(tmp_path: Path) -> None:
    edit = Edit(sample())
    (today,) = [row for row in edit.all(Scenario).values() if row.name == "Today"]
    edit.put(replace(today, name="Tod\ufffeay"))
    chart, made = chart_named("pools"), edit.result()[0]
    chart_files.write(chart, chart.of(made, (today.id,)), tmp_path / "pools.svg")
    assert "Tod�ay" in " ".join(ElementTree.parse(tmp_path / "pools.svg").getroot().itertext())


def test_a_png_is_as_big_as_asked(tmp_path: Path) -> None:
    chart, reading = moves()
    chart_files.write(chart, reading, tmp_path / "moves.png", size=(1000, 600))
    image = QImage(str(tmp_path / "moves.png"))
    assert (image.width(), image.height()) == (2000, 1200)
    assert len({image.pixel(x, y) for x in range(0, 2000, 37) for y in range(0, 1200, 37)}) > 3


@pytest.mark.parametrize("name", ["initiatives", "pools", "differences", "outcomes", "quarters"])
def test_a_csv_is_the_table(tmp_path: Path, name: str) -> None:
    strategy = crowd(30, 2)
    chart = chart_named(name)
    reading = chart.of(strategy, ("sc1", "sc2"))
    chart_files.write(chart, reading, tmp_path / "t.csv")
    read = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"))))
    assert len(read) == len(reading.table.rows) + 1
    assert read[0] == [reading.table.heading(column) for column in range(len(reading.table.columns))]
    for row, cells in zip(reading.table.rows, read[1:], strict=True):
        for value, cell, column in zip(row, cells, reading.table.columns, strict=True):
            if column.measure == "text":
                assert cell == value
            else:
                assert cell == "" if value is None else round(float(cell) * 100) == round(float(value))


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    edit = Edit(sample())
    node = next(node for node in edit.ordered(Node) if node.title == "Guided first dashboard")
    nodes.rename(edit, node.id, "=HYPERLINK(1)")
    strategy, _ = edit.result()
    chart = chart_named("initiatives")
    reading = chart.of(strategy, (scenarios.named(strategy, "Today").id,))
    chart_files.write(chart, reading, tmp_path / "t.csv")
    assert "'=HYPERLINK(1)" in (tmp_path / "t.csv").read_text("utf-8-sig")


def test_what_cannot_be_written_is_refused_in_words_and_leaves_the_old_file(tmp_path: Path) -> None:
    chart, reading = moves()
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    for size in ((100.0, 100.0), (90_000.0, 90_000.0)):
        with pytest.raises(BadInput, match=r"too (small|big)"):
            chart_files.write(chart, reading, old, size=size)
    with pytest.raises(BadInput, match="cannot write a chart"):
        chart_files.write(chart, reading, tmp_path / "x.docx")
    with pytest.raises(BadInput, match="nothing to draw"):
        chart_files.write(chart, Reading("Title", empty="Do this first."), old)
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.pdf"]
