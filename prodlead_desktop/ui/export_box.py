"""Export the map: which format, which part, which scenario and lens, which page, and how it will look."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from prodlead_desktop.document import checkpoints
from prodlead_desktop.domain.entities import Node, SavedView, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.exchange.exporter import ExportOptions
from prodlead_desktop.exchange.page import AUTO, OWN, PAPERS
from prodlead_desktop.exchange.preview import preview
from prodlead_desktop.exchange.tiles import TILE_PAPERS
from prodlead_desktop.figures.lens import lenses
from prodlead_desktop.ui import opening
from prodlead_desktop.ui.editing_box import EditingBox
from prodlead_desktop.ui.export_job import STOPPED, WRITTEN, ExportJob, Outcome
from prodlead_desktop.ui.export_preview import PagePreview
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.fields import ChoiceField, LabelledField, NumberField, TextField
from prodlead_desktop.ui.style.labels import Label

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

FORMATS = ((".pdf", "PDF"), (".svg", "SVG"), (".png", "PNG"))
TYPED = "mm"
PAGES = (
    (AUTO, "Smallest that reads well"),
    *((name, f"{name}, {wide:.0f} × {high:.0f} mm") for name, (wide, high) in PAPERS.items()),
    (OWN, "The map's own size"),
    (TYPED, "Typed size"),
)
SHEETS = ((None, "No"), *((name, f"Over sheets of {name}, to be glued") for name in TILE_PAPERS))
LEFT, WIDTH, HEIGHT = 330, 880, 660
FIRST_TYPED = "594x420"
REST_MS = 80  # after the last change until the preview is drawn

ALL = "*"  # every saved view; no id of a node or a view
AT_ONCE = 400  # cards that are drawn in the blink of an eye


class ExportBox(EditingBox):
    """Choices at the left, the first page as it will look at the right."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window, session, "Export the map", WIDTH, HEIGHT)
        self.form = ChoiceField("Format", FORMATS, ".pdf")
        self.part = ChoiceField("What", ())
        self.scenario = ChoiceField("Scenario", (), placeholder="There is none yet")
        self.lens = ChoiceField("Lens", tuple((name, lens.title) for name, lens in lenses().items()))
        self.page = ChoiceField("Page", PAGES, AUTO)
        self.typed = TextField("Width × height in mm", FIRST_TYPED)
        self.tile = ChoiceField("Cut into sheets", SHEETS)
        self.pixels = NumberField("Pixels across", placeholder="200 to the inch")
        self.preview = PagePreview()
        self.said = Label("", "label", "text2", wrap=True)
        self.print = Button("Print…", "line", "printer")
        self.go = Button("Export…", "ink", "file-down")
        self._job: ExportJob | None = None  # the child that draws a preview
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self._draw)
        self._lay_out()
        self._restore()
        self.lens.set_value(session.lens)
        self._offer(session.scenario, session.root)
        self.form.changed.connect(lambda _: self.follow())
        for field in self._fields()[1:]:
            field.changed.connect(lambda _: self._changed())  # type: ignore[attr-defined]
        self.go.clicked.connect(self.ask)
        self.print.clicked.connect(self.print_it)
        self.closed.connect(self._stop)

    def _fields(self) -> tuple[LabelledField, ...]:
        return (
            self.form, self.part, self.scenario, self.lens, self.page, self.typed, self.tile, self.pixels,
        )  # fmt: skip

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(12)
        for field in self._fields():
            field.setFixedWidth(LEFT)
            left.addWidget(field)
        left.addStretch(1)
        right.setSpacing(12)
        right.addWidget(self.preview, 1)
        right.addWidget(self.said)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.print)
        foot.addWidget(self.go)
        right.addLayout(foot)
        sides = QHBoxLayout()
        sides.setSpacing(22)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.content.addLayout(sides, 1)

    # -- what is remembered for every strategy: paper and format are a habit, scenario and lens are not

    def _restore(self) -> None:
        settings = self.window_.program.memory.settings
        for name, field in (("form", self.form), ("page", self.page), ("tile", self.tile)):
            before = field.value
            field.set_value(settings.value(f"export/{name}") or None)
            if field.value is None:
                field.set_value(before)
        self.typed.set_value(str(settings.value("export/typed") or FIRST_TYPED))
        pixels = str(settings.value("export/pixels") or "")
        self.pixels.set_value(float(pixels) if pixels.isdigit() else None)

    def _keep(self) -> None:
        settings = self.window_.program.memory.settings
        for name, value in (
            ("form", self.form.value),
            ("page", self.page.value),
            ("tile", self.tile.value),
            ("typed", self.typed.value),
            ("pixels", round(self.pixels.value) if self.pixels.value else None),
        ):
            settings.setValue(f"export/{name}", "" if value is None else str(value))

    # -- showing

    def open(self) -> None:
        """Show the box with the keyboard on the first choice."""
        super().open()
        self.form.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def follow(self) -> None:
        """Offer what there is now."""
        self._offer(self.scenario.value, self.part.value)
        self._changed()

    def _offer(self, scenario: str | None, part: str | None) -> None:
        strategy = self.session.strategy
        chosen = scenario if strategy.find(Scenario, scenario) else self.session.scenario
        self.scenario.set_choices([(one.id, one.name) for one in strategy.ordered(Scenario)], chosen)
        self.scenario.setEnabled(chosen is not None)
        parts: list[tuple[str | None, str]] = [(None, "The whole map"), *self._views(strategy)]
        for node_id in dict.fromkeys((self.session.root, self.session.current, part)):
            node = strategy.find(Node, node_id)
            if node is not None:
                parts.append((node.id, f"The branch of “{node.title or 'Untitled'}”"))
        self.part.set_choices(parts, part if part in [value for value, _ in parts] else None)

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
        self.tile.setVisible(self.form.value == ".pdf")
        self.pixels.setVisible(self.form.value == ".png")
        self._keep()
        self._soon.start()

    @property
    def options(self) -> ExportOptions:
        """What is chosen."""
        form, views = self.form.value, self._chosen_views()
        return ExportOptions(
            page=str(self.typed.value or "") if self.page.value == TYPED else str(self.page.value or AUTO),
            scenario=self.scenario.value,
            lens=str(self.lens.value),
            branch=None if views else self.part.value,
            views=views,
            checkpoint=checkpoints.standing(self.session.document),
            width=round(self.pixels.value) if form == ".png" and self.pixels.value is not None else None,
            tile=self.tile.value if form == ".pdf" else None,
        )

    def _draw(self) -> None:
        """Draw the preview: a small map at once, a big one in a child process, so that the window goes on."""
        self._stop()
        ending, options = str(self.form.value), self.options
        if len(self.session.strategy.all(Node)) > AT_ONCE:
            self._ask_child(ending, options)
            return
        try:
            made = preview(self.session.strategy, ending, options)
        except ProdleadError as error:
            self._show(None, str(error))
        else:
            self._show(made.image, made.words)

    def _ask_child(self, ending: str, options: ExportOptions) -> None:
        folder = tempfile.TemporaryDirectory(prefix="prodlead-preview-")
        target = Path(folder.name, "preview.png")

        def done(outcome: Outcome) -> None:
            image = QImage(str(target)) if outcome.state == WRITTEN else None
            folder.cleanup()
            if outcome.state != STOPPED:
                self._job = None
                self._show(image, outcome.words)

        flags = [*arguments(options), "--preview", ending[1:]]
        self._job = ExportJob(self.session, target, flags, done, self.window_.tasks, "Drawing the preview")
        self._job.start()
        self.window_.tasks.show(self._job)

    def _show(self, image: QImage | None, words: str) -> None:
        self.preview.show_image(image, "No preview")
        self.said.setText(words)
        self.said.setMinimumHeight(self.said.heightForWidth(self.said.width()))
        self.go.setEnabled(image is not None)
        self.print.setEnabled(image is not None)

    def _stop(self) -> None:
        """Give up a preview under way."""
        self._soon.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    # -- doing

    def ask(self) -> None:
        """Ask where, then export in a child process; the bottom bar shows it."""
        ending = str(self.form.value)
        kind = dict(FORMATS)[ending]
        strategy, part = self.session.strategy, self.part.value
        branch, view = strategy.find(Node, part), strategy.find(SavedView, part)
        shown = branch.title if branch else view.name if view else "views" if part == ALL else ""
        name = Path(self.session.document.path).stem + (f", {shown}" if shown else "")
        kinds, others = f"{kind} (*{ending})", [each for each, _ in FORMATS]
        path = opening.ask_where(self.window_, "Export the map", name + ending, kinds, ending, others)
        if path is not None:
            self.form.set_value(path.suffix.lower())  # another ending may have been typed
            self.export(path)

    def export(self, path: Path) -> ExportJob:
        """Start the export."""
        window = self.window_
        flags = arguments(self.options)
        job = ExportJob(self.session, path, flags, lambda outcome: window.tell(outcome.notice), window.tasks)
        job.start()
        self.window_.tasks.show(job)
        self.dismiss()
        return job

    def print_it(self) -> None:
        """Show the same on the printer's paper before it is printed."""
        from prodlead_desktop.ui import printing

        options = self.options
        self.dismiss()
        self.window_.problems.run(lambda: printing.preview(self.window_, options))


def arguments(options: ExportOptions) -> list[str]:
    """The options of ``prodlead export`` that mean these."""
    found = ["--page", options.page, "--lens", options.lens]
    for flag, value in (
        ("--scenario", options.scenario),
        ("--branch", options.branch),
        ("--width", options.width),
        ("--tile", options.tile),
    ):
        found += [flag, str(value)] if value is not None else []
    return found + (["--views", ",".join(options.views)] if options.views else [])
