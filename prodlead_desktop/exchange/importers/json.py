"""A strategy from interchange JSON."""

from __future__ import annotations

from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.importer import Importer, Reading, Source


def read(source: Source, reading: Reading) -> Strategy:
    """Read a JSON file; BadInput with the place of the first thing that does not fit."""
    reading.step(None)
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"“{source.name}” is not UTF-8 text (byte {error.start}).") from None
    return interchange.loads(text)


def fits(source: Source) -> bool:
    """Whether it begins as an object that names our format."""
    head = source.content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and interchange.FORMAT.encode() in head


IMPORTER = Importer("json", "Strategy (JSON)", (".json",), read, fits, order=40)
