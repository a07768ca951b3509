"""Turns a strategy, a scenario and futures into one decision problem in numbers (model.md §1.1, §2–4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from prodlead_desktop.analysis import initiative_numbers, limit_numbers, outcome_numbers
from prodlead_desktop.analysis.distributions import percentiles
from prodlead_desktop.analysis.future_numbers import FutureReader
from prodlead_desktop.analysis.problem import Future, Problem
from prodlead_desktop.analysis.remarks import Remarks
from prodlead_desktop.analysis.value import double_counted
from prodlead_desktop.domain import entities
from prodlead_desktop.domain.entities import Pool, Scenario, Team
from prodlead_desktop.domain.futures import MAY_BE_ROUNDED
from prodlead_desktop.domain.numerals import number, percent
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

_ROUNDED = 1e-9
_APART, _LARGE, _LARGEST = 1e30, 1e220, 1e300  # beyond these, sums and quotients would stop to be numbers


def formulate(
    strategy: Strategy,
    scenario_id: str,
    futures: Sequence[str] | None = None,
    money_per_point: float | None = None,
) -> Problem:
    """The problem of a scenario (an id; see ``scenarios.named`` for names) over futures.

    ``futures``: None = all the strategy has, one unchanged future if it has none; an empty sequence = the unchanged
    one only; else these ids. ``money_per_point`` in minor units is needed when some objectives are in points and
    others in money. BadInput in words for numbers that contradict each other; what is merely unknown is left out
    and listed in ``unknowns``.
    """
    scenario = strategy.find(Scenario, scenario_id)
    if scenario is None:
        raise BadInput(f"No scenario has the id “{scenario_id}”.")
    remarks = Remarks()
    problem = _problem(strategy, scenario, futures, money_per_point, remarks)
    _remark_on_value(problem, strategy.header.plan_start is not None, remarks)
    for ids, sentence in counted_twice(problem):
        remarks.assumed(sentence, *ids)
    unknowns, assumed = remarks.sealed()
    _check_units_of_value(problem)
    _check_sizes(problem)
    return replace(problem, unknowns=unknowns, assumed=assumed)


def _problem(
    strategy: Strategy,
    scenario: Scenario,
    futures: Sequence[str] | None,
    money_per_point: float | None,
    remarks: Remarks,
) -> Problem:
    pools, teams, header = strategy.all(Pool), strategy.all(Team), strategy.header
    pool_at, team_at = _index(pools), _index(teams)
    outcomes = outcome_numbers.outcomes(strategy, remarks)
    assumptions = initiative_numbers.assumptions(strategy, remarks)
    reasons = {row.id: a for a, row in enumerate(assumptions)}
    initiatives, current = initiative_numbers.initiatives(strategy, scenario.id, pool_at, reasons, remarks)
    initiative_at = {row.id: i for i, row in enumerate(initiatives)}
    effects = outcome_numbers.effects(strategy, initiative_at, outcomes, remarks)
    reader = FutureReader(strategy, outcomes, initiatives, effects, assumptions, remarks)
    return Problem(
        scenario=scenario.id,
        scenario_name=scenario.name,
        currency=header.currency,
        horizon=header.horizon,
        discount=(1.0 + (header.discount_rate or 0.0)) ** -0.25,
        money_per_point=money_per_point,
        outcomes=outcomes,
        contributions=outcome_numbers.contributions(strategy, _index(row.id for row in outcomes), remarks),
        initiatives=initiatives,
        effects=effects,
        assumptions=assumptions,
        enhances=limit_numbers.enhances(strategy, initiatives, remarks),
        pools=tuple((key, pools[key].name) for key in pool_at),
        teams=tuple((key, teams[key].name) for key in team_at),
        limits=limit_numbers.limits(strategy, scenario, initiatives, pool_at, team_at, remarks),
        futures=_futures(strategy, reader, futures),
        current=current,
        wishes=limit_numbers.wishes(strategy, scenario, outcomes, remarks),
    )


def _index(rows: Iterable[str]) -> dict[str, int]:
    return {key: index for index, key in enumerate(sorted(rows))}


def _futures(strategy: Strategy, reader: FutureReader, wanted: Sequence[str] | None) -> tuple[Future, ...]:
    rows = strategy.all(entities.Future)
    ids = sorted(rows) if wanted is None else sorted(set(wanted))
    for future_id in ids:
        if future_id not in rows:
            raise BadInput(f"No future has the id “{future_id}”.")
    found = tuple(reader.future(rows[future_id]) for future_id in ids)
    if wanted is not None and len(found) == 1:
        return (replace(found[0], probability=None),)
    _remark_on_chances(found, reader.remarks)
    return found or (reader.unchanged(),)


def _remark_on_chances(found: tuple[Future, ...], remarks: Remarks) -> None:
    known = [row.probability for row in found if row.probability is not None]
    total = sum(known)
    if found and len(known) == len(found) and _ROUNDED < abs(total - 1.0) <= MAY_BE_ROUNDED:
        remarks.assumed(
            f"The probabilities of the futures add up to {percent(total, 1)}; they are scaled to 100 %.",
            *(row.id or "" for row in found),
        )
    if len(found) == 1 and not known:
        remarks.assumed(
            f"“{found[0].name}” is the only future and counts as certain: nobody has said how likely it is.",
            found[0].id or "",
        )


def _remark_on_value(problem: Problem, start: bool, remarks: Remarks) -> None:
    if not problem.objectives:
        remarks.unknown(
            "No outcome carries value, so that every plan is worth nothing: give one a swing or money."
        )
    if problem.in_money:
        rate = problem.discount**-4 - 1.0
        discounted = (
            f", discounted at {percent(rate, 1)} a year from the end of each quarter"
            if abs(rate) > _ROUNDED
            else ", not discounted"
        )
        begin = "plan start" if start else "the start, which has no date"
        quarters = "quarter" if problem.horizon == 1 else "quarters"
        remarks.assumed(
            f"Money counts over {problem.horizon} {quarters} from {begin}{discounted}.",
            *(row.id for row in problem.outcomes if row.mode == "money"),
        )


def counted_twice(problem: Problem) -> Iterator[tuple[tuple[str, str], str]]:
    """Ids and a sentence for every objective that adds to another one: its value may count twice (model.md §2.8)."""
    for above, below in double_counted(problem):
        first, second = problem.outcomes[below], problem.outcomes[above]
        yield (
            (first.id, second.id),
            f"“{first.title}” adds to “{second.title}” and both carry value: “{first.title}” counts with value of its "
            "own beside what it adds. If it has none, take its swing or its money away.",
        )


def _check_units_of_value(problem: Problem) -> None:
    modes = {problem.outcomes[o].mode for o in problem.objectives}
    if modes == {"weight", "money"} and problem.money_per_point is None:
        raise BadInput(
            "Some objectives count in points and others in money.",
            "Say what one point is worth: what would you pay to move the first objective from baseline to target?",
        )


def _check_sizes(problem: Problem) -> None:
    """BadInput where effects, contributions and ways to a target are so far apart that nothing can be computed."""
    size = [0.0] * len(problem.outcomes)
    for effect in problem.effects:
        size[effect.outcome] += max(map(abs, percentiles(effect.spread))) + abs(effect.mean)
    sums = list(size)
    for _ in range(
        len(problem.outcomes) if problem.contributions else 0
    ):  # as long as the longest way could be
        before, sums = sums, list(size)
        for row in problem.contributions:
            sums[row.target] = min(sums[row.target] + abs(row.k) * before[row.source], _LARGEST)
        if sums == before:
            break
    for o, outcome in enumerate(problem.outcomes):
        way = outcome.needed
        if sums[o] > _LARGE or (way and sums[o] / way > _APART):
            far = "is unknown" if not way else f"is {number(way)} away"
            move = f"more than {_LARGE:g}" if sums[o] > _LARGE else number(sums[o])
            raise BadInput(
                f"“{outcome.title}” could move by {move} in its unit, and its target {far}: "
                "these are too far apart to compute with.",
                "Look for a mistyped number.",
            )
