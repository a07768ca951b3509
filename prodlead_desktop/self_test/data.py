"""The parts without a picture: registries, fonts, icons, documents, formats, the solver and the licences."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

from prodlead_desktop import resources, samples
from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.registry import collect
from prodlead_desktop.self_test.part import PartError, must


def registry(package: str, constant: str) -> Callable[[Path], str]:
    """A check that a folder of one-constant files is not empty."""
    return lambda _: str(len(collect(package, constant)))


def fonts(_: Path) -> str:
    """Our type in every weight."""
    from PySide6.QtGui import QFontInfo, QRawFont

    from prodlead_desktop.figures.paint_fonts import font, register_fonts
    from prodlead_desktop.figures.theme import FONT_FAMILY, FONT_FILES

    register_fonts()
    for weight in FONT_FILES:
        asked = font(20, weight)
        got = QRawFont.fromFont(asked)
        must(QFontInfo(asked).family() == FONT_FAMILY, f"Qt gives {QFontInfo(asked).family()}")
        must(got.weight() == weight, f"weight {got.weight()} for {weight}")
    return f"{FONT_FAMILY} in {len(FONT_FILES)} weights"


def icons(_: Path) -> str:
    """Every icon can be drawn, and the program has its own."""
    from PySide6.QtGui import QImageReader

    from prodlead_desktop.figures import svg_icon
    from prodlead_desktop.figures.paint_icons import icon_path

    names = sorted(path.stem for path in resources.path("icons").glob("*.svg"))
    must(len(names) > 100, f"only {len(names)} icons")
    empty = [name for name in names if not svg_icon.steps(name) or icon_path(name).isEmpty()]
    must(not empty, f"nothing to draw in {', '.join(empty)}")
    for size in (16, 32, 256):
        reader = QImageReader(str(resources.path("icons", "app", f"prodlead-{size}.png")))
        must(reader.read().width() == size, f"the program's icon of {size} px: {reader.errorString()}")
    return f"{len(names)} drawn"


def sample(_: Path) -> str:
    """The sample strategy is there."""
    strategy = samples.load()
    must(strategy.header.name == samples.NAME, f"its name is “{strategy.header.name}”")
    return f"{strategy.header.name}, {len(strategy.all(Node))} nodes"


def document(folder: Path) -> str:
    """A file is created, edited, undone and opened again."""
    from prodlead_desktop.document import Document

    path, data = folder / "document.prodlead", folder / "data"
    document = Document.create(path, samples.load(), data=data)
    before = document.strategy
    with document.edit("Rename") as edit:
        first = next(iter(edit.all(Node)))
        nodes.rename(edit, first, "Größe → first")
    changed = document.strategy
    must(document.flush(), "the edit did not reach the disk")
    document.undo()
    must(document.strategy == before, "undo gives something else")
    document.redo()
    document.close()
    again = Document.open(path, data=data)
    try:
        must(again.strategy == changed, "reopened, it holds something else")
        must(again.undo_label == "Rename", "reopened, it has forgotten what can be undone")
    finally:
        again.close()
    return f"created, edited, undone, reopened; {path.stat().st_size // 1024} KB"


def json_there_and_back(folder: Path) -> str:
    """The sample is the same after JSON."""
    from prodlead_desktop.exchange import importer
    from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

    path, strategy = folder / "sample.json", samples.load()
    exporter_for(path).write(strategy, path, ExportOptions())
    must(importer.read(path).strategy() == strategy, "what is read is not what was written")
    must(interchange.loads(interchange.dumps(strategy)) == strategy, "text gives another strategy")
    return f"there and back, {path.stat().st_size // 1024} KB"


_FOREIGN = (
    ("map.mm", '<map><node TEXT="Größe"><node TEXT="a"/></node></map>'),
    ("outline.opml", '<opml><body><outline text="Größe"><outline text="a"/></outline></body></opml>'),
    ("list.md", "# Größe\n- a\n"),
    ("table.csv", "Level,Title\n1,Größe\n2,a\n"),
)
_BOMB = '<!DOCTYPE map [<!ENTITY a "ha">]>\n<map><node TEXT="&a;"/></map>'


def imports(folder: Path) -> str:
    """Every foreign format is read, and a dangerous file is not."""
    from prodlead_desktop.exchange import importer

    for name, words in _FOREIGN:
        path = folder / name
        path.write_text(words, encoding="utf-8")
        outline = importer.read(path).outline
        found = [(item.depth, item.title) for item in outline.items] if outline else []
        must(found == [(0, "Größe"), (1, "a")], f"{name} came in as {found}")
    bomb = folder / "bomb.mm"
    bomb.write_text(_BOMB, encoding="utf-8")
    try:
        importer.read(bomb)
    except BadInput:
        return f"{len(_FOREIGN)} formats read, an entity refused"
    raise PartError("a map with an entity was read")


def solver(_: Path) -> str:
    """The smallest of all plans: two bets, money for one."""
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    first, second = model.addBinary(), model.addBinary()
    model.addConstr(first + second <= 1)
    model.maximize(2 * first + 3 * second)
    best = model.getInfo().objective_function_value
    must(abs(best - 3) < 1e-6, f"the best of 2 and 3 is {best}")
    return f"highspy {importlib.metadata.version('highspy')}"


def licences(_: Path) -> str:
    """What the licences of all parts ask for travels along."""
    from prodlead_desktop.ui.parts import parts

    texts = [
        ("fonts", "OFL.txt"),
        ("icons", "LICENSE"),
        ("licences", "LGPL-3.txt"),
        ("licences", "GPL-3.txt"),
    ]
    for part in texts:
        must(resources.path(*part).stat().st_size > 500, f"{'/'.join(part)} is empty")
    found = parts()
    bare = [part.name for part in found if len(part.text) < 50 or not part.licence]
    must(not bare, f"no licence of {', '.join(bare)}")
    must(
        {"SQLAlchemy", "matplotlib", "numpy"} <= {part.name for part in found}, "what is inside is not known"
    )
    return f"{len(found)} parts, {', '.join('/'.join(part) for part in texts[:2])}"
