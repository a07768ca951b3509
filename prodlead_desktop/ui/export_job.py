"""Exports run as the same program without a window, in a child process on a snapshot: cancelling is killing it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QUrl
from PySide6.QtGui import QDesktopServices

from prodlead_desktop.domain import numerals
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import notations
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.tasks import Job


def command_line() -> tuple[str, list[str]]:
    """How this program is started without a window: program and first arguments."""
    if getattr(sys, "frozen", False):
        return sys.executable, []
    return sys.executable, [
        "-P",
        "-m",
        "prodlead_desktop",
    ]  # -P: nothing is loaded from the folder it stands in


class ExportJob(Job):
    """One export: snapshot, child process, notice; the target is only replaced by a whole file."""

    def __init__(
        self,
        session: Session,
        target: Path,
        options: list[str],
        tell: Callable[[Notice], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(f"Exporting {target.name}", parent)
        self._target, self._tell = target, tell
        self._cancelled = False
        self._folder = Path(tempfile.mkdtemp(prefix="prodlead-export-"))
        self._snapshot = self._folder / "snapshot.prodlead"
        self._options = options
        self._session = session
        self.process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("QT_QPA_PLATFORM", "offscreen")
        self.process.setProcessEnvironment(environment)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._broke)

    def start(self) -> None:
        """Take the snapshot and start the child; ProdleadError when the snapshot cannot be written."""
        try:
            self._session.document.save_copy(self._snapshot)
        except BaseException:
            self._clean()
            raise
        program, first = command_line()
        numbers, language = notations.names_of(numerals.notation())
        written = ["--numbers", numbers, "--language", language]
        arguments = [*first, "export", str(self._snapshot), str(self._target), *self._options, *written]
        self.process.start(program, arguments)

    def cancel(self) -> None:
        """Kill the child; what was at the target stays."""
        self._cancelled = True
        self.process.kill()
        self.process.waitForFinished(2000)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        said = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        remarks = bytes(self.process.readAllStandardOutput().data()).decode("utf-8", "replace").strip()
        self._clean()
        if self._cancelled:
            self._tell(Notice(f"Export of {self._target.name} stopped.", "info"))
        elif code == 0 and status == QProcess.ExitStatus.NormalExit and self._target.exists():
            self._tell(self._success(remarks))
        else:
            last = said.splitlines()[-1] if said else "The export did not finish."
            self._tell(Notice(f"{self._target.name} was not written. {last}", "err"))
        self.ended.emit()

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._clean()
            self._tell(Notice.of(BadInput("The export could not be started.", "Install Prodlead again.")))
            self.ended.emit()

    def _success(self, remarks: str) -> Notice:
        path = self._target
        lines = [line for line in remarks.splitlines() if str(path) not in line and path.name not in line]
        sentence = f"{path.name} is written." + (f" {' '.join(lines)}" if lines else "")
        return Notice(
            sentence,
            "ok",
            (("Open", lambda: reveal(path)), ("Show in folder", lambda: reveal(path.parent))),
        )

    def _clean(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def reveal(path: Path) -> None:
    """Open a file or a folder with what the desktop uses for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
