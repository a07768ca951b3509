"""Copies hold what they should, and nothing they should not; checkpoints need no journal."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import sample, small
from document.disk import assert_same, columns, looking
from store.files import changed_by, look_at

from prodlead_desktop.document import CheckpointInfo, Document
from prodlead_desktop.domain import invariants, nodes, rows
from prodlead_desktop.domain.entities import Answer, Node, Person, Round, Team
from prodlead_desktop.errors import BadInput, ProdleadError, WriteFailed

SECRET = "Sell the northern plant – Łódź"
VOTE = 13.375


@pytest.fixture
def doc(tmp_path: Path) -> Iterator[Document]:
    document = Document.create(tmp_path / "plan.prodlead", small(), data=tmp_path / "data")
    with document.edit("Add") as edit:
        secret = nodes.add_child(edit, "o1", SECRET)
        nodes.set_value(edit, secret, "note", f"Why: {SECRET}. " * 400)
    document.checkpoint("With the plant")
    with document.edit("Vote") as edit:
        person = rows.add(edit, Person, name="Ada Lovelace", role="CFO")
        asked = rows.add(edit, Round, title="How many points?", kind="points")
        rows.add(edit, Answer, round=asked, person=person, node="i1", value=VOTE)
    with document.edit("Delete") as edit:
        nodes.delete(edit, [secret])
    assert document.flush()
    yield document
    document.close()


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def test_a_copy_has_everything(doc: Document, tmp_path: Path) -> None:
    before = look_at(tmp_path)["plan.prodlead"]
    target = tmp_path / "copy.prodlead"
    doc.save_copy(target)
    assert SECRET.encode() in bytes_of(target)
    assert_same(target, doc.strategy)
    assert look_at(tmp_path)["plan.prodlead"] == before
    assert sorted(look_at(tmp_path)) == ["copy.prodlead", "plan.prodlead"]  # nothing temporary is left
    copy = Document.open(target, data=tmp_path / "data")
    assert copy.read_only is None
    assert copy.checkpoints() == doc.checkpoints()
    assert copy.strategy_at(copy.checkpoints()[0].id) == doc.strategy_at(doc.checkpoints()[0].id)
    copy.undo()
    assert SECRET in {node.title for node in copy.strategy.all(Node).values()}
    copy.close()
    assert doc.path.name == "plan.prodlead"


def test_a_copy_includes_what_is_still_on_its_way(doc: Document, tmp_path: Path) -> None:
    for number in range(20):
        with doc.edit("Rename") as edit:
            nodes.rename(edit, "o1", f"Name {number}")
    doc.checkpoint("Last")
    doc.save_copy(tmp_path / "copy.prodlead")
    assert_same(tmp_path / "copy.prodlead", doc.strategy)
    assert [name for _, name in columns(tmp_path / "copy.prodlead", "checkpoint", "seq", "name")][
        -1
    ] == "Last"


def test_a_copy_to_send_has_nothing_that_was_deleted(doc: Document, tmp_path: Path) -> None:
    sent = tmp_path / "sent.prodlead"
    doc.save_copy_to_send(sent)
    raw = bytes_of(sent)
    assert SECRET.encode() in bytes_of(doc.path)  # the control: it is in our own file
    for word in (SECRET, SECRET[:12], "With the plant"):
        assert word.encode() not in raw
    with looking(sent) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("journal", "checkpoint", "answer")
        ]
    assert counts == [0, 0, 0]
    assert b"Ada Lovelace" in raw
    copy = Document.open(sent, data=tmp_path / "data")
    assert copy.read_only is None
    assert (copy.undo_label, copy.checkpoints()) == (None, ())
    assert not copy.strategy.all(Answer)
    assert copy.strategy.all(Round) == doc.strategy.all(Round)
    assert copy.strategy.all(Node) == doc.strategy.all(Node)
    copy.close()
    assert doc.strategy.all(Answer)  # ours stays whole


def test_a_copy_to_send_can_leave_fields_out(doc: Document, tmp_path: Path) -> None:
    sent = tmp_path / "sent.prodlead"
    with doc.edit("Note") as edit:
        nodes.set_value(edit, "o1", "note", "Between us")
    doc.save_copy_to_send(sent, redact=("person.name", "node.note", "team.capacity"))
    raw = bytes_of(sent)
    assert b"Ada" not in raw and b"Between us" not in raw
    copy = Document.open(sent, data=tmp_path / "data")
    assert invariants.check_all(copy.strategy) == []
    assert {person.name for person in copy.strategy.all(Person).values()} == {"…"}
    assert {person.role for person in copy.strategy.all(Person).values()} == {"CFO"}
    assert {team.capacity for team in copy.strategy.all(Team).values()} == {()}
    copy.close()


@pytest.mark.parametrize(
    "field", ["node.parent", "node.kind", "header.currency", "reading.date", "spell.words", "node"]
)
def test_what_holds_the_strategy_together_cannot_be_left_out(
    field: str, doc: Document, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="cannot be left out"):
        doc.save_copy_to_send(tmp_path / "sent.prodlead", redact=(field,))
    assert not (tmp_path / "sent.prodlead").exists()


def test_a_copy_replaces_a_file_only_when_it_is_complete(doc: Document, tmp_path: Path) -> None:
    target = tmp_path / "old.prodlead"
    target.write_text("something of the user's")
    with pytest.raises(BadInput):
        doc.save_copy_to_send(target, redact=("node.kind",))
    assert target.read_text() == "something of the user's"
    doc.save_copy(target)
    assert_same(target, doc.strategy)


def test_a_copy_never_goes_over_a_document_that_is_open(doc: Document, tmp_path: Path) -> None:
    other = Document.create(tmp_path / "other.prodlead", sample(), data=tmp_path / "data")
    before = look_at(tmp_path)
    os.link(doc.path, tmp_path / "other name.prodlead")
    for name, words in (
        ("other", "open in another window"),
        ("plan", "the file itself"),
        ("other name", "itself"),
    ):
        with pytest.raises(WriteFailed, match=words):
            doc.save_copy(tmp_path / f"{name}.prodlead")
    assert {name: seen for name, seen in look_at(tmp_path).items() if name in before} == before
    other.close()


@pytest.mark.parametrize("where", ["nowhere/copy.prodlead", "."])
def test_where_a_copy_cannot_be_is_said(where: str, doc: Document, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed) as caught:
        doc.save_copy(tmp_path / where)
    assert caught.value.sentence.endswith(".")
    assert sorted(look_at(tmp_path)) == ["plan.prodlead"]


def test_creating_never_overwrites(doc: Document, tmp_path: Path) -> None:
    before = look_at(tmp_path)
    with pytest.raises(WriteFailed, match="is there already"):
        Document.create(doc.path, data=tmp_path / "data")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    with pytest.raises(WriteFailed, match="is there already"):
        Document.create(tmp_path / "dangling", data=tmp_path / "data")
    (tmp_path / "dangling").unlink()
    assert look_at(tmp_path) == before


def test_checkpoints_hold_whole_strategies(doc: Document, tmp_path: Path) -> None:
    then = doc.strategy
    mark = doc.checkpoint("  Before\nlunch ")
    assert doc.strategy_at(mark) is then  # still on its way, or read back below
    with doc.edit("Rename") as edit:
        nodes.rename(edit, "o1", "After lunch")
    assert doc.flush()
    assert doc.strategy_at(mark).get(Node, "o1") == then.get(Node, "o1")
    doc.close()
    changed_by(doc.path, "DELETE FROM journal")  # it depends on no journal row
    again = Document.open(doc.path, data=tmp_path / "data")
    first, second = again.checkpoints()
    assert isinstance(second, CheckpointInfo)
    assert (first.name, second.name, second.id, second.sequence) == (
        "With the plant",
        "Before lunch",
        mark,
        3,
    )
    assert again.strategy_at(mark) == doc.strategy_at(mark)
    assert SECRET in {node.title for node in again.strategy_at(first.id).all(Node).values()}
    with pytest.raises(ProdleadError, match="no such checkpoint"):
        again.strategy_at("cp_nothing")
    again.close()


@pytest.mark.parametrize("content", [b"", b"noise", zlib.compress(b"\xff\xfe"), zlib.compress(b"1")[:-3]])
def test_a_damaged_checkpoint_is_said_and_the_document_lives(
    content: bytes, doc: Document, tmp_path: Path
) -> None:
    doc.close()
    changed_by(doc.path, f"UPDATE checkpoint SET content = x'{content.hex()}'")
    again = Document.open(doc.path, data=tmp_path / "data")
    assert again.read_only is None
    with pytest.raises(ProdleadError):
        again.strategy_at(again.checkpoints()[0].id)
    with again.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Goes on")
    assert again.flush()
    again.close()


def test_a_read_only_document_can_be_copied_and_its_checkpoints_read(doc: Document, tmp_path: Path) -> None:
    reader = Document.open(doc.path, data=tmp_path / "data")
    assert reader.read_only
    assert SECRET in {n.title for n in reader.strategy_at(reader.checkpoints()[0].id).all(Node).values()}
    reader.save_copy(tmp_path / "copy.prodlead")
    assert_same(tmp_path / "copy.prodlead", doc.strategy)
    for table in ("journal", "checkpoint"):  # a copy of a sound file keeps its history
        assert columns(tmp_path / "copy.prodlead", table, "*") == columns(doc.path, table, "*")
    with pytest.raises(ProdleadError):
        reader.checkpoint("Never")
    reader.close()


def test_a_copy_says_what_is_shown_even_when_the_file_has_moved_on(doc: Document, tmp_path: Path) -> None:
    reader = Document.open(doc.path, data=tmp_path / "data")
    with doc.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Later")
    assert doc.flush()
    reader.save_copy(tmp_path / "copy.prodlead")
    assert_same(tmp_path / "copy.prodlead", reader.strategy)
    reader.go_back_to_disk()  # reading again is how a reader follows
    assert reader.strategy == doc.strategy
    reader.close()
