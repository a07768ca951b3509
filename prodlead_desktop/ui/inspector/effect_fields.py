"""The fields of one effect: how it is stated, and the numbers that belong to that."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain.effects import BETWEEN, PERCENTILES
from prodlead_desktop.ui.inspector.effect_words import SHAPES
from prodlead_desktop.ui.style.buttons import Segments
from prodlead_desktop.ui.style.fields import LabelledField
from prodlead_desktop.ui.style.unit_edit import UnitEdit

NUMBERS = (*PERCENTILES, *BETWEEN)
TIPS = {
    "percentiles": "One chance in ten that it is less, as likely more as less, one chance in ten that it is more",
    "pert": "Least, most likely and most, with the most likely counting four times: a PERT distribution",
    "triangular": "Least, most likely and most, joined by straight lines: a triangular distribution",
}
_LABELS = {"p10": "P10, careful", "p50": "P50", "p90": "P90, hopeful", "mode": "Most likely"}
_BOUNDS = {"low": "Lowest possible", "high": "Highest possible"}  # of percentiles
_ENDS = {"low": "Least", "high": "Most"}  # of a distribution between two ends


def label(name: str, shape: str) -> str:
    """What a number is called where an effect has this shape."""
    return _LABELS.get(name) or (_BOUNDS if shape == "percentiles" else _ENDS)[name]


class EffectFields(QWidget):
    """A switch of shapes and a field for each number; those that do not belong to the shape are hidden."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.switch = Segments(
            [(shape, words, "") for shape, words in SHAPES.items()], "How the effect is stated", stretch=True
        )
        self.switch.set_tips(TIPS)
        self.switch.changed.connect(self.picked.emit)
        self.lines = {name: UnitEdit() for name in NUMBERS}
        self._fields = {name: LabelledField(label(name, "pert"), line) for name, line in self.lines.items()}
        self._shape = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.switch)
        for names in (PERCENTILES, BETWEEN):
            row = QHBoxLayout()
            row.setSpacing(8)
            for name in names:
                row.addWidget(self._fields[name], 1)
            column.addLayout(row)
        self.show_shape("percentiles", bounded=False)

    @property
    def shape(self) -> str:
        """What is shown."""
        return self._shape

    def shown(self) -> Iterator[str]:
        """The numbers that have a field now."""
        return (name for name, field in self._fields.items() if not field.isHidden())

    def show_shape(self, shape: str, bounded: bool) -> None:
        """Show the fields of a shape; percentiles have those of their bounds where one is ``bounded``."""
        self._shape = shape
        self.switch.set(shape)
        wanted = (
            BETWEEN if shape != "percentiles" else (*PERCENTILES, "low", "high") if bounded else PERCENTILES
        )
        for name, field in self._fields.items():
            field.set_label(label(name, shape))
            field.setVisible(name in wanted)

    def set_unit(self, unit: str | None) -> None:
        """Show the outcome's unit behind every number."""
        for name, line in self.lines.items():
            line.set_unit(unit or "")
            line.setAccessibleName(f"{label(name, self._shape)}, improvement{f' in {unit}' if unit else ''}")

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.switch.setEnabled(not read_only)
        for line in self.lines.values():
            line.setReadOnly(read_only)
