"""Which way each point of the value tree is wanted, so that a curve is fenced in on the side that matters only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Bools, Floats
from prodlead_desktop.analysis.value import GAP_FLOOR, Valuation


@dataclass(frozen=True, eq=False, slots=True)
class Wanted:
    """(Q,) whether more of a point's improvement raises V or is wished for (``up``), or lowers it (``down``)."""

    up: Bools
    down: Bools


def wanted(valuation: Valuation) -> Wanted:
    """Backwards through the tree: a part is wanted as what it adds to is, turned around where k < 0."""
    problem, rows = valuation.problem, valuation.points.rows
    up, down = valuation.flow_weights > 0.0, valuation.flow_weights < 0.0
    for o in problem.objectives:
        if problem.outcomes[o].weight > 0.0:
            up[valuation.deadline_points[o]] = True
    up[[valuation.deadline_points[wish.outcome] for wish in problem.wishes]] = True
    for q in range(len(rows) - 1, -1, -1):
        for part, k in rows[q].parts:
            up[part] |= (up[q] and k > 0.0) or (down[q] and k < 0.0)
            down[part] |= (down[q] and k > 0.0) or (up[q] and k < 0.0)
    return Wanted(up, down)


def by_effort(valuation: Valuation, q: int) -> bool:
    """Whether a point adds up in effort (§3.5): headroom rule and more than one effect. One alone counts fully."""
    outcome = valuation.problem.outcomes[valuation.points.rows[q].outcome]
    return outcome.overlap == "headroom" and int(valuation.offsets[q + 1] - valuation.offsets[q]) > 1


def effort(gain: Floats, room: Floats | float) -> Floats:
    """u = −ln(1 − δ/G), any shape; the remaining share of the gap is kept at least 1e−9 (§3.5, §10)."""
    return np.asarray(-np.log(np.maximum(1.0 - gain / room, GAP_FLOOR)))
