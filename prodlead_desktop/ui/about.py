"""Versions and licences of the program and of what it is made of."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import prodlead_desktop
from prodlead_desktop.ui.style.buttons import Button
from prodlead_desktop.ui.style.labels import Divider, Label
from prodlead_desktop.ui.top_bar import Mark

PARTS = (
    ("Qt for Python", "PySide6_Essentials", "LGPL 3"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("matplotlib", "matplotlib", "PSF-based"),
)


def version_of(distribution: str) -> str:
    """The installed version; empty when it cannot be told, as in a bundle."""
    import importlib.metadata  # 30 ms that no first frame needs

    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def lines() -> list[tuple[str, str, str]]:
    """(name, version, licence) of everything inside."""
    fixed = [
        ("Qt", qVersion(), "LGPL 3"),
        ("Python", platform.python_version(), "PSF"),
        ("Prodlead Sans, derived from Inter", "4.001", "OFL 1.1"),
        ("Lucide icons", "", "ISC"),
    ]
    return [(name, version_of(package), licence) for name, package, licence in PARTS] + fixed


class About(QDialog):
    """A small window; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Prodlead Desktop")
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Mark(44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label("Prodlead Desktop", "panel_title"))
        words.addWidget(Label(f"Version {prodlead_desktop.__version__}, MIT licence", "body", "text2"))
        head.addLayout(words, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, (name, version, licence) in enumerate(lines()):
            for place, text in enumerate((name, version, licence)):
                grid.addWidget(Label(text, "label", "text" if place == 0 else "text2"), row, place)
        close = Button("Close", "ink")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(
            Label("Offline: no network is touched, nothing is collected.", "body", "text2", wrap=True)
        )
        column.addWidget(Divider())
        column.addLayout(grid)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(440)
        close.setFocus()
