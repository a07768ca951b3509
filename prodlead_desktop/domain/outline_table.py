"""Rows of a spreadsheet as an outline: a column of titles, or more columns when the first row says what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.outline import Gathering, Growing, NoTitles, Outline
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput

Row = Sequence[str]
COLUMNS = {
    "title": ("title", "name", "outcome", "card", "node", "objective", "goal", "initiative", "opportunity", "topic"),
    "kind": ("kind", "type"),
    "level": ("level", "depth", "outline level"),
    "metric": ("metric", "measure", "kpi", "indicator", "measured by"),
    "unit": ("unit", "units"),
    "baseline": ("baseline", "from", "today", "current", "now", "actual"),
    "target": ("target", "to", "goal value"),
    "deadline": ("deadline", "by", "due", "due date", "by when", "until"),
    "because": ("because", "why"),
    "wrong_if": ("wrong if",),
    "note": ("note", "notes", "comment", "comments", "description"),
    "tags": ("tags", "tag", "labels"),
}  # fmt: skip
_FIELD_OF = {word: field for field, words in COLUMNS.items() for word in words}
_NUMBERS = ("baseline", "target")
_METRIC = ("metric", "unit", "baseline", "target", "deadline")
_WITH_UNIT = re.compile(r"([-+−–]?[\d.,'’\s\u00a0\u202f]*\d)\s*([^\d\s.,][^\d]{0,19})")
_SCALES = ("k", "m", "t", "tsd", "mn", "mio", "mm", "b", "bn", "mrd")  # 620k is no 620


def read(rows: Iterable[tuple[int, Row]], decimal: str = ".") -> Outline:
    """Numbered rows as an outline; ``decimal`` is the decimal sign where the numbers themselves do not tell.

    Cells of columns that nobody knows go into the note with the head of their column. Without a first row that
    says what the columns hold the first cell is the title, or every cell where no row has more than one: then
    the column is its depth. BadInput when there is no title.
    """
    stripped = ((number, [cell.strip() for cell in row]) for number, row in rows)
    filled: list[tuple[int, Row]] = [(number, row) for number, row in stripped if any(row)]
    if not filled:
        raise NoTitles("There is no text to take.", "Copy rows with a title first.")
    fields = header(filled[0][1])
    if fields is not None:
        return _Columns(fields, filled[0][1], decimal).read(filled[1:])
    if all(sum(map(bool, row)) == 1 for _, row in filled):
        return _staircase(filled)
    return _Columns(["title"], [], decimal).read(filled)


def header(row: Row) -> list[str] | None:
    """What each column holds, "" for one nobody knows; None when the row is no header: it names a title and more."""
    fields: list[str] = []
    for cell in row:
        field = _FIELD_OF.get(one_line(cell).strip("*: ").lower(), "")
        fields.append(field if field in ("note", "tags") or field not in fields else "")
    return fields if "title" in fields and sum(map(bool, fields)) > 1 else None


def _staircase(rows: list[tuple[int, Row]]) -> Outline:
    """One cell a row: how far right it stands is how deep it hangs."""
    gathering, steps = Gathering(), list[int]()
    for number, row in rows:
        column = next(at for at, cell in enumerate(row) if cell)
        while steps and steps[-1] >= column:
            steps.pop()
        steps.append(column)
        gathering.add(len(steps) - 1, row[column], number)
    return gathering.outline()


class _Columns:
    """Reads rows whose columns are known."""

    def __init__(self, fields: list[str], head: Row, decimal: str) -> None:
        self._fields, self._head, self._decimal = fields, head, decimal
        self._measured = any(field in _METRIC for field in fields)
        self._gathering = Gathering()
        self._levels: list[float] = []
        titled = one_line(head[fields.index("title")]).strip("*: ").lower() if head else ""
        self._usual = titled if titled in kinds() else "outcome" if self._measured else None

    def read(self, rows: list[tuple[int, Row]]) -> Outline:
        """All rows."""
        places = [at for at, field in enumerate(self._fields) if field in _NUMBERS]
        cells = [row[at] for _, row in rows for at in places if at < len(row)]
        self._decimal = numerals.decimal_of(cells, self._decimal)
        for number, row in rows:
            self._row(number, row)
        if not self._gathering.nodes:
            raise NoTitles("There is only a row of headings.", "Copy the rows below it too.")
        return self._gathering.outline()

    def _row(self, number: int, row: Row) -> None:
        named = {field: row[at] for at, field in enumerate(self._fields) if field and at < len(row)}
        title = named.get("title", "") or next(cell for cell in row if cell)
        node = self._gathering.add(self._depth(number, named.get("level", "")), title, number)
        node.kind = self._kind(number, node, named.get("kind", "")) or self._usual
        for at, cell in enumerate(row):
            field = self._fields[at] if at < len(self._fields) else ""
            if cell and field not in ("title", "level", "kind"):
                self._cell(number, node, field, self._head[at] if at < len(self._head) else "", cell)

    def _depth(self, number: int, level: str) -> int:
        if "level" not in self._fields:
            return 0
        try:
            value = numerals.parse_number(level, self._decimal)
        except BadInput:
            self._gathering.tally.lost("level is no number", "levels are no numbers", number)
            value = self._levels[-1] if self._levels else 0.0
        while self._levels and self._levels[-1] >= value:
            self._levels.pop()
        self._levels.append(value)
        return len(self._levels) - 1

    def _kind(self, number: int, node: Growing, cell: str) -> str | None:
        word = one_line(cell).lower()
        known = {name: name for name in kinds()} | {
            kind.plural.lower(): name for name, kind in kinds().items()
        }
        if not word or word in known:
            return known.get(word)
        self._gathering.tally.changed(
            "kind is unknown and stands in the note", "kinds are unknown and stand in the notes", number
        )
        node.notes.append(f"{self._head[self._fields.index('kind')]}: {cell}")
        return None

    def _cell(self, number: int, node: Growing, field: str, head: str, cell: str) -> None:
        if field == "note":
            node.notes.append(cell)
            return
        if field == "tags":
            node.tags += re.split(r"[,;\n]", cell)
            return
        if field:
            try:
                node.values |= _READ.get(field, _text(field))(cell, self._decimal, node.values)
                return
            except BadInput:
                self._gathering.tally.changed(
                    f"{field} could not be read and stands in the note",
                    f"{field}s could not be read and stand in the notes",
                    number,
                )
        elif self._head or len(self._fields) == 1:
            self._gathering.tally.changed(
                "cell of a column without a meaning here stands in the note",
                "cells of columns without a meaning here stand in the notes",
                number,
            )
        node.notes.append(f"{one_line(head)}: {cell}" if head else cell)


Values = dict[str, Any]


def _text(field: str) -> Callable[[str, str, Values], Values]:
    return lambda cell, _, values: {field: cell}


def _number(field: str) -> Callable[[str, str, Values], Values]:
    def read(cell: str, decimal: str, values: Values) -> Values:
        match = _WITH_UNIT.fullmatch(cell)
        if match is None:
            return {field: numerals.parse_number(cell, decimal)}
        found: Values = {field: numerals.parse_number(match[1], decimal)}
        unit = match[2].strip()
        if unit.lower() in _SCALES:
            raise BadInput(f"“{cell}” is no plain number.")
        if values.get("unit", unit) != unit:
            raise BadInput(f"“{cell}” is in another unit.")
        return found | {"unit": unit}

    return read


def _deadline(cell: str, decimal: str, values: Values) -> Values:
    date, precision = numerals.parse_deadline(cell)
    return {"deadline": date, "deadline_precision": precision}


_READ: dict[str, Callable[[str, str, Values], Values]] = {
    "baseline": _number("baseline"),
    "target": _number("target"),
    "deadline": _deadline,
}
