"""What people do to the map: add, rename, move, promote, change the kind, duplicate, delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from prodlead_desktop.domain import fields, removal, rows, sides, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import ORDER_STEP, SPECS, Effect, Link, Node
from prodlead_desktop.domain.ids import new_id
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.domain.values import problem_of
from prodlead_desktop.errors import BadInput

FIRST_KIND = "ambition"  # of an empty map; further top-level nodes are outcomes


def add(
    edit: Edit,
    kind: str,
    title: str = "",
    parent: str | None = None,
    after: str | None = None,
    before: str | None = None,
) -> str:
    """Add a node under ``parent`` (None = top level), last or next to a sibling; returns its id."""
    node_id = new_id("n")
    place = order_between(edit, parent, after, before)
    side = _side_beside(edit, parent, after or before)
    edit.put(Node(node_id, parent, place, kind, one_line(title), side=side, data=kind_of(kind).data()))
    return node_id


def add_child(edit: Edit, parent: str | None, title: str = "") -> str:
    """Add the usual child of a node as its last child; None adds to the top level."""
    if parent is None:
        return add(edit, "outcome" if edit.all(Node) else FIRST_KIND, title)
    side = sides.lighter(edit, parent) if sides.is_branch(edit, parent) else None
    added = add(edit, kind_of(edit.get(Node, parent).kind).usual_child, title, parent)
    if side is not None:
        edit.put(replace(edit.get(Node, added), side=side))
    return added


def add_sibling(edit: Edit, of: str, before: bool = False, title: str = "") -> str:
    """Add a node of the same kind next to ``of``; beside an ambition an outcome."""
    node = edit.get(Node, of)
    same = "outcome" if node.kind == FIRST_KIND else node.kind
    return add(edit, same, title, node.parent, **({"before": of} if before else {"after": of}))


def add_parent(edit: Edit, of: str, title: str = "") -> str:
    """Put a new node between ``of`` and its parent, in its place; returns the new node's id."""
    node = edit.get(Node, of)
    above = edit.find(Node, node.parent)
    if above is None:
        kind = "ambition" if node.kind != "ambition" else "outcome"
    else:
        kind = kind_of(above.kind).usual_child
        kind = "outcome" if kind == "initiative" and node.kind in ("outcome", "initiative") else kind
    added = add(edit, kind, title, node.parent, after=of)
    move(edit, [of], added)
    return added


def rename(edit: Edit, node_id: str, title: str) -> None:
    """Give a node another title."""
    set_value(edit, node_id, "title", title)


def set_value(edit: Edit, node_id: str, field: str, value: Any) -> None:
    """Set any field of a node or of its kind's data."""
    rows.set_value(edit, Node, node_id, field, value)


def move(edit: Edit, node_ids: Sequence[str], under: str | None, before: str | None = None) -> None:
    """Move nodes with their subtrees under another node, in the order given.

    ``before`` names the sibling they come before; None puts them last. Nodes below another moved node stay
    where they are in it. BadInput when a node would come under itself.
    """
    wanted = tuple(dict.fromkeys(node_ids))
    chosen = [node_id for node_id in wanted if not _is_below_any(edit, node_id, wanted)]
    for node_id in chosen:
        if under is not None and tree.is_within(edit, under, node_id):
            raise BadInput("A card cannot hang below itself.", "Choose a card outside its branch.")
    while before in chosen:
        siblings = [node.id for node in tree.children(edit, under)]
        position = siblings.index(before) if before in siblings else len(siblings)
        before = siblings[position + 1] if position + 1 < len(siblings) else None
    sides.say(edit, under, *(edit.get(Node, node_id).parent for node_id in chosen))
    after: str | None = None
    for node_id in chosen:
        node = edit.get(Node, node_id)
        place = (
            order_between(edit, under, after, None, leaving=node_id)
            if after
            else order_between(edit, under, None, before, leaving=node_id)
        )
        side = _side_beside(edit, under, before) or node.side
        edit.put(replace(edit.get(Node, node.id), parent=under, order=place, side=side))
        after = node_id


def reorder(edit: Edit, node_id: str, step: int) -> None:
    """Move a node ``step`` places among its siblings; stops at either end."""
    node = edit.get(Node, node_id)
    siblings = [sibling.id for sibling in tree.children(edit, node.parent)]
    if sides.is_branch(edit, node.parent):  # only those that stand in the same column
        mine = sides.stands_left(edit, node_id)
        siblings = [other for other in siblings if sides.stands_left(edit, other) == mine]
    here = siblings.index(node_id)
    there = min(max(here + step, 0), len(siblings) - 1)
    if there == here:
        return
    siblings.remove(node_id)
    following = siblings[there] if there < len(siblings) else None
    move(edit, [node_id], node.parent, before=following)


def promote(edit: Edit, node_id: str) -> None:
    """Make a node the next sibling of its parent; does nothing at the top level."""
    node = edit.get(Node, node_id)
    if node.parent is None:
        return
    parent = edit.get(Node, node.parent)
    uncles = [uncle.id for uncle in tree.children(edit, parent.parent)]
    position = uncles.index(parent.id) + 1
    move(edit, [node_id], parent.parent, before=uncles[position] if position < len(uncles) else None)


def demote(edit: Edit, node_id: str) -> None:
    """Make a node the last child of the sibling before it; does nothing for the first one."""
    node = edit.get(Node, node_id)
    siblings = [sibling.id for sibling in tree.children(edit, node.parent)]
    here = siblings.index(node_id)
    if here > 0:
        move(edit, [node_id], siblings[here - 1])


def delete(edit: Edit, node_ids: Sequence[str]) -> int:
    """Delete nodes with their subtrees and all facts about them; returns how many nodes went."""
    before = len(edit.all(Node))
    sides.say(edit, *(node.parent for node_id in node_ids if (node := edit.find(Node, node_id))))
    removal.remove(edit, *(edit.get(Node, node_id) for node_id in node_ids if edit.find(Node, node_id)))
    return before - len(edit.all(Node))


def set_kind(edit: Edit, node_id: str, kind: str) -> int:
    """Make a node another kind; returns how many facts were dropped because the new kind lacks them.

    Title, note, tags, owner and place stay; values that both kinds have stay too.
    """
    node = edit.get(Node, node_id)
    if node.kind == kind:
        return 0
    target = kind_of(kind)
    had = {field.name: getattr(node.data, field.name) for field in fields.of(type(node.data))}
    shared = {field.name: field for field in fields.of(target.data)}
    kept = {name: v for name, v in had.items() if name in shared and problem_of(shared[name], v) is None}
    defaults = type(node.data)()
    lost = {name for name, value in had.items() if name not in kept and value != getattr(defaults, name)}
    dropped = len(
        lost - ({"deadline_precision"} if "deadline" in lost else set())
    )  # one date as people type it
    columns: dict[str, Any] = {}
    for column in ("team", "pool", "segment"):
        if column not in target.uses and getattr(node, column) is not None:
            columns[column] = None
            dropped += 1
    edit.put(replace(node, kind=kind, data=target.data(**kept), **columns))
    return dropped + _drop_misfits(edit, node_id, kind)


def duplicate(edit: Edit, node_id: str) -> str:
    """Copy a node with its subtree and its facts next to it, but for its money; returns the copy's id."""
    top = edit.get(Node, node_id)
    originals = list(tree.preorder(edit, node_id))
    new_ids = {node.id: new_id("n") for node in originals}
    for node in originals:
        place = order_between(edit, top.parent, node_id, None) if node is top else node.order
        parent = top.parent if node is top else new_ids[str(node.parent)]
        segment = new_ids.get(node.segment or "", node.segment)
        edit.put(replace(node, id=new_ids[node.id], parent=parent, order=place, segment=segment))
    _copy_facts(edit, new_ids)
    return new_ids[node_id]


def order_between(
    edit: Edit, parent: str | None, after: str | None, before: str | None, leaving: str | None = None
) -> int:
    """An order value next to a sibling (last when neither is given), renumbering siblings when there is no gap.

    ``leaving`` is a node that is about to move and does not count as a sibling.
    """
    if after is None and before is None and leaving is None:
        return edit.last_order(Node, "parent", parent) + ORDER_STEP
    siblings = [node for node in tree.children(edit, parent) if node.id != leaving]
    ids = [node.id for node in siblings]
    position = len(ids)
    if after in ids:
        position = ids.index(after) + 1
    elif before in ids:
        position = ids.index(before)
    low = siblings[position - 1].order if position else 0
    if position == len(ids):
        return low + ORDER_STEP
    high = siblings[position].order
    if high - low >= 2:
        return (low + high) // 2
    for index, sibling in enumerate(siblings):
        edit.put(replace(sibling, order=(index + 1 + (index >= position)) * ORDER_STEP))
    return (position + 1) * ORDER_STEP


def _side_beside(edit: Edit, parent: str | None, sibling: str | None) -> str | None:
    """The side of a sibling, for a branch that comes next to it; None where sides mean nothing."""
    if sibling is None or not sides.is_branch(edit, parent):
        return None
    return "left" if sides.stands_left(edit, sibling) else "right"


def _is_below_any(edit: Edit, node_id: str, tops: Sequence[str]) -> bool:
    return any(node.id in tops for node in tree.ancestors(edit, node_id))


def _drop_misfits(edit: Edit, node_id: str, kind: str) -> int:
    """Remove or clear what refers to the node as a kind it no longer is."""
    dropped = 0
    for _, field, row in edit.referrers("node", node_id):
        if not field.ref_kinds or kind in field.ref_kinds or edit.find(type(row), row.id) is None:
            continue
        if field.required:
            removal.remove(edit, row)
        else:
            current = edit.get(type(row), row.id)
            edit.put(replace(current, **{field.name: None}))  # type: ignore[arg-type]
        dropped += 1
    return dropped


def _copy_facts(edit: Edit, new_ids: dict[str, str]) -> None:
    """Copy the rows that belong to copied nodes; a reference to another copied node follows to its copy."""
    renamed = dict(new_ids)
    for spec in SPECS:
        owner = next((f for f in fields.of(spec.cls) if f.owner and f.ref == "node"), None)
        if owner is None and spec.cls not in (Effect, Link):
            continue
        leading = owner.name if owner else {"effect": "initiative", "link": "source"}[spec.table]
        for old in new_ids:
            for row in edit.by(spec.cls, leading, old):
                refs = [f.name for f in fields.of(spec.cls) if f.ref]
                values = {name: renamed.get(getattr(row, name), getattr(row, name)) for name in refs}
                copy = replace(row, id=new_id(spec.prefix), **values)
                renamed[row.id] = copy.id
                edit.put(copy)
