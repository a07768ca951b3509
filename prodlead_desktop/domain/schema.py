"""The JSON Schema of the interchange format, made from the field tables."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import Header, Node, Spec
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.interchange import _TOP as TOP
from prodlead_desktop.domain.interchange import FORMAT, VERSION, _no_default, nested
from prodlead_desktop.domain.kind import kinds

_ID = {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$"}
_TYPES: dict[FieldType, dict[str, Any]] = {
    FieldType.TEXT: {"type": "string"},
    FieldType.LONG_TEXT: {"type": "string"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.NUMBER: {"type": "number"},
    FieldType.SHARE: {"type": "number"},
    FieldType.MONEY: {"type": "number"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.FLAG: {"type": "boolean"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.REF: _ID,
    FieldType.NUMBERS: {"type": "array", "items": {"type": "number"}},
    FieldType.MONEYS: {"type": "array", "items": {"type": "number"}},
    FieldType.WORDS: {"type": "array", "items": {"type": "string"}},
}


def schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for files that ``interchange.loads`` takes."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT},
        "version": {"type": "integer", "minimum": 1, "maximum": VERSION},
        "strategy": _object_of(fields.of(Header), Header, {}),
    }
    for spec in TOP:
        properties[spec.plural] = {"type": "array", "items": {"$ref": f"#/$defs/{spec.table}"}}
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
            arrays[child.plural] = {"type": "array", "items": _ID, "description": child.title}
        else:
            arrays[child.plural] = {"type": "array", "items": {"$ref": f"#/$defs/{child.table}"}}
            _define(child, definitions)
    if spec.cls is not Node:
        definitions[spec.table] = _object_of(fields.of(spec.cls), spec.cls, {"id": _ID} | arrays, spec.title)
        return
    common = fields.of(Node)
    options = []
    for kind in kinds().values():
        made = _object_of(common, Node, {"id": _ID} | arrays, kind.title)
        made["properties"]["kind"] = {"const": kind.name}
        for field in fields.of(kind.data):
            made["properties"][field.name] = _property(field)
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
    out["properties"] = dict(more) | {field.name: _property(field) for field in listed}
    required = [field.name for field in listed if field.required and _no_default(cls, field)]
    if cls is Node:
        required = ["kind", *required]
    if required:
        out["required"] = sorted(set(required))
    out["additionalProperties"] = False
    return out


def _property(field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {"title": field.title} | dict(_TYPES[field.type].items())
    if field.choices:
        out["enum"] = list(field.choices)
    if field.low is not None and "items" not in out:
        out["minimum"] = field.low
    if field.high is not None and "items" not in out:
        out["maximum"] = field.high
    about = [
        field.help,
        f"Unit: {field.unit}." if field.unit else "",
        f"Id of a {field.ref}." if field.ref else "",
    ]
    described = " ".join(part for part in about if part)
    if described:
        out["description"] = described
    if not field.required:
        options = {k: out.pop(k) for k in list(out) if k not in ("title", "description")}
        out["anyOf"] = [options, {"type": "null"}]
    return out
