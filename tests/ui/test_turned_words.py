"""Signs that turn the reading direction round by force turn nothing round on the screen (reliability.md C6)."""

from __future__ import annotations

import pytest
from inspecting import Reader
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from prodlead_desktop.domain import nodes
from prodlead_desktop.figures.map_picture import build
from prodlead_desktop.figures.map_view import MapView
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.style.labels import Label


@pytest.fixture
def reader(window: MainWindow) -> Reader:
    return Reader(window)


def test_a_title_with_signs_that_turn_words_round_looks_like_one_without(reader: Reader) -> None:
    """In the inspector, the outline, a field of names, a label and on the map; what is stored stays as it is."""
    outline = reader.window.body.outline  # type: ignore[union-attr]
    reader.open("o1")

    def looks(title: str) -> list[QImage]:
        with reader.session.edit("Title") as edit:
            nodes.set_value(edit, "o1", "title", title)
        reader.open("i1", "bet")
        seen: list[QWidget] = [reader.line("Outcome it moves"), outline, Label(f"Moved “{title}” up.")]
        pictures = [widget.grab().toImage() for widget in seen]
        reader.open("o1")
        return [*pictures, reader.text("Title").grab().toImage()]

    turned, plain = (
        looks("Live \u202eoverride\u202c of \u2067all\u2069"),
        looks("Live \u202doverride\u202c of \u2066all\u2069"),
    )
    assert [one == other for one, other in zip(turned, plain, strict=True)] == [True] * 4
    reader.undo()
    assert reader.node("o1").title == "Live \u202eoverride\u202c of \u2067all\u2069", (
        "it is stored as it came"
    )
    picture = build(reader.strategy, MapView(), lambda text, px, weight: px * len(text) / 2)
    card = picture.cards["o1"]
    for lines in (card.lines, card.compact_lines, card.block_lines):
        assert " ".join(lines) == "Live override of all"
