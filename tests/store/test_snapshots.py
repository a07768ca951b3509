"""Snapshots lie outside the document's folder, are whole, are named by what they hold, and do not pile up."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from builders import small
from document.disk import tables_of, tables_on_disk

from prodlead_desktop.document import Document, care
from prodlead_desktop.domain import nodes
from prodlead_desktop.store import opening, snapshots
from prodlead_desktop.store.places import Places, places
from prodlead_desktop.store.store import Entry, Store


@pytest.fixture
def folders(tmp_path: Path) -> Places:
    return places(tmp_path / "data")


def opened(tmp_path: Path, folders: Places) -> Store:
    path = tmp_path / "plan.prodlead"
    if not path.exists():
        Document.create(path, small(), data=folders.data).close()
    return Store.of_opened(opening.open_file(path, folders))


def test_a_snapshot_is_whole_and_checked(tmp_path: Path, folders: Places) -> None:
    store = opened(tmp_path, folders)
    taken = snapshots.take(store, folders)
    assert taken is not None
    assert taken.parent == folders.snapshots(store.document)
    assert tables_on_disk(taken) == tables_of(small())
    assert snapshots.is_intact(taken)
    assert snapshots.take(store, folders) is None  # that state has one
    assert sorted(path.suffix for path in taken.parent.iterdir()) == [".prodlead", ".sha256"]
    raw = bytearray(taken.read_bytes())
    raw[5000] ^= 1
    taken.write_bytes(raw)
    assert not snapshots.is_intact(taken)
    store.close()


def test_old_snapshots_go_by_sequence_whatever_the_clock_says(
    tmp_path: Path, folders: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT", 4)
    store = opened(tmp_path, folders)
    strategy = small()
    from prodlead_desktop.domain.edit import Edit

    for number in range(1, 8):
        edit = Edit(strategy, "Rename")
        nodes.rename(edit, "o1", f"Name {number}")
        strategy, changes = edit.result()
        store.commit(Entry(number, "edit", None, changes, "now"))
        taken = snapshots.take(store, folders)
        assert taken is not None
        os.utime(taken, (10**9 - number * 10**7, 10**9 - number * 10**7))  # a clock that runs backwards
    kept = snapshots.listed(folders, store.document)
    assert [int(path.name[:12]) for path in kept] == [7, 6, 5, 4]
    assert len(list(kept[0].parent.glob("*.sha256"))) == 4
    monkeypatch.setattr(snapshots, "KEPT_BYTES", 1)
    edit = Edit(strategy, "Rename")
    nodes.rename(edit, "o1", "Last")
    store.commit(Entry(8, "edit", None, edit.result()[1], "now"))
    snapshots.take(store, folders)
    assert [int(path.name[:12]) for path in snapshots.listed(folders, store.document)] == [
        8
    ]  # never the last one
    store.close()


def test_the_writer_takes_one_while_it_rests(
    tmp_path: Path, folders: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prodlead_desktop.document import writer

    monkeypatch.setattr(writer, "REST_S", 0.02)
    monkeypatch.setattr(care, "EVERY_S", 0.2)
    doc = Document.create(tmp_path / "plan.prodlead", small(), data=folders.data)

    def sequences() -> list[int]:
        return [int(path.name[:12]) for path in snapshots.listed(folders, doc.id)]

    def until(wanted: list[int]) -> None:
        end = time.monotonic() + 10
        while sequences() != wanted:
            assert time.monotonic() < end, sequences()
            time.sleep(0.02)

    until([0])
    with doc.edit("Rename") as edit:
        nodes.rename(edit, "o1", "New")
    until([1, 0])
    doc.close()


def test_a_data_folder_that_is_full_harms_nothing(tmp_path: Path, folders: Places) -> None:
    store = opened(tmp_path, folders)
    (folders.data / "snapshots").write_text("in the way")
    resting = care.Care(folders)
    resting.rest(store)
    store.close()
    assert snapshots.listed(folders, "doc_other") == []


def test_where_the_application_keeps_its_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert places().data == tmp_path / "prodlead-desktop"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places().data == tmp_path / ".local" / "share" / "prodlead-desktop"
    monkeypatch.setattr("sys.platform", "darwin")
    assert places().data == tmp_path / "Library" / "Application Support" / "prodlead-desktop"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    assert places().data == tmp_path / "Roaming" / "prodlead-desktop"
    assert places(tmp_path / "given").data == tmp_path / "given"
