"""When effects are there and money is due (model.md §3.4; known-answers.md A3, last row)."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.analysis.distributions import Triangular, from_percentiles
from prodlead_desktop.analysis.timing import Timing, arrived, arrived_since, by_quarter, quarters_between

JANUARY = datetime.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "precision", "quarters"),
    [
        ((2027, 9, 30), "day", 3.0),
        ((2027, 9, 30), None, 3.0),
        ((2027, 7, 1), "quarter", 3.0),
        ((2027, 8, 2), "month", 8 / 3),
        ((2027, 12, 31), "quarter", 4.0),
        ((2027, 1, 1), "day", 1 / 31 / 3),
        ((2026, 12, 31), "day", 0.0),
        ((2026, 9, 30), "day", -1.0),
        ((2028, 2, 29), "day", 14 / 3),
    ],
)
def test_a_deadline_means_the_end_of_its_period(
    day: tuple[int, int, int], precision: str | None, quarters: float
) -> None:
    assert quarters_between(JANUARY, datetime.date(*day), precision) == pytest.approx(quarters)


def test_quarters_count_from_any_plan_start() -> None:
    assert quarters_between(
        datetime.date(2027, 4, 1), datetime.date(2027, 9, 30), "quarter"
    ) == pytest.approx(2.0)
    assert quarters_between(datetime.date(2027, 2, 15), datetime.date(2027, 2, 28), "day") == pytest.approx(
        1 / 6
    )


def test_quarter_averages_of_a_ramp() -> None:
    timing = Timing(delay=1, ramp=3)
    found = [arrived(timing, 0, q, q + 1) for q in range(6)]
    assert found == pytest.approx([0, 1 / 6, 1 / 2, 5 / 6, 1, 1])


def test_moments_of_a_ramp() -> None:
    timing = Timing(delay=1, ramp=3)
    assert [arrived(timing, 0.5, t) for t in (0, 1.5, 3, 4.5, 9)] == pytest.approx([0, 0, 0.5, 1, 1])


def test_without_a_ramp_it_is_all_there_at_once() -> None:
    timing = Timing(delay=0.2)
    assert [arrived(timing, 0.1, t) for t in (0.29, 0.3, 0.31)] == [0, 1, 1]
    assert arrived(timing, 0.3, 0, 1) == pytest.approx(0.5)


def test_without_a_deadline_everything_is_there() -> None:
    assert arrived(Timing(delay=4, ramp=9, half_life=1), 3, math.inf) == 1


def test_decay_halves_every_half_life() -> None:
    timing = Timing(delay=1, ramp=1, half_life=2)
    assert [arrived(timing, 0, t) for t in (1.5, 2, 4, 6)] == pytest.approx([0.5, 1, 0.5, 0.25])
    fine = np.linspace(3, 4, 100_001)
    assert arrived(timing, 0, 3, 4) == pytest.approx(arrived_since(timing, fine - 1).mean(), rel=1e-6)


def test_an_uncertain_delay_is_averaged_over() -> None:
    spread = Triangular(0, 1, 5)
    timing = Timing(delay=1, ramp=2, delay_spread=spread)
    y = (np.arange(400_000) + 0.5) / 400_000
    expected = arrived_since(timing, 3 - 0.5 - spread.quantile(y)).mean()
    assert arrived(timing, 0.5, 3) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("ramp", "half_life"), [(0.0, None), (0.0, 2.0), (1.5, None)])
@pytest.mark.parametrize("values", [(0.4, 1, 3), (0, 1, 2), (0, 1, 9)])
def test_a_late_step_is_there_with_the_chance_of_the_delay(
    values: tuple[float, float, float], ramp: float, half_life: float | None
) -> None:
    """By two million even steps: a jump is as exact as a slope, in the tail too."""
    spread = from_percentiles(*values, 0 if values[0] > 0 else None)
    timing = Timing(values[1], ramp, half_life, spread)
    delays = np.maximum(spread.quantile((np.arange(2_000_000) + 0.5) / 2_000_000), 0.0)
    for t in (0.0, 0.7, 2.0, 4.67, 8.0):
        expected = arrived_since(timing, t - delays).mean()
        assert arrived(timing, 0.0, t) == pytest.approx(expected, abs=2e-6), t


def test_what_never_changes_again_is_known() -> None:
    assert Timing(delay=1, ramp=2).settled_after == 3
    assert Timing(half_life=1).settled_after == math.inf
    assert Timing(delay_spread=from_percentiles(1, 2, 3, 0)).settled_after == math.inf


@given(
    st.floats(0, 3),
    st.floats(0, 3),
    st.floats(0, 3),
    st.none() | st.floats(0.5, 5),
    st.floats(0, 8),
    st.floats(0.1, 2),
)
def test_averages_are_the_mean_of_moments(
    start: float, delay: float, ramp: float, half_life: float | None, begin: float, width: float
) -> None:
    timing = Timing(delay, ramp, half_life)
    fine = begin + (np.arange(20_000) + 0.5) / 20_000 * width
    moments = arrived_since(timing, fine - start - delay)
    assert arrived(timing, start, begin, begin + width) == pytest.approx(moments.mean(), abs=2e-4)
    assert arrived(timing, start, float(fine[7])) == pytest.approx(float(moments[7]), abs=1e-9)


def test_costs_move_with_the_start() -> None:
    assert by_quarter((0.5, 0.3, 0.2), 0) == (0.5, 0.3, 0.2)
    assert by_quarter((0.5, 0.5), 2) == (0, 0, 0.5, 0.5)
    assert by_quarter((0.6, 0.4), 1.25) == pytest.approx((0, 0.45, 0.45, 0.1))
