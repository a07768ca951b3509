"""The menus of the bar: their titles are there in the first frame, their rows come with the actions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QMenuBar

MENUS = ("File", "Edit", "Map", "Allocate", "Compare", "View", "Help")


def add_titles(bar: QMenuBar, fill: Callable[[], object]) -> dict[str, QMenu]:
    """The menus by title, still without rows; ``fill`` is called when one opens, also when it was done before."""
    menus = {title: bar.addMenu(f"&{title}") for title in MENUS}
    for menu in menus.values():
        menu.aboutToShow.connect(fill)
    return menus
