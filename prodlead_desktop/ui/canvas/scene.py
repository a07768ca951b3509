"""The map picture of an open document, kept up to date from what each edit touched."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.figures import map_picture, paint_qt
from prodlead_desktop.figures.map_picture import MapPicture, MapView
from prodlead_desktop.ui.session import Session


class MapScene(QObject):
    """Holds today's picture; ``moved`` says that it is another one."""

    moved = Signal(object)  # the picture before

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.picture: MapPicture = map_picture.build(session.strategy, self._view(), paint_qt.measure)
        session.changed.connect(self._on_changes)
        session.view_changed.connect(self._on_view)
        session.scenario_changed.connect(self._on_view)

    def _view(self) -> MapView:
        session = self._session
        return MapView(
            session.folded, session.lens, session.scenario, session.root, session.narrowing.shown,
            forecasts=session.forecasts,
        )  # fmt: skip

    def _on_changes(self, changes: ChangeSet) -> None:
        self._take(map_picture.updated(self.picture, self._session.strategy, changes, self._changed_view()))

    def _on_view(self) -> None:
        self._take(map_picture.updated(self.picture, self._session.strategy, view=self._changed_view()))

    def _changed_view(self) -> MapView:
        wanted = self._view()
        now = self.picture.view
        return now if wanted == replace(now) else wanted

    def _take(self, picture: MapPicture) -> None:
        before, self.picture = self.picture, picture
        self.moved.emit(before)
