"""Means, quantiles, chances and their errors, and the draws behind them (model.md §5; known-answers.md A1, A2, A7)."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.analysis.distributions import (
    Distribution,
    Fixed,
    Pert,
    Triangular,
    TwoPiece,
    from_percentiles,
)
from prodlead_desktop.analysis.metalog import Metalog, fit
from prodlead_desktop.analysis.simulate import statistics, words
from prodlead_desktop.analysis.simulate.ahead import ahead
from prodlead_desktop.analysis.simulate.spreads import Inverse, drawn, highest
from prodlead_desktop.analysis.simulate.statistics import Chance, Estimate
from prodlead_desktop.analysis.simulate.streams import bits, hypercube, replicates, uniforms
from prodlead_desktop.errors import Cancelled

ONE = np.ones(1)
TEN = np.array([-50.0, -20, 0, 10, 20, 30, 40, 60, 80, 120])


def test_the_worst_fifth_of_ten_equal_values() -> None:
    """A7: the last value counts in part, so that a quarter of ten is two and a half."""
    assert statistics.worst([TEN], ONE, 0.2) == pytest.approx(-35)
    assert statistics.worst([TEN], ONE, 0.25) == pytest.approx(-28)
    halves = [np.sort(TEN[::2]), np.sort(TEN[1::2])]
    assert statistics.worst(halves, np.array([0.5, 0.5]), 0.25) == pytest.approx(-28)
    assert statistics.worst([TEN], ONE, 1.0) == pytest.approx(TEN.mean())


def test_wilson_and_ranks() -> None:
    assert statistics.wilson(0.62, 1000) == Chance(
        0.62, pytest.approx(0.58951, abs=5e-6), pytest.approx(0.64957, abs=5e-6)
    )
    assert statistics.wilson(0.0, 1000).high == pytest.approx(0.00383, abs=5e-6)
    assert statistics.wilson(1.0, 1000) == Chance(1.0, pytest.approx(1 - 0.00383, abs=5e-6), 1.0)
    assert statistics.rank_interval(0.1, 10_000) == (942, 1059)
    assert statistics.rank_interval(0.5, 10) == (2, 9)


@given(
    st.lists(
        st.lists(st.sampled_from([-1e9, -2.5, -1.0, 0.0, 1e-9, 1.0, 3.0, 1e12]), min_size=4, max_size=4),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_quantiles_of_a_mixture_are_those_of_the_pooled_draws(
    rows: list[list[float]], parts: list[int]
) -> None:
    weights = np.array(parts[: len(rows)], dtype=float)
    if not weights.sum():
        weights[0] = 1.0
    weights /= weights.sum()
    values = np.array(rows)
    pooled = sorted(
        (value, weight / values.shape[1])
        for row, weight in zip(values.tolist(), weights.tolist(), strict=True)
        for value in row
        if weight
    )
    shares = np.array([0.05, 0.1, 0.3, 0.55, 0.9, 0.99])
    found = statistics.quantiles([np.sort(row) for row in values], weights, shares)
    for share, quantile in zip(shares.tolist(), found.tolist(), strict=True):
        below = sum(weight for value, weight in pooled if value < quantile)
        upto = sum(weight for value, weight in pooled if value <= quantile)
        assert below <= share + 1e-8
        assert upto >= share - 1e-8
        assert quantile in [value for value, _ in pooled]


def test_paired_differences_know_that_luck_is_shared() -> None:
    rng = np.random.default_rng(0)
    luck = rng.normal(size=(1, 20_000)) * 10
    plan, other = luck + rng.normal(size=luck.shape) * 0.1 + 1, luck
    found = statistics.difference(plan, other, ONE)
    assert found.value == pytest.approx(1, abs=0.01)
    assert found.se == pytest.approx(0.1 / math.sqrt(20_000), rel=0.05)


def test_what_is_certain_in_each_future() -> None:
    found = statistics.certain(np.array([5.0, 9.0]), np.array([0.95, 0.05]))
    assert (found.mean.value, found.p10.value, found.p90.value) == (pytest.approx(5.2), 5, 5)
    assert found.mean.se == 0


def test_hypercubes_fill_every_part_once() -> None:
    for draws in (10_000, 1_003, 10):
        u = (hypercube(3, ("a", "b"), draws) + 1) / 2
        ends = [0, *np.cumsum(replicates(draws)).tolist()]
        for begin, end in pairwise(ends):
            parts = np.floor(u[begin:end] * (end - begin)).astype(int)
            assert sorted(parts.tolist()) == list(range(end - begin))
    assert replicates(1_003) == (101, 101, 101, *[100] * 7)


def test_streams_belong_to_names() -> None:
    names = [("effect", "a", "o"), ("success", "a"), ("success", "b"), ("success", "é")]
    for draws in (1_000, 20_001):
        for later in (names, names[::-1], names[1:3]):
            chunks = [chunk.signed().copy() for chunk in uniforms(9, later, draws, draws, lambda: None)]
            found = dict(zip(later, np.concatenate(chunks, axis=1), strict=True))
            assert found[names[1]].shape == (draws,)
            alone = [chunk.signed().copy() for chunk in uniforms(9, names[1:2], draws, draws, lambda: None)]
            assert np.array_equal(found[names[1]], np.concatenate(alone, axis=1)[0])
        both = np.stack([found[names[1]], found[names[2]]]).astype(float)
        assert abs(np.corrcoef(both)[0, 1]) < 4 / math.sqrt(draws)
        assert both.mean() == pytest.approx(0, abs=0.02)
        assert np.abs(both).max() < 1
    assert bits(1, ("a", "bc")).random_raw() != bits(1, ("ab", "c")).random_raw()


@pytest.mark.parametrize("draws", [1_000, 20_001])
def test_what_is_below_its_odds_is_so_as_often_as_the_uniforms_say(draws: int) -> None:
    names, odds = [("success", one) for one in "abcd"], np.array([-1.0, -0.3, 0.999, 1.0])
    signed = [chunk.signed().copy() for chunk in uniforms(3, names, draws, draws, lambda: None)]
    below = [
        chunk.below(slice(0, len(names)), odds) for chunk in uniforms(3, names, draws, draws, lambda: None)
    ]
    expected = np.concatenate(signed, axis=1) < odds[:, None]
    assert np.mean(np.concatenate(below, axis=1) != expected) < 1e-3  # they round differently
    assert np.concatenate(below, axis=1).mean(axis=1) == pytest.approx([0, 0.35, 0.9995, 1], abs=0.02)


def test_bits_are_the_same_on_every_machine() -> None:
    assert bits(0, ("success", "A")).random_raw(2).tolist() == STORED_BITS
    found = hypercube(0, ("success", "A"), 20)[:4].tolist()
    assert found == pytest.approx(STORED_CUBE, abs=1e-15)


STORED_BITS = [4687373722486715945, 5874405766266405064]
STORED_CUBE = [-0.796622093809715, 0.9091133914781035, -0.7674052501012427, 0.4563396004134628]

SPT = from_percentiles(35, 50, 75)
MOMENTS: list[tuple[Distribution, float, float | None]] = [
    (SPT, 52.844498, 16.856668),  # A1.3
    (from_percentiles(35, 50, 75, 0, 100), 52.554065, None),  # A1.4
    (TwoPiece(2, 3, 9), 4.577324, None),  # A1.6
    (Pert(2, 5, 14), 6.0, 2.138090),  # A2
    (Triangular(2, 5, 14), 7.0, math.sqrt((4 + 25 + 196 - 10 - 28 - 70) / 18)),
    (fit((1.0, 2.0, 3.5), 0.0), fit((1.0, 2.0, 3.5), 0.0).mean(), None),
    (fit((-1.0, 2.0, 3.5), None, 9.0), fit((-1.0, 2.0, 3.5), None, 9.0).mean(), None),
    (TwoPiece(2, 3, 9, 0, 10), TwoPiece(2, 3, 9, 0, 10).mean(), None),
    (Fixed(3.5), 3.5, 0.0),
]


@pytest.mark.parametrize(("spread", "mean", "sd"), MOMENTS)
def test_moments_of_draws(spread: Distribution, mean: float, sd: float | None) -> None:
    found = drawn(spread, hypercube(1, ("x",), 10_000))
    row = statistics.summary(found[None, :], ONE)
    assert row.mean.se is not None
    assert abs(row.mean.value - mean) <= 4 * row.mean.se + 1e-6
    if sd is not None:
        assert np.std(found) == pytest.approx(sd, rel=0.02)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_inverse_transform_is_the_quantile_function(dtype: type[np.floating]) -> None:
    """All kinds side by side, in an order that makes short runs; in 32 bits to six digits, tails included."""
    spreads = [row[0] for row in MOMENTS] * 2 + [Metalog(1.0, 2.0, -0.5)] * 20
    need = [row for row in spreads if not isinstance(row, Fixed)]
    signed = np.linspace(-1 + 1e-4, 1 - 1e-4, 999).astype(dtype)
    out = np.empty((len(spreads), 999), dtype=dtype)
    tiled = np.tile(signed, (len(need), 1))
    filled = list(Inverse(spreads, dtype)(lambda rows: tiled[rows], out, np.empty_like(out)))
    assert [k for rows in filled for k in range(rows.start, rows.stop)] == list(range(len(spreads)))
    y = (1 + signed.astype(np.float64)) / 2
    for spread, row in zip(spreads, out, strict=True):
        exact = spread.quantile(y)
        close = 5e-5 if isinstance(spread, Pert) else 1e-5 if dtype is np.float32 else 1e-12
        assert np.allclose(row, exact, rtol=close, atol=close)


@pytest.mark.parametrize(
    ("dtype", "last"), [(np.float32, 1 - 2.0**-24), (np.float64, 1 - 2e-12)], ids=["32", "64"]
)
def test_no_draw_is_more_than_the_highest_that_is_named(dtype: type[np.floating], last: float) -> None:
    """So that a gap which no draw can use up needs no floor; the bound alone would say that many can."""
    bounded = fit((1.0, 2.0, 3.5), 0.0, 100.0)
    spreads = [row[0] for row in MOMENTS] + [bounded, fit((-9.0, 2.0, 3.5)), fit((1.0, 2.0, 3.5), None, 9.0)]
    for spread in spreads:
        given = np.full((1, 3), last, dtype=dtype)
        out = np.empty_like(given)
        assert (
            len(list(Inverse([spread], dtype)(lambda rows, v=given: v[rows], out, np.empty_like(out)))) == 1
        )
        assert out.max() <= highest(spread, dtype)
    assert highest(bounded, np.float32) < 75.0


def test_pert_percentiles_by_draws() -> None:
    found = statistics.summary(drawn(Pert(2, 5, 14), hypercube(1, ("x",), 10_000))[None, :], ONE)
    for row, stated in ((found.p10, 3.346820), (found.p50, 5.765722), (found.p90, 9.006684)):
        assert row.se is not None
        assert abs(row.value - stated) < 4 * row.se


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (Estimate(53.0438, 0.035, 0, 0), "53"),
        (Estimate(53.0438, 0.0035, 0, 0), "53.04"),
        (Estimate(53_211, 350, 0, 0), "53,000"),
        (Estimate(-0.0234, 0.01, 0, 0), "−0.02"),
        (Estimate(0, 0, 0, 0), "0"),
        (Estimate(46.6, 0, 0, 0), "46.6"),
        (Estimate(123_456, 0, 0, 0), "123,456"),
        (Estimate(52.3, None, 0, 0), "50"),
    ],
)
def test_digits_end_where_the_error_begins(row: Estimate, shown: str) -> None:
    assert words.estimate(row) == shown


@pytest.mark.parametrize(
    ("share", "count", "shown"),
    [
        (0.047, 10_000, "about 5 in 100"),
        (0.0, 1_000, "<\u00a00.4\u00a0%"),
        (1.0, 1_000, ">\u00a099.6\u00a0%"),
        (0.0003, 10_000, "fewer than 1 in 100"),
        (0.9993, 10_000, "more than 99 in 100"),
        (0.47, 1_000, "about 45 in 100"),
        (0.47, 100, "about 50 in 100"),
    ],
)
def test_chances_in_words(share: float, count: int, shown: str) -> None:
    assert words.chance(statistics.wilson(share, count)) == shown


def test_what_is_made_ahead_comes_in_order_and_its_errors_too() -> None:
    assert list(ahead(iter(range(50)))) == list(range(50))

    def broken() -> Iterator[int]:
        yield 1
        raise Cancelled()

    found = ahead(broken())
    assert next(found) == 1
    with pytest.raises(Cancelled):
        next(found)


def test_who_stops_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    found = ahead(iter(range(10_000)))
    assert next(found) == 0
    found.close()
    assert threading.active_count() == before


def test_reading_on_another_scale() -> None:
    row = statistics.summary(np.arange(1000.0)[None, :], ONE)
    turned = row.read(100.0, -2.0)
    assert (turned.mean.value, turned.mean.se) == (100 - 2 * row.mean.value, 2 * (row.mean.se or 0))
    assert (turned.p10.value, turned.p90.value) == (100 - 2 * row.p90.value, 100 - 2 * row.p10.value)
    assert turned.p10.low < turned.p10.value < turned.p10.high
