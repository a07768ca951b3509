"""Exports run as the same program without a window, in a child process on a snapshot: cancelling is killing it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

from prodlead_desktop.document import checkpoints
from prodlead_desktop.domain import numerals
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.exchange import notations
from prodlead_desktop.exchange.exporter import SHARE, temporary_for
from prodlead_desktop.store import creating
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.reveal import reveal
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.tasks import Job, Task

PATIENCE_S = 60.0  # without a sign of life a child is given up
CONSOLE = "prodlead"
WRITTEN, STOPPED, FAILED = "written", "stopped", "failed"


def command_line() -> tuple[str, list[str]]:
    """How this program is started without a window: program and first arguments."""
    program = Path(sys.executable)
    if getattr(sys, "frozen", False):
        console = program.with_name(CONSOLE + program.suffix)  # on Windows only this one can be listened to
        return str(console if console.exists() else program), []
    # -P: nothing is loaded from the folder it stands in
    return str(program), ["-P", "-m", "prodlead_desktop"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an export, and what the child said: remarks, or why there is no file."""

    path: Path
    state: str
    words: str = ""

    @property
    def notice(self) -> Notice:
        """The same for the notification bar."""
        path = self.path
        if self.state == STOPPED:
            return Notice(f"Export of {path.name} stopped.", "info")
        if self.state == FAILED:
            return Notice(f"{path.name} was not written. {self.words}".rstrip(), "err")
        actions = (("Open", lambda: reveal(path)), ("Show in folder", lambda: reveal(path.parent)))
        return Notice(f"{path.name} is written. {self.words}".rstrip(), "ok", actions)


class ExportJob(Job):
    """One export: snapshot, child process, outcome; the target is only replaced by a whole file."""

    def __init__(
        self,
        session: Session,
        target: Path,
        options: list[str],
        done: Callable[[Outcome], object],
        parent: QObject | None = None,
        title: str | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        super().__init__(title or f"Exporting {target.name}", parent)
        self._target, self._done, self._options = target, done, options
        self._stopped: Outcome | None = None  # what came of a child that was killed
        self._heard: list[str] = []
        self._rest = b""
        self._written = target
        self._folder = Path(tempfile.mkdtemp(prefix="prodlead-export-"))
        self._snapshot = self._folder / "snapshot.prodlead"
        strategy, document = session.strategy, session.document
        if standing := checkpoints.standing(document):
            self._options = [*options, "--checkpoint", standing]
        self._copy = Task(
            self.title,
            lambda monitor: creating.create(self._snapshot, strategy, document.id),
            lambda _: self._launch(),
            self._not_copied,
            self,
        )
        self._copy.ended.connect(lambda: self._end() if self._stopped else None)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(patience_s * 1000))
        self._patience.timeout.connect(self._give_up)
        self.process = self._new_process()

    def _new_process(self) -> QProcess:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("QT_QPA_PLATFORM", "offscreen")
        process.setProcessEnvironment(environment)
        process.started.connect(self._started)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._broke)
        return process

    def start(self) -> None:
        """Take the snapshot beside the window, then start the child."""
        self._copy.start()

    def cancel(self) -> None:
        """Kill the child; what was at the target stays."""
        self._kill(Outcome(self._target, STOPPED))

    def wait(self) -> None:
        """Until the snapshot is taken."""
        self._copy.wait()

    # -- the child

    def _launch(self) -> None:
        program, first = command_line()
        numbers, language = notations.names_of(numerals.notation())
        written = ["--progress", "--numbers", numbers, "--language", language]
        arguments = ["export", str(self._snapshot), str(self._target), *self._options, *written]
        self.process.start(program, [*first, *arguments])
        self._patience.start()

    def _started(self) -> None:
        self._written = temporary_for(self._target, self.process.processId())

    def _hear(self) -> None:
        """Lines of the child: how far it is, or what a careful user wants to know."""
        self._patience.start()
        *lines, self._rest = (self._rest + self.process.readAllStandardOutput().data()).split(b"\n")
        for line in (raw.decode("utf-8", "replace").strip() for raw in lines):
            if line.startswith(SHARE):
                self.progress(float(line.removeprefix(SHARE)))
            elif line:
                self._heard.append(line)

    def _give_up(self) -> None:
        waited = f"{numerals.number(self._patience.interval() / 1000)}\u00a0s"
        self._kill(Outcome(self._target, FAILED, f"Nothing happened for {waited}. Try a branch."))

    def _kill(self, outcome: Outcome) -> None:
        self._stopped = outcome
        self._copy.cancel()
        if self.process.state() != QProcess.ProcessState.NotRunning:
            self.process.kill()
            self.process.waitForFinished(2000)

    # -- the end

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._stopped:
            self._end()
            return
        said = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        self._hear()
        if code == 0 and status == QProcess.ExitStatus.NormalExit and self._target.exists():
            remarks = " ".join(line for line in self._heard if self._target.name not in line)
            self._end(Outcome(self._target, WRITTEN, remarks))
        else:
            last = said.splitlines()[-1].removeprefix("prodlead: ") if said else "The export did not finish."
            self._end(Outcome(self._target, FAILED, last))

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(
                Outcome(self._target, FAILED, "The export could not be started. Install Prodlead again.")
            )

    def _not_copied(self, error: BaseException) -> None:
        ours = not isinstance(error, ProdleadError)
        self._end(Outcome(self._target, FAILED, "" if ours else str(error)))
        if ours:
            raise error

    def _end(self, outcome: Outcome | None = None) -> None:
        self._patience.stop()
        if self._written != self._target:
            self._written.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
        found = outcome or self._stopped
        assert found is not None
        self._done(found)
        self.ended.emit()
