"""Why no plan exists: the smallest set of rules that clash, with amounts, in words (model.md §4.8)."""

from __future__ import annotations

import numpy as np

from prodlead_desktop.analysis import limits
from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.limits import Rule
from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.optimise.programme import Programme
from prodlead_desktop.analysis.optimise.solution import Ask, Clock, Monitor
from prodlead_desktop.analysis.optimise.worth import Detail
from prodlead_desktop.analysis.problem import Plan, Problem
from prodlead_desktop.domain.numerals import money, number
from prodlead_desktop.errors import BadInput

_SECONDS = 20.0
_MEASURED = ("budget", "quarter", "capacity", "pool low", "pool high")


def check_ids(problem: Problem, ask: Ask) -> None:
    """BadInput for an initiative or an option that a question names and the problem does not have."""
    for name in (*ask.force, *ask.least):
        try:
            options = problem.initiatives[problem.initiative_index(name)].options
        except KeyError:
            raise BadInput(f"No initiative has the id “{name}”.") from None
        if any(not 0 <= option < len(options) for option in ask.force.get(name, ())):
            raise BadInput(f"“{name}” has no such level.")


def cost(problem: Problem, plan: Plan) -> float:
    """Money of a plan in the dearest future, minor units."""
    one = planning.stack([plan])
    return max(float(planning.costs(problem, one, s).sum()) for s in range(len(problem.futures)))


def explain(
    problem: Problem, ask: Ask, monitor: Monitor | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences and the ids of the rules they are about: an irreducible set, so any one of them less and the rest can
    be kept. Where other rules clash too, so that no one of these less is enough for a plan, the last sentence says so.

    Found by a deletion filter over whole rules (each a group of rows). After 20 s the set may be larger than needed,
    and the first sentence says so. Two empty tuples when cancelled.
    """
    clock = Clock(_SECONDS)
    known = [rule for rule in limits.rules(problem) if rule.id not in ask.drop]
    kept = _irreducible(problem, ask, known, clock, monitor)
    if monitor is not None and monitor.cancelled():
        return (), ()
    found = tuple(rule.id for rule in kept)
    if not kept:
        return ("What was asked for cannot be had, whatever the rules.",), ()
    sentences = [rule.sentence for rule in kept]
    words = _amount(problem, ask, kept, clock, monitor)
    first = [words] if words else []
    if clock.left <= 0.0:
        first.append("There was no time to find the smallest set of rules; some of these may not matter.")
    elif not _enough(problem, ask, known, kept, clock, monitor):
        sentences.append("Other rules clash too: to relax one of these is not enough.")
    return (*first, *sentences), found


def _enough(
    problem: Problem, ask: Ask, known: list[Rule], kept: list[Rule], clock: Clock, monitor: Monitor | None
) -> bool:
    """Whether there is a plan without one of the rules; also when there is no time to find out."""
    for rule in kept:
        rest = [other for other in known if other is not rule]
        if _possible(problem, _without(ask, known, rest), clock, monitor):
            return True
    return clock.left <= 0.0 or (monitor is not None and monitor.cancelled())


def _without(ask: Ask, known: list[Rule], kept: list[Rule]) -> Ask:
    ids = {rule.id for rule in kept}
    dropped = frozenset(rule.id for rule in known if rule.id not in ids)
    return Ask(force=ask.force, least=ask.least, drop=ask.drop | dropped)


def _possible(problem: Problem, ask: Ask, clock: Clock, monitor: Monitor | None) -> bool:
    programme = Programme(problem, ask, None, Detail())
    return programme.milp.run(Expr(), clock, monitor=monitor).ended != "infeasible"


def _irreducible(
    problem: Problem, ask: Ask, known: list[Rule], clock: Clock, monitor: Monitor | None
) -> list[Rule]:
    """Leave out blocks of rules as long as what is left still clashes; blocks get smaller down to single rules."""
    kept = list(known)
    size = max(len(kept) // 2, 1)
    while clock.left > 0.0 and not (monitor is not None and monitor.cancelled()):
        begin = 0
        while begin < len(kept) and clock.left > 0.0:
            rest = kept[:begin] + kept[begin + size :]
            if not _possible(problem, _without(ask, known, rest), clock, monitor):
                kept = rest
            else:
                begin += size
            if monitor is not None and monitor.cancelled():
                break
        if size == 1:
            break
        size = max(size // 2, 1)
    return kept


def _amount(
    problem: Problem, ask: Ask, kept: list[Rule], clock: Clock, monitor: Monitor | None
) -> str | None:
    """By how much the clash is missed: the least amount by which its most telling rule would have to give."""
    measured = sorted(
        (rule for rule in kept if rule.kind in _MEASURED), key=lambda r: _MEASURED.index(r.kind)
    )
    if not measured:
        return None
    rule, others = measured[0], [other for other in kept if other is not measured[0]]
    programme = Programme(
        problem, _without(ask, list(limits.rules(problem)), kept), None, Detail(), elastic=rule
    )
    if programme.broken is None:
        return None
    answer = programme.milp.run(Expr({programme.broken: -1.0}), clock, monitor=monitor)
    if answer.x is None:
        return None
    short, plan = float(answer.x[programme.broken]), programme.choices.plan(answer.x)
    missing = short * programme.choices.unit
    if all(row.amounts is None for row in problem.initiatives):  # else its money is rounded
        missing = -float(limits.slack(problem, rule, planning.stack([plan]))[0])
    return _missed(problem, rule, others, plan, short, round(missing))


def _missed(problem: Problem, rule: Rule, others: list[Rule], plan: Plan, short: float, missing: int) -> str:
    """The sentence about a rule that the plan nearest to it misses by ``short`` people or ``missing`` minor units."""
    if rule.kind == "capacity":
        team = problem.teams[problem.limits.capacities[rule.at].team][1]
        needed = problem.limits.capacities[rule.at].amount + short
        quarter = problem.limits.capacities[rule.at].quarter + 1
        free = number(problem.limits.capacities[rule.at].amount, 2)
        return (
            f"At least {number(needed, 2)} of “{team}” would be needed in quarter {quarter}; {free} are free."
        )
    said, where = money(missing, problem.currency), _where(problem, rule, plan)
    if rule.kind == "budget":
        budget = problem.limits.budget or 0
        least, has = money(budget + missing, problem.currency), money(budget, problem.currency)
        return f"{_who(others)} alone cost {least}{where}; the budget is {has}."
    if rule.kind == "quarter":
        return f"Quarter {rule.at + 1} lacks {said}{where}."
    name = problem.pools[problem.limits.bands[rule.at].pool][1]
    return f"“{name}” is off its share by {said}{where}."


def _where(problem: Problem, rule: Rule, plan: Plan) -> str:
    """ " in “Dear”" where a plan misses a rule by most at other costs than today's; rules hold in every future."""
    future = problem.futures[limits.tightest(problem, rule, plan)]
    return "" if future.id is None or np.all(future.cost_factor == 1.0) else f" in “{future.name}”"


def _who(others: list[Rule]) -> str:
    kinds = {rule.kind for rule in others}
    if kinds == {"mandatory"}:
        return "Mandatory items"
    if kinds == {"lock"}:
        return "Locked items"
    if kinds == {"floor"}:
        return "The floors"
    return "The items these rules ask for"
