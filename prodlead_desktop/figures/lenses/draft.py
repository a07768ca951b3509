"""What is agreed and what is still open, so that the room sees where to go on."""

from __future__ import annotations

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Dress
from prodlead_desktop.figures.cross_links import cross_links
from prodlead_desktop.figures.lens import Key, Lens, Placed
from prodlead_desktop.figures.lines import DASHED, SOLID, Lines, parents_of, tree_fans

_OPEN = Dress(ground="open", badge="draft")
_AGREED = Dress(badge="agreed")


def dress(strategy: Strategy, node: Node) -> Dress:
    """A ground that asks for attention while it is a draft, a check when it is agreed."""
    return _OPEN if node.state == "draft" else _AGREED


def lines(placed: Placed) -> Lines:
    """Solid between what is agreed at both ends, dashed where one end is a draft."""
    sources, parents = placed.sources, placed.parents

    def style(child: str) -> str:
        ends = (child, parents[child])
        return DASHED if any(end and sources[end].node.state == "draft" for end in ends) else SOLID

    return Lines(tree_fans(placed, style), parents_of(placed), cross_links(placed))


def keys(placed: Placed) -> tuple[Key, ...]:
    """How many cards are agreed and how many are not."""
    every = [source.node.state for source in placed.sources.values()]
    drafts = every.count("draft")
    agreed = Key(f"Agreed {len(every) - drafts}", badge="agreed")
    return (agreed, Key(f"Draft {drafts}", ground="open", badge="draft", draft=True))


LENS = Lens(
    "draft",
    "Draft / agreed",
    "pencil",
    6,
    lines,
    line_shows=lambda node: node.state,
    dress=dress,
    keys=keys,
)
