"""What each future changes, as factors and new values (model.md §4.6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from prodlead_desktop.analysis.problem import Assumption, Effect, Future, Initiative, Outcome
from prodlead_desktop.analysis.remarks import Remarks
from prodlead_desktop.domain import entities
from prodlead_desktop.domain.entities import Shift
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput


class FutureReader:
    """Reads futures against the rows of one problem."""

    def __init__(
        self,
        strategy: Strategy,
        outcomes: tuple[Outcome, ...],
        initiatives: tuple[Initiative, ...],
        effects: tuple[Effect, ...],
        assumptions: tuple[Assumption, ...],
        remarks: Remarks,
    ) -> None:
        self.strategy, self.remarks = strategy, remarks
        self.outcomes, self.initiatives = outcomes, initiatives
        self.effects, self.assumptions = effects, assumptions
        self.outcome_at = {row.id: o for o, row in enumerate(outcomes)}
        self.initiative_at = {row.id: i for i, row in enumerate(initiatives)}
        self.assumption_at = {row.id: a for a, row in enumerate(assumptions)}

    def unchanged(self, future: entities.Future | None = None) -> Future:
        """A future in which nothing changes."""
        unknown = float("nan")
        return Future(
            id=future.id if future else None,
            name=future.name if future else "Unchanged",
            probability=future.probability if future else None,
            effect_factor=np.ones(len(self.effects)),
            effect_value=np.full(len(self.effects), unknown),
            cost_factor=np.ones(len(self.initiatives)),
            baseline=np.array(
                [unknown if o.baseline is None else o.baseline for o in self.outcomes], dtype=float
            ),
            chance=np.array([row.probability for row in self.assumptions], dtype=float),
        )

    def future(self, row: entities.Future) -> Future:
        """A future with its shifts: new values first, then factors. BadInput for one that cannot be."""
        made = self.unchanged(row)
        shifts = sorted(
            self.strategy.by(Shift, "future", row.id), key=lambda shift: (shift.value is None, shift.id)
        )
        apply = {
            "effects": self._effects,
            "costs": self._costs,
            "baseline": self._baseline,
            "assumption": self._holds,
        }
        for shift in shifts:
            if shift.what in apply:
                apply[shift.what](made, shift)
        self._check(made)
        self._check_effects(made)
        self._remark_on_baselines(made)
        return made

    def _check_effects(self, made: Future) -> None:
        """A stated effect that is larger than what is possible there is an error, as it is today (model.md §10); one
        that a factor or a new baseline makes so is cut off, which is told."""
        for e, row in enumerate(self.effects):
            outcome, stated = self.outcomes[row.outcome], float(made.effect_value[e])
            if outcome.limit is None:
                continue
            room = abs(outcome.limit - float(made.baseline[row.outcome]))
            mean = (row.mean if math.isnan(stated) else stated) * float(made.effect_factor[e])
            name = f"“{self.initiatives[row.initiative].title}” on “{outcome.title}”"
            between = f"the {number(room)} that lie between baseline and natural limit there"
            if not math.isnan(stated) and stated > room:
                raise BadInput(
                    f"In “{made.name}” the effect of {name} is {number(stated)}, more than {between}.",
                    "Make the effect smaller, or move the limit if the metric can get that far.",
                )
            if mean > room:
                self.remarks.assumed(
                    f"In “{made.name}” the effect of {name} would be {number(mean)}, more than {between}; it counts as "
                    "all of these.",
                    row.id,
                )

    def _remark_on_baselines(self, made: Future) -> None:
        """Where attainment begins at another zero than today."""
        for row, base in zip(self.outcomes, made.baseline.tolist(), strict=True):
            if row.baseline is None or row.target is None or base == row.baseline or not row.needed:
                continue
            today, new, target = (number(value) for value in (row.baseline, base, row.target))
            if row.direction * (row.target - base) > 0.0:
                how = f"there the way to its target counts from {new}, not from {today}"
            else:
                how = f"at its target {target} or beyond; there the way to it counts from {today}, as today"
            self.remarks.assumed(f"In “{made.name}” “{row.title}” starts at {new}: {how}.", row.id)

    def _left_out(self, made: Future, shift: Shift, why: str) -> None:
        self.remarks.unknown(f"A change of {shift.what} in “{made.name}” is left out: {why}.", shift.id)

    def _effects(self, made: Future, shift: Shift) -> None:
        outcome = shift.outcome if shift.node not in self.outcome_at else shift.node
        hit = np.array(
            [
                (shift.node in (None, outcome) or self.initiatives[row.initiative].id == shift.node)
                and (outcome is None or self.outcomes[row.outcome].id == outcome)
                for row in self.effects
            ],
            dtype=bool,
        )
        if shift.value is None and shift.factor is None:
            self._left_out(made, shift, "it has no numbers")
        if shift.value is not None:
            made.effect_value[hit] = shift.value
        if shift.factor is not None:
            made.effect_factor[hit] *= shift.factor

    def _costs(self, made: Future, shift: Shift) -> None:
        places = self._places(self.initiative_at, shift.node)
        if not places:
            self._left_out(made, shift, "it names no initiative")
        if shift.value is None and shift.factor is None:
            self._left_out(made, shift, "it has no numbers")
        for i in places:
            full = self.initiatives[i].full_cost
            if shift.value is not None:
                if not full:
                    self._left_out(made, shift, f"“{self.initiatives[i].title}” has no full cost")
                    continue
                minor = Decimal(repr(shift.value)).scaleb(decimals(self.strategy.header.currency))
                made.cost_factor[i] = float(minor) / full
            if shift.factor is not None:
                made.cost_factor[i] *= shift.factor

    def _baseline(self, made: Future, shift: Shift) -> None:
        places = self._places(self.outcome_at, shift.node if shift.node is not None else shift.outcome)
        if not places:
            self._left_out(made, shift, "it names no outcome")
        if shift.value is None and shift.factor is None:
            self._left_out(made, shift, "it has no numbers")
        for o in places:
            if shift.value is not None:
                made.baseline[o] = shift.value
            if shift.factor is not None:
                made.baseline[o] *= shift.factor

    def _holds(self, made: Future, shift: Shift) -> None:
        places = self._places(self.assumption_at, shift.node)
        if not places:
            self._left_out(made, shift, "it names no assumption")
        if shift.holds is None and shift.value is None and shift.factor is None:
            self._left_out(made, shift, "it does not say whether it holds")
        for a in places:
            if shift.value is not None:
                made.chance[a] = shift.value
            if shift.factor is not None:
                made.chance[a] *= shift.factor
            if shift.holds is not None:
                made.chance[a] = float(shift.holds)

    @staticmethod
    def _places(index: Mapping[str, int], node: str | None) -> Sequence[int]:
        """All rows when no node is named, else the named one, else nothing."""
        return list(index.values()) if node is None else [index[node]] if node in index else []

    def _check(self, made: Future) -> None:
        if np.any(made.cost_factor <= 0.0):
            i = int(np.argmax(made.cost_factor <= 0.0))
            raise BadInput(f"In “{made.name}” the cost of “{self.initiatives[i].title}” is not above zero.")
        if np.any((made.chance < 0.0) | (made.chance > 1.0)):
            a = int(np.argmax((made.chance < 0.0) | (made.chance > 1.0)))
            raise BadInput(
                f"In “{made.name}” the probability of “{self.assumptions[a].title}” is not 0 to 100 %."
            )
        for outcome, base in zip(self.outcomes, made.baseline.tolist(), strict=True):
            if outcome.limit is not None and outcome.direction * (outcome.limit - base) <= 0.0:
                raise BadInput(
                    f"In “{made.name}” the baseline {number(base)} of “{outcome.title}” leaves nothing to improve: "
                    f"its natural limit is {number(outcome.limit)}."
                )
