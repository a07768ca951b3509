"""Printing the map: Qt's preview, our pages; what is printed is what the PDF shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import MapSheets, prepared
from prodlead_desktop.exchange.page import PAPERS

if TYPE_CHECKING:
    from prodlead_desktop.domain.strategy import Strategy
    from prodlead_desktop.ui.main_window import MainWindow


def sheets_for(strategy: Strategy, printer: QPrinter, options: ExportOptions) -> MapSheets:
    """The map on the paper the printer has; BadInput when there is no map."""
    size = printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    upright = printer.pageLayout().orientation() == QPageLayout.Orientation.Portrait
    width, height = (size.width(), size.height()) if upright else (size.height(), size.width())
    named = next(
        (name for name, (w, h) in PAPERS.items() if {round(width), round(height)} == {round(w), round(h)}), ""
    )
    sheets = prepared(strategy, _on(options, f"{round(width)}x{round(height)}"))
    return _named(sheets, named)


def _on(options: ExportOptions, page: str) -> ExportOptions:
    return replace(options, page=page)


def _named(sheets: MapSheets, name: str) -> MapSheets:
    return replace(sheets, sheet=replace(sheets.sheet, name=name)) if name else sheets


def paint_on(printer: QPrinter, strategy: Strategy, options: ExportOptions) -> None:
    """Paint every page; BadInput when there is no map or the printer refuses."""
    printer.setFullPage(True)
    sheets = sheets_for(strategy, printer, options)
    printer.setDocName(sheets.title)
    painter = QPainter()
    if not painter.begin(printer):
        raise BadInput("The printer did not take the map.", "Choose another printer, or export a PDF.")
    scale = printer.resolution() / 72
    for number in range(1, sheets.pages + 1):
        if number > 1:
            printer.newPage()
        painter.save()
        painter.scale(scale, scale)
        sheets.paint(painter, number)
        painter.restore()
    painter.end()


def new_printer(strategy: Strategy, options: ExportOptions) -> QPrinter:
    """A printer set to the paper that suits the map best: upright or across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if not printer.pageLayout().pageSize().isValid():
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    size = printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    short, long = sorted((size.width(), size.height()))
    across = prepared(strategy, _on(options, f"{round(long)}x{round(short)}")).sheet.scale
    upright = prepared(strategy, _on(options, f"{round(short)}x{round(long)}")).sheet.scale
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if across > upright else way.Portrait)
    return printer


def preview(window: MainWindow) -> QPrintPreviewDialog:
    """Show the map on paper before it is printed; BadInput when there is none."""
    session = window.session
    assert session is not None
    options = ExportOptions(scenario=session.scenario, lens=session.lens)
    strategy = session.strategy
    printer = new_printer(strategy, options)
    dialog = QPrintPreviewDialog(printer, window)
    dialog.finished.connect(lambda _: printer.isValid())  # holds the printer, which Qt does not own
    dialog.setWindowTitle("Print the map")
    dialog.paintRequested.connect(
        lambda printer: window.problems.run(lambda: paint_on(printer, strategy, options))
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    size = QSizeF(window.size()) * 0.9
    dialog.resize(size.toSize())
    dialog.open()
    return dialog
