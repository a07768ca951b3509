"""What the program is made of, with versions, licences and their texts, installed as well as in a bundle."""

from __future__ import annotations

import importlib.metadata as metadata
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qVersion

import prodlead_desktop
from prodlead_desktop import resources
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store.connection import sqlite_version

OWN = "prodlead-desktop"
LGPL = ("LGPL-3.txt", "GPL-3.txt")
SAYS_LICENCE = re.compile(r"licen|copying|notice", re.IGNORECASE)
QT_PARTS = ("PySide6_Essentials", "PySide6-Essentials", "shiboken6")
LONGEST = 80  # letters of a licence's name; some distributions put the whole text there
NO_TEXT = "The text of this licence lies with the part itself; this installation does not have it."
_PYTHON = "Python is under the PSF licence. Its text: docs.python.org/3/license.html"
_SQLITE = "SQLite is in the public domain. Its authors bless everyone: sqlite.org/copyright.html"


@dataclass(frozen=True, slots=True)
class Part:
    """One library, typeface or set of pictures."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> tuple[Part, ...]:
    """Everything inside, the program first."""
    return (
        Part("Prodlead Desktop", prodlead_desktop.__version__, "MIT", _own_text()),
        Part("Python", platform.python_version(), "PSF", _PYTHON),
        Part("Qt", qVersion(), "LGPL 3", _resource(*LGPL)),
        Part("SQLite", sqlite_version(), "public domain", _SQLITE),
        *sorted(_libraries(), key=lambda part: part.name.lower()),
        Part("Prodlead Sans, derived from Inter", "4.001", "OFL 1.1", _text_of("fonts", "OFL.txt")),
        Part("Lucide icons", "", "ISC", _text_of("icons", "LICENSE")),
    )


def _libraries() -> Iterator[Part]:
    for found in _shipped():
        name = found.metadata["Name"]
        if name in QT_PARTS:
            yield Part(name, found.version, "LGPL 3", _resource(*LGPL))
        else:
            yield Part(name, found.version, _licence(found), _licence_text(found, name))


def _shipped() -> Iterator[metadata.Distribution]:
    """What the program needs on this platform, and what that needs, without extras."""
    from packaging.requirements import Requirement  # comes with matplotlib

    wanted, seen = [OWN], set()
    while wanted:
        name = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if name != OWN:
            yield found
        for line in found.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                wanted.append(needed.name)


def _licence(found: metadata.Distribution) -> str:
    """The licence's name from wherever a distribution says it."""
    said = found.metadata
    plain = next(iter([*said.get_all("License-Expression", []), *said.get_all("License", [])]), "")
    if plain.strip() and "\n" not in plain.strip() and len(plain) <= LONGEST:
        return re.sub(r"^The (\S+) [Ll]icense.*$", r"\1", plain.strip())
    classified = [
        each.rsplit(" :: ", 1)[-1] for each in said.get_all("Classifier", []) if each[:7] == "License"
    ]
    named = re.search(r"BSD.3|BSD|MIT|Apache|PSF|Python Software Foundation", plain)
    return ", ".join(classified) or (named[0] if named else "see its text")


def _licence_text(found: metadata.Distribution, name: str) -> str:
    """The texts a distribution came with: beside its metadata, or in the bundle's folder of licences."""
    places = [
        Path(str(file.locate()))
        for file in found.files or ()
        if ".dist-info/" in file.as_posix()
        and SAYS_LICENCE.search(file.as_posix().partition(".dist-info/")[2])
    ]
    bundled = Path(prodlead_desktop.__file__).parent.parent / "licences" / name
    if not places and bundled.is_dir():
        places = sorted(path for path in bundled.rglob("*") if path.is_file())
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in places if path.is_file()]
    return "\n\n".join(text.strip() for text in texts) or NO_TEXT


def _own_text() -> str:
    root = Path(prodlead_desktop.__file__).parent.parent
    for place in (root / "LICENSE", root / "licences" / "LICENSE"):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    try:
        return _licence_text(metadata.distribution(OWN), OWN)
    except metadata.PackageNotFoundError:
        return NO_TEXT


def _resource(*names: str) -> str:
    return "\n\n".join(_text_of("licences", name) for name in names)


def _text_of(*parts: str) -> str:
    try:
        return resources.path(*parts).read_text(encoding="utf-8", errors="replace")
    except (ProdleadError, OSError):
        return NO_TEXT
