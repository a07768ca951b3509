"""How documents come into windows: new, open, sample, import, checkpoint; asking where is apart from doing it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from prodlead_desktop import samples
from prodlead_desktop.document import Document
from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, Header
from prodlead_desktop.domain.rows import set_value
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.ui.tasks import Monitor

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

ENDING = ".prodlead"
OURS = f"Prodlead strategy (*{ENDING})"
JSON = "Strategy as JSON (*.json)"


def documents_folder() -> Path:
    """Where people keep documents."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found else Path.home()


def with_ending(path: Path, ending: str) -> Path:
    """The path with its ending, added when it is not there."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def ask_where(window: MainWindow, title: str, name: str, kinds: str, ending: str) -> Path | None:
    """Ask where to write a file; None when the user thinks better of it. Asks before overwriting."""
    session = window.session
    folder = Path(session.document.path).parent if session else documents_folder()
    chosen, _ = QFileDialog.getSaveFileName(window, title, str(folder / name), kinds)
    return with_ending(Path(chosen), ending) if chosen else None


def ask_new(window: MainWindow) -> None:
    """Ask where the new strategy shall be and start it there."""
    path = ask_where(window, "New strategy", f"Strategy{ENDING}", OURS, ENDING)
    if path is not None:
        new_at(window, path)


def ask_open(window: MainWindow) -> None:
    """Ask which file to open."""
    kinds = f"Strategies (*{ENDING} *.json);;All files (*)"
    chosen, _ = QFileDialog.getOpenFileName(window, "Open", str(documents_folder()), kinds)
    if chosen:
        open_path(window, Path(chosen))


def ask_import(window: MainWindow) -> None:
    """Ask which JSON file to import and where the strategy made from it shall be."""
    chosen, _ = QFileDialog.getOpenFileName(window, "Import", str(documents_folder()), JSON)
    if chosen:
        open_path(window, Path(chosen))


def new_at(window: MainWindow, path: Path) -> MainWindow:
    """Start a strategy in a new file: one empty ambition, ready to be typed."""
    edit = Edit(empty())
    set_value(edit, Header, HEADER_ID, "name", path.stem)
    set_value(edit, Header, HEADER_ID, "currency", window.program.preferences.new_currency)
    first = nodes.add_child(edit, None)
    strategy, _ = edit.result()
    shown = put_at(window, path, strategy)
    session = shown.session
    assert session is not None
    session.select(first)
    shown.begin_title(first)
    return shown


def put_at(window: MainWindow, path: Path, strategy: Strategy) -> MainWindow:
    """Write a strategy into a new file and show it; a file that the dialog agreed to replace goes."""
    if window.program.window_of(path) is not None:
        raise BadInput(f"“{path.name}” is open.", "Choose another name.")
    aside = path.with_name(f".{path.name}.replaced")
    if path.exists():
        os.replace(path, aside)
    try:
        document = Document.create(path, strategy)
    except ProdleadError:
        if aside.exists():
            os.replace(aside, path)
        raise
    aside.unlink(missing_ok=True)
    return window.program.show_document(document, window)


def open_path(window: MainWindow, path: Path) -> None:
    """Open a strategy, or offer to import a JSON file into a new one."""
    if path.suffix.lower() == ".json":
        import_json(window, path)
        return
    already = window.program.window_of(path)
    if already is not None:
        window.program.show(already)
        return
    window.program.show_document(Document.open(path), window)


def import_json(window: MainWindow, path: Path) -> None:
    """Read a JSON file beside the window, then ask where the strategy shall be."""

    def read(monitor: Monitor) -> Strategy:
        monitor.step()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"“{path.name}” cannot be read.", "It must be JSON in UTF-8.") from error
        return interchange.loads(text)

    def done(strategy: Strategy) -> None:
        target = ask_where(window, "Import into a new file", f"{path.stem}{ENDING}", OURS, ENDING)
        if target is not None:
            window.problems.run(lambda: put_at(window, target, strategy))

    window.tasks.run(f"Reading {path.name}", read, done)


def open_sample(window: MainWindow) -> MainWindow:
    """Show a fresh copy of the sample, a real file among the user's documents."""
    strategy = samples.load()
    return window.program.show_document(Document.create(_free_path(strategy.header.name), strategy), window)


def sample_file() -> Path:
    """A fresh copy of the sample among the user's documents, not shown."""
    strategy = samples.load()
    path = _free_path(strategy.header.name)
    Document.create(path, strategy).close()
    return path


def _free_path(name: str) -> Path:
    folder = documents_folder() / "Prodlead"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="prodlead-"))
    for number in range(1, 10_000):
        path = folder / f"{name}{'' if number == 1 else f' {number}'}{ENDING}"
        if not path.exists():
            return path
    raise BadInput("There is no free name for the sample.", f"Tidy up {folder}.")
