"""Frontiers and explanations (model.md §4.5) as data; see ``result_schema.SCHEMAS``. Money in major units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from prodlead_desktop.analysis import answers, portfolio
from prodlead_desktop.analysis.answers import common, major, plan_data, worth
from prodlead_desktop.analysis.explain import DRAWS, SEED, Explanation
from prodlead_desktop.analysis.findings import findings
from prodlead_desktop.analysis.frontier import Distance, FrontierOf, Point, knee
from prodlead_desktop.analysis.optimise import Ask, Solution
from prodlead_desktop.analysis.portfolio import Change
from prodlead_desktop.analysis.problem import Plan, Problem
from prodlead_desktop.analysis.value import coverage
from prodlead_desktop.analysis.why import Price, Regret, RulePrice
from prodlead_desktop.analysis.why_wishes import WishPrice
from prodlead_desktop.analysis.wishes import settled


def frontier_data(
    made: FrontierOf,
    points: Sequence[Point],
    distance: Distance | None,
    clash: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> dict[str, Any]:
    """What ``prodlead frontier --json`` prints; ``clash`` as ``FrontierOf.reasons`` gives it."""
    problem, best = made.problem, knee(points)
    dearest = replace(made.ask, budget=points[-1].budget).problem(problem) if points else problem
    rows, before = [], None
    for point in points:
        solution = point.solution
        changes = (
            ()
            if before is None or solution.plan is None
            else portfolio.changes(problem, before, solution.plan)
        )
        before = solution.plan or before
        rows.append(
            {"budget": major(problem, point.budget)} | _certificate(problem, solution)
            | {"plan": _plan(problem, solution.plan), "changes": changes_data(problem, changes),
               "attainment": _attained(problem, made.ask, solution.plan), "on_grid": point.exact_on_grid,
               "wishes": answers.wish_data(problem, made.ask, solution.plan)}
        )  # fmt: skip
    return {
        "command": "frontier",
        **common(problem),
        "objective": made.ask.objective,
        "future": made.ask.future,
        "value_unit": problem.currency if problem.in_money else "points",
        "titles": answers.titles(problem),
        "points": rows,
        "knee": None if best is None else major(problem, best.budget),
        "reasons": list(clash[0]),
        "clash": answers.clash_data(dearest, clash[1]),
        "current": distance_data(problem, distance),
    }


def explain_data(made: Explanation) -> dict[str, Any]:
    """What ``prodlead explain --json`` prints."""
    problem = made.problem
    return {
        "command": "explain",
        **common(problem),
        **({"seed": SEED, "N": DRAWS} if made.chances else {}),
        "objective": made.ask.objective,
        "future": made.ask.future,
        "value_unit": problem.currency if problem.in_money else "points",
        "titles": answers.titles(problem),
        "budget": major(problem, problem.limits.budget),
        **_certificate(problem, made.best),
        "net": major(problem, answers.net(problem, made.ask, made.best.plan)),
        "plan": _plan(problem, made.best.plan),
        "attainment": _attained(problem, made.ask, made.best.plan),
        "wishes": _wishes(made),
        "wishes_together": None if made.wishes_together is None else _price(problem, made.wishes_together),
        "chance_of_target": {
            row.id: chance for row, chance in zip(problem.outcomes, made.chances, strict=True)
        } if made.chances else {},
        "coverage": {problem.outcomes[o].id: share for o, share in sorted(coverage(problem).items())},
        "total_effects": _total_effects(problem),
        "reasons": list(made.best.reasons),
        "clash": answers.clash_data(problem, made.best.clash),
        "findings": [
            {"kind": row.kind, "ids": list(row.ids), "sentence": row.sentence, "value": worth(problem, row.value)}
            for row in findings(made)
        ],
        "current": distance_data(problem, made.distance),
        "rules": [_rule(problem, row) for row in made.rules],
        "leave_out": [_regret(problem, row) for row in made.left_out],
        "force_in": [_regret(problem, row) for row in made.forced_in],
        "money": _money(made),
        "calm": _calm(made),
        "moves": [
            {"from": None if move.giver is None else problem.initiatives[move.giver].id,
             "to": problem.initiatives[move.to].id, "money": major(problem, move.money),
             "gain": worth(problem, move.gain), "plan": plan_data(problem, move.plan)}
            for move in made.moves
        ],
        "complete": made.complete,
    }  # fmt: skip


def _total_effects(problem: Problem) -> dict[str, dict[str, float]]:
    """By outcome that others add to, directly or through others: what one unit of each of those is worth to it."""
    found: dict[str, dict[str, float]] = {}
    for target, source in np.argwhere(problem.total_effects != 0.0).tolist():
        if target != source:
            row = found.setdefault(problem.outcomes[target].id, {})
            row[problem.outcomes[source].id] = float(problem.total_effects[target, source])
    return found


def changes_data(problem: Problem, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Each initiative that gets something else, from what to what."""
    found = []
    for change in changes:
        row, i = problem.initiatives[change.initiative], change.initiative
        ends = (
            answers.choice(problem, i, change.before, change.money_before),
            answers.choice(problem, i, change.after, change.money_after),
        )
        found.append(
            {"initiative": row.id, "what": change.what, "before": ends[0], "after": ends[1],
             "money": major(problem, change.money)}
        )  # fmt: skip
    return found


def distance_data(problem: Problem, far: Distance | None) -> dict[str, Any] | None:
    """Where the scenario's own plan stands to the frontier."""
    if far is None:
        return None
    same, cheaper = far.same_money, far.same_value
    gain = None if same.value is None else same.value - far.value
    return {
        "value": worth(problem, far.value),
        "cost": major(problem, far.cost),
        "missed": None if far.missed is None else settled(far.missed, problem),
        "plan": plan_data(problem, problem.current),
        "broken": answers.clash_data(problem, tuple(rule.id for rule in far.broken)),
        "same_money": _certificate(problem, same)
        | {"gain": worth(problem, gain), "plan": _plan(problem, same.plan)},
        "same_value": None if cheaper is None else {
            "status": cheaper.status, "value": worth(problem, cheaper.value), "cost": major(problem, cheaper.money),
            "least_cost": major(problem, cheaper.least), "saving": major(problem, far.cost - (cheaper.money or 0.0)),
            "plan": _plan(problem, cheaper.plan),
        },
    }  # fmt: skip


def _certificate(problem: Problem, solution: Solution) -> dict[str, Any]:
    return {
        "status": solution.status,
        "value": worth(problem, solution.value),
        "bound": worth(problem, solution.bound),
        "gap": solution.gap,
        "cost": major(problem, solution.cost),
        "missed": solution.missed,
        "least_missed": solution.least_missed,
    }


def _plan(problem: Problem, plan: Plan | None) -> dict[str, Any] | None:
    return None if plan is None else plan_data(problem, plan)


def _attained(problem: Problem, ask: Ask, plan: Plan | None) -> dict[str, float | None]:
    return {} if plan is None else answers.attainment(problem, ask, plan)


def _price(problem: Problem, price: Price) -> dict[str, Any]:
    def finite(value: float | None) -> float | None:
        return worth(problem, value) if value is not None and np.isfinite(value) else None

    return {
        "possible": price.possible,
        "price": finite(price.price),
        "least": finite(price.least),
        "most": finite(price.most),
        "status": price.solution.status,
        "value": worth(problem, price.solution.value),
        "changes": changes_data(problem, price.changes),
    }


def _wishes(made: Explanation) -> list[dict[str, Any]]:
    problem = made.problem
    rows = {row.wish: row for row in made.wishes}
    found = answers.wish_data(problem, made.ask, made.best.plan)
    return [told | _reasons(problem, rows.get(w, WishPrice(w, 0.0, 0.0))) for w, told in enumerate(found)]


def _reasons(problem: Problem, row: WishPrice) -> dict[str, Any]:
    """What a wish costs, and what would keep it where it is missed."""
    alone, cheapest = row.alone, row.money
    return {
        "price": None if row.price is None else _price(problem, row.price),
        "missed_alone": None if alone is None else alone.share,
        "least_missed_alone": None if alone is None else alone.least,
        "money": None if cheapest is None else {
            "status": cheapest.status, "cost": major(problem, cheapest.money),
            "least_cost": major(problem, cheapest.least) if cheapest.status != "infeasible" else None,
            "plan": _plan(problem, cheapest.plan),
        },
        "helps": [
            {"kind": help_.kind, "missed": help_.missed,
             "rules": answers.clash_data(problem, tuple(rule.id for rule in help_.rules))}
            for help_ in row.helps
        ],
    }  # fmt: skip


def _rule(problem: Problem, row: RulePrice) -> dict[str, Any]:
    rules = answers.clash_data(problem, tuple(rule.id for rule in row.rules))
    return {"kind": row.kind, "rules": rules} | _price(problem, row.price)


def _regret(problem: Problem, row: Regret) -> dict[str, Any]:
    made = _price(problem, row.price)
    return {"initiative": problem.initiatives[row.initiative].id, "regret": made.pop("price")} | made


def _money(made: Explanation) -> dict[str, Any] | None:
    row, problem = made.money, made.problem
    if row is None:
        return None
    cut = {"status": row.cut.status, "value": worth(problem, row.cut.value)} if row.cut is not None else None
    return {
        "step": major(problem, row.step),
        "more": _price(problem, row.more),
        "missed_with_more": row.missed,
        "less": _price(problem, row.less),
        "cut_first": None if cut is None else cut | {"changes": changes_data(problem, row.cut_changes)},
    }


def _calm(made: Explanation) -> dict[str, Any] | None:
    row, problem = made.calm, made.problem
    if row is None:
        return None
    return {
        "share": row.share,
        "value": worth(problem, row.value),
        "moved": major(problem, row.moved),
        "least_moved": major(problem, row.least),
        "moved_by_best": major(problem, row.moved_by_best),
        "plan": _plan(problem, row.plan),
        "changes": changes_data(problem, row.changes),
    }
