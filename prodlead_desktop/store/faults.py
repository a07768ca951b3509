"""What SQLite and the operating system say about a file, in words for the person in front of it."""

from __future__ import annotations

import errno
import sqlite3

from prodlead_desktop.errors import ProdleadError, WriteFailed

ELSEWHERE = "Save a copy elsewhere, or try again."
KEPT = "Nothing is lost: what could not be written is kept in memory."
UNREADABLE = (sqlite3.Error, UnicodeDecodeError, ValueError, KeyError, TypeError, IndexError, OverflowError)
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_READONLY_DBMOVED", "The file was moved, renamed or deleted while it was open.", ELSEWHERE),
    ("SQLITE_READONLY", "The file cannot be written to any more.", ELSEWHERE),
    ("SQLITE_FULL", "The disk is full.", "Make room and try again, or save a copy elsewhere."),
    ("SQLITE_CANTOPEN", "The folder of the file cannot be written to.", ELSEWHERE),
    ("SQLITE_PERM", "The file cannot be written to.", ELSEWHERE),
    ("SQLITE_CORRUPT", "The file on disk is damaged.", "Save a copy elsewhere."),
    ("SQLITE_NOTADB", "The file on disk was overwritten with something else.", "Save a copy elsewhere."),
    ("SQLITE_IOERR", "The disk reported an error.", ELSEWHERE),
    ("SQLITE_TOOBIG", "One row is too big for the file.", "Go back to what is on disk."),
    ("SQLITE_CONSTRAINT", "The file refused a row.", "Save a copy elsewhere, and please report this."),
)
_OS_WORDS = {
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "Your space on this disk is used up.",
    errno.EFBIG: "The file would be bigger than this disk allows.",
    errno.EACCES: "You may not write there.",
    errno.EPERM: "You may not write there.",
    errno.EROFS: "That disk can only be read.",
    errno.ENOENT: "There is no such folder.",
    errno.ENOTDIR: "There is no such folder.",
    errno.EISDIR: "That is a folder.",
    errno.ENAMETOOLONG: "That name is too long.",
}


class BusyError(Exception):
    """Somebody else has the file for a moment: nothing was written, try again."""


class ForeignCommit(WriteFailed):
    """Somebody else has written into the file since we read it; ours was not written over theirs."""

    def __init__(self) -> None:
        super().__init__(
            "Another program or computer has changed the file in the meantime.",
            "Save a copy elsewhere to keep your version, or go back to what is on disk.",
        )


def is_busy(error: BaseException) -> bool:
    """Whether waiting will help."""
    return _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def write_failed(error: BaseException) -> WriteFailed:
    """The reason why a commit did not reach the disk."""
    if isinstance(error, WriteFailed):
        return error
    if isinstance(error, OSError):
        return WriteFailed(_OS_WORDS.get(error.errno or 0, "The disk reported an error."), ELSEWHERE)
    name = _name(error)
    for start, sentence, hint in _WORDS:
        if name.startswith(start):
            return WriteFailed(sentence, hint)
    return WriteFailed("The change could not be written.", "Save a copy elsewhere, and please report this.")


def cannot_write(error: OSError, what: str) -> ProdleadError:
    """Why a new file could not be made; ``what`` begins the sentence."""
    return WriteFailed(f"{what} {_OS_WORDS.get(error.errno or 0, 'The disk reported an error.')}")


def _name(error: BaseException) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
