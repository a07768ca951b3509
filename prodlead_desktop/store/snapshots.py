"""Whole copies in the application's own folder, for the day when the document's own folder is no help."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store import copying, creating
from prodlead_desktop.store.faults import UNREADABLE
from prodlead_desktop.store.places import Places
from prodlead_desktop.store.store import Store

KEPT = 20
KEPT_BYTES = 500 * 1024 * 1024
FAULTS = (*UNREADABLE, ProdleadError, OSError)  # what ``take`` may raise
_NAME = re.compile(r"(\d{12})-([0-9a-f]{16})\.prodlead")


def take(store: Store, places: Places) -> Path | None:
    """Copy the file as it is on disk, check the copy, prune old ones; None when that state has a snapshot already.

    The name is the sequence and the digest, never the clock. One of FAULTS when it cannot be written.
    """
    folder = places.snapshots(store.document)
    target = folder / f"{store.sequence:012d}-{store.digest & (1 << 64) - 1:016x}.prodlead"
    if target.exists():
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with creating.arriving(target, replace=True) as temporary:
        store.backup(temporary)
        copying.verify(temporary, None)
        checksum = hashlib.sha256(temporary.read_bytes()).hexdigest()
    target.with_suffix(".sha256").write_text(f"{checksum}  {target.name}\n", encoding="ascii")
    _prune(folder)
    return target


def listed(places: Places, document: str) -> list[Path]:
    """The snapshots of a document, newest state first."""
    folder = places.snapshots(document)
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.name, reverse=True)


def is_intact(snapshot: Path) -> bool:
    """Whether a snapshot still has the checksum it was given."""
    try:
        said = snapshot.with_suffix(".sha256").read_text(encoding="ascii").split()[0]
        return hashlib.sha256(snapshot.read_bytes()).hexdigest() == said
    except (OSError, IndexError, UnicodeDecodeError):
        return False


def _prune(folder: Path) -> None:
    total = 0
    names = sorted((name for name in os.listdir(folder) if _NAME.fullmatch(name)), reverse=True)
    for count, name in enumerate(names):
        total += (folder / name).stat().st_size
        if count >= 1 and (count >= KEPT or total > KEPT_BYTES):
            (folder / name).unlink()
            (folder / name).with_suffix(".sha256").unlink(missing_ok=True)
