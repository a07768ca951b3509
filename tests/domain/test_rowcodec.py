"""Rows of the file and of the journal give back the same entity, whatever it holds."""

from __future__ import annotations

import json
import math

import pytest
from builders import many, sample, strategies_
from hypothesis import given, settings

from prodlead_desktop.domain import fields, rowcodec
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS
from prodlead_desktop.domain.strategy import Strategy, empty


@settings(max_examples=60)
@given(strategies_(), strategies_(sparse=True))
def test_every_row_comes_back(full: Strategy, sparse: Strategy) -> None:
    for strategy in (full, sparse):
        for spec in SPECS:
            for row in strategy.all(spec.cls).values():
                values = rowcodec.to_row(spec.table, row)
                assert rowcodec.from_row(spec.table, values) == row
                assert all(type(value) in (str, int, float, type(None)) for value in values)
                again = tuple(json.loads(json.dumps(values)))
                assert rowcodec.from_row(spec.table, again) == row


@settings(max_examples=30)
@given(strategies_())
def test_a_journal_row_gives_back_the_changes(strategy: Strategy) -> None:
    changes = ChangeSet(
        tuple(
            Change(spec.table, row_id, *pair)
            for spec in SPECS
            for row_id, row in strategy.all(spec.cls).items()
            for pair in ((None, row), (row, None), (row, row))
        ),
        "Everything",
        "g",
    )
    text = rowcodec.changes_to_json(changes)
    assert rowcodec.changes_from_json(text, "Everything", "g") == changes
    assert rowcodec.changes_to_json(rowcodec.changes_from_json(text)) == text


def test_columns_are_the_fields_with_a_type_each() -> None:
    for spec in SPECS:
        table = fields.of(spec.cls)
        assert rowcodec.columns(spec.table) == ("id", *(field.name for field in table))
        assert all(field.type in rowcodec.SQL_TYPES for field in table)
    assert rowcodec.columns("node")[-1] == "data"
    assert rowcodec.columns("node")[3] == "kind"


def test_json_is_canonical_and_never_holds_nan() -> None:
    assert rowcodec.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError):
            rowcodec.canonical([value])


def test_unknown_facts_take_no_room_and_strangers_are_refused() -> None:
    node = next(iter(many(3).all(SPECS[4].cls).values()))
    row = rowcodec.to_row("node", node)
    assert row[-1] == "{}"
    with pytest.raises(TypeError):
        rowcodec.decode_data("note", '{"target": 3}')
    with pytest.raises(KeyError):
        rowcodec.decode_data("dream", "{}")


def test_the_journal_of_the_whole_sample_rebuilds_it() -> None:
    edit = Edit(empty())
    for spec in SPECS:
        for row in sample().all(spec.cls).values():
            edit.put(row)
    text = rowcodec.changes_to_json(edit.result()[1])
    assert empty().after(rowcodec.changes_from_json(text)) == sample()
