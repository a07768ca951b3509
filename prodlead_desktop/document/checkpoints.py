"""Named states of the whole strategy, each complete in itself; bound into Document as its methods."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prodlead_desktop.document.writer import Write
from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store import faults, reading
from prodlead_desktop.store.opening import reading as reader
from prodlead_desktop.store.reading import CheckpointInfo

if TYPE_CHECKING:
    from prodlead_desktop.document.document import Document


def checkpoint(document: Document, name: str) -> str:
    """Keep today's strategy under a name; returns the checkpoint's id. ProdleadError when nothing may be written."""
    writer = document._editable()
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    info = CheckpointInfo(new_id("cp"), one_line(name) or "Checkpoint", document.sequence, now)
    document.infos += (info,)
    writer.write(Write(checkpoint=info, strategy=document.strategy))
    return info.id


def checkpoints(document: Document) -> tuple[CheckpointInfo, ...]:
    """Every checkpoint, oldest first."""
    return document.infos


def standing(document: Document) -> str | None:
    """How today's strategy stands to the last checkpoint: its name, or that it comes after it; None without one."""
    if not document.infos:
        return None
    last = document.infos[-1]
    return last.name if last.sequence == document.sequence else f"after “{last.name}”"


def strategy_at(document: Document, checkpoint_id: str) -> Strategy:
    """The strategy as it was at a checkpoint; ProdleadError when there is none or it cannot be read."""
    writer = document.writer
    for write in writer.pending() if writer else ():
        if (
            write.checkpoint is not None
            and write.checkpoint.id == checkpoint_id
            and write.strategy is not None
        ):
            return write.strategy
    try:
        if writer is not None:
            text = writer.ask(lambda store: store.checkpoint_text(checkpoint_id), anyway=True)
        else:
            with reader(document.source) as connection:
                text = reading.checkpoint_text(connection, checkpoint_id)
        if text is None:
            raise ProdleadError("There is no such checkpoint.")
        return interchange.loads(text)
    except faults.UNREADABLE as error:
        raise ProdleadError("The checkpoint cannot be read.", "The file may be damaged.") from error
