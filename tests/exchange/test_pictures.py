"""The map as SVG and PNG and on pages of any size, read back by others."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from builders import many, sample, small
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

BALANCED = ExportOptions(scenario="sc-balanced")


def export(strategy: Strategy, path: Path, options: ExportOptions = BALANCED) -> Path:
    return exporter_for(path).write(strategy, path, options).path


def test_an_svg_holds_every_title_as_text_and_its_own_type(tmp_path: Path) -> None:
    made = export(sample(), tmp_path / "map.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(made)
    words = " ".join(" ".join(root.itertext()).split())
    for node in sample().all(Node).values():
        assert all(word in words for word in node.title.split()), node.title
    for weight in ("400", "500", "600", "700"):
        assert re.search(rf"font-weight:{weight};src:url\(data:font/woff;base64,[\w+/=]+\)", made)
    assert "clip-path" in made, "the hatch of an outcome without money stays inside its card"
    assert QSvgRenderer(str(tmp_path / "map.svg")).isValid()


def test_a_title_no_xml_can_hold_still_makes_a_map(tmp_path: Path) -> None:
    edit = Edit(small())
    edit.put(replace(edit.get(Node, "o1"), title="Fast\ufffe er\uffff"))  # as an older file may hold it
    made = ElementTree.parse(export(edit.result()[0], tmp_path / "map.svg", ExportOptions()))
    assert "Fast� er�" in re.sub(r"\s+", " ", " ".join(made.getroot().itertext()))


def test_an_svg_is_one_page_however_long(tmp_path: Path) -> None:
    export(many(2000), tmp_path / "map.svg", ExportOptions(lens="structure"))
    assert QSvgRenderer(str(tmp_path / "map.svg")).defaultSize().height() > 14_400


def test_a_png_is_as_wide_as_asked_and_shows_the_map(tmp_path: Path) -> None:
    image = QImage(str(export(sample(), tmp_path / "map.png", replace(BALANCED, width=1200))))
    assert image.width() == 1200 and image.text("Title") == "Tidemark 2027: strategy map"
    colours = {image.pixel(x, y) for x in range(0, 1200, 5) for y in range(0, image.height(), 5)}
    assert len(colours) > 50
    usual = QImage(str(export(sample(), tmp_path / "usual.png")))
    assert 2000 < usual.width() <= 8000


@pytest.mark.parametrize(
    ("width", "words"), [(50, "cannot be read"), (90_000, "too big"), (-5, "cannot be read")]
)
def test_a_png_nobody_could_use_is_refused(tmp_path: Path, width: int, words: str) -> None:
    old = tmp_path / "map.png"
    old.write_bytes(b"old")
    with pytest.raises(BadInput, match=words):
        export(small(), old, ExportOptions(width=width))
    assert old.read_bytes() == b"old" and [path.name for path in tmp_path.iterdir()] == ["map.png"]


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_an_empty_map_and_an_unknown_branch_are_refused(tmp_path: Path, ending: str) -> None:
    with pytest.raises(BadInput, match="nothing on the map"):
        export(empty(), tmp_path / f"map{ending}", ExportOptions())
    with pytest.raises(BadInput, match="no card"):
        export(small(), tmp_path / f"map{ending}", ExportOptions(branch="nobody"))
    assert not list(tmp_path.iterdir())


def test_a_branch_is_smaller_than_the_whole(tmp_path: Path) -> None:
    whole = QSvgRenderer(str(export(sample(), tmp_path / "whole.svg"))).defaultSize()
    options = ExportOptions(scenario="sc-balanced", branch="o-midmarket")
    made = export(sample(), tmp_path / "part.svg", options)
    assert QSvgRenderer(str(made)).defaultSize().height() < whole.height()
    assert "Guided" not in made.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "size"), [("420x297", (420, 297)), ("500 × 700 mm", (500, 700)), ("A2", (420, 594))]
)
def test_a_page_has_the_size_that_was_asked_for(tmp_path: Path, page: str, size: tuple[int, int]) -> None:
    made = export(sample(), tmp_path / "map.pdf", replace(BALANCED, page=page))
    box = pypdf.PdfReader(made).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == size


@pytest.mark.parametrize("page", ["9x9", "A7", "420", "50x300", "9000x9000", ""])
def test_a_page_that_cannot_be_is_refused_in_words(tmp_path: Path, page: str) -> None:
    with pytest.raises(BadInput, match="page"):
        export(small(), tmp_path / "map.pdf", ExportOptions(page=page))
