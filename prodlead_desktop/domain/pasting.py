"""What lies on the clipboard as an outline: indented text, bullets, Markdown, or cells of a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from prodlead_desktop.domain import outline_table, outline_text
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.outline import Outline
from prodlead_desktop.domain.planting import Planted, plant
from prodlead_desktop.errors import BadInput

# What spreadsheets write into the HTML beside their tab-separated text.
_SPREADSHEETS = re.compile(
    r"urn:schemas-microsoft-com:office:excel|<google-sheets-html-origin|content=\"LibreOffice[^\"]*\".{0,4000}<table",
    re.IGNORECASE | re.DOTALL,
)
_INNER_TAB = re.compile(r"[^\t\n]\t+[^\t\n]")


def is_spreadsheet(html: str) -> bool:
    """Whether the HTML of a clipboard was put there by a spreadsheet."""
    return _SPREADSHEETS.search(html[:20_000]) is not None


def read(text: str, html: str = "", decimal: str = ".") -> Outline:
    """The outline of what was copied; BadInput in words when there is none.

    Text with tabs between words is a table, and so is what a spreadsheet put there; everything else is lines.
    """
    if is_spreadsheet(html) or _INNER_TAB.search(text):
        return outline_table.read(cells(text), decimal)
    return outline_text.read(text)


def cells(text: str) -> list[tuple[int, list[str]]]:
    """Numbered rows of tab-separated cells; a cell with line breaks in it stands between quotes."""
    try:
        return _rows(text, csv.QUOTE_MINIMAL, strict=True)
    except csv.Error:  # the quotes are part of the words
        return _rows(text, csv.QUOTE_NONE, strict=False)


def _rows(text: str, quoting: Literal[0, 3], strict: bool) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting, strict=strict)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        if strict:
            raise
        raise BadInput(f"Line {reader.line_num + 1} is no row of cells: {error}.") from None


def paste(edit: Edit, text: str, under: str | None, html: str = "", decimal: str = ".") -> Planted:
    """Make nodes of what was copied below a node; the remarks are those of reading it, too."""
    return put(edit, read(text, html, decimal), under)


def put(
    edit: Edit, outline: Outline, under: str | None, step: Callable[[float], None] = lambda share: None
) -> Planted:
    """Make nodes of what was read below a node; the remarks are those of reading it, too."""
    planted = plant(edit, outline, under, step=step)
    return replace(planted, remarks=(*outline.remarks, *planted.remarks))
