"""The plain verbs every entity shares: add a row, set one of its values."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any, TypeVar, cast

from prodlead_desktop.domain import fields, text
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    ORDER_STEP,
    SPEC_OF,
    TABLE_OF,
    Entity,
    Node,
    is_ordered,
    owner_field,
)
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.ids import derived_id, new_id
from prodlead_desktop.domain.strategy import place_of

E = TypeVar("E", bound=Entity)


def add(edit: Edit, cls: type[Entity], **values: Any) -> str:
    """Add a row of any class but Node, at the end of its siblings; returns its id.

    A row that files name only by what it refers to has the id that follows from that, so that it keeps it there.
    """
    if is_ordered(cls) and "order" not in values:
        owner = owner_field(cls)
        siblings = edit.by(cls, owner.name, values[owner.name]) if owner else tuple(edit.all(cls).values())
        last = max((place_of(row)[0] for row in siblings), default=0)
        values["order"] = last + ORDER_STEP
    row = cls(
        values.pop("id", None) or _fresh_id(cls, values),
        **{k: cleaned_for(cls, k, v) for k, v in values.items()},
    )
    edit.put(row)
    return row.id


def _fresh_id(cls: type[Entity], values: dict[str, Any]) -> str:
    spec, owner = SPEC_OF[TABLE_OF[cls]], owner_field(cls)
    if spec.bare and owner:
        return derived_id(spec.prefix, str(values[owner.name]), str(values[spec.bare]))
    return new_id(spec.prefix)


def set_value(edit: Edit, cls: type[E], row_id: str, field: str, value: Any) -> E:
    """Set one field of a row (for a Node also one of its kind's data); returns the new row."""
    row = edit.get(cls, row_id)
    if isinstance(row, Node) and field not in {f.name for f in dataclass_fields(row)}:
        data = replace(row.data, **{field: cleaned_for(type(row.data), field, value)})
        changed: Any = replace(row, data=data)
    else:
        changed = replace(cast(Any, row), **{field: cleaned_for(cls, field, value)})
    edit.put(changed)
    return cast(E, changed)


def cleaned_for(cls: type[Any], name: str, value: Any) -> Any:
    """A value as the field stores it: clean text, empty text as unknown, floats without minus zero."""
    field = next(field for field in fields.of(cls) if field.name == name)
    return cleaned(field, value)


def cleaned(field: Field, value: Any) -> Any:
    """See ``cleaned_for``."""
    if value is None:
        return () if field.type in _LISTS else None
    if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        tidy = text.one_line(value) if field.type is FieldType.TEXT else text.many_lines(value)
        return tidy if tidy or field.required else None
    if field.type in (FieldType.NUMBER, FieldType.SHARE):
        return float(value) + 0.0
    if field.type is FieldType.NUMBERS:
        return tuple(float(item) + 0.0 for item in value)
    if field.type is FieldType.WORDS:
        return tuple(tidy for tidy in (text.one_line(item) for item in value) if tidy)
    return tuple(value) if field.type is FieldType.MONEYS else value


_LISTS = (FieldType.NUMBERS, FieldType.MONEYS, FieldType.WORDS)
