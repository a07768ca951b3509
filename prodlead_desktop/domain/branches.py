"""Branches that travel: subtrees with their numbers as text, put into the same strategy or into another one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from prodlead_desktop.domain import fields, interchange, rowcodec, tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    ORDER_STEP,
    SPEC_OF,
    SPECS,
    TABLE_OF,
    Effect,
    Entity,
    Header,
    Link,
    Node,
    Person,
    Pool,
    Team,
)
from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.nodes import order_between
from prodlead_desktop.domain.pools import free_colour
from prodlead_desktop.domain.strategy import Reader, of_rows, place_of
from prodlead_desktop.errors import BadInput

FORMAT = "prodlead-branch"
NAMED = (
    Person,
    Team,
    Pool,
)  # what cards refer to by name: taken along, and matched by name where they arrive
_MONEY = (FieldType.MONEY, FieldType.MONEYS)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The tops of what was put in, how many nodes came, and what could not travel, in words."""

    ids: tuple[str, ...]
    count: int
    left_out: tuple[str, ...] = ()


# -- taking


def write(reader: Reader, tops: Sequence[str], document: str) -> str:
    """Branches as JSON text: nodes, facts, people, teams and pools they name, and what ties them to other nodes.

    ``tops`` are in map order, none below another; ``document`` names the document they are from.
    """
    nodes = [node for top in tops for node in tree.preorder(reader, top)]
    inside = {node.id for node in nodes}
    rows: list[Entity] = [
        replace(node, parent=None, order=(tops.index(node.id) + 1) * ORDER_STEP) if node.id in tops else node
        for node in nodes
    ]
    rows += _facts(reader, nodes)
    inside |= {row.id for row in rows}
    named: dict[str, Entity] = {}
    kept: list[Entity] = []
    ties: list[list[Any]] = []  # optional references to nodes that stay behind
    outside: list[list[Any]] = []  # rows that need one
    for row in rows:
        cut, needs = row, False
        for field in fields.of(type(row)):
            target = getattr(row, field.name)
            if not field.ref or target is None or target in inside:
                continue
            found = reader.find(SPEC_OF[field.ref].cls, target)
            if found is not None and isinstance(found, NAMED):
                named[found.id] = found
            elif field.required:
                needs = True
            else:
                ties.append([TABLE_OF[type(row)], row.id, field.name, target])
                cut = replace(cut, **{field.name: None})  # type: ignore[arg-type]
        if needs:
            outside.append([TABLE_OF[type(row)], list(rowcodec.to_row(TABLE_OF[type(row)], row))])
        else:
            kept.append(cut)
    header = replace(Header(HEADER_ID), currency=reader.header.currency, name=reader.header.name)
    made = {
        "format": FORMAT, "document": document, "tops": list(tops), "ties": ties, "outside": outside,
        "branch": json.loads(interchange.dumps(of_rows([header, *named.values(), *kept]))),
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False)


def _facts(reader: Reader, nodes: Iterable[Node]) -> list[Entity]:
    """The rows that belong to nodes, with the effects of initiatives and the links from outcomes."""
    leading = {Effect: "initiative", Link: "source"}
    found: list[Entity] = []
    for spec in SPECS:
        owner = next((f.name for f in fields.of(spec.cls) if f.owner and f.ref == "node"), None)
        field = owner or leading.get(spec.cls)
        if field is not None:
            found += [row for node in nodes for row in reader.by(spec.cls, field, node.id)]
    return found


# -- putting


def tops_of(text: str, document: str, reader: Reader) -> tuple[str, ...]:
    """The tops of a text that was written from this document, as long as they are all still there; else none."""
    made = _parsed(text)
    tops = made.get("tops")
    if made.get("document") != document or not isinstance(tops, list):
        return ()
    ids = tuple(str(top) for top in tops)
    return ids if all(reader.find(Node, top) for top in ids) else ()


def paste(edit: Edit, text: str, under: str | None, before: str | None = None) -> Arrived:
    """Put branches below a node (None = top level), last or before a sibling, as new nodes.

    People, teams and pools are those of the same name here, or new ones. BadInput when the text is not a branch.
    """
    made = _parsed(text)
    branch = interchange.loads(json.dumps(made.get("branch")))
    left_out: list[str] = []
    same_money = {edit.header.currency, branch.header.currency} & {"XXX"} or (
        edit.header.currency == branch.header.currency
    )
    ids = {node: new_id("n") for node in branch.all(Node)}
    _match_names(edit, branch, ids)
    amounts = 0
    for spec in SPECS:
        if spec.cls is Header or spec.cls in NAMED:
            continue
        for row in branch.all(spec.cls).values():
            ids.setdefault(row.id, new_id(spec.prefix))
    tops = tree.children(branch, None)
    for node in tree.preorder(branch):
        place = order_between(edit, under, None, before) if node.parent is None else node.order
        parent = under if node.parent is None else ids[node.parent]
        row = replace(node, id=ids[node.id], parent=parent, order=place)
        amounts += _put(edit, row, ids, bool(same_money))
    for spec in SPECS:
        if spec.cls in (Header, Node) or spec.cls in NAMED:
            continue
        for fact in branch.all(spec.cls).values():
            amounts += _put(edit, replace(fact, id=ids[fact.id]), ids, bool(same_money))
    lost = _tie(edit, made, ids, bool(same_money))
    if amounts:
        left_out.append(f"{_many(amounts, 'amount')} of money in {branch.header.currency}")
    if lost:
        left_out.append(f"{_many(lost, 'tie')} to cards that are not here")
    return Arrived(tuple(ids[top.id] for top in tops), len(branch.all(Node)), tuple(left_out))


def put_back(edit: Edit, cut: ChangeSet, tops: Sequence[str], under: str | None) -> Arrived | None:
    """Put what was cut from this strategy in again below a node: the same rows, with money and ties to other cards.

    None when that cannot be because one of them is there (it was put back before).
    """
    gone = {change.id for change in cut if change.table == "node" and change.after is None}
    if any(edit.find(Node, node_id) for node_id in gone) or (
        under is not None and not edit.find(Node, under)
    ):
        return None
    for change in reversed(cut.changes):
        row = change.before
        if row is None:
            continue
        if change.after is None:
            if isinstance(row, Node) and row.id in tops:
                row = replace(row, parent=under, order=order_between(edit, under, None, None))
            if _resolves(edit, row, gone | {other.id for other in cut}):
                edit.put(row)
        elif edit.find(type(row), row.id) == change.after:
            edit.put(row)
    after = under
    for top in tops:
        node = edit.get(Node, top)
        edit.put(replace(node, parent=after, order=order_between(edit, after, None, None, leaving=top)))
    return Arrived(tuple(tops), len(gone))


def _resolves(edit: Edit, row: Entity, coming: set[str]) -> bool:
    """Whether all that a row needs is there or comes with it."""
    needed = (
        (field.ref, getattr(row, field.name))
        for field in fields.of(type(row))
        if field.ref and field.required
    )
    return all(target in coming or edit.find(SPEC_OF[ref].cls, target) for ref, target in needed)


def _match_names(edit: Edit, branch: Reader, ids: dict[str, str]) -> None:
    """People, teams and pools: those of that name here; others are added at the end, pools in a free colour."""
    for cls in NAMED:
        here = {row.name.casefold(): row.id for row in edit.ordered(cls)}  # type: ignore[attr-defined]
        for row in branch.ordered(cls):
            name = row.name.casefold()  # type: ignore[attr-defined]
            if name not in here:
                last = max((place_of(other)[0] for other in edit.all(cls).values()), default=0)
                added = replace(row, id=new_id(SPEC_OF[TABLE_OF[cls]].prefix), order=last + ORDER_STEP)  # type: ignore[call-arg]
                if isinstance(added, Pool):
                    added = replace(added, colour=free_colour(edit, added.colour))
                edit.put(added)
                here[name] = added.id
            ids[row.id] = here[name]


def _put(edit: Edit, row: Entity, ids: dict[str, str], same_money: bool) -> int:
    """Put a row whose references follow to their copies; returns how many amounts another currency left out."""
    values: dict[str, Any] = {}
    for field in fields.of(type(row)):
        target = getattr(row, field.name)
        if field.ref and target in ids and not (isinstance(row, Node) and field.name == "parent"):
            values[field.name] = ids[target]
    made, lost = replace(row, **values), 0
    if not same_money:
        made, lost = _without_money(made)
        if isinstance(made, Node):
            data, more = _without_money(made.data)
            made, lost = replace(made, data=data), lost + more
    edit.put(made)
    return lost


def _without_money(row: Any) -> tuple[Any, int]:
    empty = {
        field.name: () if field.type is FieldType.MONEYS else None
        for field in fields.of(type(row))
        if field.type in _MONEY and getattr(row, field.name) not in (None, ())
    }
    return replace(row, **empty), len(empty)


def _tie(edit: Edit, made: dict[str, Any], ids: dict[str, str], same_money: bool) -> int:
    """Tie what came to nodes that stayed where it is from, if these are here; returns how many are not."""
    lost = 0
    for table, row_id, name, target in made.get("ties", ()):
        field = next((f for f in fields.of(SPEC_OF[table].cls) if f.name == name and f.ref), None)
        row = edit.find(SPEC_OF[table].cls, ids.get(row_id))
        if field is None or row is None or edit.find(SPEC_OF[field.ref].cls, target) is None:
            lost += 1
        else:
            edit.put(replace(row, **{name: target}))
    for table, values in made.get("outside", ()):
        row = rowcodec.from_row(table, values)
        here = all(
            getattr(row, field.name) in ids or edit.find(SPEC_OF[field.ref].cls, getattr(row, field.name))
            for field in fields.of(type(row))
            if field.ref and field.required
        )
        if here and same_money:
            _put(edit, replace(row, id=new_id(SPEC_OF[table].prefix)), ids, same_money)
        else:
            lost += 1
    return lost


def _parsed(text: str) -> dict[str, Any]:
    made: Any = None
    try:
        made = json.loads(text)
        good = made["format"] == FORMAT and isinstance(made["branch"], dict)
        shapes = all(isinstance(tie, list) and len(tie) == 4 for tie in made["ties"])
        shapes = shapes and all(isinstance(row, list) and len(row) == 2 for row in made["outside"])
        shapes = shapes and all(item[0] in SPEC_OF for item in (*made["ties"], *made["outside"]))
        for table, values in made["outside"]:
            rowcodec.from_row(table, values)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        good = shapes = False
    if not good or not shapes:
        raise BadInput("What is on the clipboard is not a branch this program can read.", "Copy it again.")
    return made  # type: ignore[no-any-return]


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
