"""How keys are written for people."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence


def key_words(key: str) -> str:
    """A key as people write it: "Ctrl Shift O"."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
    parts = [part or "+" for part in text.replace("++", "+\0").split("+")]
    named = {"\0": "+", "PgDown": "PgDn", "Del": "Delete", "Return": "Enter", "-": "−"}
    return " ".join(named.get(part, part) for part in parts)
