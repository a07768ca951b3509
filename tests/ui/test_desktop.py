"""What people expect of any desktop program: drops, recent files, a window where it was, About, full screen, quit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import sample, small
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.about import About
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.parts import parts
from prodlead_desktop.ui.program import Program

Show = Callable[[Strategy], MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def drop(window: MainWindow, *urls: QUrl) -> bool:
    """Drag something in and let it go; says whether the window wanted it."""
    mime = QMimeData()
    mime.setUrls(list(urls))
    copy, button, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, button, plain)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(50, 50), copy, mime, button, plain))
    return enter.isAccepted()


def said(window: MainWindow) -> str:
    bar = window.body.bar if window.body else window.start.bar
    return bar.notices()[-1].sentence if bar.notices() else ""


def test_what_is_no_strategy_is_refused_in_words_and_the_rest_opens(
    start: MainWindow, program: Program, tmp_path: Path
) -> None:
    picture, folder, plan = tmp_path / "holiday.png", tmp_path / "folder.prodlead", tmp_path / "plan.PRODLEAD"
    picture.write_bytes(b"\x89PNG")
    folder.mkdir()
    Document.create(plan, small()).close()
    assert drop(start, QUrl.fromLocalFile(str(picture)))
    assert said(start).startswith(
        "“holiday.png” is no strategy. Drop a .prodlead file, or one to import: .mm, .opml, "
    )
    assert drop(start, QUrl.fromLocalFile(str(folder)))
    assert "“folder.prodlead” is a folder." in said(start) and start.session is None
    assert not drop(start, QUrl("https://example.org/plan.prodlead")), "no network"
    assert not drop(start, QUrl("file://elsewhere")) or start.session is None
    every = [QUrl.fromLocalFile(str(path)) for path in (picture, plan, folder)]
    assert drop(start, *every)
    assert start.session is not None and start.session.strategy == small()
    assert "“holiday.png” and 1 more are no strategies." in said(start)
    drop(start, *[QUrl.fromLocalFile(str(tmp_path / f"{number}.json")) for number in range(11)])
    assert "11 files at once are too many." in said(start)


def test_a_file_dropped_on_a_window_in_use_opens_in_another(
    window: MainWindow, program: Program, tmp_path: Path
) -> None:
    other = tmp_path / "other.prodlead"
    Document.create(other, small()).close()
    drop(window, QUrl.fromLocalFile(str(other)))
    assert len(program.windows) == 2 and window.session is not None


def test_recent_files_come_from_the_menu_and_the_list_can_be_cleared(
    window: MainWindow, program: Program, start: MainWindow
) -> None:
    assert window.session is not None
    path = Path(window.session.document.path)
    window.close()
    start.start.fill()
    menu = start.table.actions["file.recent"].menu()
    start.table.refresh()
    assert start.table.actions["file.recent"].isEnabled()
    menu.aboutToShow.emit()  # type: ignore[union-attr]
    titles = [action.text() for action in menu.actions()]  # type: ignore[union-attr]
    assert len(titles) == 2 and titles[1] == "Clear this list"
    aside = path.with_name("aside.prodlead")
    path.rename(aside)
    assert program.recent.all() == () and not (start.start.fill() or start.start.screen.rows)
    menu.actions()[0].trigger()  # type: ignore[union-attr]
    assert "plan" in said(start) or path.name in said(start), "gone meanwhile: said in words"
    aside.rename(path)
    assert [recent.path for recent in program.recent.all()] == [str(path)], "as a stick that is back"
    start.start.fill()
    assert len(start.start.screen.rows) == 1
    menu.aboutToShow.emit()  # type: ignore[union-attr]
    menu.actions()[-1].trigger()  # type: ignore[union-attr]
    assert program.recent.all() == () and start.start.screen.rows == [] and path.is_file()
    assert list(program.memory.thumbnails.glob("*.png")) == []
    assert Program(program.memory).recent.all() == ()


def test_the_window_comes_back_where_it_was(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    window.setGeometry(QRect(20, 60, 770, 640))
    window.close()
    again = program.new_window()
    assert again.geometry() == QRect(20, 60, 770, 640)
    again.showMaximized()
    qtbot.waitExposed(again)
    again.close()
    third = program.new_window()
    assert third.isMaximized()


@pytest.mark.parametrize("place", [QRect(9_000, 7_000, 900, 600), QRect(-5_000, -4_000, 9_000, 8_000)])
def test_a_window_of_a_screen_that_is_gone_comes_back_to_one_that_is_there(
    window: MainWindow, program: Program, qtbot: QtBot, place: QRect
) -> None:
    window.setGeometry(place)
    window.close()
    again = program.new_window()
    again.show()
    qtbot.waitExposed(again)
    screen = again.screen().availableGeometry()
    seen = screen.intersected(again.frameGeometry())
    assert seen.width() >= 400 and seen.height() >= 300
    assert screen.contains(again.geometry().topLeft() + QPoint(20, 5)), "its title can be taken hold of"


def test_nonsense_in_the_settings_is_left_out(program: Program, qtbot: QtBot) -> None:
    settings = program.memory.settings
    for key in (
        "window/geometry",
        "window/docks",
        "theme",
        "size",
        "numbers",
        "language",
        "motion",
        "currency",
        "recent",
    ):
        settings.setValue(key, QByteArray(b"\x00nonsense"))
    again = Program(program.memory)
    window = again.new_window()
    assert window.width() >= 700 and again.appearance.choice == "system" and again.preferences.size == 100
    assert again.recent.all() == () and again.preferences.new_currency == "EUR"
    window.close_anyway()


def test_an_error_stays_and_undo_in_the_bar_is_reached_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    assert window.body is not None
    done = []
    window.tell(Notice("That did not work.", "err", (("Try again", lambda: done.append("again")),)))
    bar = window.body.bar
    assert bar.isVisible()
    window.body.outline.view.setFocus()
    for _ in range(len(window.body.panes())):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        if bar.isAncestorOf(QApplication.focusWidget()):
            break
    assert bar.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert done == ["again"] and not bar.isVisible()


def test_about_names_every_part_with_its_licence_and_its_text(window: MainWindow) -> None:
    found = {part.name: part for part in parts()}
    needed = "Qt Python SQLite SQLAlchemy matplotlib numpy highspy fonttools pillow shiboken6"
    assert set(needed.split()) <= set(found)
    for part in found.values():
        assert part.licence not in ("", "see its text"), part.name
        assert part.version or part.name == "Lucide icons", part.name
        assert len(part.text) > (60 if part.name in ("Python", "SQLite") else 400), part.name
    assert "LESSER" in found["Qt"].text and "SIL OPEN FONT" in found["Prodlead Sans, derived from Inter"].text
    window.table.run("help.about")
    box = window.findChild(About)
    assert box is not None
    row = list(found).index("numpy")
    box.table.setCurrentCell(row, 0)
    assert box.text.toPlainText().startswith(found["numpy"].text[:40])
    box.copy.click()
    assert f"numpy {found['numpy'].version}" in QGuiApplication.clipboard().text()
    box.close()


def test_f11_fills_the_screen_and_ctrl_q_ends_everything(
    start: MainWindow, program: Program, window: MainWindow
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert len(program.windows) == 2
    QTest.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert program.windows == []


def test_the_smallest_window_fits_a_small_screen(show: Show) -> None:
    window = show(sample())
    window.resize(window.minimumSize())
    QApplication.processEvents()
    assert window.body is not None and window.body.bottom.isVisible()
    assert window.width() <= 760 and window.height() <= 520
