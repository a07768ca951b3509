"""A card in words for those who do not see it: what it is called, what it holds, where it stands."""

from __future__ import annotations

from prodlead_desktop.domain.kind import kind
from prodlead_desktop.figures import card_text
from prodlead_desktop.figures.map_view import MapPicture

MARKS = {
    "err": "has an error",
    "warn": "has a warning",
    "slot": "nobody decides",
    "lock": "locked",
    "note": "has a note",
}


def name(picture: MapPicture, node: str) -> str:
    """Kind and whole title."""
    card = picture.cards[node]
    return f"{kind(card.kind).title}: {card.title or 'untitled'}"


def value(picture: MapPicture, node: str) -> str:
    """Metric, level, money, state and marks; what nobody knows is left out."""
    card, money = picture.cards[node], picture.money.get(node)
    currency = picture.strategy.header.currency
    amount = card_text.money_text(money.placed, money.unknown, currency) if money is not None else ""
    marks = [MARKS[mark] for mark in card.badges if mark in MARKS]
    state = "draft" if card.draft else "agreed"
    parts = (card.metric, card.prompt, card.level, amount, state, *marks)
    return ", ".join(part for part in parts if part)


def place(picture: MapPicture, node: str) -> str:
    """Level and place among its siblings, and what hangs below."""
    level, above = 1, picture.parents[node]
    siblings = picture.children[above]
    words = [f"{siblings.index(node) + 1} of {len(siblings)}"]
    while above is not None:
        level, above = level + 1, picture.parents[above]
    words.insert(0, f"level {level}")
    below, folded = len(picture.children.get(node, ())), picture.sources[node].folded
    if folded:
        words.append(f"{folded} folded away")
    elif below:
        words.append(f"{below} below")
    return ", ".join(words)
