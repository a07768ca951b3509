"""The plain map: what hangs below what, and what contributes across the tree."""

from __future__ import annotations

from prodlead_desktop.figures.cross_links import cross_links
from prodlead_desktop.figures.lens import Lens, Placed
from prodlead_desktop.figures.lines import DOTTED, SOLID, Lines, parents_of, tree_fans

REMARKS = (
    "assumption",
    "note",
)  # shapes whose line is dotted: they claim or remember, they do not contribute


def lines(placed: Placed) -> Lines:
    """Solid edges, dotted ones to assumptions and notes, and the cross-links."""
    sources = placed.sources

    def style(child: str) -> str:
        return DOTTED if sources[child].node.kind in REMARKS else SOLID

    return Lines(tree_fans(placed, style), parents_of(placed), cross_links(placed))


LENS = Lens("structure", "Structure", "network", 0, lines)
