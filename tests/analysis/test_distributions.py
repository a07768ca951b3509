"""Every form an uncertain number can take (known-answers.md A1.6, A2), and which one is chosen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.analysis import beta
from prodlead_desktop.analysis.distributions import (
    Distribution,
    Fixed,
    Pert,
    TwoPiece,
    caution,
    extended_pearson_tukey,
    from_percentiles,
    pert,
    pert_around,
    swanson,
    triangular,
)
from prodlead_desktop.analysis.metalog import Metalog, fit
from prodlead_desktop.errors import BadInput


def _at(found: Distribution, *y: float) -> list[float]:
    return found.quantile(np.array(y)).tolist()


def test_two_half_logistics_where_no_metalog_fits() -> None:
    found = TwoPiece(2, 3, 9)
    assert _at(found, 0.05, 0.25, 0.75, 0.95) == pytest.approx([1.6599, 2.5, 6, 11.0404], abs=5e-5)
    assert found.mean() == pytest.approx(4.577324, rel=1e-6)


def test_two_half_logistics_stay_within_bounds_and_their_mean_knows() -> None:
    found = TwoPiece(2, 3, 9, 0, 10)
    y = (np.arange(2_000_000) + 0.5) / 2_000_000
    drawn = found.quantile(y)
    assert (drawn.min(), drawn.max()) == (0, 10)
    assert found.mean() == pytest.approx(drawn.mean(), rel=1e-6)


def test_pert() -> None:
    found = pert(2, 5, 14)
    assert found.shapes == pytest.approx((2, 4))
    assert found.mean() == 6
    assert math.sqrt(found.variance()) == pytest.approx(2.138090, rel=1e-6)
    assert _at(found, 0.1, 0.5, 0.9) == pytest.approx([3.346820, 5.765722, 9.006684], abs=1e-6)


@given(st.floats(1.0, 5.0), st.floats(0.001, 0.999))
def test_incomplete_beta_and_its_inverse(a: float, y: float) -> None:
    """PERT's two shapes add up to 6."""
    x = beta.quantile(np.array([y]), a, 6.0 - a)
    assert beta.cdf(x, a, 6.0 - a) == pytest.approx([y], abs=1e-11)
    grid = np.linspace(0.0, float(x[0]), 20_001)
    density = grid ** (a - 1) * (1 - grid) ** (5.0 - a)
    scale = math.gamma(6.0) / math.gamma(a) / math.gamma(6.0 - a)
    assert float(np.trapezoid(density, grid)) * scale == pytest.approx(y, abs=2e-4)


@pytest.mark.parametrize("mode", [2.0, 2.5, 5.0, 9.0, 14.0])
def test_pert_by_its_median(mode: float) -> None:
    middle = float(pert(2, mode, 14).quantile(np.array(0.5)))
    found = pert_around(2, middle, 14)
    assert found is not None and (found.low, found.high) == (2, 14)
    assert found.mode == pytest.approx(mode, abs=1e-6)
    assert pert_around(2, 2 + 12 * 0.128, 14) is None and pert_around(2, 14 - 12 * 0.128, 14) is None


def test_pert_of_one_number_is_that_number() -> None:
    assert _at(pert(3, 3, 3), 0.2, 0.8) == [3, 3]


def test_triangular() -> None:
    found = triangular(0, 2, 10)
    assert _at(found, 0.2) == pytest.approx([2])
    y = (np.arange(1_000_000) + 0.5) / 1_000_000
    assert found.quantile(y).mean() == pytest.approx(found.mean(), rel=1e-6)
    assert found.mean() == 4
    assert _at(triangular(3, 3, 3), 0.5) == [3]


@pytest.mark.parametrize("form", [pert, triangular])
def test_out_of_order_is_refused(form: type[Pert]) -> None:
    with pytest.raises(BadInput):
        form(3, 2, 5)


def test_quick_three_point_means() -> None:
    exact = fit((35, 50, 75))
    assert swanson(35, 50, 75) == pytest.approx(53.0)
    assert extended_pearson_tukey(*_at(exact, 0.05, 0.5, 0.95)) == pytest.approx(52.789, abs=5e-4)


def test_three_equal_numbers_are_certain() -> None:
    assert from_percentiles(4, 4, 4) == Fixed(4)
    assert _at(Fixed(4), 0.1, 0.9) == [4, 4]


def test_the_smooth_form_where_it_fits() -> None:
    assert isinstance(from_percentiles(35, 50, 75), Metalog)
    assert isinstance(from_percentiles(35, 50, 75, 0, 100), Metalog)


def test_infeasible_percentiles_try_the_bound_at_nothing_first() -> None:
    found = from_percentiles(2, 3, 9)
    assert isinstance(found, Metalog)
    assert found.low == 0
    assert "variance" in (caution(found) or "")


def test_else_two_halves_and_the_room_is_told() -> None:
    found = from_percentiles(-2, -1, 9)
    assert found == TwoPiece(-2, -1, 9)
    assert "half curves" in (caution(found) or "")
    assert caution(fit((35, 50, 75))) is None


def test_a_half_may_be_flat() -> None:
    found = from_percentiles(1, 1, 2, 0, 10)
    assert _at(found, 0.1, 0.5, 0.9) == pytest.approx([1, 1, 2])


@given(st.tuples(*[st.floats(-100, 100)] * 3).map(sorted), st.floats(0.5, 50), st.floats(0.5, 50))
def test_any_three_percentiles_come_back(values: list[float], below: float, above: float) -> None:
    found = from_percentiles(values[0], values[1], values[2], values[0] - below, values[2] + above)
    assert _at(found, 0.1, 0.5, 0.9) == pytest.approx(values, abs=1e-6)
    drawn = found.quantile(np.linspace(0, 1, 101))
    assert np.all(np.diff(drawn) >= -1e-9)
    assert drawn[0] >= values[0] - below - 1e-9
    assert drawn[-1] <= values[2] + above + 1e-9
    assert values[0] - below <= found.mean() <= values[2] + above
