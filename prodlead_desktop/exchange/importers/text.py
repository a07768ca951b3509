"""Indented text and Markdown lists."""

from __future__ import annotations

from prodlead_desktop.domain import outline_text
from prodlead_desktop.domain.outline import Outline
from prodlead_desktop.exchange.importer import Importer, Reading, Source, with_encoding

_MARKDOWN = (".md", ".markdown")


def read(source: Source, reading: Reading) -> Outline:
    """Read text; BadInput with the line when it is none, or too deep for a map."""
    markdown = True if source.ending in _MARKDOWN else None
    return with_encoding(outline_text.read(source.decoded.text, markdown, reading.step), source.decoded)


IMPORTER = Importer("text", "Indented text or Markdown", (".txt", ".text", *_MARKDOWN), read, order=30)
