"""Everybody can name every control: a walk over the whole window, each workspace, dock, box and dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builders import sample
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.style.popover import Popover

Show = Callable[[Strategy], MainWindow]
CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QLineEdit, QComboBox)
SAY_NOTHING = ("NoRole", "Client", "Pane", "LayeredPane", "Application", "Window", "Border")
# Rows that open something to look into, by how their title ends or by name.
OPENING = ("view.palette", "help.keys", "help.log", "help.about")
ELSEWHERE = (
    "file.new",
    "file.open",
    "file.import",
    "file.copy",
    "file.send",
    "file.pdf",
    "file.json",
    "file.print",
    "compare.save",
)  # fmt: skip  the system's own dialogs


def controls(root: QWidget) -> Iterator[QWidget]:
    """What is seen and can be pressed, typed into, moved or reached by Tab."""
    for part in root.findChildren(QWidget):
        takes_keys = part.focusPolicy() != Qt.FocusPolicy.NoFocus
        inner = isinstance(part.parentWidget(), QComboBox | QAbstractSpinBox)
        wanted = (takes_keys or isinstance(part, CONTROLS)) and not isinstance(part, QScrollBar)
        if part.isVisible() and wanted and not inner:
            yield part


def silent(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name, or would call nothing in particular."""
    found = []
    for part in controls(root):
        spoken = QAccessible.queryAccessibleInterface(part)
        name, role = spoken.text(QAccessible.Text.Name).strip(), spoken.role().name
        if not name or role in SAY_NOTHING:
            found.append(f"{type(part).__name__} in {type(part.parentWidget()).__name__}: {name!r}, {role}")
    return found


def close_all(window: MainWindow) -> None:
    for box in window.findChildren(QDialog):
        if box.isVisible():
            box.reject()
    for box in window.findChildren(Popover):
        if box.isVisible():
            box.dismiss()
    for other in window.program.windows:
        if other is not window:
            other.close_anyway()


def test_every_control_of_the_workspaces_and_docks_has_a_name_and_a_role(show: Show, qtbot: QtBot) -> None:
    window = show(sample())
    assert window.body is not None and window.session is not None
    window.body.fill_inspector()
    for workspace in window.body.top.tabs:
        window.body.show_workspace(workspace)
        QApplication.processEvents()
        assert silent(window) == [], workspace
    window.body.show_workspace("map")
    kinds = {node.kind: node.id for node in window.session.strategy.all(Node).values()}
    for kind, node in kinds.items():
        window.session.select(node)
        QApplication.processEvents()
        pages = [part for part in window.body.inspector.findChildren(QAbstractButton) if part.isCheckable()]
        for words in [part.text() for part in pages if part.isVisible()]:
            for part in pages:
                if part.text() == words and part.isVisible():
                    part.click()
                    break
            QApplication.processEvents()
            assert silent(window.body.inspector) == [], f"{kind}, {words}"
    window.session.select(*list(kinds.values())[:3])
    QApplication.processEvents()
    assert silent(window.body.inspector) == [], "several at once"


def test_every_control_of_the_boxes_and_dialogs_has_a_name_and_a_role(
    show: Show, program: Program, qtbot: QtBot
) -> None:
    window = show(sample())
    assert window.body is not None and window.session is not None
    opened = []
    for row in list(window.table.rows.values()):
        if (
            row.id in ELSEWHERE
            or row.choices is not None
            or not (row.title.endswith("…") or row.id in OPENING)
        ):
            continue
        for workspace in ("map", "allocate", "compare"):
            window.body.show_workspace(workspace)
            window.session.select("o-ttfi")
            window.table.refresh()
            if row.enabled(window.context()):
                window.table.run(row.id)
                QTest.qWait(20)
                shown = [each for each in window.findChildren(QWidget) if isinstance(each, QDialog | Popover)]
                opened += [type(each).__name__ for each in shown if each.isVisible()]
                assert silent(window) == [], row.id
                close_all(window)
                break
    editing = "CheckpointBox CheckpointsBox ExportBox RulesBox FuturesBox"
    assert set(editing.split()) | {"Palette", "ShortcutSheet", "PreferencesBox", "About", "LogBox"} <= set(
        opened
    )
    boxes = [each for each in window.findChildren(Popover) if each.isVisible()]
    assert boxes == []


def test_the_start_screen_and_notices_have_names_and_roles(
    start: MainWindow, window: MainWindow, qtbot: QtBot
) -> None:
    assert silent(start) == []
    for level in ("info", "ok", "warn", "err"):
        window.tell(Notice(f"Something {level}.", level, (("Undo", lambda: None),)))
        window.tell(Notice(f"Something {level}.", level, (("Undo", lambda: None),), toast=True))
        QApplication.processEvents()
        assert silent(window) == []
    spoken = QAccessible.queryAccessibleInterface(window.toast)
    assert spoken.role() == QAccessible.Role.Notification
    assert spoken.text(QAccessible.Text.Name) == "Something err."
    window.toast.clear()
