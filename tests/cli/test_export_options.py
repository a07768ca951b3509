"""Exports on the command line: sheets, progress, previews, and what is refused before a byte is written."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from cli.test_cli import fine, prodlead, refused
from PySide6.QtGui import QImage

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "tidemark-2027.json"


def test_a_page_over_sheets_and_the_share_done(tmp_path: Path) -> None:
    out = tmp_path / "wall.pdf"
    said = fine(prodlead("export", SAMPLE, out, "--page", "A2", "--tile", "A4", "--progress")).splitlines()
    assert len(pypdf.PdfReader(out).pages) > 4
    shares = [float(line.removeprefix("done ")) for line in said if line.startswith("done ")]
    assert shares == sorted(shares) and shares[0] == 0 and len(shares) > 6 and shares[-1] < 1
    assert said[-1].startswith("Wrote ")


def test_a_preview_says_what_an_export_would_be(tmp_path: Path) -> None:
    said = fine(prodlead("export", SAMPLE, tmp_path / "small.png", "--preview", "pdf", "--page", "A4"))
    assert "210 × 297\u00a0mm" in said and "on A4 is 4.4\u00a0pt" in said
    assert QImage(str(tmp_path / "small.png")).height() <= 1230


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("map.svg", ("--tile", "A4"), "Only a PDF"),
        ("map.pdf", ("--tile", "A5"), "A5"),
        ("map.pdf", ("--preview", "pdf"), "picture"),
        ("map.png", ("--width", "0"), "0 pixels"),
        ("map.pdf", ("--page", "9x9"), "9x9 mm"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, name: str, more: tuple[str, ...], words: str) -> None:
    refused(prodlead("export", SAMPLE, tmp_path / name, *more), words)
    assert not list(tmp_path.iterdir())
