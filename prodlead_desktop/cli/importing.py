"""prodlead import: a strategy of a file that another program or a person wrote, and a report of what came of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from prodlead_desktop.cli import files

OK = 0


def import_(asked: argparse.Namespace) -> int:
    """Make a strategy file of another file; never over one that is there."""
    from prodlead_desktop.domain.planting import Wishes, strategy_of
    from prodlead_desktop.exchange import importer
    from prodlead_desktop.exchange.import_report import report
    from prodlead_desktop.store import creating

    source, out = Path(asked.file), files.new(Path(asked.out))
    imported = importer.read(source, importer.Reading(asked.decimal))
    planted = None
    if imported.outline is not None:
        wishes = Wishes(asked.kind, not asked.no_marks)
        strategy, planted = strategy_of(imported.outline, source.stem, wishes)
    else:
        strategy = imported.strategy()
    document = creating.new_document_id()
    creating.create(out, strategy, document)
    if planted and planted.folded:
        _remember(document, planted.folded)
    said = report(imported, strategy, planted)
    if asked.json:
        print(json.dumps({**said.as_json(), "out": asked.out}, ensure_ascii=False, indent=2))
        return OK
    print(f"Imported {asked.file} into {asked.out}")
    if planted:
        print("\n".join(said.text().splitlines()[1:]))
    return OK


def _remember(document: str, folded: tuple[str, ...]) -> None:
    """Which cards are folded is no part of the file: the window keeps it by the document's id."""
    from prodlead_desktop.ui import settings, view_state

    view_state.fold(settings.memory(), document, folded)
