"""Tab goes through a pane in the order it is seen, whenever its rows were made."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget


def as_seen(pane: QWidget) -> list[QWidget]:
    """What takes Tab in ``pane``, line by line and from left to right; a part of it, scrolled or not, as a whole."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # new rows have no place before
    return _within(pane)


def go_on(pane: QWidget, forward: bool) -> bool:
    """Give the keyboard to the next (or previous) one of ``pane``, round at its ends; False when there is no other."""
    here, order = QApplication.focusWidget(), as_seen(pane)
    if here is None or not order:
        return False
    if here in order:
        target = order[(order.index(here) + (1 if forward else -1)) % len(order)]
    else:
        target = order[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return target is not here


def _within(part: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    children = [one for one in part.children() if isinstance(one, QWidget)]
    for child in _by_lines([one for one in children if not (one.isHidden() or one.isWindow())]):
        if not child.isEnabled():
            continue
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
            found.append(child)
        found += _within(child)
    return found


def _by_lines(parts: list[QWidget]) -> list[QWidget]:
    lines: list[list[QWidget]] = []
    for part in sorted(parts, key=lambda one: (one.y(), one.x())):
        if lines and part.geometry().center().y() <= lines[-1][0].geometry().bottom():
            lines[-1].append(part)
        else:
            lines.append([part])
    return [part for line in lines for part in sorted(line, key=lambda one: one.x())]
