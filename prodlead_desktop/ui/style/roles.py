"""What a widget of ours is to a screen reader, where Qt would only say that it is an area."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

ROLE, INSTALLED = "spoken_role", "spoken_roles"


def speak_as(widget: QWidget, role: str) -> None:
    """Let a screen reader call ``widget`` a "Canvas", "Chart", "Grouping"…; to be said when it is made."""
    widget.setProperty(ROLE, QAccessible.Role[role].name)


def install(application: QApplication) -> None:
    """Let Qt ask for these roles; once is enough."""
    if not application.property(INSTALLED):
        application.setProperty(INSTALLED, True)
        QAccessible.installFactory(_interface_of)


def _interface_of(_: str, thing: QObject) -> QAccessibleInterface | None:
    role = thing.property(ROLE) if isinstance(thing, QWidget) else None
    return QAccessibleWidget(thing, QAccessible.Role[role]) if role else None  # type: ignore[call-overload]
