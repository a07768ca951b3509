"""One transaction per entry: all of it or nothing, never twice, never over somebody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import many, small, strategies_
from document.disk import assert_same, columns
from hypothesis import given, settings
from store.files import sound

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import WriteFailed
from prodlead_desktop.store import creating, faults, opening
from prodlead_desktop.store.places import places
from prodlead_desktop.store.reading import CheckpointInfo
from prodlead_desktop.store.store import Entry, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = opening.open_file(sound(tmp_path / "a"), places(tmp_path / "data"))
    found = Store.of_opened(opened)
    yield found
    found.close()


def renamed(strategy: Strategy, title: str) -> tuple[Strategy, ChangeSet]:
    edit = Edit(strategy, "Rename")
    nodes.rename(edit, "o1", title)
    return edit.result()


def entry(number: int, changes: ChangeSet, kind: str = "edit") -> Entry:
    return Entry(number, kind, None, changes, "2027-01-01T00:00:00+00:00")


def test_a_commit_that_failed_after_it_had_reached_the_disk_is_not_made_twice(store: Store) -> None:
    """SQLite may report an error when the journal is gone already: the writer tries again, and it must fit."""
    sequence, digest = store.sequence, store.digest
    strategy, changes = renamed(small(), "Once")
    store.commit(entry(1, changes))
    store.sequence, store.digest = sequence, digest  # as if COMMIT had raised
    store.commit(entry(1, changes))
    assert columns(store.path, "journal", "seq") == [(1,)]
    assert_same(store.path, strategy)
    strategy, changes = renamed(strategy, "Twice")
    store.commit(entry(2, changes))
    assert_same(store.path, strategy)
    info = CheckpointInfo("cp_1", "Mark", 2, "2027-01-01T00:00:00+00:00")
    store.add_checkpoint(info, strategy)
    store.add_checkpoint(info, strategy)
    assert columns(store.path, "checkpoint", "id") == [("cp_1",)]


def test_memory_and_disk_that_do_not_agree_are_noticed(store: Store) -> None:
    store.digest += 1
    with pytest.raises(faults.ForeignCommit):
        store.commit(entry(1, renamed(small(), "Never")[1]))
    store.digest -= 1
    edit = Edit(small(), "Rename")
    ghost = edit.get(Node, "o1")
    lost = Edit(small())
    nodes.delete(lost, ["n1"])
    store.commit(entry(1, lost.result()[1]))
    again = Edit(small())  # still knows n1
    nodes.rename(again, "n1", "Ghost")
    with pytest.raises(faults.ForeignCommit):
        store.commit(entry(2, again.result()[1]))
    assert ghost.id in {row_id for (row_id,) in columns(store.path, "node", "id")}
    assert "n1" not in {row_id for (row_id,) in columns(store.path, "node", "id")}


def test_a_row_the_file_refuses_takes_the_whole_entry_with_it(store: Store) -> None:
    edit = Edit(small(), "Hang")
    nodes.rename(edit, "o1", "Half")
    node = edit.get(Node, "n1")
    edit.put(Node("n9", "nobody", 0, "note", "Orphan", data=node.data))
    with pytest.raises(WriteFailed, match="refused a row"):
        store.commit(entry(1, edit.result()[1]))
    assert_same(store.path, small())
    assert columns(store.path, "journal", "seq") == []
    strategy, changes = renamed(small(), "Goes on")
    store.commit(entry(1, changes))
    assert_same(store.path, strategy)


def test_nothing_of_sqlalchemys_is_on_our_connection(store: Store) -> None:
    store.warm()
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        store._raw.execute("SELECT 'a' REGEXP 'a'")


def test_thousands_of_rows_are_one_entry(tmp_path: Path) -> None:
    path, strategy = tmp_path / "big.prodlead", many(2000)
    creating.create(path, empty(), "doc_big")
    store = Store.of_opened(opening.open_file(path, places(tmp_path / "data")))
    changes = differences(empty(), strategy)
    store.commit(entry(1, changes))
    assert_same(path, strategy)
    store.commit(entry(2, changes.inverted(), "undo"))
    assert_same(path, empty())
    store.close()


@settings(max_examples=25)
@given(before=strategies_(), after=strategies_())
def test_any_strategy_can_become_any_other(
    before: Strategy, after: Strategy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "any.prodlead"
    creating.create(path, before, "doc_any")
    assert_same(path, before)
    store = Store.of_opened(opening.open_file(path, places(folder / "data")))
    store.commit(entry(1, differences(before, after)))
    store.close()
    assert_same(path, after)
    opened = opening.open_file(path, places(folder / "data"))
    assert (opened.loaded.strategy == after, opened.read_only) == (True, None)
    Store.of_opened(opened).close()


def test_a_file_somebody_reads_is_still_readable_by_everybody(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM meta").fetchone()
        with pytest.raises(faults.BusyError):
            store.commit(entry(1, renamed(small(), "Busy")[1]))
        other.execute("ROLLBACK")
    strategy, changes = renamed(small(), "Free")
    store.commit(entry(1, changes))
    assert_same(store.path, strategy)
