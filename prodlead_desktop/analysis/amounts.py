"""What is funded by amount: the response curves of all of it, read together (model.md §3.2)."""

from __future__ import annotations

import numpy as np

from prodlead_desktop.analysis.curves import Curves
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Floats, Ints, Problem


class Amounts:
    """Initiatives ``who`` (C,) that are funded by amount; ``place`` (I,) is where one stands among them, −1 for none.

    ``full`` and ``most`` (C,) minor units: what all of the effect costs, and the most that may be given.
    """

    def __init__(self, problem: Problem) -> None:
        rows = [row for row in problem.initiatives if row.amounts is not None]
        found = [i for i, row in enumerate(problem.initiatives) if row.amounts is not None]
        self.who: Ints = np.array(found, dtype=np.int64)
        self.place: Ints = np.full(len(problem.initiatives), -1)
        self.place[self.who] = np.arange(len(rows))
        self.curves = Curves([row.amounts.curve for row in rows if row.amounts is not None])
        self.full: Floats = np.array([float(row.full_cost or 1) for row in rows])
        self.most: Floats = np.array([float(row.amounts.most) for row in rows if row.amounts is not None])

    def costs(self, factors: Floats) -> Floats:
        """(C,) minor units that all of the effect costs in a future, from the factors on every cost (I,)."""
        return self.full * factors[self.who]

    def at_most(self, factors: Floats) -> Floats:
        """(C,) share of the full effect that the most money buys."""
        return self.curves.share(self.most / self.costs(factors), np.arange(len(self.who)))

    def bought(self, plans: Plans, factors: Floats) -> Floats:
        """(C, P) share of the full effect that the money of each plan buys; 0 where nothing is funded."""
        share = np.zeros((len(self.who), plans.count))
        rows, columns = np.nonzero(plans.options[self.who] > 0)
        used = plans.amounts[self.who[rows], columns] / self.costs(factors)[rows]
        share[rows, columns] = self.curves.share(used, rows)
        return share
