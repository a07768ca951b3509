"""Text at the edge of the program: what is typed or read is made safe to store, show and compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ALIKE = 3  # sentences of a kind are told; of more, how many
_PARTICULARS = re.compile(r"“[^”]*”|\S*[0-9]\S*")
_CONTROL = dict.fromkeys(range(32), " ") | {127: " ", 9: " ", 10: " ", 11: " ", 12: " ", 13: " "}
_KEEP_BREAKS = {code: value for code, value in _CONTROL.items() if code not in (9, 10)}
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # embeddings, overrides, isolates
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(raw: str) -> str:
    """A title: one line, NFC, no control characters or lone surrogates, single spaces, trimmed."""
    return " ".join(_clean(raw).translate(_CONTROL).split())


def many_lines(raw: str) -> str:
    """A note: NFC, line breaks as LF, no other control characters or lone surrogates, trimmed at the end."""
    return _clean(raw).replace("\r\n", "\n").replace("\r", "\n").translate(_KEEP_BREAKS).rstrip()


def as_shown(words: str) -> str:
    """Text for lists, cards and sentences: signs that turn the reading direction of others by force have no effect.

    Letters of scripts that are read from right to left need none of them.
    """
    return words if words.isascii() else words.translate(_TURNS)


def briefly(sentences: Iterable[str], rest: str = "") -> list[str]:
    """Sentences that differ in names and numbers only one below the other: three of them, then how many more."""
    kinds: dict[str, list[str]] = {}
    for sentence in sentences:
        kinds.setdefault(_PARTICULARS.sub("…", sentence), []).append(sentence)
    told: list[str] = []
    for alike in kinds.values():
        told += alike[:ALIKE]
        if len(alike) > ALIKE:
            told.append(f"… and {len(alike) - ALIKE:,} more like it{rest}.")
    return told


def is_storable(value: str) -> bool:
    """Whether text may be on disk: no NUL, no lone surrogate."""
    return "\0" not in value and _SURROGATE.search(value) is None


def for_xml(value: str) -> str:
    """Text with a mark for each character that XML 1.0 cannot hold."""
    return _NOT_IN_XML.sub("�", value)


def _clean(raw: str) -> str:
    return unicodedata.normalize("NFC", _NO_CHARACTER.sub("�", raw).replace("\0", "�"))
