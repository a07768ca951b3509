"""Puts an open document among the recent files: what is in it, and its map as a small picture."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from prodlead_desktop.domain import scenarios
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.paint_qt import Detail, MapPainter
from prodlead_desktop.figures.theme import DARK, LIGHT, Theme
from prodlead_desktop.ui.recent import Recent, RecentFiles
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.start import SCALE, THUMB


def remember(files: RecentFiles, session: Session) -> None:
    """Put an open document first, with fresh counts."""
    strategy, document = session.strategy, session.document
    files.record(
        Recent(
            str(document.path),
            document.id,
            strategy.header.name,
            len(strategy.all(Node)),
            len(strategy.all(Scenario)),
            _note(session),
            datetime.now().isoformat(timespec="minutes"),
        )
    )


def draw(files: RecentFiles, session: Session, shown: MapPicture) -> None:
    """Keep small pictures of the map, light and dark."""
    for theme in (LIGHT, DARK):
        target = files.picture(session.document.id, theme)
        target.parent.mkdir(parents=True, exist_ok=True)
        small_picture(shown, theme).save(str(target))


def small_picture(shown: MapPicture, theme: Theme) -> QImage:
    """The whole map in blocks on the canvas colour, 148 × 88 at twice the density."""
    size = QSize(*THUMB) * SCALE
    image = QImage(size, QImage.Format.Format_RGB32)
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
    plan = scenarios.plan_of_record(session.strategy)
    return f"plan of record “{plan.name}”" if plan and plan.status == "plan of record" else ""
