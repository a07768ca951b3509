"""The command `solve`: the best plan of a scenario with its proof, as text, as JSON, or as a new scenario."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodlead_desktop.cli import files
from prodlead_desktop.domain.text import briefly
from prodlead_desktop.errors import BadInput

if TYPE_CHECKING:
    from prodlead_desktop.analysis.optimise import Ask, Solution
    from prodlead_desktop.analysis.problem import Problem
    from prodlead_desktop.domain.strategy import Strategy

OK, INFEASIBLE, INTERRUPTED = 0, 1, 130
OBJECTIVES = ("expected", "maximin", "regret")


def solve(asked: argparse.Namespace) -> int:
    """Solve, say it, and add a scenario when asked to. The status is 1 when no plan keeps every rule."""
    from prodlead_desktop.analysis import answers, optimise

    path = Path(asked.file)
    if asked.apply is not None:
        _may_apply(path, asked.apply)
    strategy = files.read(path).strategy
    problem, ask = question(strategy, asked)
    with interruptible() as monitor:
        solution = optimise.solve(problem, ask, monitor)
        interrupted = monitor.cancelled()
    applied = None
    if asked.apply is not None and solution.plan is not None and not interrupted:
        applied = _applied(path, problem, ask, solution, asked.apply)
    if asked.json:
        made = answers.as_data(problem, ask, solution) | {"applied": applied}
        print(json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _say(ask.problem(problem), ask, solution)
        if applied is not None:
            print(f"Added the scenario “{applied['name']}” to {asked.file}")
    if interrupted:
        return INTERRUPTED
    return OK if solution.plan is not None else INFEASIBLE


def question(strategy: Strategy, asked: argparse.Namespace) -> tuple[Problem, Ask]:
    """The problem and the question of a command line; BadInput in words."""
    from prodlead_desktop.analysis.formulate import formulate
    from prodlead_desktop.analysis.optimise import Ask
    from prodlead_desktop.domain import futures, scenarios
    from prodlead_desktop.domain.numerals import parse_money

    scenario = scenarios.named(strategy, asked.scenario)
    future = None if asked.future is None else futures.named(strategy, asked.future).id
    currency = strategy.header.currency
    rate = point_price(asked.money_per_point, currency)
    problem = formulate(strategy, scenario.id, None if future is None else (future,), rate)
    budget = None if asked.budget is None else parse_money(asked.budget, currency)
    seconds = _seconds(asked.time_limit)
    return problem, Ask(asked.objective, future, budget, seconds)


def point_price(text: str | None, currency: str) -> int | None:
    """What one point is worth in minor units; BadInput unless somebody would pay for it."""
    from prodlead_desktop.domain.numerals import parse_money

    if text is None:
        return None
    price = parse_money(text, currency)
    if price <= 0:
        raise BadInput("A point must be worth something.", "Give an amount above zero.")
    return price


def _seconds(text: str | None) -> float:
    try:
        seconds = 60.0 if text is None else float(text)
    except ValueError:
        seconds = -1.0
    if not 0.0 < seconds <= 86_400.0:
        raise BadInput(f"“{text}” is no time limit.", "Give seconds, such as 10.")
    return seconds


@contextmanager
def interruptible() -> Iterator[Any]:
    """A monitor that Ctrl+C cancels, so that the best plan so far is still said."""
    from prodlead_desktop.analysis.optimise import Monitor

    pressed: list[bool] = []
    try:
        before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    except ValueError:  # not in the main thread
        yield Monitor()
        return
    try:
        yield Monitor(cancelled=lambda: bool(pressed))
    finally:
        signal.signal(signal.SIGINT, before)


def _may_apply(path: Path, name: str) -> None:
    if path.suffix.lower() != files.ENDING:
        raise BadInput(
            "A plan can only be added to a strategy file.", f"Import “{path.name}” first: prodlead import."
        )
    if not name.strip():
        raise BadInput("The new scenario needs a name.")


def _applied(path: Path, problem: Problem, ask: Ask, solution: Solution, name: str) -> dict[str, str]:
    from prodlead_desktop.analysis import answers
    from prodlead_desktop.document import Document
    from prodlead_desktop.domain.entities import Scenario
    from prodlead_desktop.errors import WriteFailed

    assert solution.plan is not None
    document = Document.open(path)
    try:
        if document.read_only:
            raise BadInput(document.read_only, "The plan was not added.")
        with document.edit("Add the best plan as a scenario") as edit:
            made = answers.apply(edit, problem, solution.plan, name, ask.budget)
        if not document.flush():
            raise WriteFailed("The scenario did not reach the disk.")
        return {"id": made, "name": document.strategy.get(Scenario, made).name}
    finally:
        document.close()


def _say(problem: Problem, ask: Ask, solution: Solution) -> None:
    from prodlead_desktop.analysis import answers
    from prodlead_desktop.analysis.wish_words import in_all, kept_in_words
    from prodlead_desktop.domain.numerals import money, percent

    if solution.plan is None:
        print("No plan keeps every rule." if solution.status == "infeasible" else "No plan was found.")
        for reason in solution.reasons:
            print(f"  {reason}")
        say_remarks(problem)
        return
    print(_verdict(problem, ask, solution))
    cost = money(round(solution.cost or 0.0), problem.currency)
    budget = problem.limits.budget
    print(f"Cost {cost}{f' of {money(budget, problem.currency)}' if budget is not None else ''}")
    loss = answers.loss(problem, ask, solution.plan)
    if loss is not None:
        print(loss)
    width = max((len(row.title) for row in problem.initiatives), default=0) + 2
    for i, row in enumerate(problem.initiatives):
        option, amount = row.options[solution.plan.options[i]], round(solution.plan.amounts[i])
        given = f"{option.name:<16}{money(amount, problem.currency)}" if solution.plan.options[i] else "–"
        print(f"  {row.title:<{width}}{given}")
    reached = answers.attainment(problem, ask, solution.plan)
    if reached:
        print("On the way from baseline to target")
    wished = {
        row["outcome"]: f"  {kept_in_words(row['wished'], row['attainment'], row['missed'])}"
        for row in answers.wish_data(problem, ask, solution.plan)
    }
    titles = {row.id: row.title for row in problem.outcomes}
    width = max((len(titles[key]) for key in reached), default=0) + 2
    for key, value in reached.items():
        print(
            f"  {titles[key]:<{width}}{'unknown' if value is None else percent(value)}{wished.get(key, '')}"
        )
    missed = in_all(problem, solution)
    if missed is not None:
        print(missed)
    if len(problem.futures) > 1:
        for s, future in enumerate(problem.futures):
            best = _best_there(problem, solution, s)
            print(f"In “{future.name}”: {value_in_words(problem, solution.by_future[s])}{best}")
    say_remarks(problem)


def say_remarks(problem: Problem, told: Collection[str] = ()) -> None:
    """What was left out and what was taken as given, but for sentences that have been ``told``; no endless lists."""
    for label, remarks in (("Left out", problem.unknowns), ("Assumed", problem.assumed)):
        fresh = [remark.sentence for remark in remarks if remark.sentence not in told]
        for sentence in briefly(fresh, "; --json lists them all"):
            print(f"{label}: {sentence}")


def value_in_words(problem: Problem, value: float) -> str:
    """As ``answers.value_in_words``, which needs numpy."""
    from prodlead_desktop.analysis import answers

    return answers.value_in_words(problem, value)


def _best_there(problem: Problem, solution: Solution, s: int) -> str:
    if not solution.best_by_future:
        return ""
    best, most = (
        value_in_words(problem, values[s]) for values in (solution.best_by_future, solution.bound_by_future)
    )
    return f"; the best there is {best}" if best == most else f"; the best there is from {best} to {most}"


def _verdict(problem: Problem, ask: Ask, solution: Solution) -> str:
    from prodlead_desktop.analysis.wish_words import as_well

    assert solution.value is not None
    value = value_in_words(problem, solution.value)
    what = {
        "expected": value,
        "maximin": f"{value} in the worst future",
        "regret": f"Regret of {value} at most",
    }
    said = what[ask.objective]
    if solution.status == "optimal":
        if ask.objective == "regret":
            least = value_in_words(problem, solution.bound or 0.0)
            return f"{said}: proven best{f'; no plan gives less than {least}' if least != value else ''}."
        gap = 100.0 * (solution.gap or 0.0)
        said += ": proven best" + (" of the plans that keep the wishes best" if problem.wishes else "")
        return f"{said}{f', to {gap:.2g} %' if gap > 1e-4 else ''}."
    if solution.bound is None:
        return f"{said}: the best found; nothing is proven."
    better = "less than" if ask.objective == "regret" else "more than"
    bound = value_in_words(problem, solution.bound)
    return f"{said}: the best found; no plan{as_well(problem)} gives {better} {bound}."
