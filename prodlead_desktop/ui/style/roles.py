"""What a widget of ours is to a screen reader, where Qt would only say that it is an area."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

ROLE, INSTALLED, MAKER = "spoken_role", "spoken_roles", "spoken_interface"


def speak_as(widget: QWidget, role: str) -> None:
    """Let a screen reader call ``widget`` a "Canvas", "Chart", "Grouping"…; to be said when it is made."""
    widget.setProperty(ROLE, QAccessible.Role[role].name)


def speak_through(widget: QWidget, make: Callable[[], QAccessibleInterface]) -> None:
    """Let a screen reader hear an interface of the widget's own; it is made when first asked for and kept."""
    widget.__dict__[MAKER] = cache(make)


def install(application: QApplication) -> None:
    """Let Qt ask for these roles; once is enough."""
    if not application.property(INSTALLED):
        application.setProperty(INSTALLED, True)
        QAccessible.installFactory(_interface_of)


def _interface_of(_: str, thing: QObject) -> QAccessibleInterface | None:
    own = thing.__dict__.get(MAKER) if isinstance(thing, QWidget) else None
    if own is not None:
        return own()
    role = thing.property(ROLE) if isinstance(thing, QWidget) else None
    return QAccessibleWidget(thing, QAccessible.Role[role]) if role else None  # type: ignore[call-overload]
