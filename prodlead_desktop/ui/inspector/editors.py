"""One editor per field type, made by ``editor_for``: every form shows a stored value in the same way.

An editor has ``refresh()`` (the document may have moved), ``reset()`` (another row), ``flush()`` (write what is typed)
and ``set_read_only``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QCheckBox, QWidget

from prodlead_desktop.domain.fields import FieldType
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.ui.inspector.cell import Cell
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.offers import add_row, offers_of, option_of, tell_added
from prodlead_desktop.ui.style import paint
from prodlead_desktop.ui.style.choice_segments import ChoiceSegments
from prodlead_desktop.ui.style.chooser import Chooser
from prodlead_desktop.ui.style.fields import ChoiceField, LabelledField, LongTextField
from prodlead_desktop.ui.style.fonts import font, role_font
from prodlead_desktop.ui.style.inputs import LineEdit
from prodlead_desktop.ui.style.tags import TagsEdit
from prodlead_desktop.ui.style.unit_edit import UnitEdit

SEGMENTS_ROOM = 300  # the width of a form in the inspector
NOTHING = "Not said"
_FIGURES = (FieldType.NUMBER, FieldType.INTEGER, FieldType.SHARE, FieldType.MONEY)


class Editor(Protocol):
    """What a form asks of an editor."""

    cell: Cell

    def refresh(self) -> None: ...
    def reset(self) -> None: ...
    def flush(self) -> bool: ...
    def set_read_only(self, read_only: bool) -> None: ...


class LineEditor(LabelledField):
    """One line: text, figures with their unit, dates as precise as they are known."""

    def __init__(self, cell: Cell, placeholder: str = "", big: bool = False) -> None:
        self.cell = cell
        self.line = _line_for(cell, placeholder, big)
        super().__init__(cell.title, self.line)
        self.live = LiveText(
            self.line, cell.read, cell.show, cell.write, self.say, live=cell.field.type is FieldType.TEXT
        )
        self.setToolTip(paint.plain_tip(cell.field.help))

    def refresh(self) -> None:
        """Follow the document."""
        self._show_unit()
        self.live.show(self.cell.value)

    def reset(self) -> None:
        """Show another row."""
        self._show_unit()
        self.live.reset(self.cell.value)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.live.commit()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.line.setReadOnly(read_only)

    def _show_unit(self) -> None:
        if isinstance(self.line, UnitEdit):
            self.line.set_unit("" if self.cell.precision else self.cell.unit)
        self.line.setAccessibleName(self.cell.accessible_name)


def _line_for(cell: Cell, placeholder: str, big: bool) -> LineEdit:
    if big or cell.field.type in _FIGURES:
        line = UnitEdit("", big)
        line.two_parts = cell.precision is not None
        return line
    return LineEdit("", placeholder or "?")


class LongEditor(LongTextField):
    """Several lines that grow with the text."""

    def __init__(self, cell: Cell, placeholder: str = "", lines: int = 2) -> None:
        self.cell = cell
        super().__init__(cell.title, None, placeholder or "?", lines)
        box: Any = self.editor
        self.live = LiveText(box, cell.read, cell.show, cell.write, self.say, live=True)
        box.left.connect(self.live.commit)
        self.setToolTip(paint.plain_tip(cell.field.help))

    def refresh(self) -> None:
        """Follow the document."""
        self.live.show(self.cell.value)

    def reset(self) -> None:
        """Show another row."""
        self.live.reset(self.cell.value)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.live.commit()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        box: Any = self.editor
        box.setReadOnly(read_only)


class SwitchEditor(LabelledField):
    """A choice of few words as a switch; pressing the chosen one again takes it back."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.switch = ChoiceSegments(cell.field.choices, cell.title, cell.field.required)
        super().__init__(cell.title, self.switch)
        self.switch.picked.connect(lambda word: _put(self, word))

    def refresh(self) -> None:
        """Follow the document."""
        self.switch.show_value(self.cell.value)

    def reset(self) -> None:
        """Show another row."""
        self.say("")
        self.refresh()

    def flush(self) -> bool:
        """Nothing is ever waiting."""
        return True

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.switch.setEnabled(not read_only)


class ListEditor(ChoiceField):
    """A choice in a drop-down field; the first line takes it back."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        words = [(word, word[:1].upper() + word[1:]) for word in cell.field.choices]
        nothing = [] if cell.field.required else [(None, NOTHING)]
        super().__init__(cell.title, [*nothing, *words], None, "?")
        self.changed.connect(lambda word: _put(self, word))

    def refresh(self) -> None:
        """Follow the document."""
        self.set_value(self.cell.value)

    def reset(self) -> None:
        """Show another row."""
        self.say("")
        self.refresh()

    def flush(self) -> bool:
        """Nothing is ever waiting."""
        return True

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.editor.setEnabled(not read_only)


class RefEditor(LabelledField):
    """A reference: type part of the name and choose; people, teams and pools can be added on the spot."""

    def __init__(self, cell: Cell, placeholder: str = "") -> None:
        self.cell = cell
        spec_words = offers_of(cell.field.ref, cell.field.ref_kinds)
        self.chooser = Chooser(
            lambda: spec_words.options(cell.strategy, cell.session.theme),
            spec_words.word,
            placeholder or f"Choose {spec_words.article}",
            spec_words.can_add,
        )
        super().__init__(cell.title, self.chooser)
        self.chooser.chosen.connect(self._choose)
        self.chooser.added.connect(self._add)
        self.chooser.refused.connect(self.say)

    def refresh(self) -> None:
        """Follow the document; what is typed stays."""
        cell = self.cell
        self.chooser.follow(option_of(cell.strategy, cell.session.theme, cell.field.ref, cell.value))

    def reset(self) -> None:
        """Show another row."""
        self.say("")
        cell = self.cell
        self.chooser.show_option(option_of(cell.strategy, cell.session.theme, cell.field.ref, cell.value))

    def flush(self) -> bool:
        """Take what was typed."""
        self.chooser.commit()
        return not self.message

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.chooser.setReadOnly(read_only)

    def _choose(self, row_id: str | None) -> None:
        _put(self, row_id)
        if not self.message:
            self.reset()  # what was typed is a name now, written as it is written

    def _add(self, words: str) -> None:
        cell = self.cell
        try:
            add_row(cell.session, cell.cls, str(cell.row_id), cell.field, words)
        except ProdleadError as error:
            self.chooser.refuse(str(error))
            return
        self.reset()
        tell_added(cell.session, cell.field, words)


class FlagEditor(QCheckBox):
    """Yes or no."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell.title)
        self.cell = cell
        self.setFont(role_font("field"))
        self.setMinimumHeight(28)
        self.setProperty("radius", 5)
        self.clicked.connect(self._put)

    def refresh(self) -> None:
        """Follow the document."""
        self.setChecked(bool(self.cell.value))

    def reset(self) -> None:
        """Show another row."""
        self.refresh()

    def flush(self) -> bool:
        """Nothing is ever waiting."""
        return True

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.setEnabled(not read_only)

    def _put(self, on: bool) -> None:
        try:
            self.cell.write(on)
        except ProdleadError as error:
            self.cell.session.refuse(error)
        self.refresh()


class TagsEditor(LabelledField):
    """Short words, each removable, and a field to add one."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.tags = TagsEdit(cell.title)
        super().__init__(cell.title, self.tags)
        self.tags.changed.connect(lambda words: _put(self, words))

    def refresh(self) -> None:
        """Follow the document."""
        self.tags.set_words(self.cell.value or ())

    def reset(self) -> None:
        """Show another row."""
        self.say("")
        self.tags.clear_typed()
        self.refresh()

    def flush(self) -> bool:
        """Take the word that is being typed."""
        self.tags.commit()
        return True

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.tags.setEnabled(not read_only)


def _put(editor: Any, value: Any) -> None:
    """Write a choice at once; what is refused is said below the field, and the document's choice shown."""
    try:
        editor.cell.write(value)
    except ProdleadError as error:
        editor.refresh()
        editor.say(str(error))
        return
    editor.say("")
    editor.refresh()


def editor_for(cell: Cell, placeholder: str = "", big: bool = False, lines: int = 2) -> QWidget:
    """The editor of a field; ``big`` figures are those of the threshold card."""
    make: Callable[[], QWidget] = {
        FieldType.LONG_TEXT: lambda: LongEditor(cell, placeholder, lines),
        FieldType.CHOICE: lambda: SwitchEditor(cell) if _fits(cell) else ListEditor(cell),
        FieldType.REF: lambda: RefEditor(cell, placeholder),
        FieldType.FLAG: lambda: FlagEditor(cell),
        FieldType.WORDS: lambda: TagsEditor(cell),
    }.get(cell.field.type, lambda: LineEditor(cell, placeholder, big))
    made = make()
    made.setObjectName(cell.field.name)
    return made


def _fits(cell: Cell) -> bool:
    words = cell.field.choices
    return sum(paint.width_of(word, font(14, 600)) + 28 for word in words) + 6 <= SEGMENTS_ROOM
