"""What the file knows about a node and no form edits yet, as lines of words made from the field tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prodlead_desktop.domain import fields
from prodlead_desktop.domain.entities import SPEC_OF, Entity, Node, Spec, owner_field
from prodlead_desktop.domain.fields import Field, FieldType
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.ui.inspector import wording

# Tables whose rows about a node have a form: the tree itself, levels and effects (Bet), allocations (Money).
# What a participant answered in a blind round is nobody's business here.
FORMS = ("node", "level", "allocation", "answer")
# Columns of a node that have a form on every node; team, pool and segment have one where the kind uses them.
NODE_FORMS = ("parent", "order", "kind", "title", "note", "tags", "state", "owner", "data")
# Titles of references that need no saying: the row is shown on the card it is about.
SUBJECTS = ("Node", "Outcome", "Initiative", "About", "Branch")
ALONE = ("name", "title", "other", "metric")
DOT = " · "


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about, and what is known."""

    title: str
    words: str


def facts_of(reader: Reader, node: Node, with_form: tuple[str, ...] = ()) -> list[Fact]:
    """Every fact about a node that no form shows, columns first, then rows by table.

    ``with_form`` names further tables that have a form for this node.
    """
    found = [Fact(field.title, wording.value(reader, field, value)) for field, value in _columns(node)]
    for table, field, row in reader.referrers("node", node.id):
        if table not in FORMS and table not in with_form:
            found.append(_fact(reader, SPEC_OF[table], field, row))
    return found


def _columns(node: Node) -> Iterator[tuple[Field, object]]:
    shown = (*NODE_FORMS, *kind_of(node.kind).uses)
    for field in fields.of(Node):
        value = getattr(node, field.name)
        if field.name not in shown and value is not None:
            yield field, value


def _fact(reader: Reader, spec: Spec, said: Field, row: Entity) -> Fact:
    """One row about the node; a row that belongs to something else says what that is first."""
    title = spec.title
    parts = []
    owner = owner_field(spec.cls)
    if owner is not None and owner.name != said.name:
        above = reader.get(SPEC_OF[owner.ref].cls, getattr(row, owner.name))
        title = SPEC_OF[owner.ref].title if spec.bare else spec.title
        parts.append(_name(reader, owner.ref, above))
    parts += described(reader, row, owner.name if owner else "", said)
    return Fact(title, DOT.join(parts) or "yes")


def _name(reader: Reader, table: str, row: Entity) -> str:
    words = wording.called(row)
    if words != wording.UNTITLED:
        return words
    return DOT.join(described(reader, row)) or SPEC_OF[table].title.lower()


def described(reader: Reader, row: Entity, owner: str = "", said: Field | None = None) -> list[str]:
    """The known values of a row with their titles, in column order; choices and names stand alone.

    ``owner`` names the field that is left out, ``said`` the one that refers to the card this is about.
    """
    parts = []
    for field in fields.of(type(row)):
        value = getattr(row, field.name)
        empty = value in (field.unsaid, None, ()) or value == "" or value is False
        if field.name == owner or field.order or empty:
            continue
        if said is not None and field.name == said.name:
            parts += [] if field.title in SUBJECTS else [_worded(field.title, "this card", field)]
            continue
        parts.append(
            field.title if value is True else _worded(field.title, wording.value(reader, field, value), field)
        )
    return parts


def _worded(title: str, words: str, field: Field) -> str:
    if field.type is FieldType.CHOICE or field.name in ALONE:
        return words
    return f"{title if title[1:2].isdigit() else title[0].lower() + title[1:]} {words}"
