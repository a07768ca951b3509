"""What a card on the map shows, as plain values, so that window, print and exports paint the same card."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import Allocation, Header, Level, Node, Reading
from prodlead_desktop.domain.kind import kind, title_or_hint
from prodlead_desktop.domain.text import as_shown
from prodlead_desktop.figures import card_text
from prodlead_desktop.figures.card_form import FORMS, Form
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.figures.text_fit import TextFit

MEASURE_IT = "measure it"
SET_TARGET = "set a target"
MOST_LINES = 12  # of a title that is shown in full
POINTED = {"initiative": "initiative-turned"}  # role: the silhouette of a turned card
MARKS = (
    "err",
    "warn",
    "slot",
    "draft",
    "agreed",
    "lock",
    "note",
)  # badges, from the right corner to the left


class Forecast(NamedTuple):
    """P10, P50, P90 of a metric at its deadline, as shares of the way from baseline to target."""

    p10: float
    p50: float
    p90: float


_CLOSEST, _BLOCK_AIR = 0.94, 5.0  # line height by type size; u above and below the lines of a low block
_LOW_SIZE, _LIFT = 0.92, 0.07  # of its type, and how far it is raised: accents are rarer than tails
HOLLOW = "hollow"


class Dress(NamedTuple):
    """What a lens makes of one card without touching its size; empty parts leave what the card shows by itself."""

    ground: str = ""  # a name ``theme.Theme.ground`` knows
    steps: tuple[int, int] | None = None  # filled pips, of how many
    word: str = ""  # beside the pips
    chip: str = ""  # instead of money
    unsure: bool = False  # the chip is dashed
    badge: str = ""
    block: str = ""  # the fill far away: a name ``theme.Theme.block`` knows; HOLLOW: only an outline
    said: str = ""  # the same for those who do not see it


class Source(NamedTuple):
    """Everything a card is made from; equal sources make equal cards."""

    node: Node
    header: Header
    money: NodeMoney | None = None  # None: nothing is said about money (no scenario, or not under this lens)
    allocation: Allocation | None = None
    levels: tuple[Level, ...] = ()
    reading: Reading | None = None
    spends: bool = False  # an initiative hangs right below a kind that money does not usually reach
    unfunded: bool = False  # the lens hatches it
    folded: int = 0  # nodes hidden below
    marks: tuple[str, ...] = ()
    forecast: Forecast | None = None
    whole_title: bool = False  # as many lines as the title needs
    dress: Dress | None = None  # the lens'


@dataclass(frozen=True, slots=True)
class Chip:
    """Money on a card; dashed when there is none or nobody knows."""

    text: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """Progress: `filled` and the forecast are shares (0–1.15) of the way from baseline to target."""

    filled: float
    forecast: Forecast | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One card: words already broken into lines; lengths in map units; colours are the painter's."""

    id: str
    kind: str
    role: str  # key of the theme's kind styles
    title: str  # in full, for the tooltip
    label: str  # small line above the title
    lines: tuple[str, ...]
    metric: str
    brief: str  # the one value of a compact card, where there is room
    bar: Bar | None
    prompt: str  # instead of the bar
    chip: Chip | None
    pips: int | None
    pips_of: int
    level: str
    badges: tuple[str, ...]
    draft: bool
    unfunded: bool
    ground: str
    block: str
    said: str
    folded: int
    last_row: bool
    width: float
    height: float
    fit: TextFit = field(compare=False, repr=False)
    silhouette: str = ""  # of the shapes that are painted; the role's own unless the card is turned

    @property
    def turned(self) -> Card:
        """The card for a place left of its parent: what points at its outcome points the other way."""
        return replace(self, silhouette=POINTED[self.role]) if self.role in POINTED else self

    @property
    def shape(self) -> str:
        """Key of the silhouette."""
        return self.silhouette or self.role

    @property
    def words(self) -> str:
        """The title, or what stands in its place."""
        return as_shown(title_or_hint(self.title, self.kind))

    @property
    def compact_lines(self) -> tuple[str, ...]:
        """Title lines of the compact card; the box is fixed, so there may be fewer than on the full one."""
        role, form = CARD.compact_title, FORMS[self.role]
        most = max(1, min(form.lines, int((self.height - 2 * form.compact_padding) // role.line)))
        return self.fit.lines(self.words, role.size, role.weight, form.compact_width, most)

    @property
    def compact_value(self) -> str:
        """The one value of the compact card; empty when there is no room."""
        small = CARD.compact_value
        high = len(self.compact_lines) * CARD.compact_title.line + small.line
        if not self.brief or high > self.height - 2 * CARD.padding_y:
            return ""
        return self.fit.elided(self.brief, small.size, small.weight, FORMS[self.role].compact_width)

    @property
    def block_lines(self) -> tuple[str, ...]:
        """Title lines of the block; as many as the box holds, at most four."""
        role, form = CARD.block_title, FORMS[self.role]
        most = max(1, min(4, int(self.height // form.block_line)))
        return self.fit.lines(self.words, role.size, role.weight, form.block_width, most)

    @property
    def block_line(self) -> float:
        """Height of a line of the block's title; closer on a low card, so that no line touches its edge."""
        count = max(1, len(self.block_lines))
        least = CARD.block_title.size * _CLOSEST
        return min(FORMS[self.role].block_line, max(least, (self.height - 2 * _BLOCK_AIR) / count))

    @property
    def block_size(self) -> float:
        """Size of the block's title; smaller where its lines are close, so that no letter touches the edge."""
        share = _LOW_SIZE if self.block_line < FORMS[self.role].block_line else 1.0
        return CARD.block_title.size * share

    @property
    def block_top(self) -> float:
        """Where the block's title begins: in the middle of what its letters cover, which is above that of its lines."""
        lift = _LIFT * self.block_size if self.block_line < FORMS[self.role].block_line else 0.0
        return (self.height - len(self.block_lines) * self.block_line) / 2 - lift

    @property
    def description(self) -> str:
        """The card in one sentence, for screen readers."""
        chip = self.chip.text if self.chip else ""
        state = "draft" if self.draft else "agreed"
        hidden = f"{self.folded} folded" if self.folded else ""
        parts = (
            kind(self.kind).title,
            self.title or "untitled",
            self.metric,
            self.level,
            chip,
            state,
            self.said,
            hidden,
        )
        return ", ".join(part for part in (*parts, *(mark for mark in self.badges if mark != state)) if part)


def card_of(source: Source, fit: TextFit) -> Card:
    """The card of a node. Its height comes from its content and does not depend on the lens."""
    node, header = source.node, source.header
    role = kind(node.kind).shape
    form = FORMS[role]
    words = card_text.words(node, header)
    bar, prompt = _progress(node.data, source) if form.measured else (None, "")
    pips, pips_of, level = _step(source, form)
    dress = source.dress or Dress()
    lines = _title(source, form, fit)
    metric = _metric(words, form, fit)
    last_row = form.spends or source.spends
    height = form.height(len(lines), bool(metric), last_row)
    return Card(
        id=node.id, kind=node.kind, role=role, title=node.title, label=form.label,
        lines=lines, metric=metric, brief=words.value or level, bar=bar, prompt=prompt, chip=_chip(source),
        pips=pips, pips_of=pips_of, level=level, badges=_badges(source), draft=node.state == "draft",
        unfunded=source.unfunded, ground=dress.ground, block=dress.block, said=dress.said, folded=source.folded,
        last_row=last_row, width=CARD.width, height=height, fit=fit,
    )  # fmt: skip


def height_of(source: Source, fit: TextFit) -> float:
    """The height of a node's card without making it; the same as `card_of(…).height`."""
    node = source.node
    form = FORMS[kind(node.kind).shape]
    lines = len(_title(source, form, fit))
    return form.height(lines, card_text.says(node), form.spends or source.spends)


def _title(source: Source, form: Form, fit: TextFit) -> tuple[str, ...]:
    role, most = form.title, MOST_LINES if source.whole_title else form.lines
    if not source.node.title and not form.label:
        most = 1  # so that no card shrinks when its title begins to be typed
    words = as_shown(title_or_hint(source.node.title, source.node.kind))
    return fit.lines(words, role.size, role.weight, form.text_width, most) or ("",)


def _progress(data: Any, source: Source) -> tuple[Bar | None, str]:
    """The bar, or what to do to get one."""
    form = FORMS[kind(source.node.kind).shape]
    if data.baseline is None:
        return None, MEASURE_IT if form.prompts else ""
    if data.target is None or data.target == data.baseline:
        return None, SET_TARGET if form.prompts else ""
    now = source.reading.value if source.reading and source.reading.value is not None else data.baseline
    way = (now - data.baseline) / (data.target - data.baseline)
    return Bar(min(max(way, 0.0), CARD.bar_ends_at), source.forecast), ""


def _step(source: Source, form: Form) -> tuple[int | None, int, str]:
    """Filled pips, of how many, and the word beside them: the level of what is funded, or what the lens tells."""
    dress = source.dress
    if dress is not None and dress.steps is not None and form.funded:
        return (*dress.steps, dress.word)
    if not form.funded:
        return None, card_text.PIPS, ""
    filled, level = card_text.step(source.levels, source.allocation, source.node.data)
    return filled, card_text.PIPS, level


def _chip(source: Source) -> Chip | None:
    dress = source.dress
    if dress is not None and dress.chip:
        return Chip(dress.chip, dress.unsure)
    money = source.money
    if money is None:
        return None
    text = card_text.money_text(money.placed, money.unknown, source.header.currency)
    return Chip(text, dashed=not money.placed)


def _metric(words: card_text.Words, form: Form, fit: TextFit) -> str:
    """The metric line; the deadline goes before anything is cut."""
    role = CARD.metric
    for text in (words.metric, words.short):
        if fit.width(text, role.size, role.weight) <= form.text_width:
            return text
    return fit.elided(words.short, role.size, role.weight, form.text_width)


def _badges(source: Source) -> tuple[str, ...]:
    found = set(source.marks)
    if source.dress is not None and source.dress.badge:
        found.add(source.dress.badge)
    if source.allocation is not None and source.allocation.lock:
        found.add("lock")
    if source.node.note and not FORMS[kind(source.node.kind).shape].shows_note:
        found.add("note")
    return tuple(mark for mark in MARKS if mark in found)
