"""Compare: which scenarios and charts are shown, and what is done with one chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui import opening
from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.reveal import reveal
from prodlead_desktop.ui.tasks import Monitor

if TYPE_CHECKING:
    from prodlead_desktop.ui.compare.card import ChartCard
    from prodlead_desktop.ui.compare.page import ComparePage
    from prodlead_desktop.ui.compare.showing import Showing

KINDS = "PDF (*.pdf);;SVG (*.svg);;PNG (*.png);;Numbers as CSV (*.csv)"


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def in_front(ctx: Context) -> bool:
    """Whether Compare is in front and there are scenarios."""
    body = ctx.window.body
    return body is not None and body.workspace == "compare" and bool(ctx.open.strategy.all(Scenario))


def on_page(ctx: Context) -> bool:
    """Whether Compare is in front and shows charts."""
    return in_front(ctx) and _page(ctx).shows_charts


def has_chart(ctx: Context) -> bool:
    """Whether there is a chart to save or copy."""
    return on_page(ctx) and _card(ctx).reading.empty is None


def _page(ctx: Context) -> ComparePage:
    assert ctx.window.body is not None
    page = ctx.window.body.page("compare")
    return page  # type: ignore[return-value]


def _card(ctx: Context) -> ChartCard:
    return _page(ctx).current


def _showing(ctx: Context) -> Showing:
    from prodlead_desktop.ui.compare.showing import Showing

    return Showing.of(ctx.open)


def _table(ctx: Context) -> None:
    card = _card(ctx)
    if not card.as_table and not card.reading.table.rows:
        raise BadInput("There are no numbers yet.", card.reading.empty or "")
    card.set_as_table(not card.as_table)


def _large(ctx: Context) -> None:
    page = _page(ctx)
    page.set_large(None if page.large is not None else page.current)


def _again(ctx: Context) -> None:
    page, card = _page(ctx), _card(ctx)
    if card.again.isHidden():
        raise BadInput("This chart is up to date.", "It follows the strategy by itself.")
    page.computing.again(card)


MIMES = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}


def copy(ctx: Context, *forms: str) -> None:
    """Put the current chart on the clipboard on paper's colours: as "pdf", "svg", "png", or all of them."""
    from prodlead_desktop.exchange import chart_files

    card = _card(ctx)
    chart, reading = card.chart, card.reading
    wanted = forms or tuple(MIMES)

    def made(monitor: Monitor) -> dict[str, bytes]:
        pictures = {}
        for number, form in enumerate(wanted):
            monitor.step(number / len(wanted))
            pictures[form] = chart_files.picture(chart, reading, form)
        return pictures

    def done(pictures: dict[str, bytes]) -> None:
        content = QMimeData()
        for form, picture in pictures.items():
            content.setData(MIMES[form], picture)
            if form == "png":
                content.setImageData(QImage.fromData(picture))
        QGuiApplication.clipboard().setMimeData(content)
        form = forms[0].upper() if forms else "a picture"
        ctx.window.tell(Notice(f"“{chart.title}” is copied as {form}.", "ok", toast=True))

    ctx.window.tasks.run(f"Copying {chart.title.lower()}", made, done)


def _copies(ctx: Context) -> Iterator[Choice]:
    for form in MIMES:
        yield Choice(form.upper(), partial(copy, ctx, form))
    yield Choice("Numbers (CSV)", partial(_copy_numbers, ctx))


def _copy_numbers(ctx: Context) -> None:
    from prodlead_desktop.exchange import chart_files

    card = _card(ctx)
    if not card.reading.table.rows:
        raise BadInput("There are no numbers yet.", card.reading.empty or "")
    content = QMimeData()
    content.setText(chart_files.as_tsv(card.reading.table))
    content.setData("text/csv", chart_files.as_csv(card.reading.table).encode())
    QGuiApplication.clipboard().setMimeData(content)
    ctx.window.tell(Notice(f"The numbers of “{card.chart.title}” are copied.", "ok", toast=True))


def _save(ctx: Context) -> None:
    card = _card(ctx)
    name = f"{Path(ctx.open.document.path).stem} {card.chart.title.lower()}.pdf"
    path = opening.ask_where(ctx.window, "Save chart", name, KINDS, "")
    if path is not None:
        save(ctx, path)


def save(ctx: Context, path: Path) -> None:
    """Write the current chart by the ending of ``path``, on paper's colours, and say where it is."""
    from prodlead_desktop.exchange import chart_files

    card = _card(ctx)
    chart, reading = card.chart, card.reading
    if path.suffix.lower() not in chart_files.ENDINGS:
        known = ", ".join(chart_files.ENDINGS)
        raise BadInput(f"I cannot write a chart as “{path.suffix or path.name}”.", f"Known endings: {known}.")

    def write(monitor: Monitor) -> None:
        monitor.step()
        chart_files.write(chart, reading, path)

    def done(_: object) -> None:
        ways = (("Open", lambda: reveal(path)), ("Show in folder", lambda: reveal(path.parent)))
        ctx.window.tell(Notice(f"{path.name} is written.", "ok", ways))

    ctx.window.tasks.run(f"Writing {path.name}", write, done)


def _scenarios(ctx: Context) -> Iterator[Choice]:
    showing = _showing(ctx)
    for scenario in ctx.open.strategy.ordered(Scenario):
        yield Choice(scenario.name, partial(showing.toggle, scenario.id), showing.is_shown(scenario.id))


def _charts(ctx: Context) -> Iterator[Choice]:
    from prodlead_desktop.figures.chart import charts

    showing = _showing(ctx)
    for chart in charts():
        yield Choice(chart.title, partial(showing.toggle_chart, chart.name), chart in showing.charts)


def _ends(end: int) -> Callable[[Context], Iterator[Choice]]:
    def choices(ctx: Context) -> Iterator[Choice]:
        showing = _showing(ctx)
        pair = showing.pair
        for scenario in showing.scenarios:
            name = ctx.open.strategy.get(Scenario, scenario).name
            chosen = len(pair) == 2 and pair[end] == scenario
            yield Choice(name, partial(showing.set_pair, end, scenario), chosen)

    return choices


def _two(ctx: Context) -> bool:
    return on_page(ctx) and len(_showing(ctx).scenarios) > 1


GROUP = ActionGroup(
    "Charts",
    4,
    (
        Row("compare.scenarios", "Scenarios shown", lambda ctx: None, menu="Compare", section="what",
            icon="layers", choices=_scenarios, enabled=in_front),
        Row("compare.charts", "Charts shown", lambda ctx: None, menu="Compare", section="what",
            icon="layout-dashboard", choices=_charts, enabled=in_front),
        Row("compare.from", "Compare from", lambda ctx: None, menu="Compare", section="two", choices=_ends(0),
            enabled=_two),
        Row("compare.to", "Compare to", lambda ctx: None, menu="Compare", section="two", choices=_ends(1),
            enabled=_two),
        Row("compare.swap", "Compare the other way round", lambda ctx: _showing(ctx).swap(), ("S",), "chart",
            menu="Compare", section="two", icon="arrow-left-right", enabled=_two),
        Row("compare.large", "Make the chart large", _large, ("Return", "Enter"), "chart", menu="Compare",
            section="one", icon="maximize", enabled=on_page,
            words=lambda ctx: "Show all charts" if _page(ctx).large is not None else "Make the chart large"),
        Row("compare.table", "Show the numbers", _table, ("T",), "chart", menu="Compare", section="one",
            icon="table-2", enabled=on_page,
            words=lambda ctx: "Show the chart" if _card(ctx).as_table else "Show the numbers"),
        Row("compare.again", "Compute the chart anew", _again, ("R",), "chart", menu="Compare", section="one",
            icon="refresh-cw", enabled=on_page),
        Row("compare.copy", "Copy the chart as a picture", copy, ("Ctrl+C",), "chart", menu="Compare",
            section="out", icon="copy", enabled=has_chart),
        Row("compare.copy_as", "Copy the chart as", lambda ctx: None, menu="Compare", section="out",
            choices=_copies, enabled=has_chart),
        Row("compare.numbers", "Copy the numbers", _copy_numbers, ("Ctrl+Shift+C",), "chart", menu="Compare",
            section="out", icon="clipboard-copy", enabled=on_page),
        Row("compare.save", "Save the chart…", _save, ("Ctrl+Shift+E",), "chart", menu="Compare", section="out",
            icon="download", enabled=has_chart),
    ),
)  # fmt: skip
