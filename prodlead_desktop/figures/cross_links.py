"""Contributions beside the tree's own lines: links between outcomes and effects on outcomes elsewhere."""

from __future__ import annotations

from prodlead_desktop.analysis.stated import percentiles_of
from prodlead_desktop.domain import numerals, tree
from prodlead_desktop.domain.entities import Effect, Link, Node
from prodlead_desktop.figures.lens import Placed
from prodlead_desktop.figures.lines import CrossLink


def cross_links(placed: Placed) -> tuple[CrossLink, ...]:
    """The links whose two ends are both on the map, in the order of their ids."""
    found = [
        (link.id, CrossLink(link.source, link.target, _times(link.contribution)))
        for link in placed.strategy.all(Link).values()
        if link.source in placed.boxes and link.target in placed.boxes
    ]
    for effect in placed.strategy.all(Effect).values():
        if effect.initiative in placed.boxes and effect.outcome in placed.boxes:
            above = tree.outcome_above(placed.strategy, effect.initiative)
            if above is None or above.id != effect.outcome:
                text = _improvement(placed, effect)
                found.append((effect.id, CrossLink(effect.initiative, effect.outcome, text)))
    return tuple(link for _, link in sorted(found))


def _times(contribution: float | None) -> str:
    return "?" if contribution is None else f"× {numerals.number(contribution, 3)}"


def _improvement(placed: Placed, effect: Effect) -> str:
    """The P50 with the outcome's unit; improvement is positive whatever the direction."""
    middle = percentiles_of(effect)[1]
    if middle is None:
        return "?"
    data = placed.strategy.get(Node, effect.outcome).data
    unit = getattr(data, "unit", None) or ""
    unit = "pts" if unit.startswith("%") else unit
    sign = "+" if middle > 0 else ""
    return f"{sign}{numerals.number(middle, 3)} {unit}".rstrip()
