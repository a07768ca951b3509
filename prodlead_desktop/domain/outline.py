"""Indented text as a subtree and back: how people carry trees between programs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.fields import TITLE_LIMIT
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.errors import BadInput

_BULLET = re.compile(r"(?:[-*+•◦▪‣–—]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?|#{1,6}\s+")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One title and how deep it stands, from 0."""

    depth: int
    title: str


def read(text: str) -> list[Line]:
    """The titles of an indented text, bullets taken off, depths without jumps; blank lines do not count.

    BadInput when there is no title or a branch is deeper than the map allows.
    """
    lines: list[Line] = []
    indents: list[int] = []
    heading = -1
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        stripped = raw.strip()
        if not stripped:
            continue
        indent = _indent(raw)
        if stripped.startswith("#") and _BULLET.match(stripped):
            heading = len(stripped) - len(stripped.lstrip("#"))
            indent = heading - 100
        title = one_line(_BULLET.sub("", stripped, count=1))[:TITLE_LIMIT]
        if not title:
            continue
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        lines.append(Line(len(indents) - 1, title))
    if not lines:
        raise BadInput("There is no text to paste.", "Copy an indented list first.")
    if max(line.depth for line in lines) >= tree.DEPTH_LIMIT:
        raise BadInput(f"That list is deeper than {tree.DEPTH_LIMIT} levels.")
    return lines


def paste(edit: Edit, text: str, under: str | None) -> list[str]:
    """Make nodes of an indented text below a node; returns their ids, top ones first as they come."""
    trail: list[str | None] = [under]
    ids = []
    for line in read(text):
        del trail[line.depth + 1 :]
        ids.append(nodes.add(edit, _kind_below(edit, trail[-1]), line.title, trail[-1]))
        trail.append(ids[-1])
    return ids


def write(reader: Reader, tops: list[str]) -> str:
    """The subtrees as text indented by tabs."""
    out = []
    for top in tops:
        base = tree.depth(reader, top)
        out += [
            "\t" * (tree.depth(reader, node.id) - base) + node.title for node in tree.preorder(reader, top)
        ]
    return "\n".join(out) + "\n"


def _kind_below(edit: Edit, parent: str | None) -> str:
    if parent is None:
        return nodes.FIRST_KIND if not edit.all(Node) else "outcome"
    return kind(edit.get(Node, parent).kind).usual_child


def _indent(raw: str) -> int:
    width = 0
    for character in raw:
        if character == "\t":
            width += _TAB - width % _TAB
        elif character in " \u00a0":
            width += 1
        else:
            break
    return width
