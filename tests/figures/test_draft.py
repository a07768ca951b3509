"""A draft has no fill: its words must be legible on the canvas for every kind, the filled ambition too."""

from __future__ import annotations

import pytest

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.strategy import empty
from prodlead_desktop.figures import map_picture
from prodlead_desktop.figures.map_picture import MapView
from prodlead_desktop.figures.paint_palette import Ink
from prodlead_desktop.figures.theme import DARK, LIGHT, Theme, contrast


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("kind", list(kinds()))
def test_words_of_a_draft_stand_out_from_the_canvas(theme: Theme, kind: str) -> None:
    edit = Edit(empty())
    node = nodes.add(edit, kind, "Draft")
    picture = map_picture.build(edit.result()[0], MapView(), lambda text, px, weight: len(text) * px / 2)
    style = Ink(theme).look(picture.cards[node])
    assert contrast(style.text, theme.canvas) >= 4.5
    assert contrast(style.text2, theme.canvas) >= 4.5
