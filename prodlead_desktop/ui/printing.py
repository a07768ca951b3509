"""Printing the map: Qt's preview, our pages; what is printed is what the PDF shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QToolBar

from prodlead_desktop.document import checkpoints
from prodlead_desktop.domain import numerals
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import page
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.map_sheets import Drawn, MapSheets, drawn, laid_out, reads_well, remarks
from prodlead_desktop.exchange.page import PAPERS, POINTS_PER_MM
from prodlead_desktop.exchange.tiles import Tiles
from prodlead_desktop.ui.style import icons
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow


ICONS = {
    "Fit width": "arrow-left-right", "Fit page": "maximize", "Zoom in": "zoom-in", "Zoom out": "zoom-out",
    "Portrait": "file", "Landscape": "image", "First page": "skip-back", "Previous page": "chevron-left",
    "Next page": "chevron-right", "Last page": "skip-forward", "Show single page": "square",
    "Show facing pages": "columns-2", "Show overview of all pages": "layout-dashboard", "Print": "printer",
    "Page setup": "settings",
}  # fmt: skip
LEGIBLE_PT = 2.0  # below this nobody reads a printed word: cards become blocks, which print at once
SEEN_PER_PT = 96 / 72  # what of a card is worth printing then is what a screen would show


def sheets_for(drawn: Drawn, printer: QPrinter, options: ExportOptions) -> MapSheets:
    """The map on the paper the printer has: on one sheet, or its page cut over several. BadInput in words."""
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()
    width, height = size.width(), size.height()
    if options.tile is not None:
        return _cut(drawn, options, width * POINTS_PER_MM, height * POINTS_PER_MM)
    found = laid_out(drawn, replace(options, page=f"{round(width)}x{round(height)}"))
    named = next((name for name, sides in PAPERS.items() if {round(width), round(height)} == set(sides)), "")
    return replace(found, sheet=replace(found.sheet, name=named)) if named else found


def _cut(drawn: Drawn, options: ExportOptions, width: float, height: float) -> MapSheets:
    """The chosen page over sheets of the printer's paper, whatever that is."""
    whole = laid_out(drawn, replace(options, tile=None))
    if whole.pages > 1:
        whole = laid_out(drawn, options)
    tiles = Tiles(*whole.size, width, height)
    if tiles.count > page.MOST_PAGES:
        raise BadInput(
            f"The page would need {tiles.count:,} sheets.", "Choose a smaller page or bigger paper."
        )
    return replace(whole, tiles=tiles)


def paint_on(printer: QPrinter, every: tuple[Drawn, ...], options: ExportOptions) -> tuple[MapSheets, ...]:
    """Paint every page; says which. BadInput when the paper cannot be or the printer refuses."""
    printer.setFullPage(True)
    found = tuple(sheets_for(one, printer, options) for one in every)
    printer.setDocName(found[0].title)
    painter = QPainter()
    if not painter.begin(printer):
        raise BadInput("The printer did not take the map.", "Choose another printer, or export a PDF.")
    scale, first = printer.resolution() / 72, True
    for sheets in found:
        zoom = None if sheets.sheet.text_pt >= LEGIBLE_PT else sheets.sheet.scale * SEEN_PER_PT
        for number in range(1, sheets.pages + 1):
            if not first:
                printer.newPage()
            first = False
            painter.save()
            painter.scale(scale, scale)
            sheets.paint(painter, number, zoom=zoom)
            painter.restore()
    painter.end()
    return found


def new_printer(drawn: Drawn, options: ExportOptions) -> QPrinter:
    """A printer set to the paper that suits the map best: upright or across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if not printer.pageLayout().pageSize().isValid():
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    way = QPageLayout.Orientation
    good: dict[QPageLayout.Orientation, tuple[int, float]] = {}
    for turned in (way.Portrait, way.Landscape):
        printer.setPageOrientation(turned)
        sheets = sheets_for(drawn, printer, options)
        good[turned] = (-sheets.pages, sheets.sheet.scale)
    printer.setPageOrientation(way.Landscape if good[way.Landscape] > good[way.Portrait] else way.Portrait)
    return printer


@contextmanager
def busy() -> Iterator[None]:
    """The waiting pointer while a big map is drawn: Qt's preview paints in the window's own thread."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def _paint_busily(printer: QPrinter, every: tuple[Drawn, ...], options: ExportOptions) -> str:
    """Paint; says what a careful user wants to know before paper is used."""
    with busy():
        found = paint_on(printer, every, options)
    pages = sum(sheets.pages for sheets in found)
    said = [f"{numerals.number(pages)} sheets."] if pages > 1 else []
    if all(reads_well(sheets) for sheets in found):
        said.append(f"Smallest text {numerals.number(found[0].sheet.text_pt, 1)}\u00a0pt.")
    return " ".join([*said, *remarks(*found)])


def _dress(dialog: QPrintPreviewDialog) -> None:
    """Our icons in the window's ink: Qt's own come from another decade and another theme."""
    for bar in dialog.findChildren(QToolBar):
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        for action in dialog.findChildren(QAction):
            if action.text() in ICONS:
                action.setIcon(icons.icon(ICONS[action.text()], theme_of(dialog)))


def preview(window: MainWindow, options: ExportOptions | None = None) -> QPrintPreviewDialog:
    """Show the map on the printer's paper before it is printed. BadInput when there is none."""
    session = window.session
    assert session is not None
    wanted = options or ExportOptions(scenario=session.scenario, lens=session.lens, branch=session.root)
    wanted = replace(wanted, checkpoint=wanted.checkpoint or checkpoints.standing(session.document))
    with busy():
        return show(window, drawn(session.strategy, wanted), wanted)


def show(window: MainWindow, every: tuple[Drawn, ...], options: ExportOptions) -> QPrintPreviewDialog:
    """The map on paper before it is printed. BadInput when it cannot be."""
    printer = new_printer(every[0], options)
    dialog = QPrintPreviewDialog(printer, window)
    dialog.finished.connect(lambda _: printer.isValid())  # holds the printer, which Qt does not own
    dialog.setWindowTitle("Print the map")
    said = Label("", "label", "text2")
    said.setContentsMargins(14, 8, 14, 8)
    dialog.paintRequested.connect(
        lambda printer: window.problems.run(lambda: said.setText(_paint_busily(printer, every, options)))
    )
    _dress(dialog)
    column = dialog.layout()
    assert column is not None
    column.addWidget(said)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    size = QSizeF(window.size()) * 0.9
    dialog.resize(size.toSize())
    dialog.open()
    return dialog
