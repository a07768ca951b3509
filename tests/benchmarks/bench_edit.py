"""One durable edit: our commit against raw sqlite3 with the same pragmas, tables and rows; and edit until on disk.

The peer binds rows and journal text that were made before; ours makes them, keeps the digest and looks for foreign
commits. Both in turn on files of the same size; medians in milliseconds.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import many

from prodlead_desktop.document import DiskStatus, Document
from prodlead_desktop.domain import nodes, rowcodec
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.store import creating
from prodlead_desktop.store.connection import connect
from prodlead_desktop.store.opening import open_file
from prodlead_desktop.store.places import places
from prodlead_desktop.store.store import Entry, Store

ROUNDS = 300
LIMIT = 1.3


def main() -> None:
    print(f"{'':<30} {'ours':>9} {'peer':>9} {'limit':>6} {'ratio':>6}")
    for count in (500, 5_000, 50_000):
        with tempfile.TemporaryDirectory() as folder:
            commits(Path(folder), many(count), count)
            on_disk(Path(folder), many(count), count)


def commits(folder: Path, strategy: Strategy, count: int) -> None:
    """Time of one COMMIT each, in turn."""
    for name in ("ours", "peer"):
        creating.create(folder / name, strategy, "doc_bench")
    store = Store.of_opened(open_file(folder / "ours", places(folder / "data")))
    store.warm()
    ours, peers = [], []
    ids = list(strategy.all(Node))
    with closing(connect(folder / "peer", "rw")) as peer:
        for number in range(1, ROUNDS + 1):
            edit = Edit(strategy, "Rename")
            nodes.rename(edit, ids[number * 7919 % len(ids)], f"Renamed {number}")
            strategy, changes = edit.result()
            row = rowcodec.to_row("node", changes.changes[0].after or edit.header)
            body = rowcodec.changes_to_json(changes)
            peers.append(timed(lambda n=number, r=row, b=body: raw_commit(peer, n, r, b)))
            ours.append(timed(lambda n=number, c=changes: store.commit(entry(n, c))))
    store.close()
    a, b = statistics.median(ours), statistics.median(peers)
    print(f"{f'commit, {count:,} nodes':<30} {a:6.2f} ms {b:6.2f} ms {LIMIT:>6} {a / b:6.2f}")


def entry(number: int, changes: ChangeSet) -> Entry:
    return Entry(number, "edit", None, changes, "2027-01-01T00:00:00+00:00")


def raw_commit(peer: sqlite3.Connection, number: int, row: tuple[object, ...], body: str) -> None:
    """The least that a durable edit with a journal needs."""
    names = rowcodec.columns("node")
    rest = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    marks = ", ".join("?" * len(names))
    peer.execute("BEGIN IMMEDIATE")
    peer.execute(f"INSERT INTO node VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {rest}", row)
    peer.execute(
        "INSERT INTO journal VALUES (?, 'edit', NULL, NULL, 'Rename', ?, ?, ?)",
        (number, "2027-01-01T00:00:00+00:00", len(body), body),
    )
    peer.execute("UPDATE meta SET sequence = ?, digest = ? WHERE id = 1", (number, number))
    peer.execute("COMMIT")


def on_disk(folder: Path, strategy: Strategy, count: int) -> None:
    """From the end of the edit until COMMIT is reported, one edit at a time as a person makes them."""
    doc = Document.create(folder / "whole", strategy, data=folder / "data")
    reported = threading.Event()
    wanted = 0

    def watch(status: DiskStatus) -> None:
        if status.on_disk >= wanted:
            reported.set()

    doc.watch_disk(watch)
    ids = list(doc.strategy.all(Node))
    until_disk, in_memory = [], []
    for number in range(ROUNDS):
        wanted = doc.disk.sequence + 1
        reported.clear()
        start = time.perf_counter()
        with doc.edit("Rename") as edit:
            nodes.rename(edit, ids[number * 7919 % len(ids)], f"Again {number}")
        in_memory.append((time.perf_counter() - start) * 1000)
        reported.wait(10)
        until_disk.append((time.perf_counter() - start) * 1000)
    doc.close()
    p95 = statistics.quantiles(until_disk, n=20)[-1]
    print(f"{f'edit to disk, p95, {count:,} nodes':<30} {p95:6.2f} ms {'':>9} {100:>3} ms {p95 / 100:6.2f}")
    print(f"{'  the caller waits, median':<30} {statistics.median(in_memory):6.2f} ms")


def timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
