"""What a plan costs in every draw: in all, discounted, and by quarter (model.md §3.6, §5)."""

from __future__ import annotations

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.problem import Floats, Plan, Problem
from prodlead_desktop.analysis.simulate.draws import Chunk


class Costs:
    """Money of a plan in minor units; uncertain where a funded level has a spread of its cost.

    An amount is spent as it is: dearer work buys less of it, which the effects show.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        futures = range(len(problem.futures))
        stacked = planning.stack([plan])
        money = np.stack([planning.costs(problem, stacked, s)[:, 0] for s in futures])  # (S, N)
        self.by_quarter = np.stack(
            [planning.costs_by_quarter(problem, stacked, s)[:, 0] for s in futures]
        )  # (S, T) at cost factor 1
        self.uncertain = [
            i
            for i, row in enumerate(problem.initiatives)
            if plan.options[i] and row.amounts is None and row.cost_spread is not None
        ]
        self._money = money[:, self.uncertain]
        width = self.by_quarter.shape[1]
        self._shares = np.zeros((len(self.uncertain), width))
        for k, i in enumerate(self.uncertain):
            due = planning.due(problem.initiatives[i], plan.options[i])
            self._shares[k, : len(due)] = due
        self._discount = problem.discount ** np.arange(1.0, width + 1.0)
        self._discounted: Floats = np.sum(self.by_quarter * self._discount, axis=1)  # (S,)
        self.total: Floats = money.sum(axis=1)  # (S,) at cost factor 1

    def of(self, chunk: Chunk) -> Floats:
        """Cost, (S, n) or (S, 1) where nothing is uncertain."""
        return self._summed(chunk, self.total, np.ones(len(self.uncertain)))

    def discounted(self, chunk: Chunk) -> Floats:
        """Cost discounted to plan start from the end of each quarter, (S, n) or (S, 1)."""
        return self._summed(chunk, self._discounted, np.sum(self._shares * self._discount, axis=1))

    def _summed(self, chunk: Chunk, sure: Floats, weights: Floats) -> Floats:
        out = sure[:, None]
        for k, (i, weight) in enumerate(zip(self.uncertain, weights.tolist(), strict=True)):
            out = out + weight * self._money[:, k, None] * (chunk.dear[i] - 1.0)
        return out

    def cash(self, chunk: Chunk, s: int) -> Floats:
        """(T, n) money by quarter in a future."""
        out = np.repeat(self.by_quarter[s][:, None], chunk.end - chunk.begin, axis=1)
        for k, i in enumerate(self.uncertain):
            out += self._shares[k][:, None] * (self._money[s, k] * (chunk.dear[i] - 1.0))
        return out
