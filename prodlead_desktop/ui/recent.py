"""Files that were open lately, with what the start screen says about them and a small picture of their map."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.paint_qt import Detail, MapPainter
from prodlead_desktop.figures.theme import DARK, LIGHT, Theme
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.settings import Memory

KEY = "recent"
MOST = 12
THUMB = QSize(148, 88)
SCALE = 2


@dataclass(frozen=True, slots=True)
class Recent:
    """One file: where it is and what was in it when it was last seen."""

    path: str
    id: str
    name: str
    nodes: int
    scenarios: int
    note: str  # "checkpoint “before lunch”"
    seen: str  # ISO date and time

    @property
    def words(self) -> str:
        """ "26 nodes · 5 scenarios · checkpoint “before lunch”"."""
        parts = [_counted(self.nodes, "node"), _counted(self.scenarios, "scenario"), self.note]
        return " · ".join(part for part in parts if part)

    @property
    def place(self) -> str:
        """The folder in words, from the user's home on."""
        folder = Path(self.path).parent
        try:
            return " / ".join(folder.relative_to(Path.home()).parts) or "Home"
        except ValueError:
            return str(folder)

    @property
    def when(self) -> str:
        """ "Today 14:03", "12 March", "2 February 2025"."""
        seen, today = datetime.fromisoformat(self.seen), datetime.now()
        if seen.date() == today.date():
            return f"Today {seen:%H:%M}"
        return f"{seen.day} {seen:%B}" if seen.year == today.year else f"{seen.day} {seen:%B %Y}"


class RecentFiles:
    """The list, newest first, in the program's settings."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def all(self) -> tuple[Recent, ...]:
        """What is remembered and still there."""
        try:
            rows = json.loads(str(self._memory.settings.value(KEY, "[]")))
            found = [Recent(**row) for row in rows]
        except (ValueError, TypeError):
            return ()
        return tuple(recent for recent in found if Path(recent.path).is_file())

    def record(self, session: Session) -> None:
        """Put an open document first, with fresh counts."""
        strategy, document = session.strategy, session.document
        path = str(document.path)
        row = Recent(
            path,
            document.id,
            strategy.header.name,
            len(strategy.all(Node)),
            len(strategy.all(Scenario)),
            _note(session),
            datetime.now().isoformat(timespec="minutes"),
        )
        self._store([row, *(other for other in self.all() if other.path != path)][:MOST])

    def draw(self, document_id: str, shown: MapPicture) -> None:
        """Keep a small picture of a map, light and dark."""
        self._memory.thumbnails.mkdir(parents=True, exist_ok=True)
        for theme in (LIGHT, DARK):
            small_picture(shown, theme).save(str(self._thumbnail(document_id, theme)))

    def forget(self) -> None:
        """Empty the list."""
        self._store([])

    def thumbnail(self, recent: Recent, theme: Theme) -> QImage:
        """The picture of a recent file; null when there is none."""
        made = QImage(str(self._thumbnail(recent.id, theme)))
        made.setDevicePixelRatio(SCALE)
        return made

    def _thumbnail(self, document_id: str, theme: Theme) -> Path:
        return self._memory.thumbnails / f"{document_id}-{'dark' if theme.dark else 'light'}.png"

    def _store(self, rows: list[Recent]) -> None:
        self._memory.settings.setValue(KEY, json.dumps([asdict(row) for row in rows]))


def small_picture(shown: MapPicture, theme: Theme) -> QImage:
    """The whole map in blocks on the canvas colour, 148 × 88 at twice the density."""
    image = QImage(THUMB * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.canvas))
    bounds = shown.bounds
    if not shown.boxes:
        return image
    margin = 10 * SCALE
    zoom = min((image.width() - 2 * margin) / bounds.w, (image.height() - 2 * margin) / bounds.h, 0.3 * SCALE)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(image.width() / 2, image.height() / 2)
    painter.scale(zoom, zoom)
    painter.translate(-bounds.x - bounds.w / 2, -bounds.y - bounds.h / 2)
    area = QRectF(bounds.x, bounds.y, bounds.w, bounds.h)
    MapPainter(theme).paint(painter, shown, area, zoom, detail=Detail.BLOCK)
    painter.end()
    return image


def _note(session: Session) -> str:
    checkpoints = session.document.checkpoints()
    if checkpoints:
        return f"checkpoint “{checkpoints[-1].name}”"
    plan = [row for row in session.strategy.all(Scenario).values() if row.status == "plan of record"]
    return f"plan of record “{plan[0].name}”" if plan else ""


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}" if count else ""
