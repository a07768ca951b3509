"""Response curves from answers (known-answers.md A3, A4.7)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.analysis.curves import (
    Curve,
    Curves,
    Exponential,
    Hill,
    Linear,
    Step,
    caution,
    exponential,
    hill_from_ceiling,
    hill_from_double,
    step,
)
from prodlead_desktop.errors import BadInput


def _at(curve: Curve, *u: float) -> list[float]:
    return curve.share(np.array(u, dtype=float)).tolist()


def test_linear_gives_no_credit_beyond_the_plan() -> None:
    assert _at(Linear(), 0, 0.25, 1, 2) == [0, 0.25, 1, 1]


def test_exponential() -> None:
    found = exponential(0.6)
    assert found.ceiling == pytest.approx(1.8)
    assert _at(found, 2) == pytest.approx([1.444444], abs=1e-6)
    assert isinstance(found, Exponential)
    assert _at(found, 2) == pytest.approx([1 + found.q])


def test_half_for_half_is_the_straight_line() -> None:
    assert exponential(0.5) == Linear()


def test_less_than_half_for_half_is_convex_and_the_room_is_told() -> None:
    found = exponential(0.3)
    assert _at(found, 0.5, 1) == pytest.approx([0.3, 1])
    assert found.ceiling == np.inf
    assert found.zone == 1
    assert caution(found)
    assert caution(exponential(0.7)) is None


@pytest.mark.parametrize(
    ("half", "times", "n", "k", "v"), [(0.3, 1.5, 3, 0.793701, 1.5), (0.5, 2, 1.584963, 1, 2)]
)
def test_hill_from_the_ceiling(half: float, times: float, n: float, k: float, v: float) -> None:
    found = hill_from_ceiling(half, times)
    assert (found.n, found.k, found.v) == pytest.approx((n, k, v), abs=1e-6)
    assert _at(found, 0, 0.5, 1, 1e9) == pytest.approx([0, half, 1, times])


def test_hill_from_double() -> None:
    found = hill_from_double(0.3, 1.5)
    assert (found.n, found.k, found.v) == pytest.approx((2.807355, 0.851292, 1.636364), abs=1e-6)
    assert _at(found, 0.5, 1, 2) == pytest.approx([0.3, 1, 1.5])


def test_the_four_curves_of_the_trap() -> None:
    """Known answers A4.7: exponents, half-effect money in currency and the ends of the all-or-nothing zones."""
    given = ((400, 0.2, 1.2), (600, 0.15, 1.1), (500, 0.6, 1.5), (300, 0.35, 1.3))
    found = [hill_from_ceiling(h, g) for _, h, g in given]
    money = [c * curve.k for (c, _, _), curve in zip(given, found, strict=True)]
    assert [curve.n for curve in found] == pytest.approx([4.643856, 5.984893, 1.584963, 3.177538], abs=1e-6)
    assert money == pytest.approx([282.843, 408.380, 322.880, 205.384], abs=1e-3)
    assert [curve.zone for curve in found] == pytest.approx([0.9341, 0.8902, 0.4604, 0.8746], abs=5e-5)


def test_at_the_end_of_the_zone_the_average_return_is_greatest() -> None:
    found = hill_from_ceiling(0.3, 1.5)
    assert found.zone is not None
    u = np.linspace(0.01, 3, 30_001)
    best = u[np.argmax(found.share(u) / u)]
    assert found.zone == pytest.approx(best, abs=2e-4)
    assert _at(found, found.zone) == pytest.approx([found.v * (found.n - 1) / found.n])
    assert found.inflection == pytest.approx(u[np.argmax(np.gradient(found.share(u)))], abs=2e-4)


def test_no_zone_where_the_curve_is_concave() -> None:
    assert Hill(0.9, 0.5**0.9, 1.2).zone is None
    assert Hill(0.9, 0.5**0.9, 1.2).inflection is None
    assert exponential(0.7).zone is None


def test_robyns_saturation_hill() -> None:
    """x^α/(x^α + (γ·max x)^α) with α = 3, γ = 0.5, as in its documentation."""
    spent = np.array([100, 150, 170, 190, 200])
    found = Hill(3, (0.5 * 200) ** 3, 1)
    assert found.share(spent) == pytest.approx([0.5, 0.771429, 0.830881, 0.872757, 0.888889], abs=1e-6)


def test_nothing_below_the_step() -> None:
    found = step(0.4, exponential(0.6))
    inner = exponential(0.6)
    assert _at(found, 0, 0.39, 0.4, 0.7, 1) == pytest.approx([0, 0, *_at(inner, 0.4, 0.7, 1)])
    assert found.ceiling == pytest.approx(1.8)
    assert found.zone == 0.4
    assert step(0.4) == Step(0.4, Linear())
    assert step(0.0) == Linear()
    assert _at(step(0.1 + 0.2), 0.3) == [0.3]


@pytest.mark.parametrize(
    ("make", "answers", "words"),
    [
        (hill_from_double, (0.7, 1.5), "No S-curve keeps 70%"),
        (hill_from_double, (0.7, 1 / 0.7), "No S-curve"),
        (hill_from_double, (0.4, 1.0), "must give more"),
        (hill_from_ceiling, (0.4, 1.0), "1 times the planned effect"),
        (hill_from_ceiling, (1.0, 2.0), "no curve does that"),
        (exponential, (0.0,), "no curve does that"),
        (exponential, (1.0,), "no curve does that"),
        (step, (1.5,), "from 0 to 100 %"),
    ],
)
def test_answers_no_curve_fits_are_refused_in_words(
    make: object, answers: tuple[float, ...], words: str
) -> None:
    assert callable(make)
    with pytest.raises(BadInput, match=words) as refused:
        make(*answers)
    assert refused.value.hint or make is step


@given(st.floats(0.01, 0.99), st.floats(1.01, 20))
def test_ceiling_form_keeps_its_answers_and_rises(half: float, times: float) -> None:
    found = hill_from_ceiling(half, times)
    u = np.linspace(0, 5, 501)
    s = found.share(u)
    assert np.all(np.diff(s) >= 0)
    assert s[50] == pytest.approx(half, rel=1e-9)
    assert s[100] == pytest.approx(1)
    assert (found.zone is not None) == (found.n > 1)


@given(st.floats(0.01, 0.98), st.data())
def test_double_form_keeps_its_answers(half: float, data: st.DataObject) -> None:
    double = data.draw(st.floats(1.001, min(1 / half - 1e-3, 50))) if half < 0.99 else 1.005
    if half * double >= 0.999:
        return
    found = hill_from_double(half, double)
    assert _at(found, 0.5, 1, 2) == pytest.approx([half, 1, double], rel=1e-6)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=6), st.permutations(range(6)))
def test_many_curves_read_together_say_what_each_says(at: list[float], order: list[int]) -> None:
    every = [Linear(), exponential(0.6), exponential(0.4), hill_from_ceiling(0.3, 1.4)]
    every += [step(0.3, exponential(0.7)), step(0.5)]
    which = np.array(order)
    together = Curves(every).share(np.tile(np.array(at), (len(order), 1)), which)
    assert together.tolist() == [every[k].share(np.array(at)).tolist() for k in order]
    alike = Curves(every[3:4]).share(np.array(at), np.zeros(len(at), dtype=np.int64))
    assert alike.tolist() == every[3].share(np.array(at)).tolist()
