"""JSON as a file: written whole or not at all, read from what people and programs make of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from builders import sample, small, strategies_
from hypothesis import HealthCheck, given, settings

from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import (
    ExportOptions,
    exporter_for,
    exporters,
    replace_file,
)
from prodlead_desktop.exchange.importer import Source, importer_for, importers, load, read

OPTIONS = ExportOptions()


def test_the_ending_names_the_format(tmp_path: Path) -> None:
    assert exporter_for(Path("Plan.JSON")).name == "json"
    assert importer_for(Source("plan.json", b"{}")).name == "json"
    for find in (lambda: exporter_for(Path("plan.docx")), lambda: importer_for(Source("plan.docx", b"x"))):
        with pytest.raises(BadInput, match=r"“\.docx”.*Known endings: .*\.json"):
            find()
    for listed in (exporters(), importers()):
        endings = [ending for format_ in listed for ending in format_.endings]
        assert len(endings) == len(set(endings)) and all(ending.startswith(".") for ending in endings)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strategies_())
def test_any_strategy_goes_out_and_comes_in_the_same(tmp_path: Path, strategy: Strategy) -> None:
    path = tmp_path / "any.json"
    result = exporter_for(path).write(strategy, path, OPTIONS)
    assert (result.path, result.remarks) == (path, ())
    assert read(path).strategy() == strategy
    assert path.read_text(encoding="utf-8") == interchange.dumps(strategy)
    assert os.listdir(tmp_path) == ["any.json"]


def test_the_options_of_a_map_do_not_change_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    exporter_for(path).write(sample(), path, ExportOptions("A4", "sc-today", "structure", "o-ttfi", "x"))
    assert read(path).strategy() == sample()


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + interchange.dumps(small()).replace("\n", "\r\n").encode())
    assert read(path).strategy() == small()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Größe".encode("latin-1"), r"not UTF-8 text \(byte 2\)"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"", "is empty"),
        (b"\x00", "not JSON"),
        (b'{"nodes": 5}', "nodes: expected a list"),
    ],
)
def test_other_content_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read(path)


def test_a_file_far_too_big_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(interchange.SIZE_LIMIT + 1)
    with pytest.raises(BadInput, match="bigger than 64 MB"):
        read(path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"“gone\.json” cannot be read"):
        read(tmp_path / "gone.json")
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path)


def test_a_failed_export_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        exporter_for(path).write(small(), path, OPTIONS)
    assert os.listdir(tmp_path) == ["a.json"] and path.is_dir()
    with pytest.raises(BadInput, match="cannot be written"):
        replace_file(tmp_path / "no" / "folder.json", b"x")


def test_an_export_replaces_an_older_one_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("older and much longer " * 10_000)
    with path.open() as reader:
        exporter_for(path).write(small(), path, OPTIONS)
        assert reader.read(5) == "older", "who was reading goes on reading what was there"
    assert read(path).strategy() == small()
