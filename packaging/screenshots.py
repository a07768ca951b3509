"""Takes pictures of every workspace of the real program, light and dark, for the README and for looking at.

`python packaging/screenshots.py [FOLDER]` (default resources/pictures); run with the project's own Python.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1600, 1000)


def main() -> int:
    """Start screen, map in each lens, typing, Allocate and palette, in both themes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "HOME": home}
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        sys.path.insert(0, str(ROOT))
        take(folder, Path(home))
    return 0


def take(folder: Path, home: Path) -> None:
    """Drive the real windows and keep what they show."""
    from PySide6.QtTest import QTest

    from prodlead_desktop import app, samples
    from prodlead_desktop.document import Document
    from prodlead_desktop.domain.entities import Node
    from prodlead_desktop.ui.program import Program
    from prodlead_desktop.ui.settings import memory

    application = app.make_application()
    program = Program(memory(home), application)
    application.focusChanged.connect(program.focus_moved)
    document = Document.create(home / "Tidemark 2027.prodlead", samples.load())
    for theme in ("light", "dark"):
        program.appearance.choose(theme)
        start = program.new_window()
        start.resize(*SIZE)
        start.show()
        QTest.qWait(300)
        start.grab().save(str(folder / f"start-{theme}.png"))
        start.close()
    window = program.show_document(document, None)
    window.resize(*SIZE)
    session = window.session
    assert session is not None
    assert window.body is not None
    by_title = {node.title: node.id for node in session.strategy.all(Node).values()}
    session.select(by_title["Reduce time-to-first-insight"])
    for theme in ("light", "dark"):
        program.appearance.choose(theme)
        for lens in ("structure", "capital"):
            session.set_lens(lens)
            window.body.show_workspace("map")
            QTest.qWait(300)
            window.grab().save(str(folder / f"map-{lens}-{theme}.png"))
        window.body.show_workspace("allocate")
        QTest.qWait(300)
        window.grab().save(str(folder / f"allocate-{theme}.png"))
    window.close()


if __name__ == "__main__":
    sys.exit(main())
