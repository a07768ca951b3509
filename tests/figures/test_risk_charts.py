"""The charts of risk: intervals, chances and values as the simulation says them, and words when there is nothing."""

from __future__ import annotations

import json

import pytest
from analysis.cases import e1, effect, initiative, outcome, strategy
from builders import sample

from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.simulate import simulate
from prodlead_desktop.analysis.simulate.scenarios import of_scenarios
from prodlead_desktop.domain import interchange, scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import Cancelled
from prodlead_desktop.exchange import chart_files
from prodlead_desktop.figures.chart import Frame, Reading, chart_named
from prodlead_desktop.figures.theme import LIGHT

VALUE, TARGETS = chart_named("value"), chart_named("targets")


def ids(found: Strategy) -> tuple[str, ...]:
    return tuple(scenario.id for scenario in found.ordered(Scenario))


def words(chart_name: str, reading: Reading, width: float = 900, height: float | None = None) -> list[str]:
    from matplotlib.text import Text

    chart = chart_named(chart_name)
    figure = chart.draw(reading, LIGHT, Frame(width, height or chart.wanted_height(reading)))
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible() and text.get_text()]


def test_the_table_of_targets_is_the_simulation() -> None:
    found = e1()
    reading = TARGETS.of(found, ids(found))
    drawn = simulate(formulate(found, "plan"))
    assert drawn.mixed is not None
    rows = {row[0]: row for row in reading.table.rows}
    for outcome_row, risk in zip(drawn.problem.outcomes, drawn.mixed.outcomes, strict=True):
        row = rows[outcome_row.title]
        assert risk.level is not None and risk.target is not None
        for cell, part in zip(row[2:5], (risk.level.p10, risk.level.p50, risk.level.p90), strict=True):
            assert isinstance(cell, float) and part.se is not None
            assert abs(cell - part.value) <= 10 * part.se  # rounded to its error
        assert row[5] == outcome_row.target
        assert row[7:] == (risk.target.value, risk.target.low, risk.target.high)
    assert reading.finding.startswith("No target is likely: at best about 5 in 100")
    assert "All targets together: <1 in 100." in reading.sentence
    assert "10,000 draws" in reading.sentence
    said = words("targets", reading)
    assert {"5 in 100", "1 in 100", "<1 in 100", "target 3", "target 75", "target 15"} <= set(said)
    assert "min · less is better" in said


def test_value_names_the_best_and_the_safest() -> None:
    found = sample()
    reading = VALUE.of(found, ids(found))
    risks = of_scenarios(found, ids(found))
    means = {row[0]: row[1] for row in reading.table.rows}
    best = max(risks, key=lambda one: one.world.value.mean.value)
    name = found.get(Scenario, best.scenario).name
    assert reading.finding.startswith(f"{name} is worth most")
    assert means[name] == pytest.approx(best.world.value.mean.value, abs=0.2)
    assert "worst fifth" in reading.sentence
    assert words("value", reading).count("mean") == 1


def test_scenarios_that_give_the_same_cannot_be_told_apart() -> None:
    found = e1()
    from prodlead_desktop.domain.edit import Edit

    edit = Edit(found)
    scenarios.create(edit, "Again", copy_of="plan")
    found, _ = edit.result()
    reading = VALUE.of(found, ids(found))
    assert reading.finding == "Plan and Again are worth the same, as far as the draws can tell"
    first, second = of_scenarios(found, ids(found))
    assert first.more_than(second).value == 0


def test_right_is_better() -> None:
    """An axis of a falling metric runs to the left."""
    found = e1()
    reading = TARGETS.of(found, ids(found))
    figure = TARGETS.draw(reading, LIGHT, Frame(900, TARGETS.wanted_height(reading)))
    sides = [on.get_xlim() for on in figure.axes]
    assert [left > right for left, right in sides] == [True, False, True]
    for (left, right), target in zip(sides, (3, 75, 15), strict=True):
        assert min(left, right) < target < max(left, right)


def test_a_narrow_page_says_what_it_leaves_out() -> None:
    found = e1()
    reading = TARGETS.of(found, ids(found))
    assert "and 2 more outcomes: all are in the table" in words("targets", reading, 330, 140)


def test_words_when_there_is_nothing_to_draw() -> None:
    nothing = strategy([outcome("o"), initiative("i", 5)], [effect("i", "o", 1)])
    assert "baseline and a target" in (TARGETS.of(nothing, ("plan",)).empty or "")
    assert "swing" in (VALUE.of(nothing, ("plan",)).empty or "")
    nodes = [outcome("a", 0, 10, swing=1), outcome("b", 0, 10, money_per_unit=5), initiative("i", 1)]
    both = strategy(nodes, [effect("i", "a", 5), effect("i", "b", 2)])
    assert "points and others in money" in (VALUE.of(both, ("plan",)).empty or "")
    assert TARGETS.of(both, ("plan",)).empty is None
    impossible = strategy([outcome("o", 0, 10, limit=5), initiative("i", 1)])
    assert "natural limit" in (TARGETS.of(impossible, ("plan",)).empty or "")


def test_money_is_said_as_money() -> None:
    nodes = [outcome("o", 0, 10, money_per_unit=5000), initiative("i", 10, success=0.5)]
    plan = {"allocations": [{"initiative": "i", "level": "i1"}]}
    found = strategy(nodes, [effect("i", "o", 1, 2, 4)], plan)
    reading = VALUE.of(found, ("plan",))
    assert "€" in reading.finding
    assert reading.table.columns[1].measure == "money"
    assert any(text.startswith("€") for text in words("value", reading))


def test_futures_without_probabilities_are_left_out_and_said() -> None:
    text = json.loads(interchange.dumps(e1()))
    text["futures"] = [{"id": "f", "name": "F", "probability": 0.5}, {"id": "g", "name": "G"}]
    found = interchange.loads(json.dumps(text))
    reading = TARGETS.of(found, ids(found))
    assert "as things are now: the futures have no probabilities" in reading.sentence
    assert reading.table.rows == TARGETS.of(e1(), ids(e1())).table.rows


def test_it_can_be_stopped_and_says_how_far_it_is() -> None:
    found, shares = sample(), []

    def step(share: float | None) -> None:
        if share is not None:
            shares.append(share)

    fresh = json.loads(interchange.dumps(found))
    fresh["strategy"]["horizon"] = 7  # numbers nobody has drawn yet
    VALUE.of(interchange.loads(json.dumps(fresh)), ids(found), step)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert len(shares) > 10

    def stop(share: float | None) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        VALUE.of(found, ids(found), stop)


def test_numbers_as_a_spreadsheet_reads_them() -> None:
    found = e1()
    lines = chart_files.as_csv(TARGETS.of(found, ids(found)).table).splitlines()
    assert lines[0].startswith("Outcome,Scenario,P10,P50,P90,Target,Unit,Chance of the target (%)")
    assert lines[2].split(",")[5:7] == ["75", "%"]
