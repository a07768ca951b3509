"""Putting a block of texts into the table as one edit; what cannot be read stays as typed, with the reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prodlead_desktop.domain import bets, effects, nodes, numerals
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.bets.columns import Column

MOST_ROWS = 5000
MOST_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that could not be taken, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a block: how many cells were taken, rows added, what was refused by (row id, column).

    ``unsure`` is a number whose sign may part groups, where nothing in the block told.
    """

    taken: int
    added: tuple[str, ...]
    refused: Mapping[tuple[str, str], Refused]
    unsure: str = ""


def cells_of(text: str) -> list[list[str]]:
    """The rows and cells of a text from a spreadsheet; cells may hold line breaks in quotes.

    BadInput when there is nothing, or far too much.
    """
    body = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not body.strip():
        raise BadInput("There are no cells on the clipboard.", "Copy some in a spreadsheet first.")
    limit = csv.field_size_limit(max(131_072, len(body)))
    try:
        found = [list(row) for row in csv.reader(io.StringIO(body), dialect="excel-tab", strict=False)]
    except csv.Error as error:
        raise BadInput(f"The cells on the clipboard cannot be read: {error}.") from None
    finally:
        csv.field_size_limit(limit)
    if len(found) > MOST_ROWS or sum(map(len, found)) > MOST_CELLS:
        raise BadInput(f"That is more than {MOST_ROWS:,} rows.", "Paste them in parts, or import the file.")
    return found or [[""]]


def text_of(block: Sequence[Sequence[str]]) -> str:
    """Rows of cells as spreadsheets read them."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(block)
    return out.getvalue()


def headed(block: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[Column | None] | None:
    """The columns that the first row names, None for cells it does not; None when it names fewer than two."""
    known = {
        word.casefold(): column for column in columns for word in (column.title, column.name, *column.aliases)
    }
    named = [known.get(" ".join(cell.split()).casefold()) for cell in block[0]]
    return named if sum(column is not None for column in named) >= 2 and len(block) > 1 else None


def fill(
    edit: Edit,
    targets: Sequence[str | None],
    block: Sequence[Mapping[str, str]],
    columns: Sequence[Column],
    under: str | None = None,
) -> Filled:
    """Put texts by column name into rows; a target of None is a new bet, below ``under`` on the map.

    The numbers of the block tell its decimal sign together, as on the map; where they do not, it is the user's.
    """
    by_name = {column.name: column for column in columns}
    numbers = [
        texts[column.name] for texts in block for column in columns if column.number and column.name in texts
    ]
    told = numerals.decimal_of(numbers, "")
    decimal = told or numerals.notation().decimal
    doubtful = (text.strip() for text in numbers if not told and numerals.may_be_grouped(text, decimal))
    refused: dict[tuple[str, str], Refused] = {}
    added: list[str] = []
    taken = 0
    for target, texts in zip(targets, block, strict=True):
        node_id = target
        if node_id is None:
            if not any(text.strip() for text in texts.values()):
                continue
            node_id = nodes.add(edit, "initiative", texts.get("title", ""), under)
            added.append(node_id)
        taken += _row(edit, node_id, texts, by_name, decimal, refused)
    return Filled(taken, tuple(added), refused, next(doubtful, ""))


def _row(
    edit: Edit,
    node_id: str,
    texts: Mapping[str, str],
    by_name: Mapping[str, Column],
    decimal: str,
    refused: dict[tuple[str, str], Refused],
) -> int:
    """Read every cell first; the percentiles are put together, since only together they are in order."""
    values: dict[str, object] = {}
    for name, column in by_name.items():
        if name not in texts:
            continue
        try:
            values[name] = column.read(edit, edit.find(Node, node_id), texts[name], decimal)
            if name not in effects.PERCENTILES:
                column.write(edit, node_id, values[name])
        except BadInput as error:
            values.pop(name, None)
            refused[node_id, name] = Refused(texts[name], str(error))
    percentiles = {name: values[name] for name in effects.PERCENTILES if name in values}
    effect = bets.served(edit, node_id).effect
    if percentiles and not (
        effect is not None and effects.is_between(effect)
    ):  # else what was read is there already
        try:
            bets.set_percentiles(edit, node_id, percentiles)  # type: ignore[arg-type]
        except BadInput as error:
            for name in percentiles:
                values.pop(name)
                refused[node_id, name] = Refused(texts[name], str(error))
    return len(values)
