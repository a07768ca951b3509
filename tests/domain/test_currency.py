"""Changing the currency relabels or converts every amount of the strategy in one edit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prodlead_desktop.domain import currency, initiatives, invariants, nodes, rows, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, Header, Level, Node, Scenario
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput


def priced() -> tuple[Strategy, str, str, str]:
    edit = Edit(empty())
    rows.set_value(edit, Header, HEADER_ID, "currency", "EUR")
    node = nodes.add(edit, "initiative", "Bet")
    nodes.set_value(edit, node, "full_cost", 62_000_000)
    level = initiatives.add_level(edit, node, "Full", 100_01)
    scenario = scenarios.create(edit, "Plan")
    scenarios.set_budget(edit, scenario, 400_000_000)
    rows.set_value(edit, Scenario, scenario, "quarters", (1_00, 3_00))
    scenarios.freeze(edit, scenario, "Before lunch", 0)
    return edit.result()[0], node, level, scenario


def test_a_rate_converts_every_amount_and_rounds_half_to_even() -> None:
    strategy, node, level, scenario = priced()
    edit = Edit(strategy)
    assert currency.set_currency(edit, "USD", Decimal("1.5")) == 3
    after, changes = edit.result()
    invariants.check(changes, after)  # a frozen scenario follows the currency
    assert after.header.currency == "USD"
    assert after.get(Node, node).data.full_cost == 93_000_000  # type: ignore[attr-defined]
    assert after.get(Level, level).cost == 150_02
    assert after.get(Scenario, scenario).budget == 600_000_000
    assert after.get(Scenario, scenario).quarters == (1_50, 4_50)


def test_without_a_rate_the_numbers_stay_although_the_currency_has_no_cents() -> None:
    strategy, node, level, _ = priced()
    edit = Edit(strategy)
    currency.set_currency(edit, "JPY")
    after, _ = edit.result()
    assert after.get(Node, node).data.full_cost == 620_000  # type: ignore[attr-defined]
    assert after.get(Level, level).cost == 100


def test_a_code_that_is_none_and_a_rate_of_nothing_are_refused() -> None:
    strategy, *_ = priced()
    with pytest.raises(BadInput, match="currency code"):
        currency.set_currency(Edit(strategy), "euro")
    with pytest.raises(BadInput, match="above zero"):
        currency.set_currency(Edit(strategy), "USD", Decimal(0))


def test_it_knows_whether_there_is_anything_to_convert() -> None:
    assert not currency.has_money(empty())
    assert currency.has_money(priced()[0])
