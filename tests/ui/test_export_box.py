"""The export box and printing in a real window: what is chosen is what is written, and the preview is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from builders import many, sample, small
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import drawn
from prodlead_desktop.ui.export_box import ExportBox
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.printing import paint_on
from prodlead_desktop.ui.views import now

Show = Callable[[Strategy], MainWindow]
MOST_MS = 60_000
CAPITAL = ExportOptions(scenario="sc-balanced", lens="capital")


def opened(window: MainWindow, qtbot: QtBot) -> ExportBox:
    window.table.run("file.export")
    box = window.findChildren(ExportBox)[-1]
    qtbot.waitUntil(lambda: box.preview.image is not None, timeout=MOST_MS)
    return box


def test_what_is_chosen_is_what_is_written(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    window = show(sample())
    assert window.session is not None
    window.session.select("o-midmarket")
    box = opened(window, qtbot)
    assert "Smallest text" in box.said.text() and "mm" in box.said.text()
    box.form.set_value(".png")
    box.part.set_value("o-midmarket")
    box.lens.set_value("capital")
    box.pixels.set_value(900.0)
    box._changed()
    assert box.pixels.isVisible() and not box.typed.isVisible()
    job = box.export(tmp_path / "branch.png")
    assert not box.isVisible()
    qtbot.waitUntil(lambda: job not in window.tasks.jobs, timeout=MOST_MS)
    assert QImage(str(tmp_path / "branch.png")).width() == 900


def test_every_saved_view_is_a_page(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    window = show(sample())
    now.save(window)
    box = opened(window, qtbot)
    box.part.set_value("*")
    box._changed()
    qtbot.waitUntil(lambda: "2 pages" in box.said.text(), timeout=MOST_MS)
    assert not box.lens.isEnabled(), "a view has its own"
    job = box.export(tmp_path / "views.pdf")
    qtbot.waitUntil(lambda: job not in window.tasks.jobs, timeout=MOST_MS)
    assert len(pypdf.PdfReader(tmp_path / "views.pdf").pages) == 2


def test_a_page_that_cannot_be_says_why_and_cannot_be_exported(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    box = opened(window, qtbot)
    box.page.set_value("mm")
    box.typed.set_value("9x9")
    box._changed()
    qtbot.waitUntil(lambda: not box.go.isEnabled(), timeout=MOST_MS)
    assert "page" in box.said.text() and box.preview.image is None
    box.typed.set_value("594x420")
    box._changed()
    qtbot.waitUntil(lambda: box.go.isEnabled(), timeout=MOST_MS)
    assert box.said.text().startswith("594 × 420\u00a0mm")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_the_last_choice_is_remembered(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    window = show(sample())
    box = opened(window, qtbot)
    box.form.set_value(".svg")
    box.page.set_value("A2")
    box._changed()
    box.dismiss()
    again = opened(window, qtbot)
    assert (again.form.value, again.page.value) == (".svg", "A2")
    again.dismiss()
    path = tmp_path / "other.prodlead"
    other = opened(window.program.show_document(Document.create(path, small()), None), qtbot)
    assert other.page.value == "A2", "paper is a habit, not a strategy's"


def test_lens_and_scenario_are_those_on_the_map(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    assert window.session is not None
    box = opened(window, qtbot)
    box.lens.set_value("draft")
    box.dismiss()
    window.session.set_lens("capital")
    window.session.set_scenario("sc-today")
    box = opened(window, qtbot)
    assert (box.lens.value, box.scenario.value) == ("capital", "sc-today")


def test_the_keyboard_is_on_the_first_choice_and_comes_back(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    before = window.focusWidget()
    box = opened(window, qtbot)
    assert window.focusWidget() is box.form.editor
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not box.isVisible() and window.focusWidget() is before


def test_a_page_is_cut_over_sheets_and_the_preview_says_how_many(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window = show(sample())
    box = opened(window, qtbot)
    box.page.set_value("A1")
    box.tile.set_value("A3")
    box._changed()
    qtbot.waitUntil(lambda: "sheets of" in box.said.text(), timeout=MOST_MS)
    job = box.export(tmp_path / "wall.pdf")
    qtbot.waitUntil(lambda: job not in window.tasks.jobs, timeout=MOST_MS)
    pages = pypdf.PdfReader(tmp_path / "wall.pdf").pages
    assert len(pages) > 4
    assert sorted(round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]) == [297, 420]


def test_a_box_closed_while_it_draws_is_forgotten(show: Show, qtbot: QtBot) -> None:
    window = show(many(1500))
    window.table.run("file.export")
    box = window.findChildren(ExportBox)[-1]
    qtbot.waitUntil(lambda: bool(window.tasks.jobs), timeout=MOST_MS)
    box.dismiss()
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=MOST_MS)
    qtbot.wait(50)


def test_a_very_long_map_can_be_exported(show: Show, qtbot: QtBot) -> None:
    edit = Edit(empty())
    for number in range(700):
        nodes.add(edit, "note", f"Line {number}")
    window = show(edit.result()[0])
    box = opened(window, qtbot)
    box.form.set_value(".svg")
    box._changed()
    qtbot.waitUntil(lambda: not window.tasks.jobs and not box._soon.isActive(), timeout=MOST_MS)
    assert box.go.isEnabled() and box.preview.image is not None


def test_names_of_files_are_safe_whatever_a_card_is_called(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = Edit(empty())
    top = nodes.add(edit, "outcome", "../../etc/passwd: CON\u202e?")
    window = show(edit.result()[0])
    assert window.session is not None
    window.session.select(top)
    box = opened(window, qtbot)
    box.part.set_value(top)
    asked: list[str] = []

    def answer(parent: object, title: str, suggested: str, kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    box.ask()
    assert Path(asked[0]).parent == Path(window.session.document.path).parent
    assert Path(asked[0]).name.endswith(", ..-..-etc-passwd- CON-.pdf")


def printer_to(path: Path, size: QPageSize.PageSizeId) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(size))
    return printer


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A3, QPageSize.PageSizeId.A4])
def test_a_printed_map_is_the_map(qapp: object, tmp_path: Path, size: QPageSize.PageSizeId) -> None:
    paint_on(printer_to(tmp_path / "map.pdf", size), drawn(sample(), CAPITAL), CAPITAL)
    (page,) = pypdf.PdfReader(tmp_path / "map.pdf").pages
    wide = QPageSize(size).size(QPageSize.Unit.Point).width()
    assert abs(float(page.mediabox.width) - wide) < 2
    text = " ".join(page.extract_text().split())
    assert "Guided first dashboard" in text and "Tidemark 2027: strategy map" in text


def test_a_wall_is_printed_over_the_sheets_the_printer_has(qapp: object, tmp_path: Path) -> None:
    options = replace(CAPITAL, page="A2", tile="A4")
    paint_on(printer_to(tmp_path / "wall.pdf", QPageSize.PageSizeId.A4), drawn(sample(), options), options)
    pages = pypdf.PdfReader(tmp_path / "wall.pdf").pages
    assert len(pages) > 4 and f"Sheet 1 of {len(pages)}" in pages[0].extract_text()


def test_the_title_block_says_how_the_state_stands_to_the_last_checkpoint(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None

    def named() -> str | None:
        box = opened(window, qtbot)
        found = box.options.checkpoint
        box.dismiss()
        return found

    assert named() is None
    session.document.checkpoint("before lunch")
    assert named() == "before lunch"
    with session.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Another")
    assert named() == "after “before lunch”"


def test_an_empty_map_is_not_printed(show: Show, qtbot: QtBot) -> None:
    window = show(empty())
    window.table.run("file.print")
    qtbot.waitUntil(lambda: not window.tasks.jobs, timeout=MOST_MS)
    assert window.body is not None
    assert "nothing on the map" in window.body.bar.notices()[-1].sentence
    assert not window.findChildren(QPrintPreviewDialog)


@pytest.mark.parametrize("from_box", [False, True])
def test_the_preview_shows_a_page(show: Show, qtbot: QtBot, from_box: bool) -> None:
    window = show(sample())
    if from_box:
        opened(window, qtbot).print.click()
    else:
        window.table.run("file.print")
    qtbot.waitUntil(lambda: bool(window.findChildren(QPrintPreviewDialog)), timeout=MOST_MS)
    dialog = window.findChildren(QPrintPreviewDialog)[-1]
    shown = dialog.findChild(QPrintPreviewWidget)
    assert isinstance(shown, QPrintPreviewWidget)
    qtbot.waitUntil(lambda: shown.pageCount() == 1, timeout=MOST_MS)
    dialog.close()


@pytest.mark.parametrize(("typed", "written"), [("map.svg", "map.svg"), ("map.v2", "map.v2.png")])
def test_a_typed_ending_is_followed(
    show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    window = show(small())
    box = opened(window, qtbot)
    box.form.set_value(".png")
    box._changed()
    qtbot.waitUntil(lambda: box.go.isEnabled(), timeout=MOST_MS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    box.go.click()
    qtbot.waitUntil(lambda: (tmp_path / written).exists(), timeout=MOST_MS)
    begins = (tmp_path / written).read_bytes()[:4]
    assert begins == b"\x89PNG" if written.endswith(".png") else begins.startswith(b"<")
