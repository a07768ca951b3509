"""Whatever is thrown at the door: refused or shown read-only in words, and not one byte of it changed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store.files import changed_by, leave_hot_journal, look_at, noise, sound, with_history

from prodlead_desktop.document import Document
from prodlead_desktop.domain import invariants, nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import FileRefused, ProdleadError
from prodlead_desktop.store import sidefiles


def other_database(path: Path) -> None:
    changed_by(path, "CREATE TABLE notes (text TEXT)", "INSERT INTO notes VALUES ('shopping')")


def other_program(path: Path) -> None:
    changed_by(path, "PRAGMA application_id = 1196444487", "CREATE TABLE gpkg_contents (a)")


def of_ours(*statements: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        sound(path.parent, path.name)
        changed_by(path, *statements)

    return make


def cut(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        sound(path.parent, path.name)
        os.truncate(path, int(path.stat().st_size * share))

    return make


def zeroed_page(path: Path) -> None:
    sound(path.parent, path.name)
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(bytes(4096))


def content(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


NODE = 'INSERT INTO node (id, parent, "order", kind, title, state, data, tags) VALUES'
REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "zero length": (content(b""), "is empty"),
    "a picture": (content(b"\x89PNG\r\n\x1a\n" + noise(5000)), "is a picture"),
    "noise": (content(noise(20_000)), "is not a strategy"),
    "one byte": (content(b"S"), "is not a strategy"),
    "an outline": (content(b'<?xml version="1.0"?><opml version="2.0"/>'), "is an XML file"),
    "interchange JSON": (content(b'{"format": "prodlead-strategy"}'), "You can import it"),
    "only the header": (content(b"SQLite format 3\0" + bytes(84)), "another program"),
    "half a header": (content(b"SQLite format 3\0" + bytes(30)), "cut off"),
    "a header and noise": (
        content(b"SQLite format 3\0" + bytes(52) + b"PRLD" + noise(9000)),
        "damaged or cut off",
    ),
    "another database": (other_database, "another program's database"),
    "another program's": (other_program, "a GeoPackage map"),
    "cut to a half": (cut(0.5), "damaged or cut off"),
    "cut to one page": (cut(0.02), "damaged or cut off"),
    "a trigger": (
        of_ours("CREATE TRIGGER wipe AFTER INSERT ON node BEGIN UPDATE node SET title = ''; END"),
        "holds a trigger (“wipe”)",
    ),
    "a view": (of_ours("CREATE VIEW endless AS SELECT * FROM node"), "holds a view (“endless”)"),
    "a virtual table": (
        of_ours("CREATE VIRTUAL TABLE words USING fts5(text)"),
        "holds a virtual table (“words”)",
    ),
    "a computed column": (
        of_ours("ALTER TABLE node ADD COLUMN shout TEXT GENERATED ALWAYS AS (upper(title)) VIRTUAL"),
        "computes “node.shout”",
    ),
    "a table missing": (of_ours("DROP TABLE journal"), "lacks the table “journal”"),
    "no version": (of_ours("PRAGMA user_version = 0"), "has no version"),
    "a cycle": (of_ours("UPDATE node SET parent = 'i1' WHERE id = 'o1'"), "contradicts itself"),
    "a parent missing": (of_ours("UPDATE node SET parent = 'nobody' WHERE id = 'o1'"), "contradicts itself"),
    "an unknown kind": (of_ours("UPDATE node SET kind = 'spell' WHERE id = 'o1'"), "damaged"),
    "data that is not JSON": (of_ours("UPDATE node SET data = '{' WHERE id = 'o1'"), "damaged"),
    "no currency": (of_ours("UPDATE header SET currency = ''"), "contradicts itself"),
    "not text at all": (
        of_ours("UPDATE node SET title = CAST(x'ff4142fe' AS TEXT) WHERE id = 'o1'"),
        "damaged",
    ),
    "a title of 40 MB": (of_ours("UPDATE node SET title = printf('%.*c', 40000000, 'x')"), "damaged"),
    "no header row": (of_ours("DELETE FROM header"), ""),
    "no meta row": (of_ours("DELETE FROM meta"), "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sound_strategy_is_refused_in_words_and_left_alone(case: str, tmp_path: Path) -> None:
    make, words = REFUSED[case]
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = folder / "some.prodlead"
    make(path)
    before = look_at(folder)
    try:
        doc = Document.open(path, data=tmp_path / "data")
    except FileRefused as error:
        assert words in str(error), str(error)
        assert error.sentence.endswith(".")
    else:
        assert (
            case == "no header row"
        )  # a header of defaults is no loss to speak of, but it cannot be trusted
        assert doc.read_only
    assert look_at(folder) == before


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_refused(share: float, tmp_path: Path) -> None:
    path = sound(tmp_path / "theirs")
    os.truncate(path, int(path.stat().st_size * share))
    before = look_at(path.parent)
    with pytest.raises(FileRefused, match="damaged or cut off"):
        Document.open(path, data=tmp_path / "data")
    assert look_at(path.parent) == before


def test_a_zeroed_page_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "theirs" / "zero.prodlead"
    zeroed_page(path)
    before = look_at(path.parent)
    try:
        assert Document.open(path, data=tmp_path / "data").read_only
    except FileRefused as error:
        assert "damaged" in str(error) or "contradicts" in str(error)
    assert look_at(path.parent) == before


READ_ONLY: dict[str, tuple[Callable[[Path], None], str]] = {
    "a newer version": (of_ours("PRAGMA user_version = 2"), "newer version of Prodlead (format 2)"),
    "a newer version with more in it": (
        of_ours(
            "PRAGMA user_version = 7",
            "ALTER TABLE node ADD COLUMN mood TEXT",
            "CREATE TABLE spell (id TEXT PRIMARY KEY, words TEXT)",
            f"{NODE} ('new', 'o1', 9, 'spell', 'From the future', 'draft', '{{\"power\": 3}}', '[]')",
            'UPDATE node SET data = \'{"metric": "Time", "aura": 1}\' WHERE id = \'o1\'',
        ),
        "newer version of Prodlead (format 7)",
    ),
    "a newer version with less in it": (
        of_ours("PRAGMA user_version = 2", "DROP INDEX node_owner", "ALTER TABLE node DROP COLUMN owner"),
        "newer version of Prodlead (format 2)",
    ),
    "an own table": (of_ours("CREATE TABLE mine (a TEXT)"), "does not know"),
    "a changed digest": (of_ours("UPDATE meta SET digest = digest + 1"), "damaged"),
    "a changed title": (of_ours("UPDATE node SET title = 'Slower insight' WHERE id = 'o1'"), "damaged"),
}


@pytest.mark.parametrize("case", READ_ONLY)
def test_what_can_be_read_but_not_trusted_is_shown_and_left_alone(case: str, tmp_path: Path) -> None:
    make, words = READ_ONLY[case]
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = folder / "some.prodlead"
    make(path)
    before = look_at(folder)
    doc = Document.open(path, data=tmp_path / "data")
    assert doc.read_only and words in doc.read_only
    assert len(doc.strategy.all(Node)) >= 6
    assert invariants.check_all(doc.strategy) == []
    assert doc.undo_label is None
    with pytest.raises(ProdleadError), doc.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Never")
    with pytest.raises(ProdleadError):
        doc.undo()
    doc.close()
    assert look_at(folder) == before
    doc.save_copy(tmp_path / "copy.prodlead")  # the way on: a copy that may be edited
    copy = Document.open(tmp_path / "copy.prodlead", data=tmp_path / "data")
    assert copy.read_only is None
    assert copy.strategy == doc.strategy
    copy.close()


def test_nodes_of_a_kind_from_the_future_become_notes(tmp_path: Path) -> None:
    path = tmp_path / "new.prodlead"
    READ_ONLY["a newer version with more in it"][0](path)
    node = Document.open(path, data=tmp_path / "data").strategy.get(Node, "new")
    assert (node.kind, node.title) == ("note", "From the future")


@pytest.mark.parametrize("name", ["folder", "nowhere"])
def test_folders_and_missing_files_are_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileRefused, match=f"“{name}” is (a folder|not there)"):
        Document.open(tmp_path / name, data=tmp_path / "data")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.prodlead")
    with pytest.raises(FileRefused, match="not a file"):
        Document.open(tmp_path / "pipe.prodlead", data=tmp_path / "data")


def test_opening_and_closing_writes_nothing(tmp_path: Path) -> None:
    path = with_history(tmp_path / "theirs.prodlead", tmp_path / "data")
    before = look_at(tmp_path)
    for read_only in (False, True):
        doc = Document.open(path, read_only=read_only, data=tmp_path / "data")
        assert look_at(tmp_path) == before
        doc.check_file()
        doc.flush()
        doc.close()
        assert look_at(tmp_path) == before


def test_one_changed_bit_in_a_row_never_passes_for_sound(tmp_path: Path) -> None:
    """SQLite alone would show 216 of 600 such files without a word; the digest must leave none."""
    path = sound(tmp_path / "sound")
    with closing(sqlite3.connect(path)) as connection:
        true = connection.execute("SELECT * FROM node ORDER BY id").fetchall()
    raw = path.read_bytes()
    places = [
        raw.index(title.encode()) + 2 for title in ("Faster insight", "Trusted numbers", "Guide", "Rebrand")
    ]
    places += [raw.index(b"Median time") + 3, raw.index(b"Remember") + 1]
    silent, wrong = 0, 0
    for place in places:
        for bit in range(8):
            flipped = bytearray(raw)
            flipped[place] ^= 1 << bit
            copy = tmp_path / "flipped.prodlead"
            copy.write_bytes(flipped)
            with closing(sqlite3.connect(copy)) as connection:
                connection.text_factory = bytes
                plain = connection.execute("PRAGMA quick_check").fetchone()[0] == b"ok"
                wrong += plain and connection.execute("SELECT * FROM node ORDER BY id").fetchall() != true
            try:
                doc = Document.open(copy, data=tmp_path / "data")
            except FileRefused:
                continue
            silent += doc.read_only is None
            doc.close()
            copy.unlink()
    assert wrong == len(places) * 8  # SQLite notices none of them
    assert silent == 0


def test_noise_anywhere_never_crashes_and_never_passes_for_sound(tmp_path: Path) -> None:
    raw = with_history(tmp_path / "sound.prodlead", tmp_path / "data").read_bytes()
    true = Document.open(tmp_path / "sound.prodlead", read_only=True, data=tmp_path / "data").strategy
    rng = random.Random(5)
    count = {"refused": 0, "read only": 0, "harmless": 0}
    for number in range(150):
        harmed = bytearray(raw)
        place, length = rng.randrange(len(raw)), rng.choice((1, 2, 16, 512, 4096))
        harmed[place : place + length] = rng.randbytes(len(harmed[place : place + length]))
        path = tmp_path / f"harmed {number}.prodlead"
        path.write_bytes(harmed)
        try:
            doc = Document.open(path, data=tmp_path / "data")
        except FileRefused:
            count["refused"] += 1
            assert path.read_bytes() == harmed
            continue
        if doc.read_only is None:
            assert doc.strategy == true
        count["read only" if doc.read_only else "harmless"] += 1
        doc.close()
        assert path.read_bytes() == harmed
    print(count)
    assert min(count.values()) > 0


def test_a_journal_of_our_own_is_played_back(tmp_path: Path) -> None:
    path = sound(tmp_path / "sound")
    hot = leave_hot_journal(path, tmp_path / "hot")
    doc = Document.open(hot, data=tmp_path / "data")
    assert doc.read_only is None
    assert doc.strategy.get(Node, "o1").title == "Faster insight"
    doc.close()
    assert not sidefiles.journal_path(hot).exists()
    kept = list((tmp_path / "data" / "recovery").rglob("plan.prodlead*"))
    assert len(kept) == 2  # file and journal as they were found


def test_a_journal_of_our_own_is_played_back_on_a_copy_when_only_reading(tmp_path: Path) -> None:
    hot = leave_hot_journal(sound(tmp_path / "sound"), tmp_path / "hot")
    before = look_at(hot.parent)
    doc = Document.open(hot, read_only=True, data=tmp_path / "data")
    assert doc.strategy.get(Node, "o1").title == "Faster insight"
    assert look_at(hot.parent) == before


def test_a_foreign_journal_is_never_played_back(tmp_path: Path) -> None:
    theirs = leave_hot_journal(sound(tmp_path / "a", "plan.prodlead"), tmp_path / "hot", "theirs")
    path = sound(tmp_path / "b", "plan.prodlead")
    before = look_at(path.parent)["plan.prodlead"][0]
    shutil.copyfile(sidefiles.journal_path(theirs), sidefiles.journal_path(path))
    doc = Document.open(path, data=tmp_path / "data")
    assert doc.read_only is None
    assert doc.strategy.get(Node, "o1").title == "Faster insight"
    doc.close()
    assert look_at(path.parent)["plan.prodlead"][0] == before
    assert (path.parent / "plan.prodlead-journal.set-aside").exists()
    assert list((tmp_path / "data" / "recovery").rglob("*-journal"))


def test_a_journal_of_another_day_is_never_played_back(tmp_path: Path) -> None:
    """Somebody put an older copy in the place of a file whose last commit was broken off."""
    path = with_history(tmp_path / "plan.prodlead", tmp_path / "data", 1)
    old = tmp_path / "old" / "plan.prodlead"
    old.parent.mkdir()
    shutil.copyfile(path, old)
    doc = Document.open(path, data=tmp_path / "data")
    for number in range(3):
        with doc.edit("Rename") as edit:
            nodes.rename(edit, "o1", f"Later {number}")
    doc.close()
    hot = leave_hot_journal(path, tmp_path / "hot")
    shutil.copyfile(sidefiles.journal_path(hot), sidefiles.journal_path(old))
    again = Document.open(old, data=tmp_path / "data")
    assert (again.read_only, again.strategy.get(Node, "o1").title) == (None, "Name 0")
    again.close()
    assert (old.parent / "plan.prodlead-journal.set-aside").exists()


def test_without_the_guard_a_foreign_journal_would_change_the_file(tmp_path: Path) -> None:
    """The control: SQLite itself does replay it."""
    theirs = leave_hot_journal(sound(tmp_path / "a", "plan.prodlead"), tmp_path / "hot", "theirs")
    path = sound(tmp_path / "b", "plan.prodlead")
    before = look_at(path.parent)["plan.prodlead"][0]
    shutil.copyfile(sidefiles.journal_path(theirs), sidefiles.journal_path(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    assert look_at(path.parent)["plan.prodlead"][0] != before


def test_a_file_left_in_wal_mode_is_shown_from_a_repaired_copy(tmp_path: Path) -> None:
    path = (
        with_history(tmp_path / "a" / "wal.prodlead", tmp_path / "data")
        if (tmp_path / "a").mkdir() is None
        else None
    )
    assert path is not None
    folder = tmp_path / "b"
    folder.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE journal SET label = 'in the log'")
        connection.commit()
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", folder / f"wal.prodlead{ending}")
    before = look_at(folder)
    doc = Document.open(folder / "wal.prodlead", data=tmp_path / "data")
    assert doc.read_only and "another program" in doc.read_only
    assert doc.strategy.get(Node, "o1").title == "Name 2"
    assert look_at(folder) == before


def test_links_lead_to_one_document(tmp_path: Path) -> None:
    path = sound(tmp_path / "real")
    link = tmp_path / "link.prodlead"
    hard = tmp_path / "hard.prodlead"
    link.symlink_to(path)
    os.link(path, hard)
    doc = Document.open(link, data=tmp_path / "data")
    assert doc.path == path.resolve()
    assert doc.read_only is None
    for name in (path, link, hard):
        second = Document.open(name, data=tmp_path / "data")
        assert second.read_only and "another window" in second.read_only
        second.close()
    with doc.edit("Rename") as edit:
        nodes.rename(edit, "o1", "Through the link")
    assert doc.flush()
    doc.close()
    assert link.is_symlink()
    after = Document.open(hard, data=tmp_path / "data")
    assert after.read_only is None
    assert after.strategy.get(Node, "o1").title == "Through the link"
    after.close()


def test_a_folder_of_our_own_that_cannot_be_written_makes_everything_read_only(tmp_path: Path) -> None:
    path = sound(tmp_path / "a")
    (tmp_path / "file").write_text("in the way")
    doc = Document.open(path, data=tmp_path / "file" / "data")
    assert doc.read_only and "own folder" in doc.read_only
