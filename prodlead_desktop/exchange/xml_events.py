"""Reads XML as it comes, element by element: no document type, no entity, no tree in memory, an end to depth."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Protocol
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.expatreader import DefusedExpatParser

from prodlead_desktop.domain import numerals
from prodlead_desktop.errors import BadInput

CHUNK = 65_536
DEPTH_LIMIT = 2_000  # elements; nodes have their own limit
_BARE = re.compile(rb"&(?!#\d+;|#x[0-9A-Fa-f]+;|[A-Za-z][\w.-]*;)[\w.-]*")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HALF = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
_WORDS = {
    "not well-formed (invalid token)": "a character stands where XML allows none",
    "mismatched tag": "an element ends that did not begin there",
    "undefined entity": "an entity is used that is not defined",
    "duplicate attribute": "an attribute is given twice",
    "junk after document element": "something follows after the end",
    "unknown encoding": "the encoding that it names is unknown",
    "encoding specified in XML declaration is incorrect": "the encoding that it names is not the one it has",
    "reference to invalid character number": "a character is named that XML does not allow",
    "xml declaration not at start of external entity": "the XML declaration does not stand at the very beginning",
    "XML or text declaration not at start of entity": "the XML declaration does not stand at the very beginning",
    "unbound prefix": "a prefix is used that is not declared",
}


_NAMED = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][A-Za-z0-9]{1,31};)", re.DOTALL)
_XML_NAMES = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")


def _character(match: re.Match[bytes]) -> bytes:
    """A character that HTML names, such as &nbsp;, by its number: FreeMind writes them without declaring them."""
    name = match[1]
    found = html5.get(name.decode("ascii")) if name and name not in _XML_NAMES else None
    return match[0] if found is None else "".join(f"&#{ord(sign)};" for sign in found).encode("ascii")


class Handler(Protocol):
    """Takes what the parser finds, with the line where it stands."""

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""

    def close(self, tag: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Characters between elements."""


class _Bridge(ContentHandler):
    """From the parser to the handler, counting how deep it is."""

    def __init__(self, handler: Handler, line: Callable[[], int]) -> None:
        super().__init__()
        self._handler, self._line, self._depth = handler, line, 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  SAX
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise BadInput(
                f"Line {self._line()}: that is nested deeper than {numerals.number(DEPTH_LIMIT)} elements."
            )
        self._handler.open(name, dict(attrs.items()), self._line())

    def endElement(self, name: str) -> None:  # noqa: N802  SAX
        self._depth -= 1
        self._handler.close(name)

    def characters(self, content: str) -> None:
        self._handler.text(content)


def parse(content: bytes, name: str, handler: Handler, step: Callable[[float | None], None]) -> None:
    """Feed a whole file to a handler, as it comes; ``step`` hears which share is read.

    BadInput with the line when it is no XML, ends in the middle, or has a document type or entities.
    """
    content = _NAMED.sub(_character, content)
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    line: Callable[[], int] = lambda: int(parser.getLineNumber() or 0)  # noqa: E731
    parser.setContentHandler(_Bridge(handler, line))
    try:
        for start in range(0, len(content), CHUNK):
            step(start / len(content))
            parser.feed(content[start : start + CHUNK])
        parser.close()
    except DefusedXmlException as error:
        what = "a document type (DOCTYPE)" if isinstance(error, DTDForbidden) else "an entity declaration"
        raise BadInput(
            f"Line {line()} of “{name}” has {what}. Mind maps and outlines have none, and it can do harm.",
            "Take it out of the file when you know what it is.",
        ) from None
    except SAXParseException as error:
        raise BadInput(*_in_words(error, name, content)) from None
    except (ValueError, LookupError):  # an encoding that needs more than one byte a character, or none at all
        raise BadInput(f"Line 1 of “{name}”: {_WORDS['unknown encoding']}.", "Save it in UTF-8.") from None


def _in_words(error: SAXParseException, name: str, content: bytes) -> tuple[str, str]:
    line, message = int(error.getLineNumber() or 1), str(error.getMessage())
    if message.startswith(_HALF):
        return f"“{name}” ends in the middle, in line {line}.", "Get a whole copy of it."
    column = int(error.getColumnNumber() or 0) + 1
    words = next((words for start, words in _WORDS.items() if message.startswith(start)), message)
    if message.startswith("not well-formed"):
        words = _culprit(content, line, column) or words
    return f"Line {line} of “{name}” is not sound XML: {words} (column {column}).", "Nothing was taken."


def _culprit(content: bytes, line: int, column: int) -> str:
    """Which character the parser stumbled over; empty when that is not plain."""
    row = content.split(b"\n", line)[line - 1] if content.count(b"\n") >= line - 1 else b""
    if _BARE.search(row):
        return "an & stands alone, where &amp; must be written"
    at = row[column - 1 : column]
    if at == b"<":
        return "a < stands inside a value, where &lt; must be written"
    if at >= b"\x80" and not content.startswith(_WIDE) and not _is_utf8(row):
        return "a letter is not in the encoding of the file; save it in UTF-8"
    return f"a control character (number {at[0]}) stands there" if at and at < b" " else ""


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
