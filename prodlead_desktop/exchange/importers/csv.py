"""Tables with a column of titles, as spreadsheets save them."""

from __future__ import annotations

import csv
import io
import re

from prodlead_desktop.domain import outline_table
from prodlead_desktop.domain.fields import TEXT_LIMIT
from prodlead_desktop.domain.outline import Outline
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.importer import Importer, Reading, Source, with_encoding

_DELIMITERS = (",", ";", "\t", "|")
_TRIED = 60
# A spreadsheet would take such a cell for a formula, so exports put an apostrophe before it.
_GUARDED = re.compile("'(?=[ \u00a0]*[=+\\-@\t\r＝＋－＠])")


def read(source: Source, reading: Reading) -> Outline:
    """Read a table; BadInput with the line when it is none."""
    text = source.decoded.text
    delimiter = "\t" if source.ending == ".tsv" else delimiter_of(text)
    decimal = "," if delimiter == ";" else reading.decimal
    csv.field_size_limit(TEXT_LIMIT * 100)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            rows.append(
                (
                    reader.line_num,
                    [_GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row],
                )
            )
            if len(rows) % 5_000 == 0:
                reading.step(None)
    except csv.Error as error:
        raise BadInput(
            f"Line {reader.line_num + 1} of “{source.name}” is no row of a table: {error}."
        ) from None
    return with_encoding(outline_table.read(rows, decimal), source.decoded)


def delimiter_of(text: str) -> str:
    """What stands between the cells: the sign that parts the most rows into equally many."""
    head = text[:200_000]
    found = {sign: _agreement(head, sign) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: found[sign])


def _agreement(head: str, delimiter: str) -> float:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    counts = []
    try:
        for row in reader:
            if row:
                counts.append(len(row))
            if len(counts) >= _TRIED:
                break
    except csv.Error:
        return 0.0
    if not counts or counts[0] < 2:
        return 0.0
    return sum(count == counts[0] for count in counts) / len(counts) + counts[0] / 1000


IMPORTER = Importer("csv", "Table (CSV)", (".csv", ".tsv"), read, order=35)
