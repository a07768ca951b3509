"""A page cut over sheets of paper: every point of it is on a sheet, neighbours share a strip, marks coincide."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from builders import many, sample
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for
from prodlead_desktop.exchange.page import PAPERS, POINTS_PER_MM
from prodlead_desktop.exchange.tiles import EDGE_PT, OVERLAP_PT, tiles_on

WALL = ExportOptions(scenario="sc-balanced", page="A1", tile="A4")
pytestmark = pytest.mark.usefixtures("qapp")
SIDE = st.floats(200, 9_000)


@given(SIDE, SIDE, st.sampled_from(["A4", "A3"]))
def test_every_point_is_on_a_sheet_and_neighbours_share_a_strip(
    width: float, height: float, paper: str
) -> None:
    try:
        tiles = tiles_on(paper, width, height)
    except BadInput as error:
        assert "sheets" in str(error)
        return
    assert {round(tiles.paper_width), round(tiles.paper_height)} == {
        round(side * POINTS_PER_MM) for side in PAPERS[paper]
    }
    parts = [tiles.part(number) for number in range(1, tiles.count + 1)]
    assert max(part.right() for part in parts) >= width - 1e-6
    assert max(part.bottom() for part in parts) >= height - 1e-6
    assert all(part.left() < width and part.top() < height for part in parts), "no sheet is blank"
    for number, part in enumerate(parts, 1):
        row, column = tiles.place(number)
        if column > 1:
            assert parts[number - 2].right() - part.left() == pytest.approx(OVERLAP_PT)
        if row > 1:
            assert parts[number - 1 - tiles.columns].bottom() - part.top() == pytest.approx(OVERLAP_PT)


def test_the_sheets_of_a_pdf_hold_the_whole_map_and_say_where_they_belong(tmp_path: Path) -> None:
    exporter_for(Path("wall.pdf")).write(sample(), tmp_path / "wall.pdf", WALL)
    pages = pypdf.PdfReader(tmp_path / "wall.pdf").pages
    size = sorted(round(float(side) / POINTS_PER_MM) for side in pages[0].mediabox[2:])
    assert size == [210, 297] and len(pages) > 8
    texts = [" ".join(page.extract_text().split()) for page in pages]
    for number, text in enumerate(texts, 1):
        assert re.search(rf"Sheet {number} of {len(pages)} · row \d+, column \d+", text)
    words = re.sub(r"\s", "", "".join(texts))
    for node in sample().all(Node).values():
        assert re.sub(r"\s", "", node.title) in words, node.title


def test_register_marks_coincide_on_neighbours(tmp_path: Path) -> None:
    """The same circles, in the page's own points, on the left and on the right sheet."""
    exporter_for(Path("wall.pdf")).write(sample(), tmp_path / "wall.pdf", WALL)
    tiles = tiles_on("A4", 841 * POINTS_PER_MM, 594 * POINTS_PER_MM)
    if len(pypdf.PdfReader(tmp_path / "wall.pdf").pages) != tiles.count:
        tiles = tiles_on("A4", 594 * POINTS_PER_MM, 841 * POINTS_PER_MM)
    from prodlead_desktop.exchange.tiles import _register_marks

    left, right = (set(map(_rounded, _register_marks(tiles, 1, column))) for column in (1, 2))
    assert len(left & right) == 2
    for x, y in left & right:
        assert EDGE_PT < x < tiles.width and 0 < y < tiles.height


def _rounded(point: object) -> tuple[float, float]:
    return round(point.x(), 3), round(point.y(), 3)  # type: ignore[attr-defined]


def test_a_map_longer_than_a_pdf_page_is_cut_too(tmp_path: Path) -> None:
    options = ExportOptions(lens="structure", page="auto", tile="A3")
    exporter_for(Path("wall.pdf")).write(many(1150), tmp_path / "wall.pdf", options)
    assert len(pypdf.PdfReader(tmp_path / "wall.pdf").pages) > 50


@pytest.mark.parametrize(
    ("options", "words"), [(replace(WALL, tile="A9"), "A9"), (replace(WALL, page="5000x5000"), "sheets")]
)
def test_what_cannot_be_cut_is_said(tmp_path: Path, options: ExportOptions, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        exporter_for(Path("wall.pdf")).write(sample(), tmp_path / "wall.pdf", options)
    assert not list(tmp_path.iterdir())
