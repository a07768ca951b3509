"""What the bar says about the disk: three ways on after a failure, and why a document is read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from prodlead_desktop.document import DiskStatus
from prodlead_desktop.ui.notice import DISK, Notice
from prodlead_desktop.ui.session import Session

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WAY = "disk-way"  # why one of the ways on did not go


class DiskNotice(QObject):
    """Keeps exactly one notice about the disk in the bar, as long as it is true."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(session)
        self._session, self._window = session, window
        session.disk_changed.connect(self._show)
        session.changed.connect(lambda _: self._show(session.disk))
        self._shown = ""
        self._show(session.disk)

    def _show(self, status: DiskStatus) -> None:
        notice = self._notice(status)
        said = notice.sentence if notice else ""
        if said == self._shown:
            return
        self._shown = said
        bar = self._window.body.bar if self._window.body else None
        if notice is not None:
            self._window.tell(notice)
        elif bar is not None:
            bar.withdraw(DISK)
            bar.withdraw(WAY)

    def _notice(self, status: DiskStatus) -> Notice | None:
        document = self._session.document
        save = ("Save a copy elsewhere", lambda: self._window.table.run("file.copy"))
        if document.read_only:
            sentence = f"{document.read_only} You can look and export."
            return Notice(sentence, "warn", (("Save a copy", save[1]),), key=DISK)
        if status.state != "failed":
            return None
        problem = status.problem.sentence if status.problem else "The last change could not be written."
        return Notice(
            f"Not on disk: {problem} Everything is kept in memory.",
            "err",
            (
                ("Try again", lambda: self._run(document.try_again)),
                save,
                ("Go back to what is on disk", lambda: self._run(document.go_back_to_disk)),
            ),
            key=DISK,
        )

    def _run(self, way: object) -> None:
        self._window.problems.run(way, WAY)  # type: ignore[arg-type]
        self._show(self._session.disk)
