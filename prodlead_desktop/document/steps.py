"""Undo, redo and giving up a gesture: the inverse of what the journal says, written as a new row of it.

Bound into Document as its methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prodlead_desktop.document.history import Step, taken_back
from prodlead_desktop.document.writer import Writer
from prodlead_desktop.domain import invariants, rowcodec
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import SPEC_OF
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import InvariantViolation, ProdleadError
from prodlead_desktop.store import faults

if TYPE_CHECKING:
    from prodlead_desktop.document.document import Document

NOT_BACK = "That step cannot be taken back"


def undo(document: Document) -> ChangeSet | None:
    """Take back the last edit with its group; returns what changed, or None when there is nothing to undo."""
    writer = document._editable()
    document.history.forget_before(writer.oldest)
    return _step(document, "undo", document.history.to_undo())


def redo(document: Document) -> ChangeSet | None:
    """Bring back what was undone last; returns what changed, or None when there is nothing to redo."""
    writer = document._editable()
    document.history.forget_before(writer.oldest)
    return _step(document, "redo", document.history.to_redo())


def withdraw(document: Document, group: str) -> ChangeSet | None:
    """Take back a gesture that was given up, such as an empty new card; redo does not bring it back.

    None when the gesture changed nothing or is not the last thing done.
    """
    document._editable()
    return _step(document, "withdraw", document.history.to_withdraw(group))


def _step(document: Document, kind: str, steps: Sequence[Step]) -> ChangeSet | None:
    if not steps:
        return None
    changes = taken_back(_bodies(document._editable(), steps))
    changes = ChangeSet(changes.changes, steps[0].label, steps[0].group)
    strategy = _after(document.strategy, changes, checked=any(step.changes is None for step in steps))
    document._move(strategy, kind, steps[-1].seq, changes)
    return changes


def _bodies(writer: Writer, steps: Sequence[Step]) -> list[ChangeSet]:
    """What the steps changed; older ones are read through the writer's connection."""
    missing = [step.seq for step in steps if step.changes is None]
    try:
        texts = writer.ask(lambda store: store.bodies(missing)) if missing else {}
        return [
            rowcodec.changes_from_json(texts[step.seq]) if step.changes is None else step.changes
            for step in steps
        ]
    except faults.UNREADABLE as error:
        raise ProdleadError(f"{NOT_BACK}: its record in the file is damaged.") from error


def _after(strategy: Strategy, changes: ChangeSet, checked: bool) -> Strategy:
    """The strategy after a step; what was read from the disk must fit today's rows and break no rule."""
    if not checked:
        return strategy.after(changes)
    for change in changes:
        if (
            change.table not in SPEC_OF
            or strategy.find(SPEC_OF[change.table].cls, change.id) != change.before
        ):
            raise ProdleadError(f"{NOT_BACK}: it does not fit what is there now.")
    after = strategy.after(changes)
    try:
        invariants.check(changes, after)
    except InvariantViolation as error:
        raise ProdleadError(f"{NOT_BACK}. {error.sentence}") from error
    return after
