"""Takes pictures of every workspace of the real program, light and dark.

`python packaging/screenshots.py` renews the README's pictures in resources/pictures; with a FOLDER all pictures go
there, to be looked at. Run it with the project's own Python.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1600, 1000)
IN_README = ("map-capital-light", "allocate-light", "compare-light", "map-structure-dark")
THEMES = ("light", "dark")
BOXES = (
    "view.palette", "help.keys", "file.export", "edit.preferences", "allocate.rules", "allocate.futures",
    "file.checkpoints", "map.filter", "map.find", "map.link", "map.park", "map.table", "views.all", "help.about",
)  # fmt: skip
REST_MS = 600


def main() -> int:
    """Start screen, map in each lens, typing, Allocate, Compare and the boxes over them, in both themes."""
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = chosen or ROOT / "resources" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "HOME": home}
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        sys.path.insert(0, str(ROOT))
        for name, picture in pictures(Path(home)):
            if chosen or name in IN_README:
                picture.save(str(folder / f"{name}.png"))
    return 0


def pictures(home: Path) -> Iterator[tuple[str, Any]]:
    """Drive the real windows; yields a name and what they show."""
    from prodlead_desktop import app, samples
    from prodlead_desktop.document import Document
    from prodlead_desktop.ui.program import Program
    from prodlead_desktop.ui.settings import memory

    application = app.make_application()
    program = Program(memory(home), application)
    application.focusChanged.connect(program.focus_moved)
    document = Document.create(home / "Tidemark 2027.prodlead", samples.load())
    window = program.show_document(document, None)
    window.resize(*SIZE)
    for theme in THEMES:
        program.appearance.choose(theme)
        yield from of_document(window, theme)
    window.close()
    for theme in THEMES:
        program.appearance.choose(theme)
        start = program.new_window()
        start.resize(*SIZE)
        start.show()
        yield f"start-{theme}", settled(start)
        start.close()


def of_document(window: Any, theme: str) -> Iterator[tuple[str, Any]]:
    """Map, Allocate, Compare and boxes of one open document."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from prodlead_desktop.domain.entities import Node
    from prodlead_desktop.figures.lens import lenses

    session, canvas = window.session, window.body.page("map")
    by_title = {node.title: node.id for node in session.strategy.all(Node).values()}
    window.activateWindow()
    window.body.show_workspace("map")
    session.select(by_title["Reduce time-to-first-insight"])
    rest(REST_MS)  # the map has its room before it is fitted into it
    for lens in lenses():
        session.set_lens(lens)
        canvas.fit()
        yield f"map-{lens}-whole-{theme}", settled(window)
        canvas.zoom_to(0.8)
        canvas.centre(by_title["Insights leave as screenshots"])
        yield f"map-{lens}-{theme}", settled(window)
    canvas.begin_edit(by_title["Reduce time-to-first-insight"])
    yield f"typing-{theme}", settled(window)
    canvas.setFocus()
    for action in BOXES:
        if action in window.table.rows:
            session.select(by_title["Reduce time-to-first-insight"])
            window.table.run(action)
            yield f"{action.replace('.', '-')}-{theme}", settled(window)
            QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    window.body.show_workspace("allocate")
    yield f"allocate-{theme}", settled(window)
    window.body.show_workspace("compare")
    _wait_for_charts(window.body.page("compare"))
    yield f"compare-{theme}", settled(window)


def _wait_for_charts(page: Any) -> None:
    """Charts are drawn beside the window."""
    for _ in range(240):
        rest(250)
        if all(card.picture.image is not None for card in page.cards.values()):
            return


def settled(window: Any) -> Any:
    """What the window shows once it rests."""
    rest(REST_MS)
    return window.grab()


def rest(milliseconds: int) -> None:
    """Let the window and its threads go on; QTest.qWait would hold the threads up."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
