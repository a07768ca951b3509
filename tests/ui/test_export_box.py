"""The export box and printing in a real window: what is chosen is what is written, and the preview is true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from builders import sample
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.ui.export_box import ExportBox
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.printing import new_printer, paint_on

Show = Callable[[Strategy], MainWindow]
MOST_MS = 60_000


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
    window.table.run("views.save")
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
    assert box.said.text().startswith("594 × 420 mm")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_the_last_choice_is_remembered(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    box = opened(window, qtbot)
    box.form.set_value(".svg")
    box.page.set_value("A2")
    box._changed()
    box.dismiss()
    again = opened(window, qtbot)
    assert (again.form.value, again.page.value) == (".svg", "A2")


def printer_to(path: Path, size: QPageSize.PageSizeId) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(size))
    return printer


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A3, QPageSize.PageSizeId.A4])
def test_a_printed_map_is_the_map(qapp: object, tmp_path: Path, size: QPageSize.PageSizeId) -> None:
    paint_on(
        printer_to(tmp_path / "map.pdf", size),
        sample(),
        ExportOptions(scenario="sc-balanced", lens="capital"),
    )
    (page,) = pypdf.PdfReader(tmp_path / "map.pdf").pages
    wide = QPageSize(size).size(QPageSize.Unit.Point).width()
    assert abs(float(page.mediabox.width) - wide) < 2
    text = " ".join(page.extract_text().split())
    assert "Guided first dashboard" in text and "Tidemark 2027: strategy map" in text


def test_an_empty_map_is_not_printed(qapp: object) -> None:
    with pytest.raises(BadInput, match="nothing on the map"):
        new_printer(empty(), ExportOptions())


def test_the_preview_shows_a_page(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    window.table.run("file.print")
    dialog = window.findChildren(QPrintPreviewDialog)[-1]
    shown = dialog.findChild(QPrintPreviewWidget)
    assert isinstance(shown, QPrintPreviewWidget)
    qtbot.waitUntil(lambda: shown.pageCount() == 1, timeout=MOST_MS)
    dialog.close()
