"""A solution as others take it: as data for scripts, and as a new scenario of its strategy (model.md §4.8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from prodlead_desktop.analysis import limits, wishes
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.optimise.solution import Ask, Solution
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.analysis.result_schema import listed
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.domain import rows, scenarios
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Allocation, Scenario
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.domain.numerals import money, number


def as_data(problem: Problem, ask: Ask, solution: Solution) -> dict[str, Any]:
    """What ``prodlead solve --json`` prints; see ``result_schema.SCHEMAS["solve"]``. Money in major units.

    ``problem``: as formulated; ``ask`` may have changed its budget and its futures.
    """
    asked = ask.problem(problem)
    return {
        "command": "solve",
        **common(asked),
        "objective": ask.objective,
        "sense": "minimise" if ask.objective == "regret" else "maximise",
        "future": ask.future,
        "budget": major(asked, asked.limits.budget),
        "status": solution.status,
        "value": worth(asked, solution.value),
        "value_unit": asked.currency if asked.in_money else "points",
        "bound": worth(asked, solution.bound),
        "gap": solution.gap,
        "cost": major(asked, solution.cost),
        "net": major(asked, net(asked, ask, solution.plan)),
        "plan": None if solution.plan is None else plan_data(asked, solution.plan),
        "titles": titles(asked),
        "attainment": {} if solution.plan is None else attainment(asked, ask, solution.plan),
        "missed": solution.missed,
        "least_missed": solution.least_missed,
        "wishes": wish_data(asked, ask, solution.plan),
        "futures": _futures(asked, solution),
        "reasons": list(solution.reasons),
        "clash": clash_data(asked, solution.clash),
        "seconds": round(solution.seconds, 3),
    }


def common(problem: Problem) -> dict[str, Any]:
    """What every result says about its inputs; nothing was drawn."""
    return {
        "scenario": problem.scenario,
        "scenario_name": problem.scenario_name,
        "currency": problem.currency,
        "inputs_hash": problem.inputs_hash,
        "seed": None,
        "N": 0,
        "unknowns": listed(problem.unknowns),
        "assumed": listed(problem.assumed),
    }


def major(problem: Problem, minor: float | None) -> float | None:
    """Major units of money, with the currency's decimals."""
    if minor is None:
        return None
    places = decimals(problem.currency)
    return float(round(minor / 10**places, places)) + 0.0


def worth(problem: Problem, value: float | None) -> float | None:
    """V as it is shown: points as they are, money in major units."""
    if value is None or not problem.in_money:
        return value
    return float(value / 10 ** decimals(problem.currency))


def value_in_words(problem: Problem, value: float) -> str:
    """V as a person reads it: points, or money."""
    return money(round(value), problem.currency) if problem.in_money else f"{number(value, 2)} points"


def titles(problem: Problem) -> dict[str, str]:
    """Id → title of every initiative and outcome."""
    return {row.id: row.title for row in problem.initiatives} | {
        row.id: row.title for row in problem.outcomes
    }


def clash_data(problem: Problem, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rules by their ids, in their order, with the rows they speak of and their sentence."""
    return [
        {"rule": rule.id, "ids": list(rule.ids), "sentence": rule.sentence}
        for rule in limits.rules(problem)
        if rule.id in ids
    ]


def plan_data(problem: Problem, plan: Plan) -> dict[str, str | float | None]:
    """Initiative id → level id, or money where it has no level of that amount, or None for nothing."""
    return {
        row.id: choice(problem, i, plan.options[i], plan.amounts[i])
        for i, row in enumerate(problem.initiatives)
    }


def choice(problem: Problem, i: int, option: int, amount: float) -> str | float | None:
    """What one initiative gets: a level id, else money, else None for nothing."""
    row = problem.initiatives[i]
    if not option:
        return None
    if row.amounts is not None:
        return major(problem, amount)
    level = row.options[option].level
    return level if level is not None else major(problem, row.options[option].cost)


def attainment(problem: Problem, ask: Ask, plan: Plan) -> dict[str, float | None]:
    """By outcome id: the mean over futures where their probabilities count, else the worst; None where unknown."""
    found: Floats = Valuation(problem).evaluate(plan).attainment[:, :, 0]
    shown = wishes.shown(wishes.weights_of(problem, ask.objective == "expected"), found)
    values = [None if np.isnan(value) else float(value) + 0.0 for value in shown]
    return {outcome.id: value for outcome, value in zip(problem.outcomes, values, strict=True)}


def wish_data(problem: Problem, ask: Ask, plan: Plan | None) -> list[dict[str, Any]]:
    """Every wish with what a plan makes of it; attainment as ``attainment`` tells it. Empty without a plan."""
    if plan is None or not problem.wishes:
        return []
    reached, missed = wishes.Wished(problem, ask.objective == "expected").of(Valuation(problem), plan)
    return [
        {"id": wish.id, "outcome": problem.outcomes[wish.outcome].id, "wished": wish.share,
         "attainment": float(has) + 0.0, "missed": float(lacks), "kept": not lacks}
        for wish, has, lacks in zip(problem.wishes, reached.tolist(), missed.tolist(), strict=True)
    ]  # fmt: skip


def net(problem: Problem, ask: Ask, plan: Plan | None) -> float | None:
    """V less the cost of a plan, discounted alike, minor units; None for points, or without a plan (§2.8).

    The mean over futures where their probabilities count, else the worst.
    """
    if plan is None or not problem.in_money:
        return None
    found = Valuation(problem).evaluate(plan)
    left = (found.value - found.money + found.npv)[:, 0]
    shown = probabilities(problem) @ left if ask.objective == "expected" and len(left) > 1 else left.min()
    return float(shown)


def loss(problem: Problem, ask: Ask, plan: Plan | None) -> str | None:
    """The sentence about a plan that costs more than it brings; None when it does not, or V is in points."""
    left = net(problem, ask, plan)
    if left is None or left > -0.5:
        return None
    quarters = "quarter" if problem.horizon == 1 else f"{problem.horizon} quarters"
    return (
        f"The plan costs more than it brings: net of its cost it loses {money(round(-left), problem.currency)} over "
        f"the {quarters} that count."
    )


def _futures(problem: Problem, solution: Solution) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for s, future in enumerate(problem.futures):
        row: dict[str, Any] = {"id": future.id, "name": future.name}
        if solution.by_future:
            row["value"] = worth(problem, solution.by_future[s])
        if solution.best_by_future:
            row["best"] = worth(problem, solution.best_by_future[s])
            row["best_bound"] = worth(problem, solution.bound_by_future[s])
        found.append(row)
    return found


def apply(edit: Edit, problem: Problem, plan: Plan, name: str, budget: int | None = None) -> str:
    """Add a scenario with this plan: a copy of the problem's with other allocations, and ``budget`` (minor units).

    Its name is made unique; floors, ceilings, locks and bands come along. Returns its id. One edit, so one undo.
    """
    made = scenarios.create(edit, name, copy_of=problem.scenario)
    if budget is not None:
        rows.set_value(edit, Scenario, made, "budget", budget)
    for i, row in enumerate(problem.initiatives):
        option = row.options[plan.options[i]]
        level = option.level if plan.options[i] and row.amounts is None else None
        amount = None
        if plan.options[i] and level is None:
            amount = int(plan.amounts[i]) if row.amounts is not None else option.cost
        given = scenarios.allocation(edit, made, row.id)
        if given is not None:
            edit.put(replace(given, level=level, amount=amount))
        elif plan.options[i]:
            rows.add(edit, Allocation, scenario=made, initiative=row.id, level=level, amount=amount)
    return made
