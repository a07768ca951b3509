"""Files on the command line: read without changing a byte, written only where nothing is lost."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from prodlead_desktop.document import Document
    from prodlead_desktop.domain.strategy import Strategy

ENDING = ".prodlead"


@dataclass(frozen=True, slots=True)
class Read:
    """A strategy and what its file says about it."""

    strategy: Strategy
    version: int
    checkpoints: tuple[str, ...] = ()
    current_checkpoint: str | None = None  # the one of this state, or that it comes after it


def write_numbers(asked: argparse.Namespace) -> None:
    """Write numbers and months as --numbers and --language say, while this command runs. BadInput in words."""
    from prodlead_desktop.domain import numerals
    from prodlead_desktop.exchange import notations

    if notations.SYSTEM in (asked.numbers, asked.language):
        raise BadInput("“system” depends on the machine.", f"Choose one of {', '.join(notations.NUMBERS)}.")
    numerals.write_as(notations.notation_of(asked.numbers, asked.language))


def read(path: Path) -> Read:
    """A strategy file or one that can be imported; changes no byte of it. ProdleadError in words."""
    from prodlead_desktop.domain import interchange
    from prodlead_desktop.exchange import importer

    if path.suffix.lower() in importer.endings():
        return Read(importer.read(path).strategy(), interchange.VERSION)
    from prodlead_desktop.store import header

    version = header.sniff(path).version
    document = opened(path)
    try:
        from prodlead_desktop.document import checkpoints

        marks = document.checkpoints()
        names = tuple(mark.name for mark in marks)
        return Read(document.strategy, version, names, checkpoints.standing(document))
    finally:
        document.close()


def opened(path: Path) -> Document:
    """A document that is only read; FileRefused in words, and a warning on stderr when it cannot be trusted."""
    from prodlead_desktop.document import Document

    document = Document.open(path, read_only=True)
    doubt = doubts(document)
    if doubt:
        print(f"prodlead: {doubt}", file=sys.stderr)
    return document


def doubts(document: Document) -> str | None:
    """Why a file that was opened only to be read should not be trusted, in words; None when it is sound."""
    from prodlead_desktop.store.opening import ASKED

    return None if document.read_only == ASKED else document.read_only


def new(path: Path, force: bool = False) -> Path:
    """A path that may be written as a strategy file; BadInput when it may not."""
    if path.suffix.lower() != ENDING:
        raise BadInput(f"“{path.name}” is no name for a strategy.", f"Let it end in {ENDING}.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder “{path.parent}”.", "Make it first, or choose another place.")
    if os.path.lexists(path) and not force:
        raise BadInput(f"“{path.name}” is there already.", "Choose another name or add --force.")
    return path


def write(strategy: Strategy, path: Path, force: bool = False) -> None:
    """Write a strategy file, over another one only with ``force``; WriteFailed in words, and what was there stays."""
    import tempfile

    from prodlead_desktop.document import Document
    from prodlead_desktop.store import creating

    if not (force and os.path.lexists(path)):
        creating.create(path, strategy, creating.new_document_id())
        return
    with tempfile.TemporaryDirectory() as folder:  # save_copy refuses to replace what is open in a window
        fresh = Document.create(Path(folder, path.name), strategy)
        try:
            fresh.save_copy(path)
        finally:
            fresh.close()


def views(strategy: Strategy, wanted: str | None) -> tuple[str, ...]:
    """The ids of saved views named by ids or names with commas between them, or all of them for "all"."""
    from prodlead_desktop.domain import views
    from prodlead_desktop.domain.entities import SavedView

    if wanted is None:
        return ()
    if wanted.strip() == "all":
        every = tuple(view.id for view in strategy.ordered(SavedView))
        if not every:
            raise BadInput(
                "No view is saved in this strategy.", "Save one in the window: View ▸ Save this view…"
            )
        return every
    if any(wanted in (view.id, view.name) for view in strategy.ordered(SavedView)):  # a name may hold a comma
        return (views.named(strategy, wanted).id,)
    return tuple(views.named(strategy, name.strip()).id for name in wanted.split(","))


def branch(strategy: Strategy, wanted: str | None) -> str | None:
    """The id of a node named by its id or by a title that only it has."""
    from prodlead_desktop.domain.entities import Node

    if wanted is None or strategy.find(Node, wanted):
        return wanted
    same = [node.id for node in strategy.all(Node).values() if node.title == wanted]
    if len(same) == 1:
        return same[0]
    problem = f"{len(same)} nodes are called" if same else "No node has the id or the title"
    raise BadInput(f"{problem} “{wanted}”.", f"Their ids: {', '.join(sorted(same))}." if same else "")
