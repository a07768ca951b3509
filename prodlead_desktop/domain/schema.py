"""The JSON Schema of the interchange format, made from the field tables."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import Header, Node, Spec
from prodlead_desktop.domain.fields import (
    MONEY_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    WHOLE_LIMIT,
    Field,
    FieldType,
)
from prodlead_desktop.domain.interchange import _TOP as TOP
from prodlead_desktop.domain.interchange import FORMAT, VERSION, _no_default, nested
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.schema_words import BY_FIELD, BY_TYPE

_ID = {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$"}
_OWN_ID = _ID | {"type": ["string", "null"]}
_TEXT = {"type": "string", "maxLength": TITLE_LIMIT}
_REAL = {"type": "number", "minimum": -1e300, "maximum": 1e300}
_MONEY = {"type": "number", "exclusiveMinimum": -MONEY_LIMIT, "exclusiveMaximum": MONEY_LIMIT}
_TYPES: dict[FieldType, dict[str, Any]] = {
    FieldType.TEXT: _TEXT,
    FieldType.LONG_TEXT: {"type": "string", "maxLength": TEXT_LIMIT},
    FieldType.INTEGER: {"type": "integer", "minimum": -WHOLE_LIMIT, "maximum": WHOLE_LIMIT},
    FieldType.NUMBER: _REAL,
    FieldType.SHARE: _REAL,
    FieldType.MONEY: _MONEY,
    FieldType.DATE: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    FieldType.FLAG: {"type": "boolean"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.REF: _ID,
    FieldType.NUMBERS: {"type": "array", "items": _REAL},
    FieldType.MONEYS: {"type": "array", "items": _MONEY},
    FieldType.WORDS: {"type": "array", "items": _TEXT},
}


def schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for files that ``interchange.loads`` takes."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "$schema": {},
        "format": {"enum": [FORMAT, None]},
        "version": {
            "type": ["integer", "null"],
            "minimum": 1,
            "maximum": VERSION,
            "description": f"Of the format: {VERSION}.",
        },
        "strategy": _object_of(fields.of(Header), Header, {}) | {"type": ["object", "null"]},
    }
    currency = properties["strategy"]["properties"]["currency"]
    currency["anyOf"][0] = currency["anyOf"][0] | {"pattern": "^[A-Z]{3}$"}
    for spec in TOP:
        properties[spec.plural] = _list_of({"$ref": f"#/$defs/{spec.table}"})
        _define(spec, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:prodlead:strategy:{VERSION}",
        "title": "Prodlead strategy",
        "description": (
            "A strategy: map, initiatives, effects, scenarios, futures, people, rights, cadences, agenda. "
            "Absent or null means unknown. Array order is sibling order; nodes hang on each other by “parent”. "
            "Money is in major units of strategy.currency; shares and probabilities are 0..1; effects are "
            "improvements in the outcome's unit (positive is towards the target). An id may be left out where "
            "nothing refers to the row."
        ),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _define(spec: Spec, definitions: dict[str, Any]) -> None:
    inner = nested(spec.table)
    arrays: dict[str, Any] = {}
    for child in inner:
        if child.bare:
            arrays[child.plural] = _list_of(_ID) | {"description": child.title}
        else:
            arrays[child.plural] = _list_of({"$ref": f"#/$defs/{child.table}"})
            _define(child, definitions)
    if spec.cls is not Node:
        definitions[spec.table] = _object_of(
            fields.of(spec.cls), spec.cls, {"id": _OWN_ID} | arrays, spec.title
        )
        return
    common = fields.of(Node)
    options = []
    for kind in kinds().values():
        made = _object_of(common, Node, {"id": _OWN_ID} | arrays, kind.title)
        made["properties"]["kind"] = {"const": kind.name}
        for field in fields.of(kind.data):
            made["properties"][field.name] = _property(kind.data, field)
        options.append(made)
    definitions["node"] = {
        "oneOf": options,
        "description": "A card of the map; its properties follow its kind.",
    }


def _object_of(
    table: tuple[Field, ...], cls: type[Any], more: dict[str, Any], title: str = ""
) -> dict[str, Any]:
    listed = [f for f in table if not f.order and not f.owner and f.type is not FieldType.DATA]
    out: dict[str, Any] = {"type": "object"}
    if title:
        out["title"] = title
    out["properties"] = dict(more) | {field.name: _property(cls, field) for field in listed}
    required = [field.name for field in listed if field.required and _no_default(cls, field)]
    if cls is Node:
        required = ["kind", *required]
    if required:
        out["required"] = sorted(set(required))
    out["additionalProperties"] = False
    return out


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": items}


def _property(cls: type[Any], field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {"title": field.title} | dict(_TYPES[field.type].items())
    if field.choices:
        out["enum"] = list(field.choices)
    limits = {"minimum": field.low, "maximum": field.high}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    if "items" in out:
        out["items"] = out["items"] | known
    else:
        out |= known
    about = [
        field.help,
        BY_TYPE.get(field.type, "") if field.type is not FieldType.SHARE or field.high == 1.0 else "",
        BY_FIELD.get((cls.__name__, field.name), ""),
        f"Unit: {field.unit}." if field.unit else "",
        f"Id of a {field.ref}." if field.ref else "",
    ]
    described = " ".join(part for part in about if part)
    if described:
        out["description"] = described
    if not (field.required and _no_default(cls, field)):
        options = {k: out.pop(k) for k in list(out) if k not in ("title", "description")}
        out["anyOf"] = [options, {"type": "null"}]
    return out
