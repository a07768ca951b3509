"""The slides of a strategy: its saved views in order, or what the map shows when there are none."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import numerals, views
from prodlead_desktop.domain.entities import Node, SavedView, Scenario
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.views import Look
from prodlead_desktop.figures import card_text
from prodlead_desktop.figures.lens import lenses


@dataclass(frozen=True, slots=True)
class Slide:
    """One look at the map with the words around it."""

    title: str
    below: str  # the because of an outcome, else its numbers
    look: Look
    caption: str  # lens and scenario
    amount: str  # what shouts in the strip
    said: str  # what that amount is


def slides(strategy: Strategy, scenario: str | None, mirrored: Look) -> tuple[Slide, ...]:
    """Every saved view as a slide; without one, the map as the scribe sees it."""
    every = strategy.ordered(SavedView)
    if not every:
        return (_slide(strategy, scenario, _name(strategy, mirrored), mirrored),)
    return tuple(_slide(strategy, scenario, view.name, views.look_of(strategy, view.id)) for view in every)


def _name(strategy: Strategy, look: Look) -> str:
    root = strategy.find(Node, look.root)
    return (root.title if root is not None else "") or strategy.header.name or "Strategy"


def _slide(strategy: Strategy, scenario: str | None, title: str, look: Look) -> Slide:
    lens = lenses().get(look.lens) or lenses()["structure"]
    found = strategy.find(Scenario, scenario)
    caption = " · ".join([lens.title, *([found.name] if found is not None else [])])
    amount, said = _money(strategy, found, look.root)
    return Slide(title, _below(strategy, look.root), look, caption, amount, said)


def _below(strategy: Strategy, root: str | None) -> str:
    node = strategy.find(Node, root)
    if node is None:
        return ""
    if isinstance(node.data, OutcomeData) and node.data.because:
        return f"because {_lowered(node.data.because)}"
    return card_text.words(node, strategy.header).metric


def _lowered(sentence: str) -> str:
    """Without a capital in front, unless the word is all capitals, and without the full stop."""
    bare = sentence.strip().rstrip(".")
    keep = len(bare) > 1 and bare[1].isupper()
    return bare if keep else bare[:1].lower() + bare[1:]


def _money(strategy: Strategy, scenario: Scenario | None, root: str | None) -> tuple[str, str]:
    if scenario is None:
        return "", ""
    currency = strategy.header.currency
    totals = capital.totals(strategy, scenario.id)
    placed = card_text.money_text(totals.placed, bool(totals.unknown), currency)
    if root is None:
        of = (
            f"of {numerals.money_short(totals.budget, currency)} placed"
            if totals.budget is not None
            else "placed"
        )
        return placed, of
    here = capital.by_node(strategy, scenario.id).get(root)
    if here is None:
        return placed, "placed"
    return card_text.money_text(here.placed, here.unknown, currency), f"of {placed} arrives here"
