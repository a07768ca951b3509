"""What the Allocate table says: amounts, what more money adds and the difference to another scenario, in short."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Pool
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.allocate.columns import SORTED_BY, Column
from prodlead_desktop.ui.allocate.listing import NO_POOL, Heading, Line, Row
from prodlead_desktop.ui.inspector import wording

if TYPE_CHECKING:
    from prodlead_desktop.analysis.next_steps import Steps

HEADS = {
    Column.NAME: "Initiative",
    Column.LEVEL: "Level",
    Column.SCALE: "Floor, ceiling, money",
    Column.MONEY: "Money",
    Column.LOCK: "Lock",
    Column.CURVE: "Curve",
    Column.POOL: "Pool",
}
STRONG = 3  # so many of the best next steps are told apart
DASH = "–"


class RowWords:
    """Words for the rows of one scenario, with what is known beside them."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.steps: Steps | None = None  # what a little more adds, once that is computed
        self.strong: frozenset[str] = frozenset()  # the initiatives whose next step adds most
        self.left_out: tuple[Column, ...] = ()  # the columns there is no room for
        self.other: tuple[str, Mapping[str, int | None]] | None = (
            None  # the scenario compared with, its money
        )

    def take_steps(self, steps: Steps | None) -> None:
        """Know what a little more adds; None while nobody does."""
        self.steps = steps
        gains = {key: steps.gain(key) or 0.0 for key in steps.steps} if steps is not None else {}
        best = sorted((key for key, gain in gains.items() if gain > 0), key=lambda key: -gains[key])
        self.strong = frozenset(best[:STRONG])

    def head(self, column: Column) -> str:
        """The words over a column."""
        if column is Column.NEXT:
            size = self.steps.size if self.steps is not None else None
            return f"Next {self._short(size)} adds" if size else "Next step adds"
        if column is Column.SINCE:
            return f"Since {self.other[0]}" if self.other else "Since"
        if column is Column.NAME and self.left_out:
            return f"{HEADS[column]} · {wording.count(len(self.left_out), 'column')} hidden"
        return HEADS[column]

    def head_tip(self, column: Column) -> str:
        """What a head says under the pointer."""
        if column is Column.NEXT:
            futures = self.steps.futures if self.steps is not None else 0
            over = f"expected over {futures} futures" if futures else "as things are today"
            points = "" if self.steps is not None and self.steps.in_money else " in points of value, of 100"
            return (
                f"What the next level of each initiative adds{points}, per {self.head(column)[5:-5]}, {over}"
            )
        words = f"{HEADS.get(column, self.head(column))}: a press sorts by it" if column in SORTED_BY else ""
        if column is Column.NAME and self.left_out:
            names = ", ".join(self.head(one) for one in self.left_out)
            words += (
                f".\nNo room for: {names}. A wider window shows them; the tip of a row says what they hold"
            )
        return words

    def gain(self, row: Row) -> str:
        """What the step size more would add to a row, in short: "+1.2 pts"; a dash when there is no next step."""
        if self.steps is None or row.id not in self.steps.steps:
            return ""
        gain = self.steps.gain(row.id)
        if gain is None:
            return DASH
        return self._gain_words(gain, self.steps.in_money)

    def _gain_words(self, gain: float, in_money: bool) -> str:
        sign = "+" if gain > 0 else ""
        if in_money:
            return f"{sign}{self._short(round(gain))}"
        if abs(gain) < 0.05:
            return "0 pts"
        tenths = numerals.notation().signed(f"{abs(gain):.1f}")  # one decimal always, so that points line up
        return f"{sign or numerals.MINUS}{tenths} pts"

    def step_words(self, row: Row) -> str:
        """The next step of a row in a sentence."""
        step = self.steps.steps.get(row.id) if self.steps is not None else None
        if step is None or self.steps is None:
            return "It stands at its highest known level." if self.steps is not None else ""
        adds = self._gain_words(step.gain, self.steps.in_money).lstrip("+")
        return f"{step.name or 'Money'} for {self._short(step.cost)} more adds {adds}"

    def curve(self, row: Row) -> tuple[tuple[int, float], ...]:
        """The points of a row's response curve; empty while nobody knows them."""
        return self.steps.curves.get(row.id, ()) if self.steps is not None else ()

    def since(self, row: Row) -> int | None:
        """How much more a row gets than in the scenario compared with, minor units; None when unknown."""
        before = self.other[1].get(row.id, 0) if self.other is not None else None
        return None if before is None or row.cost is None else row.cost - before

    def since_words(self, row: Row) -> str:
        """That difference in short."""
        by = self.since(row)
        if self.other is None:
            return ""
        return "?" if by is None else DASH if by == 0 else f"{'+' if by > 0 else ''}{self._short(by)}"

    def _short(self, minor: int) -> str:
        return wording.money_short(minor, self.strategy.header.currency)

    def pool_name(self, row: Row) -> str:
        """The name of a row's pool."""
        pool = self.strategy.find(Pool, row.pool)
        return pool.name if pool else NO_POOL

    def money(self, row: Row) -> str:
        """A row's money in short; "€ ?" when nobody has said it."""
        return wording.money_short(row.cost, self.strategy.header.currency)

    def sum_of(self, heading: Heading) -> str:
        """A heading's money in short, with what is unknown."""
        words = wording.money_short(heading.placed, self.strategy.header.currency)
        return f"{words} + ?" if heading.unknown else words

    def spoken(self, line: Line) -> str:
        """A line in words, for screen readers and tips."""
        if isinstance(line, Heading):
            return f"{line.name}, {wording.count(line.count, 'initiative')}, {self.sum_of(line)}"
        parts = [line.title or wording.UNTITLED, line.level_name, self.money(line), self.pool_name(line)]
        currency = self.strategy.header.currency
        parts += [f"at least {wording.money_short(line.floor, currency)}"] if line.floor is not None else []
        parts += (
            [f"at most {wording.money_short(line.ceiling, currency)}"] if line.ceiling is not None else []
        )
        parts += ["locked"] if line.locked else []
        parts += ["reaches no outcome"] if line.orphan else []
        return ". ".join([", ".join(parts), *self._hidden_words(line)])

    def _hidden_words(self, row: Row) -> list[str]:
        """What the columns hold that there is no room for."""
        words = [self.step_words(row)] if {Column.CURVE, Column.NEXT} & set(self.left_out) else []
        if Column.SINCE in self.left_out and self.other is not None:
            words.append(f"{self.head(Column.SINCE)}: {self.since_words(row)}")
        return [one.rstrip(".") for one in words if one]
