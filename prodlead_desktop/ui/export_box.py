"""Export the map: which format, which part, which scenario and lens, which page, and how it will look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Node, SavedView, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.exporters import png
from prodlead_desktop.exchange.map_sheets import prepared, prepared_all, remarks
from prodlead_desktop.exchange.page import AUTO, OWN, PAPERS
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.ui import opening
from prodlead_desktop.ui.export_job import ExportJob
from prodlead_desktop.ui.scenarios.panel import EditingBox
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import ChoiceField, NumberField, TextField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.palette import theme_of

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

FORMATS = ((".pdf", "PDF"), (".svg", "SVG"), (".png", "PNG"))
TYPED = "mm"
ALONE = ((OWN, "The map's own size"), (TYPED, "Typed size"))
PAGES = ((AUTO, "Smallest that reads well"), *((name, name) for name in PAPERS), *ALONE)
PREVIEW, LEFT, WIDTH, HEIGHT = 440, 330, 880, 660
KEPT = "export"
ALL = "*"  # no id of a node or a view


class ExportBox(EditingBox):
    """Choices at the left, the first page as it will look at the right."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Export the map", WIDTH, HEIGHT)
        self.form = ChoiceField("Format", FORMATS, ".pdf")
        self.part = ChoiceField("What", ((None, "The whole map"),))
        self.scenario = ChoiceField("Scenario", ())
        self.lens = ChoiceField(
            "Lens", tuple((name, lens.title) for name, lens in lenses().items()), session.lens
        )
        self.page = ChoiceField("Page", PAGES, AUTO)
        self.typed = TextField("Width × height in mm", "594x420")
        self.pixels = NumberField("Pixels across", placeholder="200 to the inch")
        self.preview = Preview()
        self.said = Label("", "label", "text2", wrap=True)
        self.go = Button("Export…", "ink", "file-down")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(80)
        self._soon.timeout.connect(self._draw)
        self._lay_out()
        self._restore()
        self.form.changed.connect(lambda _: self.follow())
        for field in (self.part, self.scenario, self.lens, self.page, self.typed, self.pixels):
            field.changed.connect(lambda _: self._changed())
        self.go.clicked.connect(self.ask)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(12)
        for field in (self.form, self.part, self.scenario, self.lens, self.page, self.typed, self.pixels):
            field.setFixedWidth(LEFT)
            left.addWidget(field)
        left.addStretch(1)
        right.addWidget(self.preview, 1)
        right.addWidget(self.said)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go)
        right.addLayout(foot)
        sides = QHBoxLayout()
        sides.setSpacing(22)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.content.addLayout(sides, 1)

    def _restore(self) -> None:
        found = dict(part.split("=", 1) for part in self.session.kept.get(KEPT, "").split(";") if "=" in part)
        for field, name in ((self.form, "form"), (self.page, "page"), (self.lens, "lens")):
            if found.get(name) in [field.editor.itemData(at) for at in range(field.editor.count())]:  # type: ignore[attr-defined]
                field.set_value(found[name])
        self.typed.set_value(found.get("typed", "594x420"))

    # -- showing

    def follow(self) -> None:
        """Offer what there is now."""
        strategy = self.session.strategy
        scenario, part = self.scenario.value or self.session.scenario, self.part.value
        every = [(one.id, one.name) for one in strategy.ordered(Scenario)]
        self.scenario.set_choices([*every, (None, "None")], scenario)
        parts: list[tuple[str | None, str]] = [(None, "The whole map"), *self._views(strategy)]
        current = strategy.find(Node, self.session.current)
        if current is not None:
            parts.append((current.id, f"The branch of “{current.title or 'Untitled'}”"))
        self.part.set_choices(parts, part)
        self._changed()

    def _views(self, strategy: Strategy) -> list[tuple[str | None, str]]:
        """Every saved view, and all of them where a file can have several pages."""
        saved = strategy.ordered(SavedView)
        found: list[tuple[str | None, str]] = [(view.id, f"View: {view.name}") for view in saved]
        if len(saved) > 1 and self.form.value == ".pdf":
            found.insert(0, (ALL, f"All {len(saved)} saved views, a page each"))
        return found

    def _chosen_views(self) -> tuple[str, ...]:
        part, every = self.part.value, self.session.strategy.all(SavedView)
        if part == ALL:
            return tuple(view.id for view in self.session.strategy.ordered(SavedView))
        return (str(part),) if part in every else ()

    def _changed(self) -> None:
        self.lens.setEnabled(not self._chosen_views())
        self.typed.setVisible(self.page.value == TYPED)
        self.pixels.setVisible(self.form.value == ".png")
        self.session.kept[KEPT] = (
            f"form={self.form.value};page={self.page.value};lens={self.lens.value};typed={self.typed.value}"
        )
        self._soon.start()

    @property
    def options(self) -> ExportOptions:
        """What is chosen."""
        page = str(self.typed.value or "") if self.page.value == TYPED else str(self.page.value or AUTO)
        width = int(self.pixels.value) if self.form.value == ".png" and self.pixels.value else None
        views = self._chosen_views()
        branch = None if views else self.part.value
        return ExportOptions(
            page, self.scenario.value, str(self.lens.value), branch, width=width, views=views
        )

    def _draw(self) -> None:
        strategy, options, one_page = self.session.strategy, self.options, self.form.value != ".pdf"
        self.window_.tasks.run(
            "Drawing the preview",
            lambda _: _preview(strategy, options, one_page),
            lambda found: self._show(options, *found),
        )

    def _show(self, options: ExportOptions, image: QImage | None, words: str) -> None:
        if isValid(self) and options == self.options:
            self.preview.show_image(image)
            self.said.setText(words)
            self.go.setEnabled(image is not None)

    # -- doing

    def ask(self) -> None:
        """Ask where, then export in a child process; the bottom bar shows it."""
        ending = str(self.form.value)
        kind = dict(FORMATS)[ending]
        name = f"{Path(self.session.document.path).stem}{ending}"
        path = opening.ask_where(self.window_, "Export the map", name, f"{kind} (*{ending})", ending)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> ExportJob:
        """Start the export."""
        job = ExportJob(self.session, path, arguments(self.options), self.window_.tell, self.window_.tasks)
        job.start()
        self.window_.tasks.show(job)
        self.dismiss()
        return job


def arguments(options: ExportOptions) -> list[str]:
    """The options of ``prodlead export`` that mean these."""
    found = ["--page", options.page, "--lens", options.lens]
    for flag, value in (
        ("--scenario", options.scenario),
        ("--branch", options.branch),
        ("--width", options.width),
    ):
        found += [flag, str(value)] if value is not None else []
    return found + (["--views", ",".join(options.views)] if options.views else [])


def _preview(strategy: Strategy, options: ExportOptions, one_page: bool) -> tuple[QImage | None, str]:
    """The first page small, and what a careful user wants to know of it; no picture and the reason when refused."""
    try:
        every = (prepared(strategy, options, True),) if one_page else prepared_all(strategy, options)
        sheets = every[0]
        image = png.painted(sheets, 2 * PREVIEW)
    except ProdleadError as error:
        return None, str(error)
    sheet = sheets.sheet
    count = sheets.count or sheets.pages
    pages = f", {count} pages" if count > 1 else ""
    size = f"{round(sheet.width / 72 * 25.4)} × {round(sheet.height / 72 * 25.4)} mm{pages}"
    said = f"{size}. Smallest text {numerals.number(sheet.text_pt, 1)} pt."
    return image, " ".join([said, *remarks(*every)])


class Preview(QWidget):
    """A page in the middle of its place."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.setMinimumSize(PREVIEW, 300)
        self.setAccessibleName("Preview of the first page")

    def show_image(self, image: QImage | None) -> None:
        """Show another page."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        area = QRectF(self.rect())
        paint.box(painter, area, 8, theme.sunken)
        if self.image is None:
            return
        ratio = self.devicePixelRatioF()
        room = area.adjusted(14, 14, -14, -14).size().toSize() * ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = self.image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        scaled.setDevicePixelRatio(ratio)
        page = QRectF(QPointF(0, 0), scaled.deviceIndependentSize())
        page.moveCenter(area.center())
        painter.drawImage(page.topLeft(), scaled)
        paint.box(painter, page, 0, None, theme.line2)
