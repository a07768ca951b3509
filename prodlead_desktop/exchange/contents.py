"""What a file holds, told from its bytes: text in which encoding, XML with which root, or something else altogether."""

from __future__ import annotations

import codecs
import locale
import re
from dataclasses import dataclass

from prodlead_desktop.errors import BadInput

HEAD = 65_536
_ELSE = (
    (b"SQLite format 3\0", "a database", "Open it when it is a strategy; nothing else of that kind can be read."),
    (b"PK\x03\x04", "a zip archive, such as XMind, Word or Excel write", "Save it there as OPML, .mm or CSV."),
    (b"PK\x05\x06", "an empty zip archive", ""),
    (b"%PDF-", "a PDF", "Export the map as .mm, OPML or text instead."),
    (b"\x89PNG", "a picture", "Export the map as .mm, OPML or text instead."),
    (b"\xff\xd8\xff", "a picture", "Export the map as .mm, OPML or text instead."),
    (b"GIF8", "a picture", "Export the map as .mm, OPML or text instead."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it there as CSV or text."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"{\\rtf", "formatted text (RTF)", "Save it as plain text first."),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)  # fmt: skip
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>|\s+)", re.DOTALL)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w.:-]*)(?=[\s/>])")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of its encoding; ``guessed`` when the file did not say it and it is not UTF-8."""

    text: str
    encoding: str
    guessed: bool = False


def refuse_other(content: bytes, name: str) -> None:
    """BadInput when the first bytes are of something that nobody can import, or when there are none."""
    if not content:
        raise BadInput(f"I cannot import “{name}”: it is empty.")
    for magic, what, hint in _ELSE:
        if content.startswith(magic):
            raise BadInput(f"I cannot import “{name}”: it is {what}.", hint)


def decode(content: bytes, name: str) -> Decoded:
    """The text of a file: by its byte order mark, else UTF-8, else as this machine's Windows would write it.

    BadInput with the place if it is none.
    """
    for mark, codec, title in _BOMS:
        if content.startswith(mark):
            try:
                return Decoded(content[len(mark) :].decode(codec), title)
            except UnicodeDecodeError as error:
                raise BadInput(
                    f"“{name}” is not whole {title} text (byte {len(mark) + error.start})."
                ) from None
    wide = _wide(content)
    if wide:
        return Decoded(content.decode(wide, "replace"), "UTF-16", guessed=True)
    try:
        decoded = Decoded(content.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        try:
            decoded = Decoded(content.decode(_old()), f"Windows-{_old()[2:]}", guessed=True)
        except UnicodeDecodeError:
            line = content.count(b"\n", 0, error.start) + 1
            raise BadInput(f"Line {line} of “{name}” is not text (byte {error.start}).") from None
    found = _BINARY.search(decoded.text)
    if found:
        line = decoded.text.count("\n", 0, found.start()) + 1
        raise BadInput(f"Line {line} of “{name}” is not text (character {ord(found[0])}).")
    return decoded


def _old() -> str:
    """The code page of text that is not Unicode."""
    ours = locale.getencoding().lower()
    return ours if re.fullmatch("cp125[0-8]", ours) else "cp1252"


def xml_root(content: bytes) -> str | None:
    """The name of the first element of XML, None when the content does not begin like XML."""
    head = _head(content)
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    at = 0
    head = head.lstrip("\ufeff")
    while match := _PROLOG.match(head, at):
        at = match.end()
    root = _ROOT.match(head, at)
    return root[1] if root else None


def _head(content: bytes) -> str:
    head = content[:HEAD]
    for mark, codec, _ in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "replace")
    wide = _wide(head)
    return head.decode(wide or "utf-8", "replace")


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark, told from the zeros beside plain letters."""
    head = content[:1000]
    if len(head) < 4 or len(content) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and not odd else None
