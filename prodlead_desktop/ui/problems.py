"""The action runner: what goes wrong becomes a sentence in the bar, or one crash report without document content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodlead_desktop.errors import Cancelled, ProdleadError
from prodlead_desktop.ui.notice import Notice


class Problems(QObject):
    """Runs what a window was asked to do and says what went wrong; ``mistake`` gets what is ours."""

    def __init__(
        self,
        window: QWidget,
        tell: Callable[[Notice], None],
        mistake: Callable[[BaseException], object],
    ) -> None:
        super().__init__(window)
        self._tell, self._mistake = tell, mistake

    def run(self, work: Callable[[], object], key: str = "") -> bool:
        """Do ``work``; says whether it went through. One of the two broad excepts of the program.

        What is said has the ``key``, by which it is withdrawn when the opposite happens.
        """
        try:
            work()
        except Exception as error:  # noqa: BLE001  the action runner
            self.report(error, key)
            return False
        return True

    def report(self, error: BaseException, key: str = "") -> None:
        """Ours becomes a crash report, the user's or the machine's a sentence in the bar."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, ProdleadError):
            self._tell(replace(Notice.of(error), key=key))
            return
        self._mistake(error)
