"""File names made of what people called things: safe on every system, whatever is in the title."""

from __future__ import annotations

import re
import unicodedata

from prodlead_desktop.domain.text import one_line

MOST_BYTES = 120
_SEPARATORS = re.compile(r'[/\\:*?"<>|]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_UNSEEN = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
)  # controls, bidi and zero-width signs, what has no meaning


def safe(words: str, ending: str = "") -> str:
    """A name for a file: no separators, controls or bidi signs, no device of Windows, at most 120 bytes in all.

    What is left of a name that had nothing else is "Untitled".
    """
    seen = "".join(letter for letter in one_line(words) if unicodedata.category(letter) not in _UNSEEN)
    name = _SEPARATORS.sub("-", " ".join(seen.split()))
    room = MOST_BYTES - len(ending.encode())
    name = name.encode()[:room].decode(errors="ignore").lstrip(" .-~").rstrip(" .")
    if _DEVICES.match(name):
        name = f"_{name}".encode()[:room].decode(errors="ignore").rstrip(" .")
    return (name or "Untitled") + ending
