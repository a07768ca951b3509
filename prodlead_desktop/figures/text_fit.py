"""Breaks text into lines that fit, from word widths measured once, so that a card looks the same everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Measure = Callable[[str, float, int], float]  # (text, px, weight) -> width in px; linear in px

ELLIPSIS = "…"
_MEASURED_AT = 100.0
_MOST_KEPT = 60_000
_AFTER_HYPHEN = re.compile(r"(?<=[-‐–—/_])")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


class TextFit:
    """Widths and line breaks with a memory; `measure` is asked once per word and weight."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self._words: dict[tuple[str, int], float] = {}
        self._lines: dict[tuple[str, float, int, float, int], tuple[str, ...]] = {}

    def width(self, text: str, px: float, weight: int) -> float:
        """Width of `text` at size `px`."""
        key = (text, weight)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > _MOST_KEPT:
                self._words.clear()
            found = self._words[key] = self.measure(text, _MEASURED_AT, weight) / _MEASURED_AT
        return found * px

    def lines(self, text: str, px: float, weight: int, width: float, most: int) -> tuple[str, ...]:
        """`text` broken at spaces into at most `most` lines (≥ 1) of `width`; what is left over ends in ….

        A word too long for a line is broken after a hyphen or stroke, else anywhere. Empty text has no lines.
        """
        key = (text, px, weight, width, most)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) > _MOST_KEPT:
                self._lines.clear()
            found = self._lines[key] = self._broken(text, px, weight, width, most)
        return found

    def elided(self, text: str, px: float, weight: int, width: float) -> str:
        """`text`, cut at its end with … when it is wider than `width`."""
        if self.width(text, px, weight) <= width:
            return text
        count = self._fitting(text, px, weight, width - self.width(ELLIPSIS, px, weight))
        return text[:count].rstrip() + ELLIPSIS

    def _broken(self, text: str, px: float, weight: int, width: float, most: int) -> tuple[str, ...]:
        space = self.width(" ", px, weight)
        tokens = self._tokens(text, px, weight, width)
        lines: list[str] = []
        line, used = "", 0.0
        for number, (joint, piece, wide) in enumerate(tokens):
            needed = used + wide + (space if joint else 0.0)
            if line and needed <= width:
                line, used = line + joint + piece, needed
                continue
            if line and len(lines) == most - 1:
                rest = line + "".join([before + word for before, word, _ in tokens[number:]])
                return (*lines, self._cut(rest, px, weight, width))
            if line:
                lines.append(line)
            line, used = piece, wide
        return (*lines, line) if line else tuple(lines)

    def _tokens(self, text: str, px: float, weight: int, width: float) -> list[tuple[str, str, float]]:
        """What stands before each piece (a space or nothing), the piece, its width."""
        tokens: list[tuple[str, str, float]] = []
        for word in filter(None, text.split(" ")):
            wide = self.width(word, px, weight)
            if wide <= width:
                tokens.append((" ", word, wide))
            else:
                pieces = self._pieces(word, px, weight, width)
                tokens += [("" if i else " ", piece, part) for i, (piece, part) in enumerate(pieces)]
        return tokens

    def _cut(self, rest: str, px: float, weight: int, width: float) -> str:
        cut = self.elided(rest, px, weight, width)
        return cut if cut.endswith(ELLIPSIS) else cut + ELLIPSIS

    def _pieces(self, word: str, px: float, weight: int, width: float) -> list[tuple[str, float]]:
        """Parts of a word, each at most `width` wide: after its hyphens, else wherever it must break."""
        parts: list[tuple[str, float]] = []
        for part in _AFTER_HYPHEN.split(word):
            rest = part
            while rest:
                wide = self.width(rest, px, weight)
                if wide <= width:
                    parts.append((rest, wide))
                    break
                count = self._fitting(rest, px, weight, width) or _next_whole(rest)
                parts.append((rest[:count], self.width(rest[:count], px, weight)))
                rest = rest[count:]
        return parts

    def _fitting(self, text: str, px: float, weight: int, width: float) -> int:
        """How many characters from the start fit in `width`, without parting one from its marks."""
        used, count = 0.0, 0
        for char in text:
            used += self.width(char, px, weight)
            if used > width:
                break
            count += 1
        if not text.isascii():  # shaped scripts may be wider together than apart
            while count and self.measure(text[:count], px, weight) > width:
                count -= 1
        return _whole(text, count)


def _whole(text: str, end: int) -> int:
    """The greatest place ≤ `end` where `text` may be cut without parting a character from its marks."""
    while 0 < end < len(text) and (_clings(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end


def _next_whole(text: str) -> int:
    end = 1
    while end < len(text) and (_clings(text[end]) or text[end - 1] == "\u200d"):
        end += 1
    return end


def _clings(char: str) -> bool:
    return (
        char in _JOINERS
        or unicodedata.combining(char) != 0
        or unicodedata.category(char) in ("Mn", "Mc", "Me")
    )
