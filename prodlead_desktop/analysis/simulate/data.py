"""A simulation as others take it: data for scripts, every number with its error beside it (model.md §5)."""

from __future__ import annotations

import math
from typing import Any

from prodlead_desktop.analysis import answers
from prodlead_desktop.analysis.distributions import NAMES, percentiles, variance
from prodlead_desktop.analysis.problem import Effect, Plan
from prodlead_desktop.analysis.simulate.best import Best
from prodlead_desktop.analysis.simulate.risk import OutcomeRisk, Simulation, World
from prodlead_desktop.analysis.simulate.statistics import Chance, Estimate, Summary
from prodlead_desktop.analysis.simulate.tornado import Bar, Tornado
from prodlead_desktop.domain.money import decimals

_PERCENTILES = ("p10", "p50", "p90")


def as_data(
    found: Simulation, best: Best | None = None, swings: Tornado | None = None, stopped: bool = False
) -> dict[str, Any]:
    """What ``prodlead simulate --json`` prints; see ``simulate_schema``. Money in major units.

    ``stopped``: the user did not wait for ``best`` or for all of ``swings``.
    """
    problem, mixed = found.problem, found.mixed
    money = 10.0 ** -decimals(problem.currency)
    return {
        "command": "simulate",
        **answers.common(problem),
        "seed": found.seed,
        "N": found.draws,
        "sampling": "latin hypercube" if found.latin else "independent",
        "N_by_quarter": found.quarter_draws,
        "status": "cancelled" if stopped else "complete",
        "value": None if mixed is None else _scaled(mixed.value.mean.value, _unit(found)),
        "value_unit": problem.currency if problem.in_money else "points",
        "bound": None,
        "gap": None,
        "cost": answers.major(problem, float(found.sampled.cost.mean(axis=1).max())),
        "plan": answers.plan_data(problem, found.plan),
        "titles": {row.id: row.title for row in problem.initiatives}
        | {row.id: row.title for row in problem.outcomes}
        | {row.id: row.title for row in problem.assumptions},
        "attainment": {} if mixed is None else _attainment(found, mixed),
        "mixed": None if mixed is None else _world(found, mixed, money),
        "futures": [
            {
                "id": problem.futures[s].id,
                "name": problem.futures[s].name,
                "probability": problem.futures[s].probability,
                **_world(found, world, money),
            }
            for s, world in enumerate(found.worlds)
        ],
        "effects": [_effect(found, row) for row in problem.effects],
        "optimum": None if best is None else _best(found, best),
        "tornado": None if swings is None else _tornado(found, swings),
    }


def _effect(found: Simulation, row: Effect) -> dict[str, Any]:
    problem, spread = found.problem, row.spread
    spreads = variance(spread)
    return {
        "id": row.id,
        "initiative": problem.initiatives[row.initiative].id,
        "outcome": problem.outcomes[row.outcome].id,
        "distribution": NAMES[type(spread)],
        "mean": row.mean,
        "sd": math.sqrt(spreads) if math.isfinite(spreads) else None,
        **dict(zip(_PERCENTILES, percentiles(spread), strict=True)),
    }


def _best(found: Simulation, best: Best) -> dict[str, Any]:
    problem, solution = found.problem, best.solution
    return {
        "status": solution.status,
        "value": answers.worth(problem, solution.value),
        "bound": answers.worth(problem, solution.bound),
        "gap": solution.gap,
        "cost": answers.major(problem, solution.cost),
        "missed": solution.missed,
        "least_missed": solution.least_missed,
        "plan": None if solution.plan is None else answers.plan_data(problem, solution.plan),
        "more": None if best.more is None else _estimate(best.more, _unit(found)),
    }


def _estimate(row: Estimate, unit: float) -> dict[str, Any]:
    return {
        "mean": _scaled(row.value, unit),
        "se": None if row.se is None else row.se * unit,
        "interval": [_scaled(row.low, unit), _scaled(row.high, unit)],
    }


def _tornado(found: Simulation, swings: Tornado) -> dict[str, Any]:
    problem = found.problem
    return {
        "over": swings.over,
        "value": answers.worth(problem, swings.base),
        "best": answers.worth(problem, swings.best),
        "best_plan": None if swings.best_plan is None else answers.plan_data(problem, swings.best_plan),
        "checked": swings.checked,
        "complete": swings.complete,
        "inputs": [_bar(found, bar) for bar in swings.bars],
    }


def _bar(found: Simulation, bar: Bar) -> dict[str, Any]:
    problem, one = found.problem, bar.input
    return {
        "kind": one.kind,
        "initiative": None if one.initiative is None else problem.initiatives[one.initiative].id,
        "outcome": None if one.outcome is None else problem.outcomes[one.outcome].id,
        "assumption": None if one.assumption is None else problem.assumptions[one.assumption].id,
        "low": _end(found, one.low, bar.low, bar.best_low, bar.plan_low),
        "high": _end(found, one.high, bar.high, bar.best_high, bar.plan_high),
        "changes_decision": bar.changes,
    }


def _end(
    found: Simulation, value: float, reached: float, best: float | None, plan: Plan | None
) -> dict[str, Any]:
    problem = found.problem
    return {
        "input": value,
        "value": answers.worth(problem, reached),
        "best": answers.worth(problem, best),
        "plan": None if plan is None else answers.plan_data(problem, plan),
    }


def _unit(found: Simulation) -> float:
    return 10.0 ** -decimals(found.problem.currency) if found.problem.in_money else 1.0


def _scaled(value: float, unit: float) -> float | None:
    return value * unit + 0.0 if math.isfinite(value) else None


def _attainment(found: Simulation, world: World) -> dict[str, float | None]:
    return {
        outcome.id: None if row.attainment is None else row.attainment.mean.value
        for outcome, row in zip(found.problem.outcomes, world.outcomes, strict=True)
    }


def _world(found: Simulation, world: World, money: float) -> dict[str, Any]:
    problem = found.problem
    return {
        "value": _summary(world.value, _unit(found)),
        "npv": None if world.npv is None else _summary(world.npv, money),
        "p_all_targets": _chance(world.all_targets),
        "outcomes": {
            outcome.id: _outcome(row) for outcome, row in zip(problem.outcomes, world.outcomes, strict=True)
        },
        "cost": _summary(world.cost, money),
        "p_within_budget": _chance(world.within_budget),
        "cash": _quarters(world.cash, money),
    }


def _outcome(row: OutcomeRisk) -> dict[str, Any]:
    return {
        "improvement": _summary(row.improvement),
        "level": None if row.level is None else _summary(row.level),
        "attainment": None if row.attainment is None else _summary(row.attainment),
        "p_target": _chance(row.target),
        "p_threshold": _chance(row.threshold),
        "fan": _quarters(row.fan),
    }


def _quarters(rows: tuple[Summary, ...], unit: float = 1.0) -> list[dict[str, Any]]:
    return [{"quarter": quarter, **_summary(row, unit)} for quarter, row in enumerate(rows, 1)]


def _summary(row: Summary, unit: float = 1.0) -> dict[str, Any]:
    """mean, p10, p50, p90 (and cvar20), their standard errors, and their 95 % intervals."""
    parts: dict[str, Estimate] = {"mean": row.mean, "p10": row.p10, "p50": row.p50, "p90": row.p90}
    if row.cvar is not None:
        parts["cvar20"] = row.cvar
    return {
        **{name: _scaled(part.value, unit) for name, part in parts.items()},
        "se": {name: None if part.se is None else part.se * unit for name, part in parts.items()},
        "interval": {
            name: [_scaled(part.low, unit), _scaled(part.high, unit)] for name, part in parts.items()
        },
    }


def _chance(row: Chance | None) -> dict[str, float] | None:
    return None if row is None else {"p": row.value, "low": row.low, "high": row.high}
