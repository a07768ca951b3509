"""The first hundred bytes of a file, read before SQLite gets to see it: SQLite would open an empty file as an empty
document, and somebody else's database as ours."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from prodlead_desktop.errors import FileRefused
from prodlead_desktop.store.schema import APPLICATION_ID

SIZE = 100
MAGIC = b"SQLite format 3\x00"
NOT_OURS = "It was not changed."
_KNOWN = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP file or an Office document"), (b"<?xml", "an XML file"), (b"<map", "a Freeplane map"),
    (b"<opml", "an OPML outline"), (b"{", "a JSON file"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
)  # fmt: skip
_IMPORT = ("an XML file", "a Freeplane map", "an OPML outline", "a JSON file")
_OTHER_PROGRAMS = {
    0x47504B47: "a GeoPackage map",
    0x41554459: "an Audacity project",
    0x4D504258: "a map of tiles",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says."""

    version: int
    write_ahead: bool  # kept in WAL mode by some other program


def sniff(path: Path) -> Header:
    """Read the header of a file that no connection of this process is open on; FileRefused in words."""
    refuse_non_files(path)
    try:
        with path.open("rb") as file:
            head = file.read(SIZE)
    except OSError as error:
        raise FileRefused(f"“{path.name}” cannot be read.", "You may not be allowed to read it.") from error
    if not head:
        raise FileRefused(
            f"“{path.name}” is empty: it holds no bytes at all.",
            "A sync program may still be fetching it, or writing it was broken off. Look for another copy.",
        )
    if not head.startswith(MAGIC):
        _refuse_stranger(path, head)
    if len(head) < SIZE:
        raise FileRefused(f"“{path.name}” is cut off.", "Look for another copy of it.")
    application = int.from_bytes(head[68:72], "big")
    if application != APPLICATION_ID:
        what = _OTHER_PROGRAMS.get(application, "another program's database")
        raise FileRefused(f"“{path.name}” is {what}, not a strategy.", NOT_OURS)
    return Header(int.from_bytes(head[60:64], "big"), 2 in head[18:20])


def refuse_non_files(path: Path) -> None:
    """FileRefused for folders, devices, pipes and what is not there."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise FileRefused(f"“{path.name}” is not there.", "It may have been moved or renamed.") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        name = path.name or str(path.resolve())  # “.” has none
        raise FileRefused(f"“{name}” is {what}.", "Choose a strategy file.")


def _refuse_stranger(path: Path, head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    what = next((word for magic, word in _KNOWN if start.startswith(magic)), None)
    if what in _IMPORT:
        raise FileRefused(f"“{path.name}” is {what}, not a strategy.", "You can import it into a strategy.")
    raise FileRefused(f"“{path.name}” is {what or 'not a strategy'}.", NOT_OURS)
