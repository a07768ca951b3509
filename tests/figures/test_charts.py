"""Every chart says and draws the numbers of its table, from nothing at all to a hundred initiatives by six."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import crowd, sample, small, strategies_
from hypothesis import given, settings

from prodlead_desktop.analysis import capital, comparison
from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.figures import drawing
from prodlead_desktop.figures.chart import Chart, Frame, Reading, chart_named, charts
from prodlead_desktop.figures.theme import DARK, LIGHT

NAMES = tuple(chart.name for chart in charts())


def ids(strategy: Strategy) -> tuple[str, ...]:
    return tuple(scenario.id for scenario in strategy.ordered(Scenario))


def drawn(chart: Chart, reading: Reading, dark: bool = False, width: float = 760) -> object:
    figure = chart.draw(reading, DARK if dark else LIGHT, Frame(width, chart.wanted_height(reading)))
    figure.canvas.draw()  # type: ignore[attr-defined]
    return figure


def words(figure: object) -> Iterator[str]:
    from matplotlib.text import Text

    for text in figure.findobj(Text):  # type: ignore[attr-defined]
        if text.get_visible() and text.get_text():
            yield text.get_text()


def test_there_is_a_chart_for_each_question() -> None:
    assert NAMES == (
        "moves",
        "value",
        "pools",
        "differences",
        "quarters",
        "targets",
        "outcomes",
        "initiatives",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("strategy", [sample(), crowd(100, 6)], ids=["sample", "crowd"])
def test_every_chart_draws_and_nothing_leaves_its_page(name: str, dark: bool, strategy: Strategy) -> None:
    chart = chart_named(name)
    reading = chart.of(strategy, ids(strategy))
    assert reading.empty is None and reading.finding and reading.unit
    figure = drawn(chart, reading, dark)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    page, renderer = figure.bbox, FigureCanvasAgg(figure).get_renderer()  # type: ignore[attr-defined]
    for text in figure.findobj(Text):  # type: ignore[attr-defined]
        if not text.get_visible() or not text.get_text().strip():
            continue
        box = text.get_window_extent(renderer)
        assert box.x0 >= -2 and box.x1 <= page.x1 + 2, text.get_text()
        assert box.y0 >= -2 and box.y1 <= page.y1 + 2, text.get_text()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_strategy_and_a_lone_scenario_teach_what_to_do(name: str) -> None:
    chart = chart_named(name)
    assert chart.of(empty(), ()).empty
    edit = Edit(empty())
    plan = scenarios.create(edit, "Plan")
    strategy, _ = edit.result()
    assert chart.of(strategy, (plan,)).empty


def test_the_table_of_initiatives_is_what_the_allocation_says() -> None:
    strategy = sample()
    reading = chart_named("initiatives").of(strategy, ids(strategy))
    titles = {node.title: node.id for node in strategy.all(Node).values() if node.kind == "initiative"}
    assert len(reading.table.rows) == len(titles)
    for title, *amounts in reading.table.rows:
        for scenario, amount in zip(ids(strategy), amounts, strict=True):
            assert amount == capital.cost(strategy, scenario, titles[str(title)])


def bars(figure: object) -> list[int]:
    """What every bar of a drawing is long, in whole minor units."""
    (axes,) = figure.axes  # type: ignore[attr-defined]
    return sorted(round(bar.get_width()) for bar in axes.patches if bar.get_width())


@pytest.mark.parametrize("width", [480, 1500])
@pytest.mark.parametrize("name", ["initiatives", "outcomes"])
def test_a_cell_has_a_bar_as_long_as_the_table_says_and_its_amount_in_words(name: str, width: float) -> None:
    strategy = sample()
    chart = chart_named(name)
    reading = chart.of(strategy, ids(strategy))
    figure = drawn(chart, reading, width=width)
    amounts = [int(value) for row in reading.table.rows for value in row[1:] if value]
    assert bars(figure) == sorted(amounts)
    said = list(words(figure))
    for amount in amounts:
        assert drawing.money(amount, "EUR") in said


def test_the_finding_of_pools_says_of_what_its_shares_are() -> None:
    strategy = sample()
    pair = ids(strategy)[:2]
    reading = chart_named("pools").of(strategy, pair)
    core, placed = reading.table.rows[0], reading.table.rows[-3]
    shares = [f"{100 * int(core[at] or 0) / int(placed[at] or 1):.0f} %" for at in (1, 2)]
    names = [strategy.get(Scenario, key).name for key in pair]
    finding = reading.finding.replace("\u00a0", " ").replace("\u202f", " ")
    assert finding == f"Core takes {shares[0]} of what {names[0]} places and {shares[1]} in {names[1]}"


def test_bars_of_pools_are_as_long_as_the_table_says() -> None:
    strategy = sample()
    chart = chart_named("pools")
    reading = chart.of(strategy, ids(strategy)[:2])
    wanted = [value for row in reading.table.rows[:-3] for value in row[1:] if value]
    wanted += [value for value in reading.table.rows[-1][1:] if value]  # what is left is hatched
    assert bars(drawn(chart, reading)) == sorted(int(value) for value in wanted)


def test_columns_of_quarters_are_as_high_as_the_table_says() -> None:
    strategy = crowd(20, 3)
    chart = chart_named("quarters")
    reading = chart.of(strategy, ids(strategy))
    (axes,) = drawn(chart, reading).axes  # type: ignore[attr-defined]
    spent = [at for at, column in enumerate(reading.table.columns) if at and "budget" not in column.title]
    wanted = [float(row[at] or 0) for row in reading.table.rows for at in spent]
    assert sorted(bar.get_height() for bar in axes.patches) == pytest.approx(sorted(wanted))


def test_ribbons_are_as_thick_as_the_table_says() -> None:
    strategy = sample()
    chart = chart_named("moves")
    reading = chart.of(strategy, ids(strategy)[:2])
    (axes,) = drawn(chart, reading).axes  # type: ignore[attr-defined]
    ribbons = [patch.get_path().vertices for patch in axes.patches if len(patch.get_path().vertices) == 9]
    thick = sorted(abs(corners[7][1] - corners[0][1]) for corners in ribbons)
    amounts = sorted(float(row[2] or 0) for row in reading.table.rows)
    assert [part / sum(thick) for part in thick] == pytest.approx([part / sum(amounts) for part in amounts])


def test_rows_without_room_are_counted_not_crowded() -> None:
    strategy = crowd(100, 2)
    for name, what in (("initiatives", "initiatives"), ("differences", "that differ less")):
        chart = chart_named(name)
        reading = chart.of(strategy, ids(strategy))
        figure = chart.draw(reading, LIGHT, Frame(760, 500))
        (axes,) = figure.axes
        count = round(axes.get_ylim()[0] + 0.5)
        rows = [row for row in reading.table.rows if any(value != 0 for value in row[1:])]
        assert 15 <= count < len(rows)
        assert f"and {len(rows) - count} more {what}: all are in the table" in list(words(figure))


def test_differences_are_drawn_to_their_side() -> None:
    strategy = sample()
    chart = chart_named("differences")
    reading = chart.of(strategy, ids(strategy)[:2])
    (axes,) = drawn(chart, reading).axes  # type: ignore[attr-defined]
    assert [round(bar.get_width()) for bar in axes.patches] == [row[3] for row in reading.table.rows]
    assert {row[3] for row in reading.table.rows} == {
        row.by for row in comparison.differences(strategy, *ids(strategy)[:2])
    }


def test_a_ribbon_thinner_than_its_rim_still_has_its_colour() -> None:
    from matplotlib.patches import PathPatch

    chart, strategy = chart_named("moves"), sample()
    two = tuple(
        scenario
        for scenario in ids(strategy)
        if strategy.get(Scenario, scenario).name in ("Today", "Balanced")
    )
    figure = drawn(chart, chart.of(strategy, two))
    bands = [patch for patch in figure.findobj(PathPatch) if len(patch.get_path().vertices) == 9]  # type: ignore[attr-defined]
    thin = []
    for band in bands:
        corners = band.get_path().vertices
        if corners[7][1] - corners[0][1] < 3:
            thin.append(band)
            assert band.get_edgecolor() == band.get_facecolor() and band.get_linewidth() >= 0.5
    assert thin


def test_the_alluvial_says_every_place_with_its_money() -> None:
    strategy = sample()
    today, balanced = (scenarios.named(strategy, name).id for name in ("Today", "Balanced"))
    chart = chart_named("moves")
    reading = chart.of(strategy, (today, balanced))
    assert reading.finding == "€920\u00a0k changes places between Today and Balanced"
    said = " ".join(words(drawn(chart, reading, width=1200)))
    for place in ("Nowhere", "New money", "Not placed", "Mid-market accounts grow", "+€880\u00a0k"):
        assert place in said


def test_the_alluvial_says_truly_whether_money_goes_nowhere_now_still_or_no_longer() -> None:
    strategy = sample()
    today, balanced = (scenarios.named(strategy, name).id for name in ("Today", "Balanced"))
    chart = chart_named("moves")
    one, other = (comparison.by_place(strategy, each).get(capital.NOWHERE, 0) for each in (today, balanced))
    assert one > other > 0
    assert "still goes nowhere" in chart.of(strategy, (today, balanced)).sentence
    assert "now goes nowhere" in chart.of(strategy, (balanced, today)).sentence
    edit = Edit(strategy)
    scenario = scenarios.create(edit, "Empty")
    strategy, _ = edit.result()
    assert "no longer goes nowhere" in chart.of(strategy, (today, scenario)).sentence


def test_the_quarters_are_those_of_the_plan_and_the_budget_that_is_broken_is_named() -> None:
    strategy = crowd(100, 2)
    reading = chart_named("quarters").of(strategy, ids(strategy))
    assert reading.table.rows[0][0] == "Q1 2027"
    for column in (1, 3):
        total = sum(float(row[column] or 0) for row in reading.table.rows)
        scenario = ids(strategy)[column // 2]
        assert total == pytest.approx(capital.totals(strategy, scenario).placed)


def test_unknown_costs_are_counted_and_never_zero() -> None:
    strategy = crowd(100, 2)
    one = ids(strategy)[0]
    reading = chart_named("initiatives").of(strategy, (one,))
    unknown = capital.totals(strategy, one).unknown
    assert unknown and f"{unknown} in" in reading.sentence
    assert sum(row[1] is None for row in reading.table.rows) == unknown
    row = next(number for number, row in enumerate(reading.table.rows) if row[1] is None)
    assert reading.table.text(row, 1) == "?" and reading.table.plain(row, 1) == ""


@pytest.mark.parametrize("name", NAMES)
def test_equal_scenarios_and_overspent_ones_are_said_truly(name: str) -> None:
    edit = Edit(small())
    twin = scenarios.create(edit, "Twin", "s1")
    scenarios.set_budget(edit, twin, 10_000)
    strategy, _ = edit.result()
    reading = chart_named(name).of(strategy, ("s1", twin))
    if name == "differences":
        assert reading.empty and "the same" in reading.finding
    elif name == "moves":
        assert reading.finding == "Every outcome gets the same in Plan and Twin"
    elif name == "pools":
        assert reading.finding == "Twin is €650 over its budget"
    if reading.empty is None:
        drawn(chart_named(name), reading)


def test_long_names_are_cut_with_an_ellipsis_that_fits() -> None:
    cut = drawing.elided("A title that goes on and on and on", 80, 10)
    assert cut.endswith("…") and drawing.width_of(cut, 10) <= 80
    assert drawing.elided("Short", 80, 10) == "Short"


@settings(max_examples=30, deadline=None)
@given(strategies_())
def test_any_strategy_can_be_read(strategy: Strategy) -> None:
    every = ids(strategy)[:6]
    for chart in charts():
        reading = chart.of(strategy, every)
        table = reading.table
        for row in range(len(table.rows)):
            for column in range(len(table.columns)):
                assert isinstance(table.text(row, column), str)
                table.plain(row, column)
