"""Names of exported files: whatever a card is called, the file lies where it should and every system takes it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.exchange.file_names import MOST_BYTES, safe

DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


@given(st.text(), st.sampled_from([".pdf", ".prodlead", ""]))
def test_no_name_leaves_its_folder_or_upsets_a_system(words: str, ending: str) -> None:
    name = safe(words, ending)
    assert name.endswith(ending) and len(name.encode()) <= MOST_BYTES
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name)
    stem = name.removesuffix(ending)
    assert stem and stem[0] not in " .-~" and stem[-1] not in " ."
    assert stem.split(".")[0].upper() not in DEVICES
    assert safe(stem, ending) == name, "a safe name stays as it is"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Mid-market: grow", "Mid-market- grow.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("Größe → Łódź 東京", "Größe → Łódź 東京.pdf"),
        ("nul", "_nul.pdf"),
        ("Com1.old", "_Com1.old.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe.pdf"),
        ("a\tb\nc\0", "a b c�.pdf"),
        ("...", "Untitled.pdf"),
        ("", "Untitled.pdf"),
        ("東" * 100, "東" * 38 + ".pdf"),
    ],
)
def test_titles_that_people_and_attackers_type(words: str, name: str) -> None:
    assert safe(words, ".pdf") == name
