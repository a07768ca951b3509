"""F6 and Shift+F6: the keyboard's way from pane to pane, out of the map too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from prodlead_desktop.ui.body import Body


def cycle(body: Body, step: int) -> None:
    """Give the keyboard to the next (1) or previous (-1) pane that can take it."""
    panes = body.panes()
    focus = QApplication.focusWidget()
    within = [at for at, pane in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))]
    here = within[-1] if within else -step  # the last: a pane may lie on another one
    for offset in range(1, len(panes) + 1):
        target = first_in(panes[(here + step * offset) % len(panes)])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def first_in(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that takes the keyboard, the pane itself included."""
    proxy = pane.focusProxy()
    if proxy is not None and proxy.isVisible() and proxy.isEnabled():
        return proxy
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return pane
    child = pane.nextInFocusChain()
    while child is not None and child is not pane:
        takes_keys = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_keys and pane.isAncestorOf(child) and child.isVisible() and child.isEnabled():
            return child
        child = child.nextInFocusChain()
    return None
