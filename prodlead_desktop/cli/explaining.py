"""The commands `frontier` and `explain`: the best value for every budget, and why the best plan is the best."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodlead_desktop.cli import files
from prodlead_desktop.cli.solving import (
    INFEASIBLE,
    INTERRUPTED,
    OK,
    interruptible,
    question,
    say_remarks,
    value_in_words,
)
from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.analysis.frontier import Distance, FrontierOf, Point
    from prodlead_desktop.analysis.problem import Problem

_STEEP = 1.25


def frontier(asked: argparse.Namespace) -> int:
    """Every budget's best plan, one line each as it is found; without any, why not, and the status is 1."""
    from prodlead_desktop.analysis.frontier import FrontierOf, budgets
    from prodlead_desktop.analysis.why_data import frontier_data
    from prodlead_desktop.domain.numerals import parse_money

    asked.budget = None
    strategy = files.read(Path(asked.file)).strategy
    problem, ask = question(strategy, asked)
    _no_regret(ask.objective)
    low = 0 if asked.low is None else parse_money(asked.low, problem.currency)
    if asked.high is not None:
        high = parse_money(asked.high, problem.currency)
    else:
        high = round(_STEEP * (problem.limits.budget or _everything(problem)))
    wanted = budgets(low, high, _whole(asked.steps))
    made, points, distance = FrontierOf(problem, ask), [], None
    with interruptible() as monitor:
        for point in made.points(wanted, monitor):
            points.append(point)
            if not asked.json:
                _say_point(made, point)
        impossible = all(point.solution.status == "infeasible" for point in points)
        clash = made.reasons(max(wanted), monitor) if impossible else ((), ())
        if not monitor.cancelled():
            distance = made.distance(monitor)
        interrupted = monitor.cancelled()
    if asked.json:
        _print(frontier_data(made, points, distance, clash))
    else:
        for reason in clash[0]:
            print(f"  {reason}")
        _say_rest(made, points, distance)
        say_remarks(made.problem)
    if interrupted:
        return INTERRUPTED
    return OK if any(point.solution.plan is not None for point in points) else INFEASIBLE


def explain(asked: argparse.Namespace) -> int:
    """The best plan of a scenario and everything the room asks about it; the status is 1 when there is none."""
    from prodlead_desktop.analysis import explain as explaining
    from prodlead_desktop.analysis.findings import findings, verdict
    from prodlead_desktop.analysis.why_data import explain_data
    from prodlead_desktop.domain.numerals import parse_money, parse_share

    strategy = files.read(Path(asked.file)).strategy
    problem, ask = question(strategy, asked)
    _no_regret(ask.objective)
    calm = parse_share(asked.calm)
    step = None if asked.step is None else parse_money(asked.step, problem.currency)
    if step is not None and step <= 0:
        raise BadInput("The price of no money cannot be asked.", "Give an amount above zero.")
    if asked.time_limit is None:
        ask = replace(ask, time_limit_s=300.0)
    with interruptible() as monitor:
        made = explaining.explain(problem, ask, monitor, calm, step)
        interrupted = monitor.cancelled()
    if asked.json:
        _print(explain_data(made))
    else:
        found = findings(made)
        print(verdict(made))
        for finding in found:
            print(f"  {finding.sentence}")
        say_remarks(problem, [finding.sentence for finding in found])
    if interrupted:
        return INTERRUPTED
    return OK if made.best.plan is not None else INFEASIBLE


def _no_regret(objective: str) -> None:
    if objective == "regret":
        raise BadInput("Frontiers and explanations are of value.", "Ask for expected or maximin.")


def _everything(problem: Problem) -> int:
    """What all initiatives cost at their dearest, minor units; for a frontier without a budget."""
    dearest = [max(option.cost for option in row.options) for row in problem.initiatives]
    return max(sum(dearest), 1)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadInput(f"“{text}” is no number of steps.", "Give a whole number such as 25.") from None


def _print(made: dict[str, Any]) -> None:
    print(json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False))


def _say_point(made: FrontierOf, point: Point) -> None:
    from prodlead_desktop.analysis.wish_words import way_missed
    from prodlead_desktop.domain.numerals import money

    solution = point.solution
    budget = money(point.budget, made.problem.currency)
    if solution.value is None:
        none = "no plan keeps every rule" if solution.status == "infeasible" else "no plan was found in time"
        print(f"{budget:>16}  {none}", flush=True)
        return
    value = value_in_words(made.problem, solution.value)
    bound = solution.bound
    proof = (
        ""
        if solution.status == "optimal" or bound is None
        else f", at most {value_in_words(made.problem, bound)}"
    )
    wishes = f"; wishes missed by {way_missed(made.problem, solution.missed)}" if solution.missed else ""
    print(f"{budget:>16}  {value}{proof}{wishes}", flush=True)


def _say_rest(made: FrontierOf, points: list[Point], distance: Distance | None) -> None:
    from prodlead_desktop.analysis.frontier import knee
    from prodlead_desktop.analysis.wish_words import beyond, missed_for_money
    from prodlead_desktop.domain.numerals import money

    problem, best = made.problem, knee(points)
    if best is not None:
        more = beyond(problem, best, [point for point in points if point.budget > best.budget])
        print(f"Beyond {money(best.budget, problem.currency)} more money {more}.")
    if distance is None:
        return
    name, cost = problem.scenario_name, money(round(distance.cost), problem.currency)
    print(f"“{name}” is worth {value_in_words(problem, distance.value)} for {cost}.")
    if distance.broken:
        print(f"  It breaks: {' '.join(rule.sentence for rule in distance.broken)}")
    wishes = missed_for_money(problem, distance.missed, distance.same_money.missed)
    if wishes is not None:
        print(f"  It {wishes[0]}{f'; for the same money {wishes[1]}' if wishes[1] else ''}.")
    gain = (distance.same_money.value or distance.value) - distance.value
    if gain > 1e-9 * max(abs(distance.value), 1e-9):
        print(f"  The same money could give {value_in_words(problem, gain)} more.")
    cheaper = distance.same_value
    if cheaper is not None and cheaper.money is not None and distance.cost - cheaper.money > 1.0:
        print(
            f"  The same value is to be had for {money(round(distance.cost - cheaper.money), problem.currency)} less."
        )
