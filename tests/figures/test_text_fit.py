"""Titles break where people would break them, never leave their card and never lose a letter silently."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.figures.text_fit import ELLIPSIS, TextFit


def measure(text: str, px: float, weight: int) -> float:
    """Every character half as wide as it is high; combining marks take no room."""
    return sum(0.0 if 0x300 <= ord(char) < 0x370 else 0.5 for char in text) * px


def lines(text: str, characters: int, most: int = 2) -> tuple[str, ...]:
    """`text` on lines of so many characters."""
    return TextFit(measure).lines(text, 10, 600, characters * 5, most)


def test_breaks_at_spaces() -> None:
    assert lines("new teams build a habit", 10, 9) == ("new teams", "build a", "habit")


def test_whole_words_move_before_hyphens_break() -> None:
    assert lines("Reduce time-to-first-insight", 21) == ("Reduce", "time-to-first-insight")
    assert lines("Reduce time-to-first-insight", 16) == ("Reduce time-to-", "first-insight")


def test_what_is_left_over_ends_in_an_ellipsis() -> None:
    assert lines("one two three four five", 9) == ("one two", f"three fo{ELLIPSIS}")
    assert lines("one two", 7, 1) == ("one two",)


def test_a_word_without_hyphens_breaks_anywhere() -> None:
    assert lines("abcdefghij", 4, 9) == ("abcd", "efgh", "ij")
    assert lines("abcdefghij", 4, 2) == ("abcd", f"efg{ELLIPSIS}")


def test_marks_stay_with_their_letter() -> None:
    for line in lines("e\u0301" * 9, 4, 9):
        assert not line.startswith("\u0301")


def test_empty_text_has_no_lines() -> None:
    assert lines("", 4) == ()


@given(
    st.text(st.characters(exclude_categories=("Cs", "Zl", "Zp", "Cc")), max_size=60),
    st.integers(3, 20),
    st.integers(1, 4),
)
def test_lines_fit_and_nothing_is_lost(raw: str, characters: int, most: int) -> None:
    text = " ".join(raw.split())
    found = lines(text, characters, most)
    assert len(found) <= most
    assert all(measure(line, 10, 600) <= characters * 5 + 1e-9 for line in found)
    whole = "".join(found).replace(" ", "")
    plain = text.replace(" ", "")
    if whole != plain:
        assert whole.endswith(ELLIPSIS) and plain.startswith(whole.removesuffix(ELLIPSIS))
        assert len(found) == most


@given(st.text("abc def-é漢", max_size=40), st.integers(0, 30))
def test_cut_text_fits(text: str, characters: int) -> None:
    cut = TextFit(measure).elided(text, 10, 400, characters * 5)
    assert cut == text or (cut.endswith(ELLIPSIS) and text.startswith(cut[:-1].rstrip()))
    assert measure(cut, 10, 400) <= max(characters * 5, measure(ELLIPSIS, 10, 400))
