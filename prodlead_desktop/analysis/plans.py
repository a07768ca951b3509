"""Many plans side by side in arrays, and what they cost, so that nothing needs loops (model.md §3.6)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Bools, Floats, Initiative, Ints, Plan, Problem
from prodlead_desktop.analysis.timing import by_quarter


@dataclass(frozen=True, eq=False, slots=True)
class Plans:
    """``options`` (N, P) and ``amounts`` (N, P) in minor units: column p is one plan, row i one initiative.

    ``options`` > 0 means funded. ``amounts`` counts where the initiative is funded by amount; elsewhere it is the
    option's unchanged cost.
    """

    options: Ints
    amounts: Floats

    @property
    def count(self) -> int:
        """P."""
        return int(self.options.shape[1])

    @property
    def funded(self) -> Bools:
        """(N, P): who gets anything."""
        return self.options > 0

    def plan(self, index: int) -> Plan:
        """One column as a plan."""
        return Plan(tuple(self.options[:, index].tolist()), tuple(self.amounts[:, index].tolist()))

    def part(self, begin: int, end: int) -> Plans:
        """Columns ``begin`` up to ``end``."""
        return Plans(self.options[:, begin:end], self.amounts[:, begin:end])

    def where(self, kept: Bools) -> Plans:
        """The columns where ``kept`` (P,) is true."""
        return Plans(self.options[:, kept], self.amounts[:, kept])


def stack(plans: Sequence[Plan]) -> Plans:
    """Plans as columns; at least one."""
    return Plans(
        np.array([plan.options for plan in plans], dtype=np.int64).T,
        np.array([plan.amounts for plan in plans], dtype=np.float64).T,
    )


def plan_of(problem: Problem, choices: dict[str, int | float]) -> Plan:
    """A plan from initiative id → option index, or amount in minor units where it is funded by amount; others none."""
    options, amounts = [], []
    for initiative in problem.initiatives:
        choice = choices.get(initiative.id, 0)
        if initiative.amounts is not None:
            options.append(int(choice > 0))
            amounts.append(float(choice))
        else:
            options.append(int(choice))
            amounts.append(float(initiative.options[int(choice)].cost))
    return Plan(tuple(options), tuple(amounts))


def every_plan(problem: Problem, at_most: int = 2_000_000) -> Plans:
    """All combinations of options, in lexicographic order; ValueError beyond ``at_most`` or with free amounts.

    Options of unknown cost are left out, except where the scenario locks the initiative at one.
    """
    if any(initiative.amounts is not None for initiative in problem.initiatives):
        raise ValueError("plans with free amounts cannot be enumerated")
    choices = [list(selectable(problem, i)) for i in range(len(problem.initiatives))]
    if math.prod(map(len, choices)) > at_most:
        raise ValueError("too many plans to enumerate")
    options = np.array(list(itertools.product(*choices)), dtype=np.int64).reshape(-1, len(choices)).T
    amounts = np.zeros(options.shape)
    for i, initiative in enumerate(problem.initiatives):
        amounts[i] = np.array([option.cost for option in initiative.options], dtype=np.float64)[options[i]]
    return Plans(options, amounts)


def selectable(problem: Problem, i: int) -> Iterator[int]:
    """Options of initiative ``i`` that may be chosen: priced ones, and the present one where it is locked there."""
    initiative = problem.initiatives[i]
    for index, option in enumerate(initiative.options):
        if option.known or (initiative.locked and problem.current.options[i] == index):
            yield index


def among(options: Ints, may: Iterable[int]) -> Bools:
    """(P,) whether options (P,) are among these few; sooner than ``np.isin``."""
    found = np.zeros(options.shape, dtype=np.bool_)
    for option in may:
        found |= options == option
    return found


def costs(problem: Problem, plans: Plans, future: int = 0) -> Floats:
    """Money of every initiative, (N, P) minor units, at the costs of a future.

    A level costs its price times the future's factor. An amount stays what it is: dearer work buys less of it.
    """
    factor = problem.futures[future].cost_factor
    out = plans.amounts * (plans.options > 0)
    for i, initiative in enumerate(problem.initiatives):
        if initiative.amounts is None:
            prices = np.array([option.cost for option in initiative.options], dtype=np.float64)
            out[i] = prices[plans.options[i]] * factor[i]
    return out


def moved(problem: Problem, plans: Plans, base: Plan) -> Floats:
    """(P,) money that has to change places to come from ``base`` to each plan, Σ|c − c of base| in minor units."""
    before = np.array(
        [amount if option else 0.0 for option, amount in zip(base.options, base.amounts, strict=True)]
    )
    return np.asarray(np.abs(_unchanged(problem, plans) - before[:, None]).sum(axis=0))


def _unchanged(problem: Problem, plans: Plans) -> Floats:
    """(N, P) money at unchanged costs."""
    out = plans.amounts * (plans.options > 0)
    for i, initiative in enumerate(problem.initiatives):
        if initiative.amounts is None:
            out[i] = np.array([option.cost for option in initiative.options], dtype=np.float64)[
                plans.options[i]
            ]
    return out


def due(initiative: Initiative, option: int) -> tuple[float, ...]:
    """Shares of an option's cost that fall in quarters 0, 1, … from plan start, Σ = 1."""
    return by_quarter(initiative.profile, initiative.options[option].start)


def costs_by_quarter(problem: Problem, plans: Plans, future: int = 0, quarters: int | None = None) -> Floats:
    """Money by quarter, (T, P) minor units; T = ``quarters`` or as many as any option needs; later money is cut off."""
    money = costs(problem, plans, future)
    tables = [[due(row, option) for option in range(1, len(row.options))] for row in problem.initiatives]
    needed = max((len(shares) for table in tables for shares in table), default=0)
    out = np.zeros((needed if quarters is None else quarters, plans.count))
    for i, table in enumerate(tables):
        shares = np.zeros((len(out), len(table) + 1))
        for option, one in enumerate(table, 1):
            shares[: len(one), option] = one[: len(out)]
        out += shares[:, plans.options[i]] * money[i]
    return out
