"""What becomes of a scenario's wishes, in words for a room: kept or missed, why, and at what cost (model.md §4.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from prodlead_desktop.analysis.finding_words import Words
from prodlead_desktop.analysis.frontier import Point
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise.solution import Cheapest, Solution
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.why_wishes import Help, WishPrice
from prodlead_desktop.analysis.wishes import Wished, settled, tolerance
from prodlead_desktop.domain.numerals import money, percent

_MOST = 2  # rules that would help
_FINEST = 4  # digits of a percentage, which tell apart all that is not the same wish kept


def apart(share: float, *others: float) -> str:
    """A share of the way with as many digits as tell it from the others; in whole percent where that is enough."""
    digits = 0
    while digits < _FINEST and any(
        abs(share - other) > 1e-6 and percent(share, digits) == percent(other, digits) for other in others
    ):
        digits += 1
    return percent(share, digits)


def kept_in_words(wished: float, reached: float, missed: float) -> str:
    """ "wish 80 %: kept", "wish 80 %: missed by 18 %"; shares of the way."""
    if not missed:
        return f"wish {apart(wished, reached) if reached < wished else percent(wished)}: kept"
    return f"wish {apart(wished, reached)}: missed by {apart(missed, 0.0)} of the way"


def counted(problem: Problem, expected: bool, best: Solution) -> str:
    """How many wishes a plan keeps, to follow what it is worth: " and keeps your wish"; empty without wishes."""
    if not problem.wishes or best.plan is None:
        return ""
    missed = int((Wished(problem, expected).of(Valuation(problem), best.plan)[1] > 0.0).sum())
    many = len(problem.wishes)
    if many == 1:
        return f" and {'misses' if missed else 'keeps'} your wish"
    if not missed:
        return f" and keeps {'both' if many == 2 else f'all {many}'} wishes"
    return f" and misses {missed} of {many} wishes"


def in_all(problem: Problem, best: Solution) -> str | None:
    """What is proven of wishes that a best plan misses; None where it keeps all."""
    if not best.missed or best.least_missed is None:
        return None
    if best.missed - best.least_missed <= tolerance(problem):
        return "No plan that keeps every rule misses the wishes by less."
    many = len(problem.wishes) > 1
    least, here = apart(best.least_missed, best.missed), way_missed(problem, best.missed, best.least_missed)
    said = f"The {'wishes are' if many else 'wish is'} missed by {here}; "
    if best.least_missed <= tolerance(problem):
        return f"{said}with more time a plan may be found that keeps {'them' if many else 'it'}."
    return f"{said}no plan misses {'them' if many else 'it'} by less than {least}."


def way_missed(problem: Problem, missed: float, *others: float) -> str:
    """What the wishes are missed by together: "18 % of the way", "18 % of the way in all"."""
    return f"{apart(missed, 0.0, *others)} of the way{' in all' if len(problem.wishes) > 1 else ''}"


def missed_for_money(problem: Problem, here: float | None, there: float | None) -> tuple[str, str] | None:
    """What the scenario's own plan misses its wishes by, and what the same money could do about that; None where it
    keeps them, or where nothing is known."""
    if here is None or settled(here, problem) == 0.0:
        return None
    many = len(problem.wishes) > 1
    own = f"misses its {'wishes' if many else 'wish'} by {way_missed(problem, here, *([there] if there else []))}"
    if there is None or here - there <= tolerance(problem):
        return own, ""
    they = "they" if many else "it"
    return own, f"{they} can be {f'missed by {way_missed(problem, there, here)}' if there else 'kept'}"


def with_more(problem: Problem, best: Solution, missed: float | None) -> str:
    """What more money makes possible of wishes that the best plan misses; empty where that is no better."""
    if missed is None or not best.missed or best.missed - missed <= tolerance(problem):
        return ""
    they = "wishes" if len(problem.wishes) > 1 else "wish"
    if settled(missed, problem):
        return f"the {they} can be missed by {way_missed(problem, missed, best.missed)}"
    return f"the {they} can be kept"


def as_well(problem: Problem) -> str:
    """What a bound on V is about where there are wishes."""
    return " that keeps the wishes as well" if problem.wishes else ""


def keeps(problem: Problem, best: Solution) -> str:
    """What a plan does that is no worse by rules and wishes than the best, to follow "no plan": "keeps every rule"."""
    if not problem.wishes:
        return "keeps every rule"
    return f"keeps every rule and {nears(problem, best, '')}"


def nears(problem: Problem, best: Solution, keeps: str = "keeps ") -> str:
    """What a plan does that treats wishes as the best one does: "keeps the wish", "comes as near to the wishes"."""
    return f"{'comes as near to ' if best.missed else keeps}the {'wishes' if len(problem.wishes) > 1 else 'wish'}"


def beyond(problem: Problem, here: Point, later: Sequence[Point]) -> str:
    """What budgets above one buy, to follow "more money": "buys less", "adds no value; from €120 the wish is kept"."""
    value, missed = here.solution.value or 0.0, here.solution.missed or 0.0
    small = 1e-6 * max(abs(value), 1e-9)
    found = [point for point in later if point.solution.value is not None]
    if any((point.solution.value or 0.0) - value > small for point in found):
        return "buys less"
    nearer = [point for point in found if missed - (point.solution.missed or 0.0) > tolerance(problem)]
    if nearer:
        kept = [point for point in nearer if not settled(point.solution.missed or 0.0, problem)]
        first, many = min(kept or nearer, key=lambda point: point.budget), len(problem.wishes) > 1
        they = f"{'the wishes are' if many else 'the wish is'} {'kept' if kept else 'missed by less'}"
        return f"adds no value; from {money(first.budget, problem.currency)} {they}"
    if any(_open(problem, point, value, missed) for point in later):
        return "was not found to buy anything"
    return "buys nothing"


def _open(problem: Problem, point: Point, value: float, missed: float) -> bool:
    """Whether it is not proven of a budget that no plan is worth more, and none misses the wishes by less."""
    found = point.solution
    if found.status == "optimal" or found.status == "infeasible":
        return False
    least = found.least_missed if found.least_missed is not None else 0.0
    most = found.bound if found.bound is not None else math.inf
    return most - value > 1e-6 * max(abs(value), 1e-9) or missed - least > tolerance(problem)


class WishWords:
    """Sentences about each wish of one explanation."""

    def __init__(self, words: Words) -> None:
        self.words, self.problem = words, words.problem

    def of(self, row: WishPrice, others: list[WishPrice]) -> Iterator[str]:
        """One sentence after the other about a wish; ``others``: the rest of the wishes."""
        wish = self.problem.wishes[row.wish]
        outcome, wished = self.problem.outcomes[wish.outcome], wish.share
        way = f"Your wish to bring “{outcome.title}” {apart(wished, row.reached)} of the way"
        cost = None if row.price is None else row.price.price
        if not row.missed:
            if cost is None:
                yield f"{way} is kept."
            else:
                words = (
                    f"it costs {self.words.value(cost)}" if self.words.counts(cost) else "it costs nothing"
                )
                yield f"{way} is kept: {words}."
            return
        best = "the best plan" if self.words.made.best.status == "optimal" else "the best plan found"
        yield f"{way} is missed: {best} brings it {apart(row.reached, wished)}."
        yield from self._why(row, wished, others)
        if self.words.counts(cost):
            yield f"As far as it is kept, it costs {self.words.value(cost or 0.0)}."

    def _why(self, row: WishPrice, wished: float, others: list[WishPrice]) -> Iterator[str]:
        outcome, alone = self.problem.outcomes[self.problem.wishes[row.wish].outcome], row.alone
        room = outcome.headroom / (outcome.needed or 1.0)
        if wished > room + 1e-9:
            yield f"Its natural limit lies at {apart(room, wished)} of the way."
        if alone is None:
            return
        if not alone.share:
            names = [self.problem.outcomes[self.problem.wishes[other.wish].outcome].title for other in others]
            way = f"the wish on “{names[0]}” stands" if len(names) == 1 else "the other wishes stand"
            yield f"Alone it could be kept; {way} in its way."
            return
        most = wished - alone.share
        if most - row.reached > tolerance(self.problem):
            yield f"If it were the only wish, the rules would let it come to {apart(most, row.reached, wished)}."
        elif alone.proven:
            yield "No plan under these rules brings it further."
        else:
            yield f"No plan under these rules brings it further than {apart(wished - alone.least, wished)}."
        yield from self._money(row.money)
        for help_ in row.helps[:_MOST]:
            yield self._help(help_, wished, most)

    def _money(self, found: Cheapest | None) -> Iterator[str]:
        budget, currency = self.problem.limits.budget, self.problem.currency
        if found is None or budget is None:
            return
        if found.money is None:
            if found.status == "infeasible":
                yield "More money alone would not keep it."
            return
        more = round(found.money) - budget
        if more > 0:
            at_most = "" if found.status == "optimal" else "at most "
            yield (
                f"To keep it takes {at_most}{money(round(found.money), currency)}, "
                f"{money(more, currency)} more than the budget."
            )
        elif more < 0:
            yield (
                f"With a budget of {money(round(found.money), currency)}, {money(-more, currency)} less than now, "
                "it would be kept: shares of the budget are smaller then."
            )

    def _help(self, help_: Help, wished: float, most: float) -> str:
        rule = help_.rules[0]
        then = (
            "it would be kept"
            if not help_.missed
            else f"it comes to {apart(wished - help_.missed, most, wished)}"
        )
        if help_.kind == "quarter":
            return f"Without the limits by quarter {then}."
        if help_.kind == "capacity":
            team = self.problem.teams[self.problem.limits.capacities[rule.at].team][1]
            return f"With enough people of “{team}” {then}."
        if help_.kind == "locks":
            return f"Without any lock {then}."
        return f"Without the rule that {inside(rule)}, {then}."


def inside(rule: Rule) -> str:
    """A rule's sentence within another."""
    bare = rule.sentence.rstrip(".")
    return bare if bare.startswith("“") else bare[:1].lower() + bare[1:]
