"""How far plans bring the outcomes that a scenario has wishes on, and by how much they miss them (model.md §4.2).

Wishes are soft and come before value: of the plans that keep every rule the best is one that misses them least, the
missed shares added up, and of those the most valuable. That is a slack with a penalty above any value (preemptive goal
programming, Charnes & Cooper 1961), so that no price per missed share has to be made up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Plan, Problem
from prodlead_desktop.analysis.value import Valuation

KEPT = 1e-6  # of the way: a wish missed by no more is kept, for sums of decimals are not exact
KEPT_BY_AMOUNT = 1e-4  # where money is continuous


def weights_of(problem: Problem, expected: bool) -> Floats | None:
    """(S,) what the attainments of several futures count, to be told as one; None: the worst is told."""
    return probabilities(problem) if expected and len(problem.futures) > 1 else None


def shown(weights: Floats | None, attainment: Floats) -> Floats:
    """(…) one attainment of those in each future (S, …): the mean by ``weights``, else the worst."""
    if weights is not None:
        return np.asarray(np.tensordot(weights, attainment, axes=1))
    return np.asarray(attainment.min(axis=0))


def tolerance(problem: Problem) -> float:
    """By how much of the way a wish may be missed and count as kept."""
    curved = any(row.amounts is not None for row in problem.initiatives)
    return KEPT_BY_AMOUNT if curved else KEPT


def settled(missed: float, problem: Problem) -> float:
    """What wishes are missed by, as it is told: nothing where they count as kept."""
    return 0.0 if missed <= tolerance(problem) else missed


@dataclass(frozen=True, slots=True)
class WishState:
    """What a plan makes of one wish: shares of the way, ``missed`` 0 where it is kept."""

    outcome: str
    title: str
    wished: float
    reached: float
    missed: float


class Wished:
    """The wishes of a problem, as plans keep them under an objective."""

    def __init__(self, problem: Problem, expected: bool) -> None:
        """``expected``: attainment is the mean over futures by probability, else that of the worst."""
        self.weights = weights_of(problem, expected) if problem.wishes else None
        self.outcomes = [wish.outcome for wish in problem.wishes]
        self.shares: Floats = np.array([wish.share for wish in problem.wishes])
        self.tolerance = tolerance(problem)

    def reached(self, attainment: Floats) -> Floats:
        """(W, P) from attainment by future and outcome (S, O, P)."""
        return shown(self.weights, attainment[:, self.outcomes])

    def missed(self, attainment: Floats) -> Floats:
        """(W, P) shares of the way that each wish is missed by, never below 0."""
        return np.asarray(np.maximum(self.shares[:, None] - self.reached(attainment), 0.0))

    def total(self, attainment: Floats) -> Floats:
        """(P,) the same, added up over the wishes."""
        return np.asarray(self.missed(attainment).sum(axis=0))

    def within(self, valuation: Valuation, plans: Plans, most: float) -> Bools:
        """(P,) whether plans miss the wishes by no more than ``most`` in all."""
        return np.asarray(self.total(valuation.evaluate(plans).attainment) <= most + self.tolerance)

    def states(self, valuation: Valuation, plan: Plan) -> tuple[WishState, ...]:
        """Every wish under one plan, in their order."""
        problem = valuation.problem
        rows = zip(problem.wishes, *(ends.tolist() for ends in self.of(valuation, plan)), strict=True)
        return tuple(
            WishState(problem.outcomes[w.outcome].id, problem.outcomes[w.outcome].title, w.share, has, lacks)
            for w, has, lacks in rows
        )

    def of(self, valuation: Valuation, plan: Plan) -> tuple[Floats, Floats]:
        """(W,) reached and (W,) missed by one plan; what counts as kept is missed by nothing."""
        attainment = valuation.evaluate(planning.stack([plan])).attainment
        reached, missed = self.reached(attainment)[:, 0], self.missed(attainment)[:, 0]
        return reached, np.where(missed <= self.tolerance, 0.0, missed)
