"""Money moved among what is funded, in ever smaller windows, until it pays no more (model.md §4.3)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.optimise import segments
from prodlead_desktop.analysis.optimise.programme import FEW
from prodlead_desktop.analysis.optimise.worth import Detail
from prodlead_desktop.analysis.problem import Floats, Plan

if TYPE_CHECKING:
    from prodlead_desktop.analysis.optimise.search import Search

_POLISHES = 6  # where amounts are few; of many one, and the next round finds the rest
_LEAST = 1e-8  # of the score: less is no gain
_EVENLY = np.arange(-4, 5) / 4.0
_CLOSER = np.array([-1.0, -1 / 4, -1 / 16, -1 / 64, 0.0, 1 / 64, 1 / 16, 1 / 4, 1.0])  # far and near at once


def polished(search: Search, plan: Plan) -> Plan:
    """The best plan met that funds what this one funds, whose amounts the search then knows too."""
    force = {row.id: frozenset({plan.options[i]}) for i, row in enumerate(search.problem.initiatives)}
    ask = replace(search.ask, force=force)
    width, best = 1.0 / 8.0, -math.inf
    few = len(search.by_amount) <= FEW
    for _ in range(_POLISHES if few else 1):
        if search.good_enough():
            break
        programme = search.programme(ask, _detail(search, plan, width))
        objective = search.objective(programme)
        answer = programme.milp.run(objective, search.clock, 1e-7, search.monitor)
        search.found.solver_seconds += answer.seconds
        if answer.x is None:
            break
        fitting = search.consider_any(programme.choices.plan(answer.x), programme, answer.x)
        if not fitting:
            break
        scores = search.scores(planning.stack(fitting))
        score = float(scores.max())
        if score > best:
            plan = fitting[int(np.argmax(scores))]
        if score - best < _LEAST * abs(score):
            break
        best, width = max(best, score), width / 8.0
    return plan


def _detail(search: Search, plan: Plan, width: float) -> Detail:
    """Curves as fine as they are known, around a plan's amounts."""
    detail = Detail(loose=True, tangents={spot: list(at) for spot, at in search.detail.tangents.items()})
    for i in search.by_amount:
        detail.knots[i] = (
            _window(search, i, plan.amounts[i], width) if plan.options[i] else search.detail.knots[i]
        )
    return detail


def _window(search: Search, i: int, amount: float, width: float) -> Floats:
    row = search.problem.initiatives[i]
    assert row.amounts is not None
    least, most = float(max(row.amounts.least, 1)), float(row.amounts.most)
    if row.locked or least >= most:
        return np.array([amount]) if least < most else np.array([least])
    reach = max((most - least) * width, 4.0)
    low, high = max(amount - reach, least), min(amount + reach, most)
    marks = _EVENLY if len(search.by_amount) <= FEW else _CLOSER
    return segments.joined(
        low + (high - low) * (marks + 1.0) / 2.0,
        [amount, *(x for x in search.detail.knots[i] if low < x < high)],
    )
