"""Exports run in a child process on a snapshot; the window goes on meanwhile."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pypdf
import pytest
from builders import sample
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui.actions.file import export, save_copy
from prodlead_desktop.ui.export_job import ExportJob
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.session import Notice

MOST_MS = 60_000


def finished(window: MainWindow, job: ExportJob, qtbot: QtBot) -> Notice:
    """Wait for the end of an export and return what the bar says."""
    qtbot.waitUntil(lambda: job not in window.tasks.jobs, timeout=MOST_MS)
    assert window.body is not None
    return window.body.bar.notices()[-1]


def test_the_map_as_pdf(show: object, qtbot: QtBot, tmp_path: Path) -> None:
    window: MainWindow = show(sample())  # type: ignore[operator]
    target = tmp_path / "map.pdf"
    job = export(window.context(), target)
    assert window.tasks.jobs == [job] and not target.exists(), "the window does not wait for it"
    notice = finished(window, job, qtbot)
    assert notice.level == "ok" and [words for words, _ in notice.actions] == ["Open", "Show in folder"]
    text = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(target).pages)
    assert "Guided first dashboard" in text


def test_the_strategy_as_json(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    notice = finished(window, export(window.context(), target), qtbot)
    assert notice.level == "ok"
    assert window.session is not None
    assert interchange.loads(target.read_text(encoding="utf-8")) == window.session.strategy
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "prodlead-strategy"


def test_stopping_leaves_what_was_there(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "map.pdf"
    target.write_bytes(b"the old one")
    job = export(window.context(), target)
    qtbot.waitUntil(lambda: job.process.processId() > 0, timeout=MOST_MS)
    job.cancel()
    notice = finished(window, job, qtbot)
    assert "stopped" in notice.sentence and target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_stopping_before_the_child_has_begun(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    job = export(window.context(), tmp_path / "map.pdf")
    job.cancel()
    assert "stopped" in finished(window, job, qtbot).sentence
    assert not (tmp_path / "map.pdf").exists()


def test_the_bar_hears_how_far_it_is(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    heard: list[float] = []
    job = export(window.context(), tmp_path / "map.svg")
    job.progressed.connect(heard.append)
    notice = finished(window, job, qtbot)
    assert len(heard) >= 4 and heard == sorted(heard) and heard[-1] > 0.9
    assert "done" not in notice.sentence


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGSTOP")
def test_a_child_that_hangs_is_given_up(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session is not None
    target = tmp_path / "map.pdf"
    target.write_bytes(b"the old one")
    job = ExportJob(
        window.session, target, [], lambda found: window.tell(found.notice), window.tasks, patience_s=0.8
    )
    job.start()
    window.tasks.show(job)
    qtbot.waitUntil(lambda: job.process.processId() > 0, timeout=MOST_MS)
    os.kill(job.process.processId(), signal.SIGSTOP)
    assert "Nothing happened" in finished(window, job, qtbot).sentence
    assert target.read_bytes() == b"the old one"


def test_a_document_that_goes_on_changing_is_exported_as_it_was(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    before = window.session.strategy
    job = export(window.context(), tmp_path / "plan.json")
    with window.session.edit("Rename") as edit:
        nodes.rename(edit, next(iter(edit.all(Node))), "Renamed meanwhile")
    finished(window, job, qtbot)
    assert interchange.loads((tmp_path / "plan.json").read_text(encoding="utf-8")) == before


def test_a_place_that_cannot_be_written_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    notice = finished(window, export(window.context(), tmp_path / "no such folder" / "map.json"), qtbot)
    assert (
        notice.level == "err" and "was not written" in notice.sentence and "Traceback" not in notice.sentence
    )


def test_a_copy_to_send_says_what_it_leaves_out(window: MainWindow, tmp_path: Path) -> None:
    save_copy(window.context(), tmp_path / "to send.prodlead", to_send=True)
    assert window.body is not None
    assert "without journal" in window.body.bar.notices()[-1].sentence
    assert (tmp_path / "to send.prodlead").is_file()
