"""What stands before a title in lists that people write (bullets, numbers, headings), and the Markdown inside it."""

from __future__ import annotations

import re

BULLET = re.compile(r"(?:[-*+•◦▪‣–—]|\d{1,3}[.)])\s+")
HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
TICK = re.compile(r"\[([ xX])\]\s+")
_LEADING = re.compile(rf"(?:{BULLET.pattern}|{HEADING.pattern})")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)?)>?(?:\s+\"[^\"]*\")?\s*\)")
_AUTO = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_MARKUP = tuple(
    re.compile(
        rf"(?<![\w{sign[0]}\\]){re.escape(sign)}(?=\S)(.+?)(?<=[^\s\\]){re.escape(sign)}(?![\w{sign[0]}])"
    )
    for sign in ("**", "__", "~~", "`", "*", "_")
)
_BACKSLASH = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|<])")


def escaped(title: str) -> str:
    """A title with a backslash before what a reader of lists would take for a bullet."""
    if _LEADING.match(title.lstrip("\\")):
        return f"\\{title}"
    return title


def unescaped(text: str) -> str | None:
    """The title of a line whose bullet was escaped; None when it is not such a line."""
    if text.startswith("\\") and _LEADING.match(text.lstrip("\\")):
        return text[1:]
    return None


def plain(text: str) -> tuple[str, list[str]]:
    """A line of Markdown without its signs, and what its links point to."""
    found: list[str] = []

    def link(match: re.Match[str]) -> str:
        words, target = match[1].strip(), match[2]
        if words != target:
            found.append(f"{words}: {target}" if words else target)
        return words or target

    text = _AUTO.sub(lambda match: match[1], _LINK.sub(link, text))
    for markup in _MARKUP:
        text = markup.sub(lambda match: match[1], text)
    return _BACKSLASH.sub(lambda match: match[1], text), found
