"""A disk that says no: told in words, nothing lost, never "saved" when it is not, and three ways on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from builders import small
from document.disk import assert_same, meta, tables_of, tables_on_disk

from prodlead_desktop.document import DiskStatus, Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import FileRefused, ProdleadError, WriteFailed

if sys.platform != "win32":
    import resource


@pytest.fixture
def doc(tmp_path: Path) -> Iterator[Document]:
    document = Document.create(tmp_path / "home" / "plan.prodlead", small(), data=tmp_path / "data")
    yield document
    try:
        document.close()
    except WriteFailed:
        pass


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)


def rename(doc: Document, title: str, node: str = "o1") -> None:
    with doc.edit("Rename") as edit:
        nodes.rename(edit, node, title)


def title(doc: Document, node: str = "o1") -> str:
    return doc.strategy.get(Node, node).title


def until(what: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for the writer's thread."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def states_of(doc: Document) -> list[DiskStatus]:
    heard: list[DiskStatus] = []
    doc.watch_disk(heard.append)
    return heard


def never_said_saved_too_early(heard: list[DiskStatus]) -> bool:
    return all(status.on_disk == status.sequence for status in heard if status.state == "saved")


# -- the file under us


def moved(path: Path) -> None:
    os.rename(path, path.with_name("elsewhere.prodlead"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other.tmp")
    shutil.copyfile(path, other)
    os.replace(other, path)


GONE = {"moved": moved, "deleted": deleted, "replaced": replaced}
posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")


@posix
@pytest.mark.parametrize("how", GONE)
def test_a_file_gone_is_noticed_at_the_next_edit_and_nothing_is_lost(
    how: str, doc: Document, tmp_path: Path
) -> None:
    heard = states_of(doc)
    rename(doc, "Before")
    assert doc.flush()
    GONE[how](doc.path)
    rename(doc, "After")
    assert not doc.flush()
    until(lambda: doc.disk.state == "failed")
    assert doc.disk.problem and doc.disk.problem.sentence.startswith("The file was moved, renamed or deleted")
    assert (doc.disk.on_disk, doc.disk.sequence) == (1, 2)
    assert never_said_saved_too_early(heard)
    with pytest.raises(ProdleadError, match="Editing is paused"):
        rename(doc, "Paused")
    assert title(doc) == "After"
    doc.save_copy(tmp_path / "kept.prodlead")
    copy = Document.open(tmp_path / "kept.prodlead", data=tmp_path / "data")
    assert copy.strategy == doc.strategy
    copy.undo()
    assert title(copy) == "Before"  # even the steps that were never on disk can be undone there
    copy.undo()
    assert title(copy) == "Faster insight"
    copy.close()


@posix
@pytest.mark.parametrize("how", GONE)
def test_a_file_gone_is_noticed_without_an_edit(how: str, doc: Document) -> None:
    doc.check_file()
    GONE[how](doc.path)
    doc.check_file()
    until(lambda: doc.disk.state == "failed")
    assert doc.disk.problem is not None
    with pytest.raises(ProdleadError, match="Editing is paused"):
        rename(doc, "Never")
    assert title(doc) == "Faster insight"


@posix
def test_an_emptied_file_is_noticed(doc: Document) -> None:
    os.truncate(doc.path, 0)
    doc.check_file()
    until(lambda: doc.disk.state == "failed")
    assert doc.disk.problem and "emptied" in doc.disk.problem.sentence


@posix
def test_what_could_not_be_written_lies_in_the_recovery_folder_too(doc: Document, tmp_path: Path) -> None:
    moved(doc.path)
    rename(doc, "Only here")
    until(lambda: doc.disk.state == "failed")
    recovery = tmp_path / "data" / "recovery"
    until(lambda: len(list(recovery.glob("*.prodlead"))) == 1)
    assert tables_on_disk(next(recovery.glob("*.prodlead"))) == tables_of(doc.strategy)


@posix
def test_closing_with_unwritten_edits_says_where_they_are(tmp_path: Path) -> None:
    doc = Document.create(tmp_path / "plan.prodlead", small(), data=tmp_path / "data")
    doc.path.unlink()
    rename(doc, "Only here")
    with pytest.raises(WriteFailed, match=r"A copy with everything is in .*plan-1\.prodlead"):
        doc.close()
    assert doc.writer is None
    assert not doc.flush()
    doc.close()


@posix
def test_way_on_try_again(doc: Document) -> None:
    heard = states_of(doc)
    moved(doc.path)
    rename(doc, "While it was away")
    until(lambda: doc.disk.state == "failed")
    doc.try_again()  # still away
    time.sleep(0.1)
    assert doc.disk.state == "failed"
    os.rename(doc.path.with_name("elsewhere.prodlead"), doc.path)
    doc.try_again()
    until(lambda: doc.disk.state == "saved")
    assert_same(doc.path, doc.strategy)
    rename(doc, "And on")
    assert doc.flush()
    assert_same(doc.path, doc.strategy)
    assert never_said_saved_too_early(heard)


@posix
def test_way_on_back_to_disk(doc: Document) -> None:
    rename(doc, "On disk")
    assert doc.flush()
    heard = []
    doc.subscribe(heard.append)
    away = doc.path.with_name("away")
    os.rename(doc.path, away)
    rename(doc, "In memory")
    until(lambda: doc.disk.state == "failed")
    os.rename(away, doc.path)
    changes = doc.go_back_to_disk()
    assert title(doc) == "On disk"
    assert heard[-1] == changes
    assert [change.id for change in changes] == ["o1"]
    assert (doc.disk.state, doc.undo_label) == ("saved", "Rename")
    states = states_of(doc)
    rename(doc, "And on")
    assert doc.flush()
    assert states[-1].state == "saved"
    assert_same(doc.path, doc.strategy)


@posix
def test_way_on_back_to_disk_when_there_is_nothing_to_go_back_to(doc: Document, tmp_path: Path) -> None:
    moved(doc.path)
    rename(doc, "In memory")
    until(lambda: doc.disk.state == "failed")
    with pytest.raises(FileRefused, match="not there"):
        doc.go_back_to_disk()
    assert title(doc) == "In memory"
    assert (doc.disk.state, doc.flush(), doc.read_only) == ("failed", False, None)
    doc.save_copy(tmp_path / "kept.prodlead")
    assert tables_on_disk(tmp_path / "kept.prodlead") == tables_of(doc.strategy)
    os.rename(doc.path.with_name("elsewhere.prodlead"), doc.path)  # the other ways are still open
    doc.try_again()
    assert doc.flush()
    assert_same(doc.path, doc.strategy)


# -- others on the same file


def test_a_foreign_commit_is_never_overwritten(doc: Document, tmp_path: Path) -> None:
    rename(doc, "Ours before")
    assert doc.flush()
    with closing(sqlite3.connect(doc.path)) as theirs:
        theirs.execute("UPDATE header SET purpose = 'theirs'")
        theirs.commit()
    before = tables_on_disk(doc.path)
    rename(doc, "Ours")
    until(lambda: doc.disk.state == "failed")
    assert doc.disk.problem and "Another program or computer" in doc.disk.problem.sentence
    doc.try_again()
    time.sleep(0.1)
    until(lambda: doc.disk.state == "failed")
    assert tables_on_disk(doc.path) == before
    doc.save_copy(tmp_path / "ours.prodlead")
    assert tables_on_disk(tmp_path / "ours.prodlead") == tables_of(doc.strategy)


def test_two_machines_taking_turns_lose_nothing(tmp_path: Path) -> None:
    """The other machine has no part in our lock: it uses the store as we do, on a folder of data of its own."""
    path = tmp_path / "shared.prodlead"
    here = Document.create(path, small(), data=tmp_path / "here")
    there = Document.open(path, data=tmp_path / "there")
    assert there.read_only is None
    for number in range(10):
        for one, other in ((here, there), (there, here)):
            rename(one, f"Edit {number} {one is here}")
            assert one.flush()
            kept = tables_on_disk(path)
            rename(other, f"Refused {number}")
            assert not other.flush()
            assert tables_on_disk(path) == kept
            other.go_back_to_disk()
            assert other.strategy == one.strategy
            break_off = other.undo_label
            assert break_off == "Rename"
    here.close()
    there.close()


@contextmanager
def another_process(path: Path, statement: str = "BEGIN EXCLUSIVE") -> Iterator[Callable[[], None]]:
    """Holds a lock on the file until it is told to let go."""
    code = (
        "import sqlite3, sys\n"
        f"c = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        f"c.execute({statement!r})\nc.execute('SELECT * FROM meta').fetchone()\n"
        "print('held', flush=True)\nsys.stdin.readline()\nc.execute('ROLLBACK')\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin and child.stdout
    assert child.stdout.readline() == "held\n"

    def let_go() -> None:
        if child.poll() is None:
            child.communicate("\n")

    try:
        yield let_go
    finally:
        let_go()


@pytest.mark.parametrize("statement", ["BEGIN EXCLUSIVE", "BEGIN"])
def test_a_lock_of_another_program_means_waiting_and_then_saved(statement: str, doc: Document) -> None:
    heard = states_of(doc)
    rename(doc, "First")
    assert doc.flush()
    with another_process(doc.path, statement) as let_go:
        rename(doc, "Second")
        until(lambda: doc.disk.state == "waiting")
        rename(doc, "Third")  # one goes on working
        assert (doc.disk.on_disk, doc.disk.sequence) == (1, 3)
        assert not doc.flush(0.05)
        let_go()
    assert doc.flush()
    assert [status.state for status in heard].count("failed") == 0
    assert (doc.disk.state, doc.disk.on_disk) == ("saved", 3)
    assert never_said_saved_too_early(heard)
    assert_same(doc.path, doc.strategy)


def test_a_copy_can_be_saved_while_another_program_holds_the_file(doc: Document, tmp_path: Path) -> None:
    rename(doc, "First")
    assert doc.flush()
    with another_process(doc.path):
        rename(doc, "Second")
        until(lambda: doc.disk.state == "waiting")
        doc.save_copy(tmp_path / "kept.prodlead")
    assert tables_on_disk(tmp_path / "kept.prodlead")["node"]["o1"][4] == "Second"
    assert doc.flush()


# -- the disk


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """No file of this process may become bigger than this one is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@posix
def test_a_file_that_cannot_grow(doc: Document) -> None:
    rename(doc, "Fits")
    assert doc.flush()
    sequence, _ = meta(doc.path)
    with full_disk(doc.path):
        with doc.edit("Write a lot") as edit:
            nodes.set_value(edit, "o1", "note", "many words " * 5000)
        rename(doc, "Behind it")
        until(lambda: doc.disk.state == "failed")
        assert doc.disk.problem and doc.disk.problem.sentence.endswith(".")
        assert meta(doc.path)[0] == sequence
        doc.try_again()
        until(lambda: doc.disk.state == "failed")
        with pytest.raises(ProdleadError, match="Editing is paused"):
            rename(doc, "Paused")
    doc.try_again()
    until(lambda: doc.disk.state == "saved")
    assert_same(doc.path, doc.strategy)
    doc.undo()
    doc.undo()
    assert title(doc) == "Fits"


@pytest.fixture
def tiny_disk() -> Iterator[Path]:
    """A disk of 1.1 MB, where one may be made."""
    folder = Path(tempfile.mkdtemp(prefix="prodlead-tiny-"))
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1100k", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        folder.rmdir()
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk(tiny_disk: Path, tmp_path: Path) -> None:
    doc = Document.create(tiny_disk / "plan.prodlead", small(), data=tmp_path / "data")
    rename(doc, "Fits")
    assert doc.flush()
    ballast = tiny_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while file.write(bytes(4096)) == 4096:
            pass
    with doc.edit("Write a lot") as edit:
        nodes.set_value(edit, "o1", "note", "many words " * 5000)
    until(lambda: doc.disk.state == "failed")
    assert doc.disk.problem and doc.disk.problem.sentence == "The disk is full."
    with pytest.raises(WriteFailed, match="The disk is full"):
        doc.save_copy(tiny_disk / "copy.prodlead")
    assert {path.name for path in tiny_disk.iterdir() if path.suffix != ".prodlead-journal"} >= {
        "plan.prodlead",
        "ballast",
    }
    assert not list(tiny_disk.glob("copy*"))
    doc.save_copy(tmp_path / "kept.prodlead")
    ballast.unlink()
    doc.try_again()
    until(lambda: doc.disk.state == "saved")
    assert_same(doc.path, doc.strategy)
    doc.close()


# -- the thread


def test_a_fault_in_a_watcher_pauses_instead_of_passing_for_saved(
    doc: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised = []
    monkeypatch.setattr(threading, "excepthook", lambda args: raised.append(args.exc_type))

    def watcher(_: DiskStatus) -> None:
        raise ZeroDivisionError

    stop = doc.watch_disk(watcher)
    rename(doc, "First")
    until(lambda: doc.disk.state == "failed" and not doc.flush(0.01))
    until(lambda: raised == [ZeroDivisionError])
    stop()
    doc.try_again()
    until(lambda: doc.disk.state == "saved")
    assert_same(doc.path, doc.strategy)


def test_closing_ends_the_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    doc = Document.create(tmp_path / "plan.prodlead", small(), data=tmp_path / "data")
    writers = set(threading.enumerate()) - before
    assert len(writers) == 1
    rename(doc, "First")
    doc.close()
    assert not any(thread.is_alive() for thread in writers)
    assert_same(tmp_path / "plan.prodlead", doc.strategy)


def test_a_program_that_ends_without_closing_still_writes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from prodlead_desktop.document import Document\nfrom prodlead_desktop.domain import nodes\n"
        "doc = Document.create(Path(sys.argv[1]), data=Path(sys.argv[2]))\n"
        "with doc.edit('Add') as edit: nodes.add(edit, 'note', 'Last words')\n"
    )
    path = tmp_path / "left.prodlead"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(tmp_path / "d")], timeout=60, check=False
    )
    assert done.returncode == 0
    assert [row[4] for row in tables_on_disk(path)["node"].values()] == ["Last words"]
