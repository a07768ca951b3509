"""Units as people write them (model.md §2.1)."""

from __future__ import annotations

import pytest

from prodlead_desktop.analysis.units import added, contribution_unit, in_unit, parse, pure
from prodlead_desktop.errors import BadInput


@pytest.mark.parametrize(
    ("text", "powers", "scale"),
    [
        ("", (), 1),
        (None, (), 1),
        ("min", (("time", 1),), 60),
        ("Minutes", (("time", 1),), 60),
        ("s", (("time", 1),), 1),
        ("%", (), 0.01),
        ("% of days", (), 0.01),
        ("% NRR", (), 0.01),
        ("percent", (), 0.01),
        ("EUR", (("money EUR", 1),), 1),
        ("€", (("money EUR", 1),), 1),
        ("k€", (("money EUR", 1),), 1e3),
        ("€k", (("money EUR", 1),), 1e3),
        ("kEUR", (("money EUR", 1),), 1e3),
        ("EUR M", (("money EUR", 1),), 1e6),
        ("EUR ARR", (("money EUR", 1),), 1),
        ("$/customer", (("customer", -1), ("money USD", 1)), 1),
        (
            "EUR per customer per month",
            (("customer", -1), ("money EUR", 1), ("time", -1)),
            12 / (365.25 * 86400),
        ),
        ("accounts", (("account", 1),), 1),
        ("points", (("score", 1),), 1),
        ("people", (("person", 1),), 1),
        ("FTE", (("person", 1),), 1),
        ("tickets per 100 accounts", (("account", -1), ("ticket", 1)), 0.01),
        ("disputes / 100", (("dispute", 1),), 0.01),
        ("person*day", (("person", 1), ("time", 1)), 86400),
        ("s^2", (("time", 2),), 1),
        ("s²", (("time", 2),), 1),
        ("m/s⁻²", (("m", 1), ("time", 2)), 1),
        ("ARR", (("arr", 1),), 1),
        ("1,000 users", (("user", 1),), 1000),
        ("active seats", (("active seat", 1),), 1),
        ("min^999", (("min^999", 1),), 1),
        ("per week", (("time", -1),), 1 / 604800),
    ],
)
def test_parse(text: str | None, powers: tuple[tuple[str, int], ...], scale: float) -> None:
    found = parse(text)
    assert found.powers == powers
    assert found.scale == pytest.approx(scale)


def test_a_word_nobody_knows_is_a_dimension_of_its_own() -> None:
    assert parse("widgets") == parse("Widget")
    with pytest.raises(BadInput, match="measure different things"):
        added(parse("widgets"), parse("gadgets"))


def test_sums_and_comparisons_need_one_dimension() -> None:
    assert added(parse("min"), parse("s")) == parse("min")
    with pytest.raises(BadInput, match="“min” and “%” measure different things"):
        added(parse("min"), parse("%"))
    with pytest.raises(BadInput, match="without a rate"):
        added(parse("EUR"), parse("$"))


def test_products_and_quotients() -> None:
    rate = parse("EUR") / parse("customers")
    assert rate == parse("EUR/customer")
    assert rate * parse("customers") == parse("€")
    assert parse("min") / parse("s") == parse("") * parse("") ** 2 or (parse("min") / parse("s")).scale == 60
    assert (parse("min") / parse("s")).powers == ()


def test_values_move_between_units() -> None:
    assert in_unit(2.5, parse("min"), parse("s")) == 150
    assert in_unit(62, parse("%"), parse("")) == pytest.approx(0.62)


def test_only_pure_numbers_have_logarithms() -> None:
    assert pure(parse("%")) == parse("%")
    with pytest.raises(BadInput, match="not a pure number"):
        pure(parse("EUR"))


@pytest.mark.parametrize(
    ("parent", "child", "shown"),
    [
        ("EUR", "customers", "EUR/customer"),
        ("%", "min", "%/min"),
        ("%", "%", ""),
        ("EUR", "", "EUR"),
        ("EUR", "tickets per 100 accounts", "EUR/(tickets per 100 account)"),
        (None, "min", "1/min"),
    ],
)
def test_the_unit_of_a_contribution(parent: str | None, child: str | None, shown: str) -> None:
    assert contribution_unit(parent, child) == shown


def test_percent_is_recognised_where_a_limit_hangs_on_it() -> None:
    assert parse("% week-4").is_percent
    assert not parse("%/year").is_percent
    assert not parse("‰").is_percent
