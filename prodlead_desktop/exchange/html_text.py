"""HTML as plain text: lines where blocks end, dashes before list items, the targets of links in brackets."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li "
    "main nav ol p pre section table tr ul".split()
)
_HIDDEN = frozenset("head script style title template".split())
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAGS = re.compile(
    r"</?(?:html|body|p|br|b|i|u|s|em|strong|a|span|font|code|tt|div|ul|ol|li|h[1-6]|sub|sup|img|small|big|del|ins|"
    r"mark|time|blockquote|pre|table|tr|td)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


class HtmlText:
    """Takes elements and text as they come and gives plain text; whoever parses calls it."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._hidden = 0
        self._kept = 0  # depth of <pre>
        self._space = False
        self._links: list[tuple[str, int]] = []
        self.images: list[str] = []

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.lower()
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self._break()
        if tag == "pre":
            self._kept += 1
        elif tag == "br":
            self._out.append("\n")
            self._space = False
        elif tag == "li":
            self._out.append("- ")
        elif tag in ("td", "th") and self._out and not self._out[-1].endswith("\n"):
            self._out.append("\t")
            self._space = False
        elif tag == "a":
            self._links.append((attributes.get("href", ""), len(self._out)))
        elif tag == "img" and attributes.get("src"):
            self.images.append(attributes["src"])

    def close(self, tag: str) -> None:
        """An element ends."""
        tag = tag.lower()
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag == "pre":
            self._kept = max(0, self._kept - 1)
        if tag in _BLOCKS:
            self._break()
        elif tag == "a" and self._links:
            target, start = self._links.pop()
            words = "".join(self._out[start:]).strip()
            if target and target not in (words, f"mailto:{words}"):
                self._out.append(f" ({target})" if words else target)

    def text(self, words: str) -> None:
        """Characters between elements."""
        if self._hidden:
            return
        if self._kept:
            self._out.append(words)
            return
        tidy = _SPACES.sub(" ", words)
        if not tidy.strip(" "):
            self._space = self._space or bool(tidy)
            return
        line_begins = not self._out or self._out[-1].endswith(("\n", "\t", "- "))
        if (self._space or tidy.startswith(" ")) and not line_begins:
            self._out.append(" ")
        self._out.append(tidy.strip(" "))
        self._space = tidy.endswith(" ")

    def result(self) -> str:
        """The text, without empty lines at its ends and never two of them in a row."""
        lines = [line.rstrip(" \t") for line in "".join(self._out).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def _break(self) -> None:
        if self._out and not self._out[-1].endswith(("\n", "- ")):
            self._out.append("\n")
        self._space = False


class _Parser(HTMLParser):
    """Feeds a string of HTML to ``HtmlText``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.into = HtmlText()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.into.open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self.into.close(tag)

    def handle_data(self, data: str) -> None:
        self.into.text(data)


def has_tags(words: str) -> bool:
    """Whether a text is marked up in HTML, and not just one with a < in it."""
    return "<" in words and _TAGS.search(words) is not None


def plain(html: str) -> tuple[str, list[str]]:
    """The text of a string of HTML, and the addresses of its pictures."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.into.result(), parser.into.images
