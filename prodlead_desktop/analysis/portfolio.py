"""What differs between two plans, by initiative: what a budget, a lock or a regret does (model.md §4.5)."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.analysis.problem import Plan, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One initiative that gets something else: option indices and money in minor units, before and after."""

    initiative: int
    before: int
    after: int
    money_before: float
    money_after: float

    @property
    def what(self) -> str:
        """added, dropped, upgraded or downgraded."""
        if not self.before:
            return "added"
        if not self.after:
            return "dropped"
        return "upgraded" if self.money_after >= self.money_before else "downgraded"

    @property
    def money(self) -> float:
        """Minor units more; negative when it gets less."""
        return self.money_after - self.money_before


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every initiative whose option or amount differs, in their order; amounts closer than a minor unit are equal."""
    found = []
    for i in range(len(problem.initiatives)):
        old, new = before.options[i], after.options[i]
        paid = before.amounts[i] if old else 0.0, after.amounts[i] if new else 0.0
        if old != new or abs(paid[0] - paid[1]) >= 1.0:
            found.append(Change(i, old, new, *paid))
    return tuple(found)


def moved(problem: Problem, before: Plan, after: Plan) -> float:
    """Money that changes places between two plans, Σ|c − c′| in minor units."""
    return sum(abs(change.money) for change in changes(problem, before, after))
