"""Indented text, bullets and Markdown as an outline: how people carry trees between programs."""

from __future__ import annotations

from collections.abc import Callable

from prodlead_desktop.domain.bullets import BULLET, HEADING, TICK, plain, unescaped
from prodlead_desktop.domain.outline import Gathering, Growing, NoTitles, Outline

_TAB = 4
_STEP_EVERY = 2_000  # lines between two words to whoever waits
_FENCES = ("```", "~~~")
_UNDER_HEADING = -100  # headings stand left of every list below them
DONE = "done"


def read(
    text: str, markdown: bool | None = None, step: Callable[[float], None] = lambda share: None
) -> Outline:
    """The titles of an indented text, bullets taken off, depths without jumps; blank lines do not count.

    In Markdown only headings and list items are nodes; what is written below them is their note. None: Markdown
    when there are headings and something below them. BadInput when there is no title or a branch is too deep.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if markdown is None:
        markdown = _is_markdown(lines)
    reading = _Reading(markdown)
    for number, raw in enumerate(lines, 1):
        if number % _STEP_EVERY == 0:
            step(number / len(lines))
        reading.take(number, raw)
    reading.end()
    if not reading.gathering.nodes:
        raise NoTitles("There is no text to take.", "Copy an indented list first.")
    return reading.gathering.outline()


def _is_markdown(lines: list[str]) -> bool:
    """Whether headings carry the text: two of them, or one above a list."""
    headings = sum(1 for line in lines if HEADING.match(line))
    return headings > 1 or (headings == 1 and any(BULLET.match(line.lstrip()) for line in lines))


class _Reading:
    """Reads line after line, and knows where in the tree it is."""

    def __init__(self, markdown: bool) -> None:
        self.gathering = Gathering()
        self._markdown = markdown
        self._indents: list[int] = []
        self._fence = ""
        self._front = False
        self._comment = False
        self._text: list[str] = []  # lines below the last title
        self._text_from = 0

    def take(self, number: int, raw: str) -> None:
        """Read one line."""
        stripped = raw.strip().removeprefix("\ufeff")
        if self._markdown and self._aside(number, raw, stripped):
            return
        if not stripped:
            if self._text:
                self._text.append("")
            return
        kept = unescaped(stripped)
        heading = HEADING.match(stripped) if kept is None else None
        bullet = BULLET.match(stripped) if kept is None else None
        if kept is not None:
            self._add(number, _indent(raw), kept)
        elif heading:
            self._add(number, _UNDER_HEADING + len(heading[1]), stripped[heading.end() :].rstrip("# "), True)
        elif bullet:
            self._add(number, _indent(raw), stripped[bullet.end() :], True)
        elif self._markdown:
            self._below(number, raw.rstrip())
        else:
            self._add(number, _indent(raw), stripped)

    def end(self) -> None:
        """Nothing more comes."""
        self._close_text()

    def _aside(self, number: int, raw: str, stripped: str) -> bool:
        """Whether a line of Markdown is code, a comment, a rule or the block of facts before the text."""
        if number == 1 and stripped == "---":
            self._front = True
            self.gathering.tally.lost("block of facts before the text", "blocks of facts before the text", 1)
        elif self._front:
            self._front = stripped not in ("---", "...")
            if stripped.startswith("title:"):
                self.gathering.name = stripped.removeprefix("title:").strip().strip("\"'")
        elif self._fence:
            self._text.append(raw.rstrip())
            self._fence = "" if stripped == self._fence else self._fence
        elif stripped.startswith(_FENCES):
            self._fence = stripped[:3]
            self._below(number, raw.rstrip())
        elif self._comment or stripped.startswith("<!--"):
            if not self._comment:
                self.gathering.tally.lost("comment", "comments", number)
            self._comment = "-->" not in stripped
        elif stripped and not stripped.strip("=") and self._text and len(self._text) == 1:
            self._underlined(1)
        elif len(stripped) > 2 and not stripped.strip("-") and len(self._text) == 1:
            self._underlined(2)
        else:
            return (
                len(stripped) > 2
                and not stripped.replace(" ", "").strip(stripped[0])
                and stripped[0] in "-*_"
            )
        return True

    def _underlined(self, level: int) -> None:
        title, number = self._text.pop().strip(), self._text_from
        self._add(number, _UNDER_HEADING + level, title, True)

    def _below(self, number: int, raw: str) -> None:
        if not self._text:
            self._text_from = number
        self._text.append(raw)

    def _close_text(self) -> None:
        """Give the lines below a title to it; what comes before all titles becomes titles itself."""
        lines, self._text = self._text, []
        text = "\n".join(_dedented(lines)).strip()
        if not text:
            return
        if self.gathering.nodes:
            self.gathering.nodes[-1].notes.append(text)
            return
        for paragraph in text.split("\n\n"):
            self._node(self._text_from, 0, paragraph)

    def _add(self, number: int, indent: int, words: str, marked: bool = False) -> None:
        self._close_text()
        tick = TICK.match(words) if marked else None
        if tick:
            words = words[tick.end() :]
        links: list[str] = []
        if marked:
            words, links = plain(words)
        if not words.strip():
            return
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        node = self._node(number, len(self._indents) - 1, words)
        node.notes += links
        if tick and tick[1] != " ":
            node.tags.append(DONE)

    def _node(self, number: int, depth: int, words: str) -> Growing:
        return self.gathering.add(depth, words, number)


def _dedented(lines: list[str]) -> list[str]:
    """Lines without the indent that all of them have."""
    least = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[least:] for line in lines]


def _indent(raw: str) -> int:
    width = 0
    for character in raw:
        if character == "\t":
            width += _TAB - width % _TAB
        elif character in " \u00a0\ufeff":
            width += character != "\ufeff"
        else:
            break
    return width
