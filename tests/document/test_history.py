"""Undo and redo come from the journal: they survive closing, step over groups, and end where it was trimmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import small
from document.disk import assert_same, columns
from store.files import changed_by

from prodlead_desktop.document import Document, history
from prodlead_desktop.domain import nodes, scenarios
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node, Wish
from prodlead_desktop.errors import InvariantViolation, ProdleadError
from prodlead_desktop.store import store


@pytest.fixture
def doc(tmp_path: Path) -> Iterator[Document]:
    document = Document.create(tmp_path / "plan.prodlead", small(), data=tmp_path / "data")
    yield document
    document.close()


def again(doc: Document) -> Document:
    """The same file, closed and opened."""
    data = doc.places.data
    doc.close()
    return Document.open(doc.path, data=data)


def rename(doc: Document, title: str, group: str | None = None, label: str = "Rename") -> None:
    with doc.edit(label, group) as edit:
        nodes.rename(edit, "o1", title)


def title(doc: Document) -> str:
    return doc.strategy.get(Node, "o1").title


def test_an_edit_is_one_event_one_value_one_journal_row(doc: Document) -> None:
    heard: list[ChangeSet] = []
    stop = doc.subscribe(heard.append)
    before = doc.strategy
    with doc.edit("Two things") as edit:
        nodes.rename(edit, "o1", "One")
        nodes.rename(edit, "o2", "Two")
    assert [sorted(changes.ids("node")) for changes in heard] == [["o1", "o2"]]
    assert before.get(Node, "o1").title == "Faster insight"  # the old value is whole
    stop()
    rename(doc, "Three")
    assert len(heard) == 1
    assert doc.flush()
    assert columns(doc.path, "journal", "seq", "kind", "answers", "label") == [
        (1, "edit", None, "Two things"),
        (2, "edit", None, "Rename"),
    ]


def test_an_edit_that_changes_nothing_is_none(doc: Document) -> None:
    heard: list[ChangeSet] = []
    doc.subscribe(heard.append)
    before = doc.strategy
    rename(doc, "Faster insight")
    assert doc.strategy is before
    assert (heard, doc.undo_label, doc.disk.sequence) == ([], None, 0)


def test_an_edit_that_fails_leaves_no_trace(doc: Document) -> None:
    heard: list[ChangeSet] = []
    doc.subscribe(heard.append)
    before = doc.strategy
    with pytest.raises(ZeroDivisionError), doc.edit("Fails") as edit:
        nodes.rename(edit, "o1", "Never")
        raise ZeroDivisionError
    with pytest.raises(InvariantViolation), doc.edit("Breaks a rule") as edit:
        edit.put(Node("n9", "nobody", 0, "note", "Never", data=edit.get(Node, "n1").data))
    assert doc.strategy is before
    assert (heard, doc.undo_label, doc.disk.sequence) == ([], None, 0)
    rename(doc, "Works")
    assert doc.flush()


def test_an_edit_inside_an_edit_is_a_fault_of_ours(doc: Document) -> None:
    with doc.edit("Outer") as edit:
        nodes.rename(edit, "o1", "Outer")
        with pytest.raises(RuntimeError), doc.edit("Inner"):
            pass
        with pytest.raises(RuntimeError):
            doc.undo()
    assert title(doc) == "Outer"


def test_a_listener_may_edit(doc: Document) -> None:
    def answer(changes: ChangeSet) -> None:
        if changes.ids("node") == {"o1"}:
            with doc.edit("Follow") as edit:
                nodes.rename(edit, "o2", "Followed")

    doc.subscribe(answer)
    rename(doc, "Lead")
    assert doc.flush()
    assert_same(doc.path, doc.strategy)
    assert doc.undo_label == "Follow"


def test_labels_say_what_would_happen(doc: Document) -> None:
    assert (doc.undo_label, doc.redo_label, doc.undo(), doc.redo()) == (None, None, None, None)
    rename(doc, "One", label="First")
    rename(doc, "Two", label="Second")
    assert (doc.undo_label, doc.redo_label) == ("Second", None)
    changes = doc.undo()
    assert changes and changes.label == "Second"
    assert (doc.undo_label, doc.redo_label) == ("First", "Second")
    rename(doc, "Three", label="Third")
    assert (doc.undo_label, doc.redo_label) == ("Third", None)


def test_a_group_is_undone_and_redone_as_one_across_closing(doc: Document) -> None:
    rename(doc, "Before", label="Alone")
    for text in ("T", "Ty", "Typ", "Type"):
        rename(doc, text, "typing 1", "Type")
    rename(doc, "Other gesture", "typing 2", "Type")
    doc = again(doc)
    doc.undo()
    assert title(doc) == "Type"
    doc.undo()
    assert title(doc) == "Before"
    assert (doc.undo_label, doc.redo_label) == ("Alone", "Type")
    doc = again(doc)
    assert (doc.undo_label, doc.redo_label) == ("Alone", "Type")
    doc.redo()
    assert title(doc) == "Type"
    doc = again(doc)
    doc.redo()
    assert title(doc) == "Other gesture"
    doc = again(doc)
    for expected in ("Type", "Before", "Faster insight"):
        doc.undo()
        assert title(doc) == expected
    doc = again(doc)
    assert (doc.undo_label, doc.redo_label, title(doc)) == (None, "Alone", "Faster insight")
    for expected in ("Before", "Type", "Other gesture"):
        doc.redo()
        assert title(doc) == expected
    assert doc.flush()
    kinds = [kind for _, kind in columns(doc.path, "journal", "seq", "kind")]
    assert set(kinds) == {"edit", "undo", "redo"}  # append-only: nothing was ever taken out
    assert len(kinds) == 6 + 2 + 2 + 3 + 3
    doc.close()


def test_groups_that_are_not_neighbours_stay_apart(doc: Document) -> None:
    rename(doc, "One", "g")
    rename(doc, "Two")
    rename(doc, "Three", "g")
    doc.undo()
    assert title(doc) == "Two"


def test_a_group_that_ends_as_it_began_is_still_one_step(doc: Document) -> None:
    rename(doc, "There", "g")
    rename(doc, "Faster insight", "g")
    changes = doc.undo()
    assert changes is not None and not changes
    assert (doc.undo_label, doc.redo_label) == (None, "Rename")
    doc = again(doc)
    assert (doc.undo_label, doc.redo_label) == (None, "Rename")
    doc.close()


def test_a_gesture_given_up_leaves_nothing_to_redo(doc: Document) -> None:
    rename(doc, "Kept")
    with doc.edit("Add", "new card") as edit:
        added = nodes.add_child(edit, "o1")
    with doc.edit("Type", "new card") as edit:
        nodes.rename(edit, added, "T")
    assert doc.withdraw("another") is None
    changes = doc.withdraw("new card")
    assert changes and changes.ids("node") == {added}
    assert doc.strategy.find(Node, added) is None
    assert (doc.undo_label, doc.redo_label) == ("Rename", None)
    assert doc.withdraw("new card") is None
    doc = again(doc)
    assert (doc.undo_label, doc.redo_label) == ("Rename", None)
    doc.undo()
    assert title(doc) == "Faster insight"
    doc.close()


def test_old_bodies_are_read_from_the_file(doc: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "BODIES_KEPT", 3)
    for number in range(12):
        rename(doc, f"Name {number}")
    for number in reversed(range(11)):
        doc.undo()
        assert title(doc) == f"Name {number}"
    for number in range(1, 12):
        doc.redo()
        assert title(doc) == f"Name {number}"
    assert doc.flush()
    assert_same(doc.path, doc.strategy)


def test_the_journal_keeps_the_newest_rows(doc: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "JOURNAL_ROWS", 20)
    monkeypatch.setattr(store, "TRIM_EVERY", 5)
    for number in range(60):
        rename(doc, f"Name {number}")
    assert doc.flush()
    kept = [seq for (seq,) in columns(doc.path, "journal", "seq")]
    assert 20 <= len(kept) <= 25
    assert kept == list(range(61 - len(kept), 61))
    back = 0
    while doc.undo() is not None:
        back += 1
        assert doc.flush()
    assert 10 <= back <= 25  # undoing writes rows too, and old ones go
    assert_same(doc.path, doc.strategy)
    doc = again(doc)
    assert_same(doc.path, doc.strategy)
    ahead = 0
    while doc.redo() is not None:
        ahead += 1
    assert 0 < ahead <= back
    assert doc.flush()
    assert_same(doc.path, doc.strategy)
    doc.close()


def test_the_journal_stays_below_its_bytes(doc: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "JOURNAL_BYTES", 100_000)
    for number in range(30):
        with doc.edit("Write") as edit:
            nodes.set_value(edit, "o1", "note", f"{number} " * 5000)
    assert doc.flush()
    sizes = columns(doc.path, "journal", "seq", "size", "length(CAST(changes AS BLOB))")
    assert 2 <= len(sizes) < 12
    assert all(said == real for _, said, real in sizes)
    assert sizes[-1][0] == 30
    doc.undo()
    assert doc.flush()
    assert_same(doc.path, doc.strategy)


def test_an_edit_too_big_for_the_journal_is_written_and_the_journal_starts_anew(
    doc: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BODY_LIMIT", 20_000)
    rename(doc, "Before")
    with doc.edit("Write a lot") as edit:
        nodes.set_value(edit, "o1", "note", "word " * 10_000)
    with doc.edit("Rename another") as edit:
        nodes.rename(edit, "o2", "After")
    assert doc.flush()
    assert_same(doc.path, doc.strategy)
    doc = again(doc)
    assert doc.undo_label == "Rename another"
    doc.undo()
    assert doc.undo_label is None
    assert doc.strategy.get(Node, "o1").note
    doc.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE journal SET changes = '[' WHERE seq = 1",
        'UPDATE journal SET changes = \'[["spell","o1",null,null]]\' WHERE seq = 1',
        "UPDATE journal SET changes = replace(changes, 'Faster insight', 'Something else') WHERE seq = 1",
        "UPDATE journal SET changes = replace(changes, '\"a\",1048576', '\"i1\",1048576')",
        "DELETE FROM journal WHERE seq = 0",
    ],
)
def test_a_journal_somebody_has_been_at_harms_nothing(harm: str, doc: Document) -> None:
    rename(doc, "Renamed")
    doc.close()
    changed_by(doc.path, harm)
    again = Document.open(doc.path, data=doc.places.data)
    assert again.strategy == doc.strategy
    try:
        again.undo()
    except ProdleadError as error:
        assert error.sentence.startswith("That step cannot be taken back")
        assert again.strategy == doc.strategy
    else:
        assert "replace(changes, 'Faster" in harm or "DELETE" in harm  # a title is a title
    assert again.flush()
    assert_same(again.path, again.strategy)
    again.close()


def test_a_wish_is_one_step_that_undo_takes_back_after_a_restart(doc: Document) -> None:
    with doc.edit("Wish") as edit:
        scenarios.set_wish(edit, "s1", "o1", 0.8)
    with doc.edit("Delete") as edit:
        nodes.delete(edit, ["o1"])
    assert not doc.strategy.all(Wish) and doc.flush()
    doc = again(doc)
    assert doc.undo()
    (wish,) = doc.strategy.all(Wish).values()
    assert (wish.scenario, wish.outcome, wish.attainment) == ("s1", "o1", 0.8)
    assert doc.undo()
    assert not doc.strategy.all(Wish)
    assert doc.flush()
    assert_same(doc.path, doc.strategy)
    assert doc.redo() and doc.flush()
    doc = again(doc)
    assert dict(doc.strategy.all(Wish)) == {wish.id: wish}
    doc.close()
