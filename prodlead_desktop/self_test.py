"""Tries every part that an installation can lack, so that a bundle says what is missing before a workshop does."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop import __version__, resources, samples
from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput
from prodlead_desktop.registry import collect

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from prodlead_desktop.exchange.exporter import ExportOptions

OK, FAILED = 0, 1

# Every folder that registry.collect reads, with its constant; a test compares this with the calls in the tree.
REGISTRIES = (
    ("node kinds", "prodlead_desktop.domain.kinds", "KIND"),
    ("lenses", "prodlead_desktop.figures.lenses", "LENS"),
    ("charts", "prodlead_desktop.figures.charts", "CHART"),
    ("exporters", "prodlead_desktop.exchange.exporters", "EXPORTER"),
    ("importers", "prodlead_desktop.exchange.importers", "IMPORTER"),
    ("action groups", "prodlead_desktop.ui.actions", "GROUP"),
    ("workspaces", "prodlead_desktop.ui.workspaces", "WORKSPACE"),
)


class PartError(Exception):
    """A part is there but does not do what it should; the message says what was seen."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part: ``run`` works in a folder that is thrown away, raises when the part fails, says what it saw."""

    name: str
    run: Callable[[Path], str]


def run() -> int:
    """Try everything, one line each; the status is 1 when something failed, and the lines are said again at the end.

    Shows no window, needs no display and leaves nothing behind.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    qInstallMessageHandler(_qt_says)
    with tempfile.TemporaryDirectory(prefix="prodlead-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = str(Path(folder, "matplotlib"))
        application = QApplication([sys.argv[0] or "prodlead"])
        found = [_tried(check, Path(folder)) for check in checks()]
        application.processEvents()
    failures = [line for line in found if line is not None]
    if failures:
        print(
            "\n".join([f"prodlead {__version__}: {len(failures)} of {len(found)} checks failed", *failures])
        )
        return FAILED
    print(f"prodlead {__version__}: all {len(found)} checks passed")
    return OK


def checks() -> tuple[Check, ...]:
    """What is tried, in order: first what the later checks stand on."""
    return (
        *(Check(title, _registry(package, constant)) for title, package, constant in REGISTRIES),
        Check("fonts", _fonts),
        Check("icons", _icons),
        Check("sample", _sample),
        Check("document", _document),
        Check("JSON", _json),
        Check("imports", _imports),
        Check("map as PDF", _map_pdf),
        Check("map as SVG", _map_svg),
        Check("map as PNG", _map_png),
        Check("chart as PDF", _chart_pdf),
        Check("chart as SVG", _chart_svg),
        Check("solver", _solver),
        Check("window", _window),
        Check("export", _export),
        Check("print preview", _print_preview),
        Check("licences", _licences),
    )


def _tried(check: Check, folder: Path) -> str | None:
    """Prints the line of one check; returns it when the check failed."""
    try:
        line, failed = f"ok      {check.name:<14}  {check.run(folder)}", False
    except Exception as error:  # noqa: BLE001  a broken bundle can fail in every way there is
        said = str(error) if isinstance(error, PartError) else f"{type(error).__name__}: {error}"
        line, failed = f"FAILED  {check.name:<14}  {one_line(said)}", True
    print(line, flush=True)
    return line if failed else None


def _qt_says(kind: object, context: object, message: str) -> None:
    """What Qt complains about, but for what a platform without a screen lacks."""
    if sys.stderr is not None and not message.startswith("This plugin does not support"):
        print(f"Qt: {message}", file=sys.stderr)


def _must(good: bool, otherwise: str) -> None:
    if not good:
        raise PartError(otherwise)


# ---------------------------------------------------------------- data


def _registry(package: str, constant: str) -> Callable[[Path], str]:
    return lambda _: str(len(collect(package, constant)))


def _fonts(_: Path) -> str:
    from PySide6.QtGui import QFontInfo, QRawFont

    from prodlead_desktop.figures.paint_fonts import font, register_fonts
    from prodlead_desktop.figures.theme import FONT_FAMILY, FONT_FILES

    register_fonts()
    for weight in FONT_FILES:
        asked = font(20, weight)
        got = QRawFont.fromFont(asked)
        _must(QFontInfo(asked).family() == FONT_FAMILY, f"Qt gives {QFontInfo(asked).family()}")
        _must(got.weight() == weight, f"weight {got.weight()} for {weight}")
    return f"{FONT_FAMILY} in {len(FONT_FILES)} weights"


def _icons(_: Path) -> str:
    from PySide6.QtGui import QImageReader

    from prodlead_desktop.figures import svg_icon
    from prodlead_desktop.figures.paint_icons import icon_path

    names = sorted(path.stem for path in resources.path("icons").glob("*.svg"))
    _must(len(names) > 100, f"only {len(names)} icons")
    empty = [name for name in names if not svg_icon.steps(name) or icon_path(name).isEmpty()]
    _must(not empty, f"nothing to draw in {', '.join(empty)}")
    for size in (16, 32, 256):
        reader = QImageReader(str(resources.path("icons", "app", f"prodlead-{size}.png")))
        _must(reader.read().width() == size, f"the program's icon of {size} px: {reader.errorString()}")
    return f"{len(names)} drawn"


def _sample(_: Path) -> str:
    strategy = samples.load()
    _must(strategy.header.name == samples.NAME, f"its name is “{strategy.header.name}”")
    return f"{strategy.header.name}, {len(strategy.all(Node))} nodes"


def _document(folder: Path) -> str:
    from prodlead_desktop.document import Document

    path, data = folder / "document.prodlead", folder / "data"
    document = Document.create(path, samples.load(), data=data)
    before = document.strategy
    with document.edit("Rename") as edit:
        first = next(iter(edit.all(Node)))
        nodes.rename(edit, first, "Größe → first")
    changed = document.strategy
    _must(document.flush(), "the edit did not reach the disk")
    document.undo()
    _must(document.strategy == before, "undo gives something else")
    document.redo()
    document.close()
    again = Document.open(path, data=data)
    try:
        _must(again.strategy == changed, "reopened, it holds something else")
        _must(again.undo_label == "Rename", "reopened, it has forgotten what can be undone")
    finally:
        again.close()
    return f"created, edited, undone, reopened; {path.stat().st_size // 1024} KB"


def _json(folder: Path) -> str:
    from prodlead_desktop.exchange import importer
    from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

    path, strategy = folder / "sample.json", samples.load()
    exporter_for(path).write(strategy, path, ExportOptions())
    _must(importer.read(path).strategy() == strategy, "what is read is not what was written")
    _must(interchange.loads(interchange.dumps(strategy)) == strategy, "text gives another strategy")
    return f"there and back, {path.stat().st_size // 1024} KB"


_FOREIGN = (
    ("map.mm", '<map><node TEXT="Größe"><node TEXT="a"/></node></map>'),
    ("outline.opml", '<opml><body><outline text="Größe"><outline text="a"/></outline></body></opml>'),
    ("list.md", "# Größe\n- a\n"),
    ("table.csv", "Level,Title\n1,Größe\n2,a\n"),
)
_BOMB = '<!DOCTYPE map [<!ENTITY a "ha">]>\n<map><node TEXT="&a;"/></map>'


def _imports(folder: Path) -> str:
    from prodlead_desktop.exchange import importer

    for name, words in _FOREIGN:
        path = folder / name
        path.write_text(words, encoding="utf-8")
        outline = importer.read(path).outline
        found = [(item.depth, item.title) for item in outline.items] if outline else []
        _must(found == [(0, "Größe"), (1, "a")], f"{name} came in as {found}")
    bomb = folder / "bomb.mm"
    bomb.write_text(_BOMB, encoding="utf-8")
    try:
        importer.read(bomb)
    except BadInput:
        return f"{len(_FOREIGN)} formats read, an entity refused"
    raise PartError("a map with an entity was read")


# ---------------------------------------------------------------- pictures


def _map_pdf(folder: Path) -> str:
    return _embedded(_map(folder / "map.pdf"))


def _map_svg(folder: Path) -> str:
    return _readable(_map(folder / "map.svg"), "@font-face")


def _map_png(folder: Path) -> str:
    from PySide6.QtGui import QImage

    image = QImage(str(_map(folder / "map.png")))
    _must(_colours(image) > 40, "the picture is empty")
    return f"{image.width()} × {image.height()} pixels"


def _map(path: Path) -> Path:
    """The sample's plan of record as the ending says."""
    from prodlead_desktop.exchange.exporter import exporter_for

    return exporter_for(path).write(samples.load(), path, _plan()).path


def _plan() -> ExportOptions:
    from prodlead_desktop.domain.scenarios import plan_of_record
    from prodlead_desktop.exchange.exporter import ExportOptions

    plan = plan_of_record(samples.load())
    return ExportOptions(page="A3", scenario=plan.id if plan else None, width=1200)


def _chart_pdf(folder: Path) -> str:
    return _embedded(_chart(folder / "chart.pdf"))


def _chart_svg(folder: Path) -> str:
    return _readable(_chart(folder / "chart.svg"), "Prodlead Sans")


def _readable(svg: Path, words: str) -> str:
    """An SVG that Qt can draw and that names our type."""
    from PySide6.QtSvg import QSvgRenderer

    _must(QSvgRenderer(str(svg)).isValid(), "Qt cannot read the SVG")
    _must(words in svg.read_text(encoding="utf-8"), "the text is not set in Prodlead Sans")
    return f"{svg.stat().st_size // 1024} KB"


def _chart(path: Path) -> Path:
    """A chart of the sample's first two scenarios, without any window."""
    from prodlead_desktop import samples
    from prodlead_desktop.domain.entities import Scenario
    from prodlead_desktop.exchange import chart_files
    from prodlead_desktop.figures.chart import chart_named

    strategy = samples.load()
    pair = tuple(scenario.id for scenario in strategy.ordered(Scenario))[:2]
    chart = chart_named("moves")
    chart_files.write(chart, chart.of(strategy, pair), path)
    return path


def _embedded(pdf: Path) -> str:
    """Says which fonts a PDF carries; each one it names must be ours and inside."""
    content = pdf.read_bytes()
    _must(content.startswith(b"%PDF-") and b"%%EOF" in content[-64:], "that is no whole PDF")
    names = {name.decode() for name in re.findall(rb"/FontName\s*/([\w+#-]+)", content)}
    files = len(re.findall(rb"/FontFile[23]?\s", content))
    strange = sorted(name for name in names if "ProdleadSans" not in name)
    _must(bool(names) and not strange, f"fonts of this machine: {', '.join(strange) or 'none at all'}")
    _must(files >= len(names), f"{files} of {len(names)} fonts are inside")
    return f"{len(names)} fonts inside, {len(content) // 1024} KB"


def _solver(_: Path) -> str:
    """The smallest of all plans: two bets, money for one."""
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    first, second = model.addBinary(), model.addBinary()
    model.addConstr(first + second <= 1)
    model.maximize(2 * first + 3 * second)
    best = model.getInfo().objective_function_value
    _must(abs(best - 3) < 1e-6, f"the best of 2 and 3 is {best}")
    return f"highspy {importlib.metadata.version('highspy')}"


# ---------------------------------------------------------------- window


def _window(folder: Path) -> str:
    from PySide6.QtWidgets import QApplication

    from prodlead_desktop.document import Document
    from prodlead_desktop.ui.program import Program
    from prodlead_desktop.ui.settings import memory
    from prodlead_desktop.ui.style import ProdleadStyle

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle(ProdleadStyle())
    program = Program(memory(folder / "memory"), application)
    document = Document.create(folder / "window.prodlead", samples.load(), data=folder / "data")
    window = program.show_document(document, None)
    try:
        application.processEvents()
        image = window.grab().toImage()
        _must(_colours(image) > 40, "the window is empty")
    finally:
        window.close_anyway()
    return f"{image.width()} × {image.height()}, {window.windowTitle()}"


def _export(folder: Path) -> str:
    """As the window exports: this program again, in a process of its own."""
    from prodlead_desktop.store import creating
    from prodlead_desktop.ui.export_job import command_line

    source, target = folder / "export.prodlead", folder / "child.pdf"
    creating.create(source, samples.load(), creating.new_document_id())
    program, first = command_line()
    command = [program, *first, "export", str(source), str(target), "--page", "A3"]
    bare = os.environ | {"XDG_DATA_HOME": str(folder / "data")}
    done = subprocess.run(command, env=bare, capture_output=True, encoding="utf-8", timeout=120)
    _must(done.returncode == 0, f"{Path(program).name} ended with {done.returncode}: {done.stderr}")
    return f"by {Path(program).name}, {_embedded(target)}"


def _print_preview(_: Path) -> str:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget

    from prodlead_desktop.exchange.map_sheets import drawn
    from prodlead_desktop.ui import printing

    options = _plan()
    every = drawn(samples.load(), options)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # needs no printer on this machine
    preview = QPrintPreviewWidget(printer)
    preview.resize(600, 800)
    preview.paintRequested.connect(lambda asked: printing.paint_on(asked, every, options))
    preview.show()
    preview.updatePreview()
    image = preview.grab().toImage()
    _must(preview.pageCount() == 1, f"{preview.pageCount()} pages")
    _must(_colours(image) > 40, "the page is empty")
    return "one page painted"


def _colours(image: QImage) -> int:
    """How many colours a picture has, on a grid of points; a blank one has one."""
    points = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return len({image.pixel(x, y) for x, y in points})


def _licences(_: Path) -> str:
    """What the licences of all parts ask for travels along."""
    from prodlead_desktop.ui.parts import parts

    texts = [
        ("fonts", "OFL.txt"),
        ("icons", "LICENSE"),
        ("licences", "LGPL-3.txt"),
        ("licences", "GPL-3.txt"),
    ]
    for part in texts:
        _must(resources.path(*part).stat().st_size > 500, f"{'/'.join(part)} is empty")
    found = parts()
    bare = [part.name for part in found if len(part.text) < 50 or not part.licence]
    _must(not bare, f"no licence of {', '.join(bare)}")
    _must(
        {"SQLAlchemy", "matplotlib", "numpy"} <= {part.name for part in found}, "what is inside is not known"
    )
    return f"{len(found)} parts, {', '.join('/'.join(part) for part in texts[:2])}"


if __name__ == "__main__":
    sys.exit(run())
