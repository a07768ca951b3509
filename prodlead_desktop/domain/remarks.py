"""Remarks that are parked so that the talk can go on, and what becomes of them."""

from __future__ import annotations

from prodlead_desktop.domain import nodes, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, ParkedRemark
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput


def waiting(reader: Reader) -> list[ParkedRemark]:
    """The remarks that nobody has dealt with yet, oldest first."""
    return [remark for remark in reader.ordered(ParkedRemark) if not remark.done]


def park(edit: Edit, text: str, about: str | None = None) -> str:
    """Keep a remark for later, about a card or about nothing in particular; BadInput when it says nothing."""
    if not one_line(text):
        raise BadInput("There is nothing to park yet.", "Type the remark first.")
    return rows.add(edit, ParkedRemark, text=text, node=about)


def settle(edit: Edit, remark_id: str) -> None:
    """Say that a remark was dealt with."""
    rows.set_value(edit, ParkedRemark, remark_id, "done", True)


def put_on_map(edit: Edit, remark_id: str) -> str:
    """Make a note of a remark, below the card it is about; returns the node's id."""
    remark = edit.get(ParkedRemark, remark_id)
    parent = remark.node if edit.find(Node, remark.node) else None
    settle(edit, remark_id)
    return nodes.add(edit, "note", remark.text, parent)
