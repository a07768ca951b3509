"""Saved views on the command line."""

from __future__ import annotations

from pathlib import Path

from cli.test_cli import fine, prodlead, refused


def test_saved_views_are_named_on_the_command_line(tmp_path: Path) -> None:
    file, out = tmp_path / "tidemark.prodlead", tmp_path / "views.pdf"
    fine(prodlead("sample", file))
    fine(prodlead("export", file, out, "--views", "all"))
    assert out.read_bytes().startswith(b"%PDF-")
    fine(prodlead("export", file, out, "--views", "First insight in 3 minutes, not 40"))
    refused(prodlead("export", file, out, "--views", "Nothing"), "First insight in 3 minutes, not 40")
