"""A strategy as JSON and back, lossless, made from the field tables (model.md §1.1)."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from prodlead_desktop.domain import fields, rows, tree
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    ORDER_STEP,
    SPECS,
    Entity,
    Header,
    Node,
    Spec,
    is_ordered,
    key_fields,
    owner_field,
)
from prodlead_desktop.domain.fields import Field
from prodlead_desktop.domain.ids import derived_id, is_valid
from prodlead_desktop.domain.invariants import check_all
from prodlead_desktop.domain.jsonvalues import decode, encode
from prodlead_desktop.domain.kind import KindData, kind, kinds
from prodlead_desktop.domain.strategy import Strategy, of_rows
from prodlead_desktop.domain.values import problem_of
from prodlead_desktop.errors import BadInput

FORMAT = "prodlead-strategy"
VERSION = 1
SIZE_LIMIT = 64 * 1024 * 1024
_TOP = tuple(spec for spec in SPECS if owner_field(spec.cls) is None and spec.table != "header")


def nested(table: str) -> tuple[Spec, ...]:
    """The entities whose rows JSON writes inside rows of ``table``."""
    found = [(spec, owner_field(spec.cls)) for spec in SPECS]
    return tuple(spec for spec, owner in found if owner is not None and owner.ref == table)


def dumps(strategy: Strategy) -> str:
    """The whole strategy as JSON text: everything undoable, no journal, no checkpoints."""
    currency = strategy.header.currency
    out: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "strategy": _values(strategy.header, currency),
    }
    for spec in _TOP:
        listed = tree.preorder(strategy) if spec.table == "node" else strategy.ordered(spec.cls)
        objects = [_object(strategy, spec, row) for row in listed]
        if objects:
            out[spec.plural] = objects
    return json.dumps(out, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def loads(text: str) -> Strategy:
    """The strategy of a JSON text; BadInput with the place of the first thing that does not fit."""
    return _Reading(_parse(text)).strategy()


def _values(row: Entity | KindData, currency: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for field in fields.of(type(row)):
        value = getattr(row, field.name)
        if field.order or field.owner or field.name == "data" or value is None or value == ():
            continue
        if (value is False and field.required) or value == field.unsaid:
            continue
        out[field.name] = encode(field, value, currency)
    return out


def _object(strategy: Strategy, spec: Spec, row: Entity) -> Any:
    if spec.bare:
        return getattr(row, spec.bare)
    currency = strategy.header.currency
    out = {"id": row.id} | _values(row, currency)
    if isinstance(row, Node):
        out |= _values(row.data, currency)
    for inner in nested(spec.table):
        owner = owner_field(inner.cls)
        assert owner is not None
        found = [_object(strategy, inner, child) for child in strategy.by(inner.cls, owner.name, row.id)]
        if found:
            out[inner.plural] = sorted(found) if inner.bare else found
    return out


def _parse(text: str) -> dict[str, Any]:
    if len(text) > SIZE_LIMIT:
        raise BadInput("That file is bigger than 64 MB; a strategy is not.")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            twice = next(key for key, _ in pairs if sum(1 for other, _ in pairs if other == key) > 1)
            raise BadInput(f"The property “{twice}” stands twice in one object.")
        return made

    def refuse(word: str) -> Any:
        raise BadInput(f"{word} is not a number a strategy can hold.", "Leave out what is unknown.")

    try:
        made = json.loads(text, parse_float=_decimal, parse_constant=refuse, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"This is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from None
    except RecursionError:
        raise BadInput(
            "This JSON is nested too deeply for a strategy.",
            "Nodes stand in one list and name their “parent”.",
        ) from None
    except ValueError as error:
        raise BadInput(f"This JSON cannot be read: {error}.") from None
    if not isinstance(made, dict):
        raise BadInput("A strategy is a JSON object with “nodes” and so on.", "See prodlead schema.")
    return made


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        raise BadInput(f"{text[:40]} is not a number a strategy can hold.") from None


class _Reading:
    """One file on its way in: rows found so far and where each reference stands."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.rows: list[Entity] = []
        self.places: dict[str, tuple[str, str]] = {}  # id -> (table, path)
        self.references: list[tuple[str, Field, str]] = []
        self.currency = "XXX"

    def strategy(self) -> Strategy:
        self._envelope()
        given = self.document.get("strategy")
        header = {} if given is None else given
        self._known(header, "strategy", {field.name for field in fields.of(Header)})
        read = self._row(Header, HEADER_ID, header, "strategy", {})
        self.currency = read.currency
        self.rows.append(read)
        self.places[HEADER_ID] = ("header", "strategy")
        for spec in _TOP:
            self._list(spec, self.document.get(spec.plural), spec.plural, None)
        for path, field, target in self.references:
            if self.places.get(target, ("", ""))[0] != field.ref:
                raise BadInput(f"{path}: no {field.ref.replace('_', ' ')} has the id “{target}”.")
        found = of_rows(self.rows)
        problems = check_all(found)
        if problems:
            raise BadInput(problems[0])
        return found

    def _envelope(self) -> None:
        top = {"format", "version", "strategy", "$schema", *(spec.plural for spec in _TOP)}
        self._known(self.document, "", top)
        if self.document.get("format") not in (None, FORMAT):
            raise BadInput(f"format: expected “{FORMAT}”.")
        version = self.document.get("version")
        version = VERSION if version is None else version
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise BadInput("version: expected a whole number.")
        if version > VERSION:
            raise BadInput(
                f"This file has format version {version}; this program reads up to {VERSION}.",
                "Update Prodlead.",
            )

    def _known(self, found: Any, path: str, known: set[str]) -> None:
        if not isinstance(found, dict):
            raise BadInput(f"{path}: expected an object.")
        for name in found:
            if name not in known:
                raise BadInput(f"{_join(path, name)}: unknown property.", "See prodlead schema.")

    def _list(self, spec: Spec, items: Any, path: str, owner: str | None) -> None:
        if items is None:
            return
        if not isinstance(items, list):
            raise BadInput(f"{path}: expected a list.")
        counts: dict[str | None, int] = {}
        for index, item in enumerate(items):
            self._item(spec, item, f"{path}[{index}]", owner, index, counts)

    def _item(
        self, spec: Spec, item: Any, path: str, owner: str | None, index: int, counts: dict[str | None, int]
    ) -> None:
        if spec.bare:
            item = {spec.bare: item}
        if not isinstance(item, dict):
            raise BadInput(f"{path}: expected an object.")
        cls, inner = spec.cls, nested(spec.table)
        names = {f.name for f in fields.of(cls) if not f.order and not f.owner and f.name != "data"}
        data_cls = self._data_class(item, path) if cls is Node else None
        known = {"id"} | names | {s.plural for s in inner}
        if data_cls:
            known |= {f.name for f in fields.of(data_cls)}
        self._known(item, path, known)
        row_id = self._id(spec, item, path, owner, index)
        extra: dict[str, Any] = {}
        if owner is not None:
            extra[_owner_name(cls)] = owner
        if is_ordered(cls):
            group = str(item["parent"]) if cls is Node and item.get("parent") is not None else None
            counts[group] = counts.get(group, 0) + 1
            extra["order"] = counts[group] * ORDER_STEP
        if data_cls:
            extra["data"] = self._row(data_cls, None, item, path, {})
        self.rows.append(self._row(cls, row_id, item, path, extra))
        for child in inner:
            self._list(child, item.get(child.plural), f"{path}.{child.plural}", row_id)

    def _id(self, spec: Spec, item: dict[str, Any], path: str, owner: str | None, index: int) -> str:
        row_id = item.get("id")
        if row_id is None:
            keys = [str(item.get(field.name)) for field in key_fields(spec.cls) if not field.owner]
            row_id = derived_id(spec.prefix, owner or "", *(keys or [str(index)]))
        if not isinstance(row_id, str) or not is_valid(row_id):
            raise BadInput(f"{path}.id: an id is 1 to 64 letters, digits, points, hyphens or underscores.")
        if row_id in self.places and item.get("id") is None and key_fields(spec.cls):
            raise BadInput(
                f"{path}: that is said already at {self.places[row_id][1]}.", "Leave one of them out."
            )
        if row_id in self.places:
            raise BadInput(f"{path}.id: “{row_id}” is used already at {self.places[row_id][1]}.")
        self.places[row_id] = (spec.table, path)
        return row_id

    def _data_class(self, item: dict[str, Any], path: str) -> type[KindData]:
        name = item.get("kind")
        if not isinstance(name, str) or name not in kinds():
            raise BadInput(f"{path}.kind: expected one of {', '.join(kinds())}.")
        return kind(name).data

    def _row(
        self, cls: type[Any], row_id: str | None, item: dict[str, Any], path: str, extra: dict[str, Any]
    ) -> Any:
        values = dict(extra)
        for field in fields.of(cls):
            raw = item.get(field.name) if field.name not in extra and field.name != "data" else None
            if raw is None:
                if field.required and field.name not in extra and _no_default(cls, field):
                    raise BadInput(f"{_join(path, field.name)}: missing.")
                continue
            place = _join(path, field.name)
            value = rows.cleaned(field, decode(field, raw, self.currency, place))
            wrong = problem_of(field, value)
            if wrong:
                raise BadInput(f"{place}: {wrong}")
            if field.ref:
                self.references.append((place, field, value))
            values[field.name] = value
        return cls(row_id, **values) if row_id is not None else cls(**values)


def _no_default(cls: type[Any], field: Field) -> bool:
    return cls.__dataclass_fields__[field.name].default in (None, "")


def _owner_name(cls: type[Any]) -> str:
    owner = owner_field(cls)
    assert owner is not None
    return owner.name


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
