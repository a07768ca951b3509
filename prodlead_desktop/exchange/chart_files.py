"""Charts as files and on the clipboard: a page with finding, unit, drawing and sentence, or the table behind it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from prodlead_desktop.domain.text import for_xml
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import replace_file
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, ChartTable, Frame, Reading
from prodlead_desktop.figures.theme import PAPER, Theme

PICTURES = (".pdf", ".svg", ".png")
ENDINGS = (*PICTURES, ".csv")
WIDTH = 900.0
EDGE, LINE = 22.0, 20.0
PNG_SCALE = 2.0  # pixels for one at 96 dpi
MOST_PIXELS = 16_000


def write(
    chart: Chart, reading: Reading, path: Path, theme: Theme = PAPER, size: tuple[float, float] | None = None
) -> None:
    """Save a chart by the ending of ``path``; ``size`` is the whole page in pixels at 96 dpi.

    BadInput when there is nothing to draw, the ending is unknown or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(
            f"I cannot write a chart as “{path.suffix or path.name}”.",
            f"Known endings: {', '.join(ENDINGS)}.",
        )
    if ending == ".csv":
        replace_file(path, ("\ufeff" + as_csv(reading.table)).encode())
    else:
        replace_file(path, picture(chart, reading, ending[1:], theme, size))


def picture(
    chart: Chart, reading: Reading, form: str, theme: Theme = PAPER, size: tuple[float, float] | None = None
) -> bytes:
    """The chart as "pdf", "svg" or "png" with its words. BadInput when there is nothing to draw."""
    if reading.empty is not None:
        raise BadInput(f"{reading.finding}: there is nothing to draw.", reading.empty)
    frame, words = _page(chart, reading, size)
    figure = chart.draw(reading, theme, frame)
    with drawing.style(theme, frame):
        for text, weight, points, down, colour in words:
            figure.text(
                EDGE / frame.width, 1 - down / frame.whole, text, ha="left", va="center", fontweight=weight,
                fontsize=points, color=getattr(theme, colour),
            )  # fmt: skip
        out = io.BytesIO()
        about = {"Title": reading.finding, "Creator": "Prodlead Desktop"}
        if form == "pdf":
            about["CreationDate"] = None  # type: ignore[assignment]
        elif form == "svg":
            about["Date"] = None  # type: ignore[assignment]
        elif form == "png":
            about = {"Title": reading.finding, "Software": "Prodlead Desktop"}
        figure.savefig(
            out, format=form, dpi=drawing.DPI * (PNG_SCALE if form == "png" else 1), metadata=about
        )
    return for_xml(out.getvalue().decode()).encode() if form == "svg" else out.getvalue()


def _page(
    chart: Chart, reading: Reading, size: tuple[float, float] | None
) -> tuple[Frame, list[tuple[str, int, float, float, str]]]:
    """The frame of the drawing on its page, and the words around it with their place from the top in pixels."""
    width = size[0] if size else WIDTH
    room = width - 2 * EDGE
    words: list[tuple[str, int, float, float, str]] = []
    down = EDGE + 8
    for line in drawing.wrapped(reading.finding, room, 14, 600):
        words.append((line, 600, 14, down, "text"))
        down += 24
    for line in drawing.wrapped(reading.unit, room, 10.5):
        words.append((line, 400, 10.5, down, "text2"))
        down += LINE
    head = down
    said = drawing.wrapped(reading.sentence, room, 10.5) if reading.sentence else []
    foot = EDGE + LINE * len(said)
    height = size[1] - head - foot if size else float(chart.wanted_height(reading))
    if height < 120 or width < 320:
        raise BadInput("That page is too small for the chart.", "Choose at least 400 × 320.")
    if max(width, head + height + foot) > MOST_PIXELS:
        raise BadInput("That page is too big.", f"Choose at most {MOST_PIXELS} pixels a side.")
    for number, line in enumerate(said):
        words.append((line, 400, 10.5, head + height + LINE * (number + 0.5), "text"))
    return Frame(width, height, head=head, foot=foot), words


def as_csv(table: ChartTable) -> str:
    """The table with commas: amounts in major units, unknown ones empty; no cell can start a formula."""
    return _separated(table, ",")


def as_tsv(table: ChartTable) -> str:
    """The table with tabs, as spreadsheets paste it."""
    return _separated(table, "\t")


def _separated(table: ChartTable, sign: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n")
    columns = range(len(table.columns))
    writer.writerow([_harmless(table.heading(column)) for column in columns])
    for row in range(len(table.rows)):
        writer.writerow(
            [
                _harmless(table.plain(row, column))
                if table.columns[column].measure == "text"
                else table.plain(row, column)
                for column in columns
            ]
        )
    return out.getvalue()


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
