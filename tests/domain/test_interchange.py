"""JSON holds a strategy value for value, is written the same every time, and refuses in words what does not fit."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from builders import many, sample, small, strategies_
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from prodlead_desktop import samples
from prodlead_desktop.domain import fields, interchange, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPECS, Consulted, Header, Level, Node, Person, Right, Scenario
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.schema import schema
from prodlead_desktop.domain.schema_words import BY_FIELD
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput

SCHEMA = Draft202012Validator(schema())


def fits_schema(document: Any) -> bool:
    return SCHEMA.is_valid(document)


@settings(max_examples=80)
@given(strategies_())
def test_every_field_of_every_row_comes_back(strategy: Strategy) -> None:
    text = interchange.dumps(strategy)
    again = interchange.loads(text)
    for spec in SPECS:
        assert dict(again.all(spec.cls)) == dict(strategy.all(spec.cls))
    assert again == strategy
    assert interchange.dumps(again) == text
    text.encode("utf-8")


@settings(max_examples=60)
@given(strategies_(sparse=True))
def test_what_is_unknown_stays_unknown_and_is_left_out(strategy: Strategy) -> None:
    text = interchange.dumps(strategy)
    assert interchange.loads(text) == strategy
    assert "null" not in json.dumps(_without_texts(json.loads(text)))


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_texts(item) for item in value]
    return 0 if isinstance(value, str) else value


def test_the_builder_sets_every_field_of_every_entity() -> None:
    """Or the two tests above would promise more than they show."""
    seen: set[tuple[str, str]] = set()
    wanted = {(spec.table, f.name) for spec in SPECS for f in fields.of(spec.cls)}
    wanted |= {(kind.name, f.name) for kind in kinds().values() for f in fields.of(kind.data)}

    @settings(max_examples=15, database=None)
    @given(strategies_())
    def look(strategy: Strategy) -> None:
        for spec in SPECS:
            for row in strategy.all(spec.cls).values():
                for field in fields.of(spec.cls):
                    if getattr(row, field.name) not in (None, ()):
                        seen.add((spec.table, field.name))
        for node in strategy.all(Node).values():
            seen.update(
                (node.kind, f.name) for f in fields.of(type(node.data)) if getattr(node.data, f.name) != ()
            )

    look()
    assert wanted - seen == set()


@settings(max_examples=40)
@given(strategies_())
def test_the_schema_takes_what_is_written(strategy: Strategy) -> None:
    document = json.loads(interchange.dumps(strategy))
    assert [error.message for error in SCHEMA.iter_errors(document)] == []


@pytest.mark.parametrize("build", [sample, small, empty, lambda: many(400)])
def test_strategies_we_make_come_back_and_fit_the_schema(build: Callable[[], Strategy]) -> None:
    strategy = build()
    text = interchange.dumps(strategy)
    assert interchange.loads(text) == strategy
    assert fits_schema(json.loads(text))


def _numbers(place: str, found: Any, said: bool = False) -> Iterator[str]:
    """Places of numbers that nobody explains."""
    if isinstance(found, list):
        for part in found:
            yield from _numbers(place, part, said)
    elif isinstance(found, dict):
        said = said or bool(found.get("description"))
        if {"number", "integer"} & set(np.atleast_1d(found.get("type", ""))) and not said:
            yield place
        for name, part in found.items():
            if name in ("properties", "$defs"):
                for inner, row in part.items():
                    yield from _numbers(f"{place}/{inner}", row)
            else:
                yield from _numbers(place, part, said)


def test_the_schema_says_what_every_number_counts_and_from_where() -> None:
    assert list(_numbers("", schema())) == []
    known = {(kind.data.__name__, field.name) for kind in kinds().values() for field in fields.of(kind.data)}
    known |= {(spec.cls.__name__, field.name) for spec in SPECS for field in fields.of(spec.cls)}
    assert set(BY_FIELD) <= known | {("Header", field.name) for field in fields.of(Header)}
    said = schema()["$defs"]["demand"]["properties"]["quarter"]["description"]
    assert "from 0: 0 is the first quarter" in said


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    json.dumps(schema(), allow_nan=False)


def test_no_property_means_two_things() -> None:
    """Columns of a node, facts of its kind and rows nested in it share one JSON object."""
    columns = [f.name for f in fields.of(Node)]
    nested = [spec.plural for spec in interchange.nested("node")]
    for kind in kinds().values():
        names = ["id", *columns, *nested, *(f.name for f in fields.of(kind.data))]
        assert len(names) == len(set(names)), kind.name
    for spec in SPECS:
        names = [
            "id",
            *(f.name for f in fields.of(spec.cls)),
            *(s.plural for s in interchange.nested(spec.table)),
        ]
        assert len(names) == len(set(names)), spec.table


def test_money_is_written_in_major_units_of_the_currency() -> None:
    for currency, major in {"EUR": 600, "JPY": 60_000, "KWD": 60}.items():
        edit = Edit(small())
        rows.set_value(edit, type(edit.header), edit.header.id, "currency", currency)
        text = interchange.dumps(edit.result()[0])
        written = {
            level["id"]: level["cost"] for n in json.loads(text)["nodes"] for level in n.get("levels", [])
        }
        assert written["l2"] == major
        assert interchange.loads(text).get(Level, "l2").cost == 60_000


def test_rows_named_only_by_what_they_say_come_back_however_they_were_added() -> None:
    edit = Edit(small())
    right = rows.add(edit, Right, kind="stop")
    for name in ("Zoë", "Anna", "Mika"):
        rows.add(edit, Consulted, right=right, person=rows.add(edit, Person, name=name))
    strategy = edit.result()[0]
    text = interchange.dumps(strategy)
    assert interchange.loads(text) == strategy
    assert interchange.dumps(interchange.loads(text)) == text


# -- by hand

BY_HAND = """
{ "strategy": {"name": "By hand", "currency": "EUR", "plan_start": "2027-01-01"},
  "nodes": [
    {"id": "o", "kind": "outcome", "title": "Faster", "unit": "min", "baseline": 40, "target": 3.0},
    {"kind": "initiative", "parent": "o", "title": "Guide", "id": "i",
     "levels": [{"name": "Full", "id": "full", "cost": 620000.5}, {"name": "Less", "cost": 1e5}]},
    {"kind": "note", "title": "  no\\u00a0id  ", "note": "a\\r\\nb", "tags": ["x", " "]}
  ],
  "effects": [{"initiative": "i", "outcome": "o", "p50": 16}],
  "scenarios": [{"name": "Plan", "allocations": [{"initiative": "i", "level": "full"}]}] }
"""


def test_a_file_written_by_hand_needs_only_what_it_says() -> None:
    strategy = interchange.loads(BY_HAND)
    assert fits_schema(json.loads(BY_HAND))
    note = next(node for node in strategy.all(Node).values() if node.kind == "note")
    assert (note.title, note.note, note.tags, note.state) == ("no id", "a\nb", ("x",), "draft")
    assert [level.cost for level in strategy.by(Level, "initiative", "i")] == [62_000_050, 10_000_000]
    assert strategy.header.plan_start == datetime.date(2027, 1, 1)
    assert strategy.header.horizon == 8
    assert interchange.loads(BY_HAND) == strategy, "ids that were left out are the same every time"
    assert interchange.loads(interchange.dumps(strategy)) == strategy


def test_nothing_at_all_is_an_empty_strategy() -> None:
    assert interchange.loads("{}") == empty()
    assert interchange.loads('{"nodes": null, "strategy": null, "format": null, "version": null}') == empty()
    assert fits_schema({}) and fits_schema({"nodes": None, "strategy": None, "format": None, "version": None})


def test_null_is_unknown_wherever_it_stands() -> None:
    document = json.loads(BY_HAND)
    document["strategy"] |= {"horizon": None, "purpose": None}
    document["nodes"][0] |= {"state": None, "note": None, "tags": None, "readings": None}
    document["nodes"][2] |= {"id": None, "parent": None}
    document["scenarios"][0] |= {"status": None, "bands": None}
    assert fits_schema(document)
    assert interchange.loads(json.dumps(document)) == interchange.loads(BY_HAND)


Change = Callable[[dict[str, Any]], object]
REFUSED: dict[str, tuple[Change, str]] = {
    "an unknown property on top": (lambda d: d.update(extra=1), "^extra: unknown property"),
    "an unknown property below": (lambda d: d["nodes"][0].update(tite="x"), r"^nodes\[0\]\.tite: unknown property"),
    "another kind's property": (lambda d: d["nodes"][1].update(baseline=4), r"^nodes\[1\]\.baseline: unknown"),
    "another program's file": (lambda d: d.update(format="mindmap"), "^format: expected"),
    "a newer version": (lambda d: d.update(version=2), "format version 2.*Update Prodlead"),
    "no version": (lambda d: d.update(version=0), "^version: expected a whole number"),
    "a version that is true": (lambda d: d.update(version=True), "^version: expected a whole number"),
    "a list of strategies": (lambda d: d.update(strategy=[]), "^strategy: expected an object"),
    "a strategy in words": (lambda d: d.update(strategy="Tidemark"), "^strategy: expected an object"),
    "a strategy that is nothing": (lambda d: d.update(strategy=0), "^strategy: expected an object"),
    "a currency that is a number": (lambda d: d["strategy"].update(currency=978), "^strategy.currency: expected text"),
    "a currency in words": (lambda d: d["strategy"].update(currency="Euro"), "not a currency code"),
    "nodes as an object": (lambda d: d.update(nodes={}), "^nodes: expected a list"),
    "a node that is a word": (lambda d: d["nodes"].append("x"), r"^nodes\[3\]: expected an object"),
    "a node of no kind": (lambda d: d["nodes"].append({"title": "x"}), r"^nodes\[3\]\.kind: expected one of"),
    "a node of an unknown kind": (lambda d: d["nodes"][2].update(kind="dream"), r"^nodes\[2\]\.kind: expected one of"),
    "a kind that is a list": (lambda d: d["nodes"][2].update(kind=["note"]), r"^nodes\[2\]\.kind: expected one of"),
    "no title": (lambda d: d["nodes"][0].pop("title"), r"^nodes\[0\]\.title: missing"),
    "a parent that is a list": (lambda d: d["nodes"][1].update(parent=["o"]), r"^nodes\[1\]\.parent: expected text"),
    "a parent that is an object": (lambda d: d["nodes"][1].update(parent={}), r"^nodes\[1\]\.parent: expected text"),
    "a title that is a number": (lambda d: d["nodes"][0].update(title=5), r"^nodes\[0\]\.title: expected text"),
    "a number in words": (lambda d: d["nodes"][0].update(target="3 min"), r"^nodes\[0\]\.target: expected a number"),
    "a number that is true": (lambda d: d["nodes"][0].update(target=True), r"\.target: expected a number"),
    "a share of sixty": (lambda d: d["nodes"][0].update(threshold_share=60), "must be from 0 to 1"),
    "a deadline in words": (lambda d: d["nodes"][0].update(deadline="Q3 2027"), "is not a date such as"),
    "a day without hyphens": (lambda d: d["nodes"][0].update(deadline="20270930"), "is not a date such as"),
    "a week": (lambda d: d["nodes"][0].update(deadline="2027-W39"), "is not a date such as"),
    "a state nobody knows": (lambda d: d["nodes"][0].update(state="done"), "must be one of draft, agreed"),
    "a tag that is a number": (lambda d: d["nodes"][0].update(tags=[1]), r"^nodes\[0\]\.tags\[0\]: expected text"),
    "tags as text": (lambda d: d["nodes"][0].update(tags="x"), r"^nodes\[0\]\.tags: expected a list"),
    "a negative share of cost": (lambda d: d["nodes"][1].update(cost_profile=[-1]), "must be 0 or more"),
    "a long title": (lambda d: d["nodes"][0].update(title="x" * 10_001), "longer than 10,000"),
    "an id with a space": (lambda d: d["nodes"][2].update(id="a b"), r"^nodes\[2\]\.id: an id is"),
    "an id that is a number": (lambda d: d["nodes"][2].update(id=7), r"^nodes\[2\]\.id: an id is"),
    "an id that is too long": (lambda d: d["nodes"][2].update(id="x" * 65), r"^nodes\[2\]\.id: an id is"),
    "a half person": (lambda d: d["nodes"][2].update(review_days=2.5, kind="outcome"), "expected a whole number"),
    "a very whole number": (
        lambda d: d["nodes"][2].update(review_days=10**16, kind="outcome"), "expected a whole number",
    ),
    "a demand in no quarter": (
        lambda d: d["nodes"][1].update(demands=[{"team": "t"}]), r"^nodes\[1\]\.demands\[0\]\.quarter: missing",
    ),
    "a wish for nothing known": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "o"}]),
        r"^scenarios\[0\]\.wishes\[0\]\.attainment: missing",
    ),
    "a wish on nothing": (
        lambda d: d["scenarios"][0].update(wishes=[{"attainment": 1}]),
        r"^scenarios\[0\]\.wishes\[0\]\.outcome: missing",
    ),
    "a wish in percent": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "o", "attainment": 80}]),
        r"^scenarios\[0\]\.wishes\[0\]\.attainment: Attainment is 80; it must be from 0 to 10",
    ),
    "a wish for less than nothing": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "o", "attainment": -0.1}]), "must be from 0 to 10",
    ),
    "an id of a person that is a number": (
        lambda d: d.update(rights=[{"kind": "stop", "consulted": [5]}]), r"consulted\[0\]\.person: expected",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused_with_its_place_and_by_the_schema(name: str) -> None:
    change, words = REFUSED[name]
    document = copy.deepcopy(json.loads(BY_HAND))
    change(document)
    with pytest.raises(BadInput, match=words):
        interchange.loads(json.dumps(document))
    assert not fits_schema(document)


BEYOND_SCHEMA: dict[str, tuple[Change, str]] = {
    "a cent and a half": (lambda d: d["nodes"][1]["levels"][0].update(cost=1.005), r"levels\[0\]\.cost: EUR has 2"),
    "an id used twice": (lambda d: d["nodes"][2].update(id="o"), r"^nodes\[2\]\.id: “o” is used already at nodes\[0\]"),
    "the header's id": (lambda d: d["nodes"][2].update(id="strategy"), "is used already at strategy"),
    "a parent that is nowhere": (lambda d: d["nodes"][1].update(parent="p"), "no node has the id “p”"),
    "a level that is a node": (lambda d: d["scenarios"][0]["allocations"][0].update(level="o"), "no level has the id"),
    "a team that is nowhere": (lambda d: d["nodes"][0].update(team=""), "no team has the id"),
    "a card below itself": (lambda d: d["nodes"][0].update(parent="i"), "hang below itself"),
    "an effect on an initiative": (lambda d: d["effects"][0].update(outcome="i"), "must be an outcome"),
    "a link to an initiative": (lambda d: d.update(links=[{"source": "o", "target": "i"}]), "must be an outcome"),
    "a link to itself": (lambda d: d.update(links=[{"source": "o", "target": "o"}]), "contribute to themselves"),
    "a link on a circle of cards": (
        lambda d: (d["nodes"][0].update(parent="i"), d.update(links=[{"source": "o", "target": "o"}])), "below itself",
    ),
    "the same effect twice": (lambda d: d["effects"].append(dict(d["effects"][0])), "is said already at effects"),
    "the same effect under two ids": (
        lambda d: d["effects"].append(dict(d["effects"][0], id="e2")), "is there twice",
    ),
    "a wish on an initiative": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "i", "attainment": 1}]), "must be an outcome",
    ),
    "a wish on nobody": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "x", "attainment": 1}]),
        r"^scenarios\[0\]\.wishes\[0\]\.outcome: no node has the id “x”",
    ),
    "the same wish twice": (
        lambda d: d["scenarios"][0].update(wishes=[{"outcome": "o", "attainment": 1}] * 2),
        r"^scenarios\[0\]\.wishes\[1\]: that is said already at scenarios\[0\]\.wishes\[0\]",
    ),
    "the same wish under two ids": (
        lambda d: d["scenarios"][0].update(
            wishes=[{"id": x, "outcome": "o", "attainment": 1} for x in ("w1", "w2")]
        ),
        "Target wish of .+ is there twice",
    ),
    "two plans of record": (
        lambda d: d.update(scenarios=[{"name": n, "status": "plan of record"} for n in "ab"]), "Only one scenario",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND_SCHEMA)
def test_what_no_schema_can_say_is_refused_in_words(name: str) -> None:
    change, words = BEYOND_SCHEMA[name]
    document = copy.deepcopy(json.loads(BY_HAND))
    change(document)
    with pytest.raises(BadInput, match=words):
        interchange.loads(json.dumps(document))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{", r"not JSON: .+ \(line 1, column"),
        ("[]", "JSON object"),
        ("null", "JSON object"),
        ('"x"', "JSON object"),
        ("\ufeff{}", "not JSON"),
        ('{"nodes": [}', "not JSON"),
        ('{"strategy": {"horizon": NaN}}', "NaN is not a number"),
        ('{"strategy": {"horizon": -Infinity}}', "-Infinity is not a number"),
        ('{"strategy": {"horizon": 1e400}}', "too big"),
        ('{"strategy": {"horizon": 1e999999999}}', "too big"),
        ('{"strategy": {"horizon": 1e99999999999999999999}}', "is not a number a strategy"),
        ('{"strategy": {"horizon": 1e-99999999999999999999}}', "is not a number a strategy"),
        ('{"strategy": {"horizon": 1e-999999}}', "whole number"),
        ('{"strategy": {"horizon": 9007199254740992}}', "whole number"),
        ('{"strategy": {"discount_rate": 1e400}}', "too big"),
        ('{"strategy": {"horizon": ' + "9" * 5000 + "}}", "cannot be read"),
        ('{"strategy": {"name": "a", "name": "b"}}', "“name” stands twice"),
        ("[" * 200_000, "nested too deeply for a strategy"),
        ('{"x":' * 50_000, "nested too deeply for a strategy"),
        ('{"scenarios": [{"name": "x", "budget": 1e15}]}', "too big"),
        ('{"scenarios": [{"name": "x", "budget": 1e13}]}', "too big"),
        ('{"scenarios": [{"name": "x", "budget": 1.000000000000000000000000000000000001}]}', "decimals"),
    ],
)  # fmt: skip
def test_what_is_not_even_json_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        interchange.loads(text)


def test_half_characters_and_control_signs_become_harmless() -> None:
    strategy = interchange.loads(
        '{"nodes": [{"id": "n", "kind": "note", "title": "a\\ud83d\\u0000\\u0007b"}]}'
    )
    assert strategy.get(Node, "n").title == "a\ufffd\ufffd b"


def test_order_is_the_order_in_the_file() -> None:
    document = {
        "nodes": [{"id": x, "kind": "note", "title": x} for x in ("zz", "a", "m")],
        "scenarios": [{"id": x, "name": x} for x in ("s9", "s1")],
    }
    strategy = interchange.loads(json.dumps(document))
    assert [n.id for n in strategy.by(Node, "parent", None)] == ["zz", "a", "m"]
    assert [s.id for s in strategy.ordered(Scenario)] == ["s9", "s1"]


def test_children_may_stand_before_their_parents() -> None:
    document = {
        "nodes": [
            {"id": "c", "kind": "note", "title": "c", "parent": "p"},
            {"id": "p", "kind": "note", "title": "p"},
        ]
    }
    strategy = interchange.loads(json.dumps(document))
    assert [n["id"] for n in json.loads(interchange.dumps(strategy))["nodes"]] == ["p", "c"]


# -- the sample is committed as it is written


def test_the_sample_is_committed_in_the_form_we_write() -> None:
    text = samples.path().read_text(encoding="utf-8")
    assert interchange.dumps(sample()) == text
    assert [error.message for error in SCHEMA.iter_errors(json.loads(text))] == []
