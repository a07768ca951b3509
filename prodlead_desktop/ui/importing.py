"""Files of other programs come into a window: asked for, read beside it, tried on a copy, taken in as one edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from prodlead_desktop.domain import tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.outline import Outline
from prodlead_desktop.domain.planting import Planted, Wishes, plant, strategy_of
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.import_report import Report, report
from prodlead_desktop.exchange.importer import Imported, importers
from prodlead_desktop.ui import opening, view_state
from prodlead_desktop.ui.crash_dialog import ReportDialog
from prodlead_desktop.ui.notice import Notice

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

KEY = "import"  # what was refused goes when something comes in

Step = Callable[[float | None], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that was tried on a copy of ``before``; None there means a strategy of its own."""

    before: Strategy | None
    strategy: Strategy
    changes: ChangeSet | None
    planted: Planted
    report: Report


def ask(window: MainWindow) -> None:
    """Ask which file to import."""
    chosen, _ = QFileDialog.getOpenFileName(window, "Import", str(opening.documents_folder()), kinds())
    if chosen:
        opening.open_path(window, Path(chosen))


def kinds() -> str:
    """What can be imported, for the dialog that asks for a file."""
    every = " ".join(f"*{ending}" for importer in importers() for ending in importer.endings)
    each = [
        f"{importer.title} ({' '.join(f'*{ending}' for ending in importer.endings)})"
        for importer in importers()
    ]
    return ";;".join([f"All that can be imported ({every})", *each, "All files (*)"])


def prepare(
    imported: Imported, outline: Outline, onto: Strategy | None, under: str | None, wishes: Wishes, step: Step
) -> Prepared:
    """Try an import below a card (None: at the top level) of ``onto``, or as a strategy of its own.

    BadInput when the map would be too deep.
    """
    if onto is None:
        strategy, planted = strategy_of(outline, Path(imported.name).stem, wishes, step)
        return Prepared(None, strategy, None, planted, report(imported, strategy, planted))
    if outline.depth + (tree.depth(onto, under) if under else 0) > tree.DEPTH_LIMIT:
        raise BadInput(f"The map would be deeper than {tree.DEPTH_LIMIT} levels.", "Choose another place.")
    edit = Edit(onto)
    planted = plant(edit, outline, under, wishes, step)
    strategy, changes = edit.result()
    return Prepared(onto, strategy, changes, planted, report(imported, strategy, planted))


def take(window: MainWindow, session: Session, prepared: Prepared) -> None:
    """Make an import true in the open document: one edit, one undo."""
    count = len(prepared.planted.ids)
    with session.edit(f"Import {prepared.report.file}") as edit:
        for change in prepared.changes.changes if prepared.changes else ():
            if change.after is not None:
                edit.put(change.after)
    if prepared.planted.folded:
        session.set_folded(session.folded | set(prepared.planted.folded))
    window.show_map()
    if count:
        session.reveal(prepared.planted.ids[0])
    came = prepared.planted.ids
    tell(window, prepared.report, session, lambda: any(session.strategy.find(Node, one) for one in came))


def open_new(window: MainWindow, path: Path, prepared: Prepared) -> None:
    """Make an import a strategy of its own in a new file."""
    folded = prepared.planted.folded
    shown = opening.put_at(window, path, opening.with_currency(window, prepared.strategy))
    session = shown.session
    if session is not None:
        session.set_folded(folded)
        session.select(*prepared.planted.ids[:1])
        view_state.fold(window.program.memory, session.document.id, folded)
    tell(shown, prepared.report)


def tell(
    window: MainWindow, said: Report, session: Session | None = None, holds: Callable[[], bool] | None = None
) -> None:
    """Say how much came in, with Undo in a document; what did not come as it was stays in the bar until it is read.

    ``holds``: or until what came is gone again.
    """
    for bar in (window.start.bar, window.body.bar if window.body else None):
        if bar is not None:
            bar.withdraw(KEY)
    undo = (("Undo", session.undo),) if session is not None else ()
    window.tell(Notice(f"Imported {said.counted()}.", "ok", undo, toast=True))
    if said.remarks:
        sentence = f"From {said.file}, {said.losses_in_short()}."
        read = (("Show the report", lambda: show_report(window, said)),)
        window.tell(Notice(sentence, "info", read, key=KEY, holds=holds))


def show_report(window: MainWindow, said: Report) -> ReportDialog:
    """What came of an import, to read and copy."""
    dialog = ReportDialog("Import", "What came of the import", said.summary() + ".", said.text(), window)
    dialog.report.setMinimumSize(640, 300)
    close = dialog.add("Close", "ink")
    close.clicked.connect(dialog.accept)
    dialog.open()
    close.setFocus()
    return dialog
