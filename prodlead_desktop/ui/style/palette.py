"""Turns theme tokens into a QPalette, and a widget's palette back into the theme, so that no widget stores one."""

from __future__ import annotations

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from prodlead_desktop.figures.theme import DARK, LIGHT, Theme

Role = QPalette.ColorRole

# Which palette role carries which text colour, for labels that paint themselves by role.
TEXT_ROLES: dict[str, QPalette.ColorRole] = {
    "text": Role.WindowText,
    "text2": Role.ButtonText,
    "text3": Role.PlaceholderText,
    "accent": Role.Link,
}


def palette(theme: Theme) -> QPalette:
    """The application palette of a theme."""
    colours = {
        Role.Window: theme.canvas,
        Role.WindowText: theme.text,
        Role.Base: theme.surface,
        Role.AlternateBase: theme.sunken,
        Role.Text: theme.text,
        Role.PlaceholderText: theme.text3,
        Role.Button: theme.surface,
        Role.ButtonText: theme.text2,
        Role.BrightText: theme.on_ink,
        Role.Light: theme.raised,
        Role.Midlight: theme.hover,
        Role.Mid: theme.line,
        Role.Dark: theme.line2,
        Role.Shadow: theme.line2,
        Role.Highlight: theme.accent,
        Role.HighlightedText: theme.on_accent,
        Role.Accent: theme.accent,
        Role.Link: theme.accent,
        Role.LinkVisited: theme.accent,
        Role.ToolTipBase: theme.ink,
        Role.ToolTipText: theme.on_ink,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return made


def theme_of(widget: QWidget | None) -> Theme:
    """The theme a widget is shown in; None asks for the application's."""
    colours = widget.palette() if widget is not None else QGuiApplication.palette()
    return DARK if colours.color(Role.Window).lightness() < 128 else LIGHT
