"""Finding a command or a title from a few typed letters, best match first."""

from __future__ import annotations


def score(query: str, words: str) -> float | None:
    """How well ``query`` fits: higher is better, None when a letter is missing. Case and order of words are free."""
    text, total = words.casefold(), 0.0
    for part in query.casefold().split():
        found = _part(part, text)
        if found is None:
            return None
        total += found
    return total - len(text) * 0.01


def _part(part: str, text: str) -> float | None:
    at = text.find(part)
    if at >= 0:
        starts_word = at == 0 or not text[at - 1].isalnum()
        return 10.0 + 5.0 * starts_word + 3.0 * (at == 0) + len(part)
    place, last, total = -1, -2, 0.0
    for letter in part:
        place = text.find(letter, place + 1)
        if place < 0:
            return None
        beside = place == last + 1
        starts_word = place == 0 or not text[place - 1].isalnum()
        total += 1.0 if beside or starts_word else 0.1
        last = place
    return total if total >= len(part) * 0.6 else None
