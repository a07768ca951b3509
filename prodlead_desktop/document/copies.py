"""Copies in files of their own: everything, only what others may see, and what could not be written where it belongs.

The first two are bound into Document as its methods.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop.document.status import WAITING
from prodlead_desktop.domain import fields, removal
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPEC_OF, Answer
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput, ProdleadError, WriteFailed
from prodlead_desktop.store import copying, creating, faults, lock
from prodlead_desktop.store.connection import connect
from prodlead_desktop.store.store import Store

if TYPE_CHECKING:
    from prodlead_desktop.document.document import Document

FLUSH_S = 2.0
ASK_S = 25.0
REDACTED = "…"
_REDACTABLE = {
    FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER, FieldType.SHARE, FieldType.MONEY, FieldType.DATE,
    FieldType.NUMBERS, FieldType.MONEYS, FieldType.WORDS,
}  # fmt: skip
_LISTS = {FieldType.NUMBERS, FieldType.MONEYS, FieldType.WORDS}
_NEEDED = {("node", "kind"), ("header", "currency")}
_log = logging.getLogger(__name__)


def save_copy(document: Document, path: Path | str) -> None:
    """Write everything, journal and checkpoints too, into another file; also what could not be written so far.

    The document stays what and where it is. A file of a newer version, or a damaged one, is copied as far as it was
    understood, so that the copy may be edited. WriteFailed in words; a file that was there before is then still whole.
    """
    target = _target(document, path)
    with creating.arriving(target, replace=True) as temporary:
        if not _copied(document, temporary):
            temporary.unlink(missing_ok=True)
            creating.write_new(temporary, document.strategy, document.id)
            copying.verify(temporary, document.strategy)


def save_copy_to_send(document: Document, path: Path | str, redact: Iterable[str] = ()) -> None:
    """Write today's strategy without journal, checkpoints and answers of rounds into another file.

    ``redact`` names fields as ``table.field``, such as ``person.name`` or ``node.note``; their content stays here.
    The copy is a new file made from the rows that go out, so that no page of it ever held anything else.
    BadInput for a field that cannot be left out; WriteFailed in words.
    """
    target = _target(document, path)
    strategy = to_send(document.strategy, redact)
    with creating.arriving(target, replace=True) as temporary:
        creating.write_new(temporary, strategy, document.id)
        copying.verify(temporary, strategy)


def to_send(strategy: Strategy, redact: Iterable[str] = ()) -> Strategy:
    """A strategy without answers and without the content of some fields."""
    edit = Edit(strategy)
    removal.remove(edit, *strategy.all(Answer).values())
    for name in redact:
        table, _, column = name.partition(".")
        spec = SPEC_OF.get(table)
        field = next((field for field in fields.of(spec.cls) if field.name == column), None) if spec else None
        if spec is None or field is None or not _may_be_empty(table, field):
            raise BadInput(
                f"“{name}” cannot be left out of a copy.", "Name a field as table.field, such as node.note."
            )
        empty = () if field.type in _LISTS else REDACTED if field.required else None
        for row in edit.ordered(spec.cls):
            edit.put(replace(row, **{column: empty}))
    return edit.result()[0]


def _may_be_empty(table: str, field: fields.Field) -> bool:
    if field.type not in _REDACTABLE or (table, field.name) in _NEEDED:
        return False
    return not field.required or field.type is FieldType.TEXT


def rescue(document: Document) -> Path | None:
    """Write what is in memory into the application's folder; says where, or None when even that fails."""
    folder = document.places.recovery
    target = folder / f"{document.path.stem[:60]}-{document.sequence}.prodlead"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        creating.create(target, document.strategy, document.id, replace=True)
    except (ProdleadError, OSError) as error:
        _log.info("no recovery copy: %s", error)
        return None
    return target


def _target(document: Document, path: Path | str) -> Path:
    target = Path(path).absolute()
    if target.is_symlink():
        target = target.resolve()
    if target.is_dir():
        raise WriteFailed(f"“{target.name}” is a folder.", "Choose a name for the copy.")
    try:
        if not target.exists():
            return target
        if document.path.exists() and lock.identity(target) == lock.identity(document.path):
            raise WriteFailed("That is the file itself.", "Choose another name for the copy.")
        held = lock.take(target, document.places.locks)
    except OSError as error:
        raise faults.cannot_write(error, f"“{target.name}” cannot be written.") from error
    if held is None:
        raise WriteFailed(f"“{target.name}” is open in another window.", "Choose another name for the copy.")
    held.release()
    return target


def _copied(document: Document, temporary: Path) -> bool:
    """Copy the file as it is on disk and add what is not; False when that does not give what is in memory."""
    writer = document.writer
    try:
        if writer is None:
            with closing(connect(document.source, "ro")) as connection:  # backup begins a transaction itself
                copying.backup(connection, temporary)
        else:
            if writer.status.state != WAITING:
                writer.flush(FLUSH_S)
            writer.ask(lambda store: store.backup(temporary), anyway=True, timeout_s=ASK_S)
            copy = Store.of_copy(temporary)
            try:
                for write in writer.pending():
                    if write.entry is None or write.entry.seq > copy.sequence:
                        write.run(copy)
            finally:
                copy.close()
        copying.verify(temporary, document.strategy)
    except (*faults.UNREADABLE, OSError, ProdleadError) as error:
        _log.info("copying from memory: %s", error)
        return False
    return True
