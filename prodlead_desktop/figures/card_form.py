"""Where things stand on the card of each kind: paddings and heights, so that data and painter agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prodlead_desktop.figures.measures import CARD, TypeRole


@dataclass(frozen=True, slots=True)
class Form:
    """The inside of a card of one kind; lengths in u from the card's edges."""

    left: float = CARD.padding_left
    right: float = CARD.padding_right
    top: float = CARD.padding_y
    bottom: float = CARD.padding_y
    label: str = ""  # a small line of its own above the title, which then starts at the icon's left
    label_line: float = 0.0
    title: TypeRole = CARD.title
    lines: int = CARD.title_lines
    metric_gap: float = 0.0
    last_row: float = CARD.last_row
    spends: bool = True  # money reaches this kind: a last row is kept for it in every lens
    measured: bool = False  # has baseline and target
    prompts: bool = False  # asks for what the bar lacks
    funded: bool = False  # has pips and a level
    shows_note: bool = False  # the note is the card's own text, so no badge tells of it
    bar_ends: float = 151.0  # where 115 % lies beside a chip
    compact_padding: float = 5.5
    block_line: float = 28.5
    in_chip: bool = True  # money stands in a chip, not as plain text

    @property
    def text(self) -> float:
        """Left edge of title and metric."""
        return self.left if self.label else self.left + CARD.text_from_icon

    @property
    def text_width(self) -> float:
        """Width of a full card's title and metric."""
        return CARD.width - self.text - self.right

    @property
    def compact_text(self) -> float:
        """Left edge of a compact card's words."""
        return self.left + CARD.compact_icon + 8.5

    @property
    def compact_width(self) -> float:
        """Width of a compact card's words."""
        return CARD.width - self.compact_text - self.right

    @property
    def block_text(self) -> float:
        """Left edge of a block's title."""
        return self.left + 4.0

    @property
    def block_width(self) -> float:
        """Width of a block's title."""
        return CARD.width - self.block_text - self.right

    @property
    def title_top(self) -> float:
        """Top of the first title line."""
        return self.top + self.label_line

    def height(self, lines: int, metric: bool, last_row: bool) -> float:
        """Height of a full card with so many title lines."""
        middle = self.title_top + lines * self.title.line
        if metric:
            middle += self.metric_gap + CARD.metric.line
        return middle + (self.last_row if last_row else 0.0) + self.bottom


_POINTED = CARD.padding_left_pointed
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "ambition": Form(
            left=18, right=18, top=14, bottom=13, label="Ambition", label_line=25, title=CARD.ambition_title,
            lines=3, metric_gap=2, last_row=18, measured=True, bar_ends=139, in_chip=False,
        ),
        "market": Form(),
        "outcome": Form(measured=True, prompts=True),
        "opportunity": Form(),
        "capability": Form(left=CARD.padding_left_doubled, spends=False),
        "initiative": Form(left=_POINTED, funded=True),
        "assumption": Form(left=_POINTED, right=CARD.padding_right_pointed, spends=False),
        "note": Form(right=CARD.padding_right_pointed, spends=False, shows_note=True),
    }
)  # fmt: skip
