"""An explanation in words: one sentence per finding, the most telling first, with its ids (product.md §7.4)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from prodlead_desktop.analysis import answers
from prodlead_desktop.analysis.explain import Explanation, out_of_reach, overfull_floors
from prodlead_desktop.analysis.finding_words import Words
from prodlead_desktop.analysis.formulate import counted_twice
from prodlead_desktop.analysis.frontier import Distance
from prodlead_desktop.analysis.value import coverage
from prodlead_desktop.analysis.why import MoneyPrice, Price, RulePrice
from prodlead_desktop.analysis.wish_words import (
    WishWords,
    as_well,
    counted,
    inside,
    keeps,
    missed_for_money,
    with_more,
)
from prodlead_desktop.domain.numerals import percent

_MOST = 4  # sentences of one kind
THIN, PADDED, _LINE = 0.8, 1.5, 1e-9  # of what a target needs (model.md §2.7, R09)


@dataclass(frozen=True, slots=True)
class Finding:
    """``value``: V gained or lost (points or minor units), None where the finding is no difference of V."""

    kind: str
    ids: tuple[str, ...]
    sentence: str
    value: float | None = None


def findings(made: Explanation) -> tuple[Finding, ...]:
    """What an explanation has found, in words."""
    if made.best.plan is None:
        return tuple(_no_plan(made))
    say = _Say(made)
    parts = (
        say.loss(),
        say.wishes(),
        say.rules(),
        say.moves(),
        say.distance(),
        say.regrets(),
        say.money(),
        say.calm(),
        say.hopes(),
        say.twice(),
        say.cascade(),
    )
    return tuple(finding for part in parts for finding in part)


def verdict(made: Explanation) -> str:
    """What the best plan is worth, and what is proven of it when that is less than everything."""
    best, problem = made.best, made.problem
    if best.value is None:
        return "No plan keeps every rule." if best.status == "infeasible" else "No plan was found."
    value, rest = (
        answers.value_in_words(problem, best.value),
        "" if made.complete else " Not everything was worked out.",
    )
    value += counted(problem, made.ask.objective == "expected", best)
    if best.status == "optimal":
        return f"The best plan is worth {value}.{rest}"
    most = (
        ""
        if best.bound is None
        else f"; no plan{as_well(problem)} gives more than {answers.value_in_words(problem, best.bound)}"
    )
    return f"The best plan found is worth {value}{most}.{rest}"


def _no_plan(made: Explanation) -> Iterator[Finding]:
    full = overfull_floors(made.problem, made.best.clash)
    if full is not None:
        floors, share = full
        ids = tuple(name for rule in floors for name in rule.ids)
        sentence = f"These {len(floors)} floors sum to {percent(share)} of the budget: relax one."
        yield Finding("clash", ids, sentence)
    for sentence in made.best.reasons:
        yield Finding("clash", (), sentence)


class _Say(Words):
    def loss(self) -> Iterator[Finding]:
        sentence = answers.loss(self.problem, self.made.ask, self.made.best.plan)
        if sentence is not None:
            yield Finding("loss", (self.problem.scenario,), sentence)

    def wishes(self) -> Iterator[Finding]:
        words = WishWords(self)
        for row in self.made.wishes:
            wish = self.problem.wishes[row.wish]
            others = [other for other in self.made.wishes if other is not row]
            cost = row.price.price if row.price is not None else None
            for at, sentence in enumerate(words.of(row, others)):
                ids = (self.problem.outcomes[wish.outcome].id, wish.id)
                yield Finding("wish", ids, sentence, None if at else cost)
        price = self.made.wishes_together
        if price is not None and self.counts(price.price):
            many = len(self.problem.wishes)
            all_ = "Both" if many == 2 else f"All {many}"
            sentence = f"{all_} wishes together cost {self.value(price.price or 0.0)}."
            yield Finding("wish", tuple(wish.id for wish in self.problem.wishes), sentence, price.price)

    def rules(self) -> Iterator[Finding]:
        found = [row for row in self.made.rules if self.counts(row.price.price)]
        found.sort(key=lambda row: -(row.price.price or 0.0))
        for row in found[: 2 * _MOST]:
            gain = row.price.price or 0.0
            part = gain / self.size
            share = f" ({percent(part, int(part < 0.01))})" if self.made.best.value else ""
            ids = tuple(dict.fromkeys(name for rule in row.rules for name in rule.ids))
            yield Finding("rule", ids, f"{self._held(row)}{self.value(gain)}{share}.", gain)

    def _held(self, row: RulePrice) -> str:
        rule = row.rules[0]
        if row.kind == "floor":
            floor = self.cash(self.problem.initiatives[rule.at].floor or 0)
            return f"Held up by your floor of {floor} on {self.title(rule.at)}: it costs "
        if row.kind == "lock":
            return f"Held up by your lock on {self.title(rule.at)}: it costs "
        if row.kind == "locks":
            many = len(row.rules)
            return f"{'Both' if many == 2 else f'All {many}'} locks together cost "
        if row.kind == "quarter":
            return "Held up by the money by quarter: in one sum the budget would give +"
        if row.kind == "capacity":
            team = self.problem.teams[self.problem.limits.capacities[rule.at].team][1]
            return f"Held up by the people of “{team}”: with more of them +"
        return f"Without the rule that {inside(rule)}: +"

    def moves(self) -> Iterator[Finding]:
        for move in self.made.moves[:_MOST]:
            if not self.counts(move.gain):
                continue
            to, gain = self.title(move.to), self.value(move.gain)
            ids = tuple(self.problem.initiatives[i].id for i in (move.giver, move.to) if i is not None)
            if move.giver is None:
                sentence = f"Of the money left, {self.cash(move.money)} more for {to} adds {gain}."
            else:
                sentence = f"{self.cash(move.money)} moved from {self.title(move.giver)} to {to} adds {gain}."
            yield Finding("move", ids, sentence, move.gain)

    def distance(self) -> Iterator[Finding]:
        far = self.made.distance
        if far is None:
            return
        ids = (self.problem.scenario,)
        if far.broken:
            sentence = f"The plan of “{self.problem.scenario_name}” breaks {_rules(len(far.broken))}: "
            yield Finding(
                "broken", ids, f"{sentence}{' '.join(rule.sentence for rule in far.broken[:_MOST])}"
            )
        gain = (far.same_money.value or far.value) - far.value
        if self.counts(gain):
            yield Finding(
                "same money", ids, f"For the same {self.cash(far.cost)}: +{self.value(gain)}.", gain
            )
        yield from self._wishes_for_the_same(far)
        if far.same_value is not None and far.same_value.money is not None:
            saved = far.cost - far.same_value.money
            if saved > 1.0 and far.same_value.status == "optimal":
                yield Finding("same value", ids, f"The same value is to be had for {self.cash(saved)} less.")

    def _wishes_for_the_same(self, far: Distance) -> Iterator[Finding]:
        said = missed_for_money(self.problem, far.missed, far.same_money.missed)
        if said is None:
            return
        own, then = said
        lost = far.value - (far.same_money.value or far.value)
        price = f", at {self.value(lost)}" if self.counts(lost) else ""
        more = f"; for the same {self.cash(far.cost)} {then}{price}" if then else ""
        yield Finding("wish", (self.problem.scenario,), f"“{self.problem.scenario_name}” {own}{more}.")

    def _held_by_wishes(self) -> Iterator[Finding]:
        """Bets without which the wishes are missed by more."""
        rows = [row.initiative for row in self.made.left_out if not row.price.possible]
        free = [i for i in rows if self.problem.wishes and not self._forced(i)]
        for i in free[:_MOST]:
            sentence = f"Without {self.title(i)} no plan {keeps(self.problem, self.made.best)}."
            yield Finding("leave out", (self.problem.initiatives[i].id,), sentence)

    def _forced(self, i: int) -> bool:
        row = self.problem.initiatives[i]
        return row.mandatory or row.locked or bool(row.floor)

    def regrets(self) -> Iterator[Finding]:
        yield from self._held_by_wishes()
        kept = [row for row in self.made.left_out if self.counts(row.price.price)]
        for row in sorted(kept, key=lambda row: -(row.price.price or 0.0))[:_MOST]:
            ids = (self.problem.initiatives[row.initiative].id,)
            lost = self.value(row.price.price or 0.0)
            yield Finding(
                "leave out", ids, f"Without {self.title(row.initiative)}: −{lost}.", row.price.price
            )
        forced = [row for row in self.made.forced_in if self.counts(row.price.price)]
        for row in sorted(forced, key=lambda row: row.price.price or 0.0)[:_MOST]:
            ids = (self.problem.initiatives[row.initiative].id,)
            pushed = self._pushed_out(row.price, row.initiative)
            lost = self.value(row.price.price or 0.0)
            sentence = f"{self.title(row.initiative)} in full costs {lost}{pushed}."
            yield Finding("force in", ids, sentence, row.price.price)

    def _pushed_out(self, price: Price, forced: int) -> str:
        others = [change for change in price.changes if change.initiative != forced and change.money < 0.0]
        said = self.changed(others)
        return f": {said}" if said else ""

    def money(self) -> Iterator[Finding]:
        row = self.made.money
        if row is None:
            return
        ids, step = (self.problem.scenario,), self.cash(row.step)
        yield from self._more(row)
        if not row.less.possible:
            said = keeps(self.problem, self.made.best)
            yield Finding("less money", ids, f"With {step} less no plan {said}.")
        elif row.less.price is not None:
            first = self._cut_first(row)
            if self.counts(row.less.price):
                sentence = f"{step} less costs {self.value(row.less.price)}{first}."
            else:
                sentence = (
                    f"The last {step} buy nothing: with so much less the best plan is worth the same{first}."
                )
            yield Finding("less money", ids, sentence, row.less.price)

    def _more(self, row: MoneyPrice) -> Iterator[Finding]:
        """What more money buys in value, and for wishes, which come first."""
        ids, step, price = (self.problem.scenario,), self.cash(row.step), row.more.price
        wishes = with_more(self.problem, self.made.best, row.missed)
        if wishes:
            yield Finding("more money", ids, f"With {step} more {wishes}.")
        if price is None:
            return
        what = self.changed(row.more.changes)
        if self.counts(price):
            yield Finding(
                "more money",
                ids,
                f"{step} more buys {self.value(price)}{f': {what}' if what else ''}.",
                price,
            )
        elif not self.counts(row.more.most):
            if not wishes:
                yield Finding("more money", ids, f"{step} more buys nothing.", price)
        elif row.more.most is not None and math.isfinite(row.more.most):
            yield Finding("more money", ids, f"{step} more buys at most {self.value(row.more.most)}.", price)

    def _cut_first(self, row: MoneyPrice) -> str:
        """ "; the least change, at 4.8 points, drops “A”": what to cut first, and its cost where another costs less."""
        cut = self.changed(row.cut_changes)
        if not cut or row.cut is None or row.cut.value is None or self.made.best.value is None:
            return ""
        lost = self.made.best.value - row.cut.value
        if self.counts(lost - (row.less.price or 0.0)):
            return f"; the least change, at {self.value(lost)}, {cut}"
        return f"; the plan then {cut}"

    def calm(self) -> Iterator[Finding]:
        row = self.made.calm
        if row is None or row.plan is None or row.moved is None or row.value is None:
            return
        if row.moved < row.moved_by_best - 1.0:
            part = row.value / self.made.best.value if self.made.best.value else 1.0
            share = percent(part, int(0.995 <= part < 1.0 - 5e-4))
            sentence = (
                f"Moving {self.cash(row.moved)} instead of {self.cash(row.moved_by_best)} keeps {share} of the value"
                f"{f': {said}' if (said := self.changed(row.changes)) else ''}."
            )
            yield Finding("calm", (self.problem.scenario,), sentence, row.value)

    def hopes(self) -> Iterator[Finding]:
        best = "the best plan" if self.made.best.status == "optimal" else "the best plan found"
        for hope in out_of_reach(self.made):
            outcome = self.problem.outcomes[hope.outcome]
            way = percent(hope.attainment, int(0.495 < hope.attainment < 0.5))
            chance = hope.chance
            likely = "" if chance is None else f", with a chance of {chance_in_words(chance)} to reach it"
            sentence = (
                f"Even {best} brings “{outcome.title}” {way} of the way to its target{likely}. "
                "Fund more, start earlier, or lower the target."
            )
            yield Finding("hope", (outcome.id,), sentence)

    def twice(self) -> Iterator[Finding]:
        for ids, sentence in itertools.islice(counted_twice(self.problem), _MOST):
            yield Finding("counted twice", ids, sentence)

    def cascade(self) -> Iterator[Finding]:
        rows = sorted(coverage(self.problem).items(), key=lambda row: row[1])
        for o, share in [row for row in rows if row[1] < THIN - _LINE or row[1] > PADDED + _LINE][:_MOST]:
            outcome = self.problem.outcomes[o]
            if share < THIN:
                many = sum(row.target == o for row in self.problem.contributions)
                who = {
                    1: "the outcome below it hits its target",
                    2: "both outcomes below it hit their targets",
                }
                below = who.get(many, f"all {many} outcomes below it hit their targets")
                sentence = (
                    f"Even if {below}, “{outcome.title}” gets only {percent(max(share, 0.0))} of the way."
                )
            else:
                sentence = (
                    f"What lies below “{outcome.title}” adds up to {percent(share)} of its way: its target is too low, "
                    "or something counts twice."
                )
            yield Finding("cascade", (outcome.id,), sentence)


def chance_in_words(chance: float) -> str:
    """A chance in whole percent, with its smallest told apart from none."""
    return "less than 1 %" if chance < 0.01 else f"about {percent(chance)}"


def _rules(count: int) -> str:
    return "a rule" if count == 1 else f"{count} rules"
