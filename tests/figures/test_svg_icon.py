"""Our reading of Lucide's drawings looks as Qt's own SVG renderer draws them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from prodlead_desktop import resources
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures import svg_icon
from prodlead_desktop.figures.paint_qt import draw_icon, icon_pixmap

SIDE = 72
ICONS = sorted(resources.path("icons").glob("*.svg"))


def blank() -> tuple[QImage, QPainter]:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return image, painter


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_each_icon_is_drawn_as_qt_draws_its_svg(qapp: object, file: Path) -> None:
    ours, painter = blank()
    draw_icon(painter, file.stem, 0, 0, SIDE, "#000000")
    painter.end()
    theirs, painter = blank()
    svg = file.read_text(encoding="utf-8").replace("currentColor", "#000000")
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, SIDE, SIDE))
    painter.end()
    rows = range(SIDE)
    far = sum(
        abs(ours.pixelColor(x, y).red() - theirs.pixelColor(x, y).red()) > 128 for x in rows for y in rows
    )
    ink = sum(theirs.pixelColor(x, y).red() < 128 for x in rows for y in rows)
    assert ink > 60 and far <= ink * 0.02


def test_steps_are_moves_lines_and_curves_within_the_box() -> None:
    for file in ICONS:
        steps = svg_icon.steps(file.stem)
        assert steps[0].verb == "M"
        assert {step.verb: len(step.points) for step in steps}.items() <= {
            "M": 2,
            "L": 2,
            "C": 6,
            "Z": 0,
        }.items()
        assert all(-2 <= value <= 26 for step in steps for value in step.points)


def test_an_icon_nobody_drew_is_named() -> None:
    with pytest.raises(ProdleadError, match="unicorn"):
        svg_icon.steps("unicorn")


def test_pixmaps_are_sharp_on_any_screen(qapp: object) -> None:
    pixmap = icon_pixmap("target", 18, "#2A67E2", 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (36, 2.0)
