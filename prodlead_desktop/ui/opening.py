"""How documents come into windows: new, open, sample, import, checkpoint; asking where is apart from doing it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from prodlead_desktop import samples
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.currency import has_money, set_currency
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, Header
from prodlead_desktop.domain.money import NO_CURRENCY, decimals
from prodlead_desktop.domain.rows import set_value
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.exchange import file_names
from prodlead_desktop.ui.tasks import Monitor

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

ENDING = ".prodlead"
OURS = f"Prodlead strategy (*{ENDING})"


def documents_folder() -> Path:
    """Where people keep documents."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found else Path.home()


def with_ending(path: Path, ending: str) -> Path:
    """The path with its ending, added when it is not there."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def ask_where(
    window: MainWindow, title: str, name: str, kinds: str, ending: str, others: Collection[str] = ()
) -> Path | None:
    """Ask where to write a file; None when the user thinks better of it. Asks before overwriting.

    ``ending`` is added unless it or one of ``others`` was typed.
    """
    session = window.session
    folder = Path(session.document.path).parent if session else documents_folder()
    folder = next((one for one in (folder, documents_folder()) if _takes_files(one)), Path.home())
    stem, suffix = os.path.splitext(name)
    name = file_names.safe(stem, suffix)
    chosen, _ = QFileDialog.getSaveFileName(window, title, str(folder / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() in others else with_ending(path, ending)


def _takes_files(folder: Path) -> bool:
    """Whether a file can be made there; asked by making one, since rights alone do not say so everywhere."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


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
    """Open a strategy, or show what a file of another program holds and offer to import it."""
    ending = path.suffix.lower()
    if ending == ".json":
        import_json(window, path)
        return
    if ending != ENDING and _imports(ending):
        from prodlead_desktop.ui.import_box import ImportBox

        ImportBox(window, path).open()
        return
    already = window.program.window_of(path)
    if already is not None:
        window.program.show(already)
        return
    window.program.show_document(Document.open(path), window)


def _imports(ending: str) -> bool:
    from prodlead_desktop.exchange import importer  # reads XML and more, which no first window needs

    return ending in importer.endings()


def import_json(window: MainWindow, path: Path) -> None:
    """Read a JSON file beside the window, then ask where the strategy shall be."""
    from prodlead_desktop.exchange import importer

    def read(monitor: Monitor) -> Strategy:
        return importer.read(path, importer.Reading(step=monitor.step)).strategy()

    window.tasks.run(f"Reading {path.name}", read, lambda strategy: ask_new_file(window, strategy, path.stem))


def ask_new_file(window: MainWindow, strategy: Strategy, stem: str) -> None:
    """Ask where a strategy that was imported shall be, and put it there."""
    target = ask_where(window, "Import into a new file", f"{stem}{ENDING}", OURS, ENDING)
    if target is not None:
        window.problems.run(lambda: put_at(window, target, with_currency(window, strategy)))


def with_currency(window: MainWindow, strategy: Strategy) -> Strategy:
    """A strategy that names no currency counts in the preferred one, unless its amounts have more decimals."""
    wanted = window.program.preferences.new_currency
    fewer = decimals(wanted) < decimals(NO_CURRENCY)
    if strategy.header.currency != NO_CURRENCY or (fewer and has_money(strategy)):
        return strategy
    edit = Edit(strategy)
    set_currency(edit, wanted)
    return edit.result()[0]


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
