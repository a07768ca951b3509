"""Numbers, money, dates and words as people type and read them."""

from __future__ import annotations

import calendar
import datetime
import locale
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import ids, text
from prodlead_desktop.domain.money import Money, decimals, is_currency, symbol, to_minor
from prodlead_desktop.domain.numerals import (
    MINUS,
    NBSP,
    deadline,
    money,
    money_short,
    number,
    parse_deadline,
    parse_money,
    parse_number,
    parse_share,
    percent,
)
from prodlead_desktop.errors import BadInput

REFUSED = "refused"

NUMBERS = [
    # typed, with a decimal point, with a decimal comma
    ("40", 40.0, 40.0),
    (" 40 ", 40.0, 40.0),
    ("1,234.5", 1234.5, 1234.5),
    ("1.234,5", 1234.5, 1234.5),
    ("1 234,5", 1234.5, 1234.5),
    ("1\u202f234.5", 1234.5, 1234.5),
    ("1'000", 1000.0, 1000.0),
    ("1’000’000", 1e6, 1e6),
    ("1,234", 1234.0, 1.234),
    ("1.234", 1.234, 1234.0),
    ("0.123", 0.123, 0.123),
    ("0,123", 0.123, 0.123),
    ("1234,567", 1234.567, 1234.567),
    ("1,234,567", 1234567.0, 1234567.0),
    ("1.234.567,89", 1234567.89, 1234567.89),
    (",5", 0.5, 0.5),
    ("5.", 5.0, 5.0),
    ("-3", -3.0, -3.0),
    (f"{MINUS}3", -3.0, -3.0),
    ("– 3", -3.0, -3.0),
    ("+3", 3.0, 3.0),
    ("62 %", 62.0, 62.0),
    ("1e15", 1e15, 1e15),
    ("1.5e-7", 1.5e-7, 1.5e-7),
    ("-0", 0.0, 0.0),
    *((bad, REFUSED, REFUSED) for bad in (
        "", " ", "NaN", "nan", "inf", "-Infinity", "1e999", "1e", "e5", "abc", "4O", "1.2.3", "1,2,3", "12,34.5",
        "1.234.5,6", "1,234,5", "12 5", "1234 567", "1 23", "--5", "5-", "5 6 7", ".", ",", "-", "%", "1/2", "0x10",
        "€5", "5 min", "9" * 400, "٣,٤,٥",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "point", "comma"), NUMBERS)
def test_numbers_are_read_as_they_are_written_where_one_lives(
    typed: str, point: object, comma: object
) -> None:
    for decimal, wanted in ((".", point), (",", comma)):
        if wanted == REFUSED:
            with pytest.raises(BadInput):
                parse_number(typed, decimal)
        else:
            read = parse_number(typed, decimal)
            assert read == wanted
            assert math.copysign(1, read) == math.copysign(1, float(str(wanted)))


@given(st.floats(-1e14, 1e14))
def test_what_is_shown_can_be_typed_again(value: float) -> None:
    assert parse_number(number(value)) == pytest.approx(value, rel=1e-5, abs=5e-7)


@given(st.floats(allow_nan=False, allow_infinity=False, max_value=1e300, min_value=-1e300))
def test_any_number_is_shown_and_none_but_zero_as_zero(value: float) -> None:
    shown = number(value)
    assert (shown == "0") == (value == 0)
    assert parse_number(shown) == pytest.approx(value, rel=1e-5, abs=5e-7)


@given(st.text(max_size=20), st.sampled_from(".,"))
def test_whatever_is_typed_is_a_finite_number_or_refused(typed: str, decimal: str) -> None:
    try:
        assert math.isfinite(parse_number(typed, decimal))
    except BadInput as refused:
        assert "\n" not in typed or refused.sentence


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234567.891, None, "1,234,567.891"), (40.0, None, "40"), (0.5, 0, "0"), (1.5, 0, "2"),
        (-3.25, 1, f"{MINUS}3.2"), (-0.0, None, "0"), (-0.001, 2, "0"),
        (1e-9, None, "1e-09"), (1e21, None, "1e+21"), (100.0, 2, "100"),
    ],
)  # fmt: skip
def test_numbers_are_shown_in_groups_without_needless_zeros(
    value: float, digits: int | None, shown: str
) -> None:
    assert number(value, digits) == shown


def test_shares_are_percentages() -> None:
    assert (parse_share("60"), parse_share("60 %"), parse_share("0"), parse_share("100")) == (
        0.6,
        0.6,
        0.0,
        1.0,
    )
    for bad in ("101", "-1", "sixty"):
        with pytest.raises(BadInput):
            parse_share(bad)
    assert percent(0.703) == f"70{NBSP}%"
    assert percent(0.045, 1) == f"4.5{NBSP}%"


# -- money


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("620k", 62_000_000), ("€1.2 M", 120_000_000), ("1.2M€", 120_000_000), ("€ 620 k", 62_000_000),
        ("1 234,50", 123_450), ("1.234 k", 123_400), ("EUR 5", 500), ("5 eur", 500), ("-€5", -500), ("€-5", -500),
        (f"{MINUS}5", -500), ("0", 0),
        ("1.5 bn", 150_000_000_000), ("2 Mrd", 200_000_000_000), ("3 Mio", 300_000_000), ("1'000.50", 100_050),
        ("0.29", 29), ("€1,234,567", 123_456_700), ("9999999999999.99", 999_999_999_999_999),
        *((bad, None) for bad in (
            "", "k", "€", "$5", "5 $", "5 kk", "5 x", "NaN", "1e5", "0.005", "1.005", "5 %", "12 5", "1.2.3",
            "10000000000000", "1000000 bn", "0." + "0" * 60 + "1", "9" * 100, "1." + "0" * 40 + "1 M",
        )),
    ],
)  # fmt: skip
def test_money_is_read_exactly_or_refused(typed: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(BadInput):
            parse_money(typed, "EUR")
    else:
        assert parse_money(typed, "EUR") == minor


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["EUR", "JPY", "KWD", "XXX", "CHF"]))
def test_money_that_is_shown_can_be_typed_again(minor: int, currency: str) -> None:
    assert parse_money(money(minor, currency), currency) == minor
    assert to_minor(Money(minor, currency).major, currency) == minor


@pytest.mark.parametrize(
    ("currency", "most"),
    [("EUR", "€10,000,000,000,000"), ("JPY", "¥1,000,000,000,000,000"), ("XXX", "10,000,000,000,000")],
)
def test_the_largest_amount_is_the_one_that_is_said(currency: str, most: str) -> None:
    limit = 10 ** (15 - decimals(currency))
    assert to_minor(limit - 1, currency) == (limit - 1) * 10 ** decimals(currency)
    with pytest.raises(BadInput, match=f"Amounts stay below {most}."):
        to_minor(limit, currency)


@given(st.integers(-(10**11), 10**11), st.sampled_from(["EUR", "JPY"]))
def test_short_money_is_near_the_truth(minor: int, currency: str) -> None:
    shown = money_short(minor, currency)
    assert parse_money(shown, currency) == pytest.approx(minor, rel=0.051)
    assert len(shown) <= 10
    assert (minor == 0) == (shown == money(0, currency))


@pytest.mark.parametrize(
    ("minor", "short"),
    [
        (154_000_000, "€1.54 M"), (62_000_000, "€620 k"), (0, "€0"), (364_000_000, "€3.64 M"),
        (-2_000_000, f"{MINUS}€20 k"), (1250, "€12.50"), (99_900, "€999"), (150_000, "€1.5 k"),
        (1_200_000_000, "€12.0 M"), (99_949_900, "€999 k"),
        (99_950_000, "€1.00 M"), (99_950_000_000, "€1.00 bn"), (250_000_000_000, "€2.50 bn"),
    ],
)  # fmt: skip
def test_short_money_as_on_the_cards(minor: int, short: str) -> None:
    assert money_short(minor, "EUR") == short.replace(" ", NBSP)


def test_currencies() -> None:
    assert [decimals(c) for c in ("EUR", "JPY", "KWD", "XXX")] == [2, 0, 3, 2]
    assert [symbol(c) for c in ("EUR", "CHF", "XXX")] == ["€", "CHF ", ""]
    assert [is_currency(c) for c in ("EUR", "eur", "EURO", "ÄÖÜ", "")] == [True, False, False, False, False]
    assert money(5, "JPY") == "¥5" and money(1_234_567, "KWD") == "KWD 1,234.567"
    assert Money(150, "EUR") + Money(50, "EUR") == Money(200, "EUR")
    with pytest.raises(ValueError):
        Money(1, "EUR") + Money(1, "USD")
    assert Money(12_345, "EUR").converted("JPY", Decimal("160")) == Money(19_752, "JPY")
    assert Money(1, "EUR").converted("KWD", Decimal("0.5")) == Money(5, "KWD")


# -- dates


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("Q3 2027", (2027, 9, 30), "quarter"), ("q1/2028", (2028, 3, 31), "quarter"),
        ("2027 Q4", (2027, 12, 31), "quarter"), ("2027-02", (2027, 2, 28), "month"),
        ("Feb 2028", (2028, 2, 29), "month"), ("September 2027", (2027, 9, 30), "month"),
        ("2027-09-30", (2027, 9, 30), "day"), ("30 Sep 2027", (2027, 9, 30), "day"),
        ("1. May 2027", (2027, 5, 1), "day"),
        *((bad, None, "") for bad in (
            "", "Q5 2027", "Q3", "2027", "2027-13", "2027-02-30", "30 Feb 2027", "Xyz 2027", "tomorrow", "0000-01",
            "Q1 0000",
        )),
    ],
)  # fmt: skip
def test_deadlines_mean_the_end_of_what_was_typed(
    typed: str, day: tuple[int, int, int] | None, precision: str
) -> None:
    if day is None:
        with pytest.raises(BadInput):
            parse_deadline(typed)
    else:
        assert parse_deadline(typed) == (datetime.date(*day), precision)


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(["day", "month", "quarter"]))
def test_a_deadline_that_is_shown_can_be_typed_again(day: datetime.date, precision: str) -> None:
    read, as_precise = parse_deadline(deadline(day, precision, with_year=True))
    assert as_precise == precision
    assert deadline(read, precision, with_year=True) == deadline(day, precision, with_year=True)
    assert read >= day


def test_months_speak_one_language_whatever_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt sets the locale of the process; a PDF must not change its words for it."""
    monkeypatch.setattr(
        calendar, "month_abbr", ["", *"Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()]
    )
    assert locale.getlocale()
    assert deadline(datetime.date(2027, 10, 31), "month") == "Oct"
    assert parse_deadline("31 Dec 2027")[0] == datetime.date(2027, 12, 31)


# -- words


@given(st.text())
def test_a_title_is_one_clean_line(raw: str) -> None:
    tidy = text.one_line(raw)
    assert text.is_storable(tidy)
    assert len(tidy.splitlines()) <= 1
    assert tidy == tidy.strip() == text.one_line(tidy)
    assert not any(ord(sign) < 32 or ord(sign) == 127 for sign in tidy)


@given(st.text())
def test_a_note_keeps_its_lines_and_nothing_that_harms(raw: str) -> None:
    tidy = text.many_lines(raw)
    assert text.is_storable(tidy) and "\r" not in tidy
    assert tidy == text.many_lines(tidy)
    assert all(ord(sign) >= 32 or sign in "\n\t" for sign in tidy)


def test_words_keep_what_people_wrote() -> None:
    assert text.one_line("  Größe:\tŁódź\n first ") == "Größe: Łódź first"
    assert text.one_line("e\u0301") == "é"
    assert text.one_line("\ud83d") == text.one_line("\ufffe") == "\ufffd"
    assert text.many_lines("a\r\nb\rc\x07  \n") == "a\nb\nc"
    assert not text.is_storable("a\0") and not text.is_storable("\udc00")


def test_ids_are_valid_and_follow_from_what_they_say() -> None:
    made = {ids.new_id("n") for _ in range(200)}
    assert len(made) == 200 and all(ids.is_valid(one) for one in made)
    assert ids.derived_id("x", "a", "b") == ids.derived_id("x", "a", "b") != ids.derived_id("x", "ab", "")
    assert [ids.is_valid(x) for x in ("a", "A.b-c_9", "", "a b", "ä", "x" * 65, "a\n")] == [
        True,
        True,
        *[False] * 5,
    ]
