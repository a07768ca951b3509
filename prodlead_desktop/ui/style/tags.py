"""Short words in rounded grounds, each with a button to take it away, and a field to add the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from prodlead_desktop.domain.text import one_line
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.style import icons, paint
from prodlead_desktop.ui.style.buttons import Link
from prodlead_desktop.ui.style.flow import FlowLayout
from prodlead_desktop.ui.style.fonts import font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.palette import theme_of

WIDEST = 260


class TagsEdit(QWidget):
    """Words as tags; ``changed`` carries all of them. Enter or a comma adds, Backspace in an empty field removes."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._words: tuple[str, ...] = ()
        self._flow = FlowLayout(self)
        self._tags: list[_Tag] = []
        self.input = _TagInput()
        self.input.setAccessibleName(f"{name}: add one")
        self.input.entered.connect(self.commit)
        self.input.emptied.connect(self._drop_last)
        self._flow.addWidget(self.input)
        self.setFocusProxy(self.input)

    @property
    def words(self) -> tuple[str, ...]:
        """The words shown."""
        return self._words

    def set_words(self, words: Sequence[str]) -> None:
        """Show words without telling anybody."""
        wanted = tuple(words)
        if wanted == self._words:
            return
        self._words = wanted
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._flow.removeWidget(self.input)
        self._tags = [self._made(word) for word in wanted]
        self._flow.addWidget(self.input)
        self.updateGeometry()

    def clear_typed(self) -> None:
        """Forget what is being typed."""
        self.input.setText("")

    def commit(self) -> None:
        """Add what is typed."""
        typed = [one_line(part) for part in self.input.text().split(",")]
        new = tuple(dict.fromkeys(word for word in typed if word and word not in self._words))
        self.input.setText("")
        if new:
            self.changed.emit((*self._words, *new))

    def _made(self, word: str) -> _Tag:
        tag = _Tag(word, self)
        tag.clicked.connect(lambda _=False, gone=word: self._drop(gone))
        self._flow.addWidget(tag)
        tag.show()
        return tag

    def _drop(self, word: str) -> None:
        self.input.setFocus()
        self.changed.emit(tuple(kept for kept in self._words if kept != word))

    def _drop_last(self) -> None:
        if self._words:
            self.changed.emit(self._words[:-1])


class _Tag(Link):
    """One word; pressing it takes it away."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(word, 12.5, parent=parent)
        self.setFont(font(12.5, 500))
        self.setAccessibleName(f"Remove {word}")
        self.setToolTip(paint.plain_tip(f"Remove {word}"))
        self.setProperty("radius", WINDOW.chip_height / 2)

    def sizeHint(self) -> QSize:
        return QSize(min(WIDEST, round(paint.width_of(self.text(), self.font())) + 38), WINDOW.chip_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        rect = QRectF(self.rect())
        over = self.underMouse() and self.isEnabled()
        paint.box(painter, rect, rect.height() / 2, theme.hover if over else theme.sunken)
        paint.text(painter, rect.adjusted(11, 0, -26, 0), self.text(), self.font(), theme.text2)
        icons.draw(painter, "x", QRectF(rect.right() - 22, rect.center().y() - 6, 12, 12), theme.text3)


class _TagInput(LineEdit):
    """Where the next tag is typed."""

    entered = Signal()
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__("", "Add a tag")
        self.setFixedSize(110, WINDOW.chip_height + 2)
        self.setFont(font(12.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() == ",":
            self.entered.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.entered.emit()
