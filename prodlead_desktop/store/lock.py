"""One writer per document: an operating system lock on a file of our own, never on the document, and gone with the
process however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held from opening for writing until closing; the file is known by device and inode, whatever its name."""

    def __init__(self, handle: int, identity: tuple[int, int]) -> None:
        self._handle: int | None = handle
        self.identity = identity

    def release(self) -> None:
        """Let somebody else write; doing it twice does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def identity(path: Path) -> tuple[int, int]:
    """Device and inode: the same for every name of a file. OSError when it is not there."""
    found = path.stat()
    return found.st_dev, found.st_ino


def take(path: Path, locks: Path) -> WriterLock | None:
    """The lock of a document, or None when another window or process holds it.

    OSError when ``locks`` cannot be written. Lock files are never deleted: a deleted one could be locked twice.
    """
    device, inode = identity(path)
    locks.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(locks / f"{device}-{inode}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _try(handle)
    except OSError:
        os.close(handle)
        return None
    return WriterLock(handle, (device, inode))
