"""The map as a PDF, read back by an independent reader: words, fonts, paper, one page, nothing but vectors."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from builders import many, sample, small
from figures.tidemark import Tidemark, tidemark

from prodlead_desktop.domain import nodes, views
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, SavedView
from prodlead_desktop.domain.search import Filter
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.domain.views import Look
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import ExportOptions, ExportResult, exporter_for
from prodlead_desktop.exchange.exporters.pdf import EXPORTER
from prodlead_desktop.exchange.page import LEAST_TEXT_PT, LONGEST_PT, POINTS_PER_MM, sheet_for
from prodlead_desktop.layout.box import Box

BALANCED = ExportOptions(scenario="sc-balanced", checkpoint="Before lunch, day 2")


@pytest.fixture(scope="module")
def offsite() -> Tidemark:
    return tidemark()


def export(
    strategy: Strategy, path: Path, options: ExportOptions = BALANCED
) -> tuple[ExportResult, pypdf.PdfReader]:
    result = EXPORTER.write(strategy, path, options)
    return result, pypdf.PdfReader(path)


def text_of(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def plain(text: str) -> str:
    """White space aside."""
    return re.sub(r"\s", "", text)


def titled(title: str) -> Strategy:
    edit = Edit(empty())
    nodes.add(edit, "outcome", title)
    return edit.result()[0]


def resources(reader: pypdf.PdfReader, name: str) -> Iterator[Any]:
    for page in reader.pages:
        found = page["/Resources"].get(name)  # type: ignore[union-attr]
        yield from (item.get_object() for item in (found.get_object().values() if found else ()))


def test_every_title_and_number_can_be_found(qapp: object, tmp_path: Path) -> None:
    strategy = sample()
    _, reader = export(strategy, tmp_path / "map.pdf")
    text = text_of(reader)
    for node in strategy.all(Node).values():
        assert plain(node.title) in plain(text), node.title
    for words in ("40 → 3 min · Q3", "€1.54\u00a0M", "Größe", "Łódź", "office", "first"):
        assert words in text, words
    assert not re.search("[\t\ue000-\uf8ff\ufb00-\ufb06]", text)


def test_the_foot_says_what_it_is(qapp: object, tmp_path: Path) -> None:
    _, reader = export(sample(), tmp_path / "map.pdf")
    text = text_of(reader)
    for words in (
        "Tidemark 2027: strategy map",
        "Balanced, capital",
        "€3.64\u00a0M of €4.00\u00a0M",
        "Before lunch, day 2",
        "1 of 1",
        "Orphan capital €290\u00a0k, 8\u00a0% of the money placed",
        "Website rebrand €150\u00a0k",
        "Ribbon width is money:",
        "Opportunity",
        "Adjacent",
        "no money",
    ):
        assert words in text, words
    assert "P10–P90" in text


def test_the_legend_names_only_what_is_shown(qapp: object, tmp_path: Path) -> None:
    text = text_of(export(titled("One outcome"), tmp_path / "map.pdf", ExportOptions(lens="structure"))[1])
    assert "Outcome" in text and "no scenario" in text
    for words in ("Ambition", "Ribbon", "Core", "no money", "Orphan"):
        assert words not in text


def test_fonts_are_embedded_and_nothing_is_a_picture(qapp: object, tmp_path: Path) -> None:
    _, reader = export(sample(), tmp_path / "map.pdf")
    fonts = list(resources(reader, "/Font"))
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()
        assert "ProdleadSans" in font["/BaseFont"] and "/ToUnicode" in font
        assert "/FontFile2" in below["/FontDescriptor"].get_object()
    assert [item for item in resources(reader, "/XObject") if item.get("/Subtype") == "/Image"] == []


def test_document_information(qapp: object, tmp_path: Path) -> None:
    _, reader = export(sample(), tmp_path / "map.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "Tidemark 2027: strategy map"
    assert reader.metadata.creator == "Prodlead Desktop"


def test_auto_takes_the_smallest_paper_that_can_be_read(
    qapp: object, offsite: Tidemark, tmp_path: Path
) -> None:
    result, reader = export(offsite.strategy, tmp_path / "map.pdf", ExportOptions(scenario=offsite.scenario))
    assert result.remarks == () and len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(
        (420 * POINTS_PER_MM, 297 * POINTS_PER_MM), abs=1
    )
    assert "A3 · 88\u00a0%" in text_of(reader)


def test_a_paper_that_is_asked_for_is_used_and_small_text_is_told(
    qapp: object, offsite: Tidemark, tmp_path: Path
) -> None:
    options = ExportOptions(page="A4", scenario=offsite.scenario)
    result, reader = export(offsite.strategy, tmp_path / "map.pdf", options)
    assert sorted(map(float, reader.pages[0].mediabox[2:])) == pytest.approx([595, 842], abs=1)
    assert len(result.remarks) == 1 and "A4 is 5.3\u00a0pt" in result.remarks[0]


def test_a_branch_alone(qapp: object, tmp_path: Path) -> None:
    options = ExportOptions(scenario="sc-balanced", branch="o-midmarket", lens="structure")
    text = text_of(export(sample(), tmp_path / "map.pdf", options)[1])
    assert "Seats grow without a call" in text and "Lineage view" not in text


def test_a_long_title_is_there_in_full(qapp: object, tmp_path: Path) -> None:
    title = "A claim so long that no card on the screen would show all of it, but paper has no tooltip to tell the rest"
    result, reader = export(titled(title), tmp_path / "map.pdf", ExportOptions())
    assert plain(title) in plain(text_of(reader)) and result.remarks == ()
    endless = titled("word " * 300)
    assert "cut" in export(endless, tmp_path / "map.pdf", ExportOptions())[0].remarks[0]


def test_characters_without_a_shape_are_told(qapp: object, tmp_path: Path) -> None:
    result, _ = export(
        titled("Before \U0001f9ff and \U00010ffd after"), tmp_path / "map.pdf", ExportOptions()
    )
    assert any("\U00010ffd" in remark and "boxes" in remark for remark in result.remarks)
    assert export(titled("Größe → Łódź"), tmp_path / "map.pdf", ExportOptions())[0].remarks == ()


def test_a_map_longer_than_a_page_goes_on_several(qapp: object, tmp_path: Path) -> None:
    strategy = many(1150)
    result, reader = export(strategy, tmp_path / "map.pdf", ExportOptions(scenario="sc1"))
    assert len(reader.pages) > 1
    texts = [page.extract_text() for page in reader.pages]
    for number, (page, text) in enumerate(zip(reader.pages, texts, strict=True), 1):
        assert max(map(float, page.mediabox[2:])) <= LONGEST_PT
        assert f"{number} of {len(texts)}" in text
    whole, boxes = plain("\n".join(texts)), "".join(result.remarks)  # a machine may lack a font for 東京
    drawn = [
        node.title for node in strategy.all(Node).values() if "東" not in node.title or "東" not in boxes
    ]
    assert len(drawn) > 900 and [title for title in drawn if plain(title) not in whole] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (ExportOptions(page="A9"), "A9"),
        (ExportOptions(lens="magic"), "magic"),
        (ExportOptions(scenario="gone"), "gone"),
        (ExportOptions(branch="gone"), "gone"),
    ],
)
def test_what_is_not_there_is_said(qapp: object, tmp_path: Path, options: ExportOptions, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        EXPORTER.write(small(), tmp_path / "map.pdf", options)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_map_is_refused(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing on the map"):
        EXPORTER.write(empty(), tmp_path / "map.pdf", ExportOptions())


def test_a_failed_export_leaves_the_old_file(qapp: object, tmp_path: Path) -> None:
    old = tmp_path / "map.pdf"
    old.write_bytes(b"old")
    with pytest.raises(BadInput):
        EXPORTER.write(small(), old, ExportOptions(page="A9"))
    assert old.read_bytes() == b"old"
    folder = tmp_path / "taken.pdf"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(BadInput, match="cannot be written"):
        EXPORTER.write(small(), folder, ExportOptions())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.pdf", "taken.pdf"]


def test_it_is_the_exporter_for_pdf() -> None:
    assert exporter_for(Path("x.PDF")) is EXPORTER


def test_without_an_application_or_a_screen(tmp_path: Path) -> None:
    """A process that has nothing but the library can export."""
    script = (
        "import sys; from pathlib import Path; from prodlead_desktop import samples\n"
        "from prodlead_desktop.exchange.exporters.pdf import EXPORTER\n"
        "from prodlead_desktop.exchange.exporter import ExportOptions\n"
        "EXPORTER.write(samples.load(), Path(sys.argv[1]), ExportOptions(scenario='sc-balanced', lens='draft'))\n"
        "assert 'PySide6.QtWidgets' not in sys.modules and 'numpy' not in sys.modules\n"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    target = tmp_path / "map.pdf"
    done = subprocess.run(
        [sys.executable, "-c", script, str(target)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Lineage view" in text_of(pypdf.PdfReader(target))


@pytest.mark.external
def test_pdftotext_finds_every_title(qapp: object, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is not installed"
    path = tmp_path / "map.pdf"
    EXPORTER.write(sample(), path, BALANCED)
    text = subprocess.run([program, str(path), "-"], capture_output=True, text=True, check=True).stdout
    for node in sample().all(Node).values():
        assert plain(node.title) in plain(text), node.title


# ------------------------------------------------------------------ the sheet


def test_a_sheet_is_upright_for_a_high_map_and_across_for_a_wide_one() -> None:
    high, wide = sheet_for("A3", Box(0, 0, 500, 2000)), sheet_for("A3", Box(0, 0, 2000, 500))
    assert high.height > high.width and wide.width > wide.height


def test_small_maps_are_not_blown_up() -> None:
    assert sheet_for("auto", Box(0, 0, 240, 60)).percent == 100
    assert sheet_for("auto", Box(0, 0, 240, 60)).name == "A4"


@pytest.mark.parametrize("size", [(900.0, 400.0), (1200.0, 3000.0), (5000.0, 2500.0), (3000.0, 90_000.0)])
def test_text_can_be_read_on_every_automatic_sheet(size: tuple[float, float]) -> None:
    sheet = sheet_for("auto", Box(-10, 5, *size))
    assert sheet.text_pt >= LEAST_TEXT_PT - 1e-9


def test_windows_cover_the_map_and_overlap_by_a_card() -> None:
    bounds = Box(100, -50, 60_000, 95_000)
    windows = sheet_for("auto", bounds).windows
    assert min(w.x for w in windows) == bounds.x and min(w.y for w in windows) == bounds.y
    assert max(w.right for w in windows) == pytest.approx(bounds.right)
    assert max(w.bottom for w in windows) == pytest.approx(bounds.bottom)
    for before, after in itertools.pairwise(windows):
        if after.y == before.y:
            assert before.right - after.x == pytest.approx(260)
        else:
            assert before.bottom - after.y == pytest.approx(180)


def test_a_map_scattered_over_miles_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="pages"):
        sheet_for("auto", Box(0, 0, 1e15, 1e15))
    assert sheet_for("A4", Box(0, 0, 1e15, 1e15)).percent == 0


def test_saved_views_are_pages_of_their_own(qapp: object, tmp_path: Path) -> None:
    edit = Edit(sample())
    trust = views.save(edit, "Trust, in confidence", Look("o-trust", frozenset({"o-metric"}), "confidence"))
    drafts = views.save(edit, "Drafts", Look(filter=Filter(states=("draft",), hides=True).text))
    strategy, _ = edit.result()
    every = tuple(view.id for view in strategy.ordered(SavedView))
    assert every[-2:] == (trust, drafts) and len(every) == 3
    options = ExportOptions(scenario="sc-balanced", views=every)
    _, reader = export(strategy, tmp_path / "views.pdf", options)
    first, second, third = (plain(page.extract_text()) for page in reader.pages)
    assert plain("First insight in 3 minutes, not 40") in first and plain("1 of 3") in first
    assert plain("Trust, in confidence") in second and plain("2 of 3") in second
    assert plain("Value report") in third and plain("Guided first dashboard") not in third, (
        "what it looks for"
    )
    assert plain("Streaming ingestion") in second and plain("Metric catalogue") not in second, "it is folded"
    assert plain("Streaming ingestion") not in first
    assert "Balanced,confidence" in second and "CapabilityInitiativedata" in second, "its legend"
    with pytest.raises(BadInput, match="one view"):
        exporter_for(tmp_path / "views.png").write(strategy, tmp_path / "views.png", options)
