"""The command `simulate`: what the plan of a scenario could come to, as text a room can read or as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop.cli import files
from prodlead_desktop.cli.solving import interruptible, point_price, say_remarks
from prodlead_desktop.errors import BadInput, Cancelled

if TYPE_CHECKING:
    from prodlead_desktop.analysis.problem import Problem
    from prodlead_desktop.analysis.simulate import Chance, Estimate, OutcomeRisk, Simulation, World
    from prodlead_desktop.analysis.simulate.best import Best
    from prodlead_desktop.analysis.simulate.tornado import Tornado

OK, INTERRUPTED = 0, 130
_SHOWN = 10


def simulate(asked: argparse.Namespace) -> int:
    """Draw the plan and say what it could come to; 130 when interrupted, with what was known by then."""
    from prodlead_desktop.analysis import simulate as simulation
    from prodlead_desktop.analysis.simulate import data
    from prodlead_desktop.analysis.simulate.best import against_best
    from prodlead_desktop.analysis.simulate.tornado import tornado

    draws, seed = _whole(asked.draws, "number of draws"), _whole(asked.seed, "seed")
    decisions = _whole(asked.decisions, "number of inputs")
    if decisions < 0:
        raise BadInput(f"“{asked.decisions}” is no number of inputs.", "Give 0, for none, or more.")
    problem = _problem(asked)
    found = simulation.simulate(
        problem, draws=draws, seed=seed
    )  # Ctrl+C ends it: there is nothing to say yet
    best, swings, stopped = None, None, False
    with interruptible() as monitor:

        def step(share: float | None) -> None:
            if monitor.cancelled():
                raise Cancelled()

        try:
            if decisions > 0:
                best = against_best(found, step)
            swings = tornado(problem, step=step, most=decisions)
            stopped = swings.cancelled
        except Cancelled:
            stopped = True
    if asked.json:
        made = data.as_data(found, best, swings, stopped)
        print(json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _say(found, best, swings)
    return INTERRUPTED if stopped else OK


def _whole(text: str, what: str) -> int:
    try:
        return int(text.replace(",", "").replace("_", ""))
    except ValueError:
        raise BadInput(f"“{text}” is no {what}.", "Give a whole number.") from None


def _problem(asked: argparse.Namespace) -> Problem:
    from prodlead_desktop.analysis.formulate import formulate
    from prodlead_desktop.domain import scenarios

    strategy = files.read(Path(asked.file)).strategy
    scenario = scenarios.named(strategy, asked.scenario)
    price = point_price(asked.money_per_point, strategy.header.currency)
    return formulate(strategy, scenario.id, money_per_point=price)


def _say(found: Simulation, best: Best | None, swings: Tornado | None) -> None:
    problem = found.problem
    if found.mixed is not None:
        _say_world(found, found.mixed)
    if len(found.worlds) > 1:
        if found.mixed is None:
            print("The futures have no probabilities, so there is no average over them.")
        for s, world in enumerate(found.worlds):
            print(f"\nIn “{problem.futures[s].name}”")
            _say_world(found, world)
    if best is not None:
        _say_best(found, best)
    if swings is not None and swings.bars:
        _say_swings(found, swings)
    how = "ten Latin hypercubes" if found.latin else "independent"
    print(
        f"\n{found.draws:,} draws ({how}), seed {found.seed}. Digits that the draws do not carry are left out."
    )
    say_remarks(found.problem)


def _say_best(found: Simulation, best: Best) -> None:
    from prodlead_desktop.analysis.limits import broken
    from prodlead_desktop.analysis.wish_words import nears

    print()
    if best.more is None:
        print(
            "No plan keeps every rule."
            if best.solution.status == "infeasible"
            else "No better plan was looked for."
        )
        return
    problem, solution, more = found.problem, best.solution, best.more
    if solution.plan == found.plan:
        comes = "" if not problem.wishes else f" that {nears(problem, solution)}"
        proven = "is" if solution.status == "optimal" else "was found that is"
        print(f"No plan under the same rules{comes} {proven} better on mean effects.")
        return
    kept = "under the same rules" if not problem.wishes else "that keeps the wishes first"
    if more.value < 0.0:
        why = "breaks a rule" if broken(problem, found.plan) else "misses the wishes by more"
        said = f"less on average, with the same luck: this one {why}"
        more = more.read(0.0, -1.0)
    else:
        said = "more on average, with the same luck"
    unit = "" if problem.in_money else " points"
    print(f"The best plan {kept} brings {_value(found, more)}{unit} {said}.")


def _say_swings(found: Simulation, swings: Tornado) -> None:
    from prodlead_desktop.analysis.simulate import inputs
    from prodlead_desktop.domain.numerals import money, number

    def shown(value: float) -> str:
        return money(round(value), found.problem.currency) if found.problem.in_money else number(value, 1)

    print(f"\nWhat moves it, one at a time, all others in the middle ({shown(swings.base)})")
    rows: list[tuple[str, ...]] = [("", "low end", "high end", "")]
    widest = [bar for bar in swings.bars if bar.swing > 0.0][:_SHOWN]
    for bar in swings.bars:
        if bar in widest or bar.changes:
            says = {True: "changes the decision", False: "", None: "not asked" if swings.checked else ""}[
                bar.changes
            ]
            rows.append((inputs.in_words(found.problem, bar.input), shown(bar.low), shown(bar.high), says))
    _print_table(rows, left=(0, 3))
    if not swings.complete:
        print("  The time did not suffice to ask for all of them.")


def _say_world(found: Simulation, world: World) -> None:
    from prodlead_desktop.analysis.simulate import words

    def value(row: Estimate) -> str:
        return _value(found, row)

    unit = "" if found.problem.in_money else " points"
    v = world.value
    print(f"{value(v.mean)}{unit} on average, {value(v.p50)} in the middle.")
    print(f"  8 of 10 cases lie between {value(v.p10)} and {value(v.p90)}.")
    if v.cvar is not None:
        print(f"  The worst fifth of cases: {value(v.cvar)} on average.")
    if world.npv is not None:
        print(f"  Less costs, discounted: {words.money(world.npv.mean, found.problem.currency)} on average.")
    _say_cost(found, world)
    _say_outcomes(found, world)
    if world.all_targets is not None and len(found.problem.outcomes) > 1:
        print(f"All targets together: {words.chance(world.all_targets)}")


def _value(found: Simulation, row: Estimate) -> str:
    """V, or a difference of it, to the digit that the draws carry."""
    from prodlead_desktop.analysis.simulate import words

    return words.money(row, found.problem.currency) if found.problem.in_money else words.estimate(row)


def _say_cost(found: Simulation, world: World) -> None:
    from prodlead_desktop.analysis.simulate import words
    from prodlead_desktop.domain.numerals import money

    problem, cost = found.problem, world.cost
    of = "" if problem.limits.budget is None else f" of {money(problem.limits.budget, problem.currency)}"
    print(f"  Cost {words.money(cost.mean, problem.currency)}{of}", end="")
    if cost.p90.value > cost.p10.value:
        ends = (words.money(row, problem.currency) for row in (cost.p10, cost.p90))
        print(f", in 8 of 10 cases between {' and '.join(ends)}", end="")
    if world.within_budget is not None and world.within_budget.low < 1.0:
        print(f"; within the budget: {words.chance(world.within_budget)}", end="")
    print(".")


def _say_outcomes(found: Simulation, world: World) -> None:
    from prodlead_desktop.domain.numerals import number

    rows: list[tuple[str, ...]] = [
        ("At the deadline", "P10", "P50", "P90", "Target", "Chance of it", "Threshold", "Chance of it")
    ]
    for outcome, risk in zip(found.problem.outcomes, world.outcomes, strict=True):
        target = "–" if outcome.target is None else number(outcome.target)
        threshold = "–" if outcome.threshold is None else number(outcome.threshold)
        named = f"{outcome.title}{f', {outcome.unit}' if outcome.unit else ''}"
        rows.append(
            (named, *_percentiles(risk), target, _chance(risk.target), threshold, _chance(risk.threshold))
        )
    if all(row[6] == "–" for row in rows[1:]):
        rows = [row[:6] for row in rows]
    if len(rows) > 1:
        _print_table(rows, left=(0, 5, 7))


def _print_table(rows: list[tuple[str, ...]], left: tuple[int, ...]) -> None:
    """Columns as wide as they need, numbers to the right; ``left``: columns of words."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, range(len(widths)), strict=True)
        shown = [text.ljust(width) if k in left else text.rjust(width) for text, width, k in cells]
        print("  " + "   ".join(shown).rstrip())


def _percentiles(row: OutcomeRisk) -> tuple[str, ...]:
    """P10, P50 and P90 to the digit that the least sure of them carries."""
    from prodlead_desktop.analysis.simulate import words

    shown, sign = (row.level, "") if row.level is not None else (row.improvement, "+")
    parts = (shown.p10, shown.p50, shown.p90)
    unit = max(map(words.unit_of, parts))
    return tuple((sign if part.value > 0.0 else "") + words.estimate(part, unit) for part in parts)


def _chance(row: Chance | None) -> str:
    from prodlead_desktop.analysis.simulate import words

    return "–" if row is None else words.chance(row)
