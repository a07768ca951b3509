"""Numbers are read as they are written, in every notation that can be chosen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.numerals import ENGLISH, NBSP, THIN, Notation
from prodlead_desktop.errors import BadInput

GERMAN = Notation(",", ".")
FRENCH = Notation(",", THIN)
SWISS = Notation(".", "’")
NOTATIONS = (ENGLISH, GERMAN, FRENCH, SWISS, Notation(".", THIN))


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    numerals.write_as(ENGLISH)


@pytest.mark.parametrize("notation", NOTATIONS)
@given(value=st.floats(-1e12, 1e12, allow_nan=False))
def test_what_is_shown_can_be_typed(notation: Notation, value: float) -> None:
    numerals.write_as(notation)
    kept = float(f"{value:.6f}")
    shown = numerals.number(kept)
    assert numerals.parse_number(shown) == pytest.approx(kept, rel=1e-9, abs=5e-7)


@pytest.mark.parametrize("notation", NOTATIONS)
@given(minor=st.integers(-(10**14), 10**14), currency=st.sampled_from(["EUR", "JPY", "CHF", "KWD"]))
def test_an_amount_that_is_shown_can_be_typed(notation: Notation, minor: int, currency: str) -> None:
    numerals.write_as(notation)
    assert numerals.parse_money(numerals.money(minor, currency), currency) == minor


def test_each_notation_writes_its_own_signs() -> None:
    written = {}
    for notation in NOTATIONS:
        numerals.write_as(notation)
        written[notation] = (
            numerals.number(1234567.5),
            numerals.money(1_234_567_50, "EUR"),
            numerals.money_short(1_540_000_00, "EUR"),
            numerals.percent(0.125, 1),
        )
    assert written[ENGLISH] == ("1,234,567.5", "€1,234,567.50", f"€1.54{NBSP}M", f"12.5{NBSP}%")
    assert written[GERMAN] == ("1.234.567,5", "€1.234.567,50", f"€1,54{NBSP}M", f"12,5{NBSP}%")
    assert written[FRENCH][0] == f"1{THIN}234{THIN}567,5"
    assert written[SWISS][0] == "1’234’567.5"


def test_a_lone_sign_before_three_digits_is_read_as_it_is_written() -> None:
    numerals.write_as(GERMAN)
    assert numerals.parse_number("1.234") == 1234 and numerals.parse_number("1,234") == 1.234
    numerals.write_as(ENGLISH)
    assert numerals.parse_number("1,234") == 1234 and numerals.parse_number("1.234") == 1.234
    numerals.write_as(FRENCH)
    assert numerals.parse_number("1,234") == 1.234
    with pytest.raises(BadInput, match=r"two ways\. Type 1234 or 1,234"):
        numerals.parse_number("1.234")
    assert numerals.parse_number("1.5") == 1.5, "nothing else it could mean"


def test_months_of_another_language_are_shown_and_read() -> None:
    months = tuple("janv févr mars avr mai juin juil août sept oct nov déc".split())
    numerals.write_as(Notation(",", THIN, months, ("janvier", "février", "mars")))
    for month in range(1, 13):
        day = datetime.date(2027, month, 28)
        shown = numerals.deadline(day, "day", with_year=True)
        assert shown == f"28 {months[month - 1]} 2027"
        assert numerals.parse_deadline(shown) == (day, "day")
    assert numerals.parse_deadline("28 février 2027")[0] == datetime.date(2027, 2, 28)
    assert numerals.parse_deadline("Sep 2027")[0] == datetime.date(2027, 9, 30), "English still"
