"""The plain map: what hangs below what, and what contributes across the tree."""

from __future__ import annotations

from prodlead_desktop.figures.cross_links import cross_links
from prodlead_desktop.figures.lens import Lens, Placed
from prodlead_desktop.figures.lines import DOTTED, Lines, tree_edges

REMARKS = (
    "assumption",
    "note",
)  # shapes whose line is dotted: they claim or remember, they do not contribute


def lines(placed: Placed) -> Lines:
    """Solid edges, dotted ones to assumptions and notes, and the cross-links."""
    dotted = {node: DOTTED for node, source in placed.sources.items() if source.node.kind in REMARKS}
    return Lines(tree_edges(placed, dotted), cross_links=cross_links(placed))


LENS = Lens("structure", "Structure", "network", 0, lines)
