"""The metalog against published and computed values (known-answers.md A1) and against itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prodlead_desktop.analysis.metalog import Metalog, fit, integrate, logit
from prodlead_desktop.errors import BadInput


def _terms(found: Metalog) -> tuple[float, float, float]:
    return found.a1, found.a2, found.a3


def _at(found: Metalog, *y: float) -> list[float]:
    return found.quantile(np.array(y)).tolist()


@pytest.mark.parametrize(
    ("low", "terms", "q12", "f711"),
    [
        (None, (9, 3.5217, 3.1152), 4.3419, 0.3501),
        (0.0, (2.1972, 0.3678, -0.0032), 4.3146, 0.3452),
    ],
)
def test_a_general_triple_is_solved_as_published(
    low: float | None, terms: tuple[float, ...], q12: float, f711: float
) -> None:
    found = fit((4, 9, 17), low=low, at=(0.1, 0.5, 0.85))
    assert _terms(found) == pytest.approx(terms, abs=5e-5)
    assert _at(found, 0.12)[0] == pytest.approx(q12, abs=5e-5)
    assert float(found.cdf(np.array(7.11))) == pytest.approx(f711, abs=5e-5)


def test_symmetric_percentiles_unbounded() -> None:
    found = fit((35, 50, 75))
    assert _terms(found) == pytest.approx((50, 9.102392, 5.688995), rel=1e-6)
    assert found.mean() == pytest.approx(52.844498, rel=1e-7)
    assert math.sqrt(found.variance()) == pytest.approx(16.856668, rel=1e-7)
    assert _at(found, 0.05, 0.95) == pytest.approx([30.7365, 84.3393], rel=1e-5)


def test_symmetric_percentiles_between_two_bounds() -> None:
    found = fit((35, 50, 75), 0, 100)
    assert _terms(found) == pytest.approx((0, 0.390868, 0.272829), abs=1e-6)
    assert found.mean() == pytest.approx(52.554065, rel=1e-7)
    assert _at(found, 0.05, 0.95) == pytest.approx([31.23, 81.9415], rel=1e-5)


@pytest.mark.parametrize(
    ("ratio", "feasible"), [(0.166479, False), (0.166678, True), (0.833322, True), (0.833521, False)]
)
def test_feasible_exactly_where_the_quantile_function_rises(ratio: float, feasible: bool) -> None:
    found = fit((0, ratio, 1))
    assert found.feasible is feasible
    y = np.linspace(1e-4, 1 - 1e-4, 400_001)
    assert bool(np.all(np.diff(found.quantile(y)) > 0)) is feasible


def test_two_three_nine_cannot_be_unbounded() -> None:
    assert not fit((2, 3, 9)).feasible


def test_a_lower_bound_gives_a_power_tail_without_variance() -> None:
    found = fit((2, 3, 9), low=0)
    assert _terms(found) == pytest.approx((1.098612, 0.342268, 0.394331), abs=1e-6)
    assert found.mean() == pytest.approx(5.196286, rel=1e-6)
    assert found.tail_index == pytest.approx(0.53943, abs=1e-5)
    assert found.variance() == math.inf


def test_a_tail_without_a_mean_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="infinite"):
        fit((1, 3, 50), low=0).mean()


def test_upper_bound_mirrors_lower_bound() -> None:
    below, above = fit((2, 4, 9), low=0), fit((-9, -4, -2), high=0)
    y = np.array([0.01, 0.1, 0.3, 0.5, 0.9, 0.99])
    assert above.quantile(y) == pytest.approx(-below.quantile(1 - y))
    assert above.mean() == pytest.approx(-below.mean(), rel=1e-12)
    assert above.variance() == pytest.approx(below.variance(), rel=1e-12)
    assert above.tail_index == pytest.approx(below.tail_index)


def test_quadrature_agrees_with_the_closed_moments() -> None:
    found = fit((35, 50, 75))
    assert integrate(found.at_logit) == pytest.approx(found.mean(), rel=1e-12)
    assert integrate(lambda s: (found.at_logit(s) - found.mean()) ** 2) == pytest.approx(
        found.variance(), rel=1e-10
    )


def test_a_heavy_tail_is_integrated_as_far_as_it_matters() -> None:
    """Lower bound 0 and a3 = 0 is the log-logistic, whose mean is αβπ/sin(βπ)."""
    beta = 0.95
    spread = 9.0**beta
    found = fit((10 / spread, 10, 10 * spread), low=0)
    assert found.mean() == pytest.approx(10 * math.pi * beta / math.sin(math.pi * beta), rel=1e-3)


@pytest.mark.parametrize(
    ("values", "low", "high"), [((3, 2, 9), None, None), ((0, 1, 2), 0.0, None), ((1, 2, 3), None, 3.0)]
)
def test_what_cannot_be_is_refused(
    values: tuple[float, float, float], low: float | None, high: float | None
) -> None:
    with pytest.raises(BadInput):
        fit(values, low, high)


def test_uniforms_are_kept_from_the_ends() -> None:
    assert logit(np.array([0.0, 1.0])).tolist() == pytest.approx([-27.63, 27.63], abs=0.01)


@given(
    st.floats(0.05, 0.5),
    st.floats(0.1, 0.9),
    st.floats(0.05, 0.4),
    st.sampled_from(["none", "low", "high", "both"]),
)
def test_the_three_numbers_come_back(first: float, middle: float, room: float, bounds: str) -> None:
    values = (first, first + middle * 0.5, first + 0.5)
    low = first - room if bounds in ("low", "both") else None
    high = values[2] + room if bounds in ("high", "both") else None
    found = fit(values, low, high)
    assert _at(found, 0.1, 0.5, 0.9) == pytest.approx(values, rel=1e-9)
    assume(found.feasible)
    y = np.linspace(0.001, 0.999, 999)
    q = found.quantile(y)
    assert np.all(np.diff(q) > 0)
    assert low is None or q[0] > low
    assert high is None or q[-1] < high
    assert found.cdf(q) == pytest.approx(y, abs=1e-9)
