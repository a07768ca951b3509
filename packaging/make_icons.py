"""Draws the application icon in every size a desktop asks for, so that only the SVG is ever edited.

    python packaging/make_icons.py resources/icons/app

Reads prodlead.svg in that folder and writes prodlead-16.png … prodlead-512.png and prodlead.ico beside it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
# Up to 22 px arms and dot are drawn thicker: at 16 px they then fill whole pixels.
SMALL = 22
THICKER = {b'stroke-width="6.4"': b'stroke-width="8"', b'r="7.2"': b'r="9.6"'}


def drawn(svg: bytes, size: int) -> Image.Image:
    """The icon as a picture of `size` × `size` pixels on a transparent ground; SystemExit if it is no SVG."""
    for plain, thick in THICKER.items() if size <= SMALL else ():
        svg = svg.replace(plain, thick)
    renderer = QSvgRenderer(svg)
    if not renderer.isValid():
        raise SystemExit("prodlead.svg cannot be drawn.")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(straight.constBits()))


def make_icons(folder: Path) -> list[Path]:
    """Write all sizes beside `folder/prodlead.svg`; returns the files."""
    svg = (folder / "prodlead.svg").read_bytes()
    pictures = {size: drawn(svg, size) for size in SIZES}
    written = []
    for size, picture in pictures.items():
        written.append(folder / f"prodlead-{size}.png")
        picture.save(written[-1], optimize=True)
    largest, *others = (pictures[size] for size in reversed(ICO_SIZES))
    written.append(folder / "prodlead.ico")
    largest.save(written[-1], sizes=[(size, size) for size in ICO_SIZES], append_images=others)
    return written


def main(arguments: list[str]) -> int:
    """Run from the command line; prints the files written."""
    parser = argparse.ArgumentParser(description="Draw the application icon in every size.")
    parser.add_argument("folder", type=Path, help="folder with prodlead.svg, such as resources/icons/app")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    for path in make_icons(given.folder):
        print(path)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
