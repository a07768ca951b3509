"""The first of two searches where there are wishes: the plan that misses them by as little as the rules allow.

Its value does not count here; the second search looks for it among the plans that miss them by no more (model.md §4.2).
"""

from __future__ import annotations

import numpy as np

from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.optimise.programme import Programme
from prodlead_desktop.analysis.optimise.search import Search
from prodlead_desktop.analysis.optimise.worth import Worth
from prodlead_desktop.analysis.problem import Floats


class Keeping(Search):
    """A search whose score is minus what the wishes are missed by, shares of their ways added up."""

    def judged(self, values: Floats, attainment: Floats | None) -> Floats:
        """(P,) from attainment (S, O, P)."""
        assert attainment is not None
        return -self.wished.total(attainment)

    def objective(self, programme: Programme) -> Expr:
        """Minus the slacks."""
        assert programme.missed is not None
        return Expr().add(programme.missed, -1.0)

    def unit(self, worth: Worth) -> float:
        """A whole way."""
        return 1.0

    def ceiling(self) -> float:
        """Nothing is missed."""
        return 0.0

    def gap(self) -> float:
        """Shares of the way that may still be closed."""
        if self.found.plan is None:
            return np.inf
        return max(self.found.bound - self.found.score, 0.0)

    def proven_at(self) -> float:
        """What counts as kept: a share of the way."""
        return self.wished.tolerance
