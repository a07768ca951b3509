"""The command `chart`: every chart of the window as a file or as the table behind it."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodlead_desktop.cli import files
from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.domain.strategy import Strategy
    from prodlead_desktop.figures.chart import Chart, ChartTable, Reading

MOST = 6


def chart(asked: argparse.Namespace) -> int:
    """List the charts, print the table of one, or write it to a file. The status is 0; BadInput in words."""
    from prodlead_desktop.figures.chart import chart_named

    files.write_numbers(asked)
    strategy = files.read(Path(asked.file)).strategy
    scenarios = _scenarios(strategy, asked.scenarios)
    if asked.chart is None:
        return _list(strategy, scenarios, asked.json)
    wanted = chart_named(asked.chart)
    reading = wanted.of(strategy, scenarios)
    if asked.out is not None:
        _write(wanted, reading, asked)
        print(f"Wrote {asked.out}")
    if asked.json:
        print(json.dumps(_as_data(wanted, reading), ensure_ascii=False, indent=2))
    elif asked.out is None:
        _print(reading)
    return 0


def _scenarios(strategy: Strategy, names: str | None) -> tuple[str, ...]:
    """The scenarios asked for, else the first six in order."""
    from prodlead_desktop.domain import scenarios
    from prodlead_desktop.domain.entities import Scenario

    if names is None:
        return tuple(scenario.id for scenario in strategy.ordered(Scenario))[:MOST]
    found = tuple(scenarios.named(strategy, name.strip()).id for name in names.split(",") if name.strip())
    if len(set(found)) != len(found):
        raise BadInput("A scenario is named twice.")
    if not 1 <= len(found) <= MOST:
        raise BadInput(f"A chart shows 1 to {MOST} scenarios, not {len(found)}.")
    return found


def _list(strategy: Strategy, scenarios: tuple[str, ...], as_json: bool) -> int:
    from prodlead_desktop.figures.chart import charts

    found = [(one, one.of(strategy, scenarios)) for one in charts()]
    if as_json:
        listed = [{"chart": one.name, "title": one.title, "finding": said.finding} for one, said in found]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for one, said in found:
            print(f"{one.name:<14}{one.title:<26}{said.empty or said.finding}")
    return 0


def _write(wanted: Chart, reading: Reading, asked: argparse.Namespace) -> None:
    from prodlead_desktop.exchange import chart_files
    from prodlead_desktop.figures.theme import DARK, PAPER

    source, out = Path(asked.file), Path(asked.out)
    if source.exists() and out.exists() and source.samefile(out):
        raise BadInput(f"“{out.name}” is the file itself.", "Choose another name for the chart.")
    size = None
    if asked.size is not None:
        match = re.fullmatch(r"(\d{2,5})[x×](\d{2,5})", asked.size)
        if not match:
            raise BadInput(f"“{asked.size}” is no size.", "Write width x height in pixels, such as 1200x700.")
        size = float(match[1]), float(match[2])
    chart_files.write(wanted, reading, out, DARK if asked.dark else PAPER, size)


def _as_data(wanted: Chart, reading: Reading) -> dict[str, Any]:
    table = reading.table
    return {
        "chart": wanted.name,
        "finding": reading.finding,
        "unit": reading.unit,
        "sentence": reading.sentence,
        "empty": reading.empty,
        "currency": table.currency,
        "columns": [{"title": column.title, "measure": column.measure} for column in table.columns],
        "rows": [
            [_number(table, row, column) for column in range(len(table.columns))]
            for row in range(len(table.rows))
        ],
    }


def _number(table: ChartTable, row: int, column: int) -> str | float | None:
    """Text as it is, amounts in major units, null when unknown."""
    if table.rows[row][column] is None:
        return None
    plain = table.plain(row, column)
    if table.columns[column].measure == "text":
        return plain
    number = float(plain)
    return int(number) if number.is_integer() else number


def _print(reading: Reading) -> None:
    print(reading.finding)
    if reading.unit:
        print(reading.unit)
    if reading.empty:
        print(reading.empty)
    table = reading.table
    cells = [[column.title for column in table.columns]] + [
        [table.text(row, column) for column in range(len(table.columns))] for row in range(len(table.rows))
    ]
    if table.rows:
        print()
        widths = [max(len(row[column]) for row in cells) for column in range(len(table.columns))]
        for row in cells:
            shown = [
                cell.ljust(width) if table.columns[number].measure == "text" else cell.rjust(width)
                for number, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            print("  ".join(shown).rstrip())
    if reading.sentence:
        print(f"\n{reading.sentence}")
