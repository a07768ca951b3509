"""Kills a busy writer again and again and counts what is lost; run as a program, since it forks.

    python kill_run.py FOLDER KILLS SEED [eager]

Prints one JSON object. `eager` is the control: a writer that reports before COMMIT, which must lose edits.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prodlead_desktop.document import DiskStatus, Document, document
from prodlead_desktop.document.writer import Write, Writer
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kind
from prodlead_desktop.domain.strategy import Strategy, empty
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store import tables  # noqa: F401  (SQLAlchemy is there before the first fork)

NODES = 40
QUEUE = 4


class EagerWriter(Writer):
    """Says that an edit is on disk before it is."""

    def _write(self, write: Write) -> None:
        if write.entry is not None:
            status = self.status
            for watcher in self._watchers:
                watcher(DiskStatus("saved", status.sequence, write.entry.seq))
        super()._write(write)


@dataclass
class Count:
    """What the kills did."""

    kills: int = 0
    reported: int = 0
    on_disk: int = 0
    lost: int = 0  # reported, and not there afterwards
    torn: int = 0  # the file holds a state that never was
    refused: int = 0  # the file did not open for writing
    undo_broken: int = 0
    journals: int = 0  # kills that hit a commit
    problems: list[str] = field(default_factory=list)


def put(edit: Edit, number: int) -> None:
    """What edit ``number`` does: two rows that must arrive together."""
    for slot in (number % NODES, (number * 7 + 1) % NODES):
        edit.put(
            Node(
                f"n{slot}",
                None,
                slot,
                "note",
                f"edit {number} " + "x" * (number % 900),
                data=kind("note").data(),
            )
        )


def states() -> Iterator[Strategy]:
    """The strategy after every sequence, worked out without a document."""
    now, past, future = empty(), list[Strategy](), list[Strategy]()
    number = 0
    while True:
        yield now
        number += 1
        if number % 9 == 0:
            future.append(now)
            now = past.pop()
        elif number % 9 == 1 and future:
            past.append(now)
            now = future.pop()
        else:
            edit = Edit(now)
            put(edit, number)
            past.append(now)
            future.clear()
            now = edit.result()[0]


def live(path: Path, data: Path, out: int) -> None:
    """Edit without end, and write down every sequence when it is reported on disk."""
    doc = Document.open(path, data=data)
    doc.watch_disk(lambda status: os.write(out, f"{status.on_disk}\n".encode()) and None)
    os.write(out, b"0\n")
    number = doc.disk.sequence
    while True:
        number += 1
        if number % 9 == 0:
            doc.undo()
        elif number % 9 == 1 and doc.redo_label:
            doc.redo()
        else:
            with doc.edit("Edit") as edit:
                put(edit, number)
        while doc.disk.sequence - doc.disk.on_disk > QUEUE:
            time.sleep(0.0005)


def verdict(path: Path, data: Path, reported: int, known: list[Strategy]) -> dict[str, object]:
    """Open the file as a user would and judge it."""
    try:
        doc = Document.open(path, data=data)
    except ProdleadError as error:
        return {"refused": 1, "problem": str(error)}
    on_disk = doc.disk.on_disk
    found: dict[str, object] = {"on_disk": on_disk, "refused": int(doc.read_only is not None)}
    found["lost"] = max(0, reported - on_disk)
    found["torn"] = int(on_disk >= len(known) or doc.strategy != known[on_disk])
    found["problem"] = doc.read_only
    doc.close()
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    doc = Document.open(copy, data=data)
    before = doc.strategy
    undone = doc.undo()
    found["undo_broken"] = int(on_disk > 1 and (not undone or doc.strategy == before))
    doc.redo()
    found["undo_broken"] = found["undo_broken"] or int(doc.strategy != before or not doc.flush())
    doc.close()
    copy.unlink()
    return found


def in_child(work: object, *arguments: object) -> tuple[int, int]:
    """Fork; returns the child's pid and the end to read what it says."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    try:
        work(*arguments, writer)  # type: ignore[operator]
    finally:
        os._exit(1)


def kill_once(path: Path, data: Path, rng: random.Random, count: Count, known: list[Strategy]) -> None:
    pid, reader = in_child(live, path, data)
    said, wanted = b"", rng.randint(2, 6)
    while said.count(b"\n") < wanted:  # the child is at work, however slow the disk
        chunk = os.read(reader, 65536)
        assert chunk, "the busy child died by itself"
        said += chunk
    time.sleep(rng.uniform(0.0, 0.03))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while chunk := os.read(reader, 65536):
        said += chunk
    os.close(reader)
    lines = said.decode().split("\n")[:-1]  # a half line was not said
    reported = max((int(line) for line in lines if line), default=0)
    count.kills += 1
    count.reported = max(count.reported, reported)
    count.journals += path.with_name(f"{path.name}-journal").exists()
    pid, reader = in_child(
        lambda *a: os.write(a[-1], json.dumps(verdict(*a[:-1])).encode()), path, data, reported, known
    )
    judged = b""
    while chunk := os.read(reader, 65536):
        judged += chunk
    os.close(reader)
    os.waitpid(pid, 0)
    found = json.loads(judged or b'{"refused": 1, "problem": "the judge died"}')
    for name in ("lost", "torn", "refused", "undo_broken"):
        setattr(count, name, getattr(count, name) + found.get(name, 0))
    count.on_disk = max(count.on_disk, found.get("on_disk", 0))
    if found.get("problem"):
        count.problems.append(found["problem"])


def main(folder: Path, kills: int, seed: int, eager: bool) -> Count:
    if eager:
        document.Writer = EagerWriter  # type: ignore[misc]
    path, data = folder / "killed.prodlead", folder / "data"
    Document.create(path, data=data).close()
    rng, count = random.Random(seed), Count()
    source = states()
    known = [next(source)]
    while count.kills < kills:
        while len(known) < count.on_disk + 600:
            known.append(next(source))
        kill_once(path, data, rng, count, known)
    return count


if __name__ == "__main__":
    print(
        json.dumps(
            main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["eager"]).__dict__
        )
    )
