"""Local search: changes one or two at a time, to a plan that none of them betters, then again from a shaken plan.

HiGHS spends most of its time on finding a good plan where many rules bind; handed one, it only has to prove it
(model.md §4.8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from prodlead_desktop.analysis import plans as planning
from prodlead_desktop.analysis.limits import rules
from prodlead_desktop.analysis.optimise.room import Room
from prodlead_desktop.analysis.optimise.wanted import by_effort
from prodlead_desktop.analysis.optimise.worth import Gains
from prodlead_desktop.analysis.plans import Plans
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Plan, Problem

_SEED = 1
_WORK = 110  # steps with pairs at the most: a count, not a time, so that the same file gives the same plan
_DROPPED = (3, 5, 7)
_AT_LEAST = 4e6  # numbers added up, however little time there is: some tenths of a second
_LARGE, _MANY = (
    60,
    320,
)  # choices: with fewer HiGHS needs no help; with more only pairs of the promising are tried
_HANDED = 12  # plans
_ENOUGH = 1e-9


class Exchange:
    """A search among plans of levels; ``found`` are the plans it came to rest at, the best first.

    Value is what adds up, in effort or in sum: who helps whom, and that only the best counts, is left out, so the
    plans are to be valued exactly by whoever gets them.
    """

    def __init__(
        self,
        gains: Gains,
        allowed: Sequence[Sequence[int]],
        score: Callable[[Floats, Floats | None], Floats],
        fits: Callable[[Plans], Bools],
        stopped: Callable[[], bool],
        drop: frozenset[str] = frozenset(),
    ) -> None:
        """``score``: (P,) from V by future (S, P), and from attainment (S, O, P) where there are wishes; ``fits``: (P,)
        every rule and what was asked; ``drop`` as in Ask."""
        self.gains, self.score, self.fits, self.stopped = gains, score, fits, stopped
        self.problem: Problem = gains.valuation.problem
        pairs = [(i, option) for i, may in enumerate(allowed) for option in may]
        self.who: Ints = np.array([i for i, _ in pairs], dtype=np.int64)
        self.what: Ints = np.array([option for _, option in pairs], dtype=np.int64)
        self.place = {pair: column for column, pair in enumerate(pairs)}
        self.room = Room(self.problem, pairs, [rule for rule in rules(self.problem) if rule.id not in drop])
        self.first, self.second = self._paired(np.arange(len(pairs)))
        self.adds = self._adds()
        overlaps = [self.problem.outcomes[point.outcome].overlap for point in gains.valuation.points.rows]
        self.partial = bool(self.problem.enhances) or "max" in overlaps  # there is more to value than sums
        self.work, self.at_least = _WORK, _AT_LEAST
        self.found: list[tuple[float, Plan]] = []

    @staticmethod
    def suits(problem: Problem, allowed: Sequence[Sequence[int]]) -> bool:
        """Whether there are levels only, and enough of them for this to pay."""
        return sum(map(len, allowed)) >= _LARGE and all(row.amounts is None for row in problem.initiatives)

    def _paired(self, among: Ints) -> tuple[Ints, Ints]:
        """All pairs of changes of different initiatives, where they are not too many."""
        if len(among) > _MANY:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        first, second = np.triu_indices(len(among), 1)
        first, second = among[first], among[second]
        apart = self.who[first] != self.who[second]
        return first[apart], second[apart]

    def _promising(self, at: Ints, single: Floats) -> tuple[Ints, Ints]:
        """Pairs among the steps up with the best return for their money and the steps down that cost least by it."""
        money = self.room.price - self.room.price[at[self.who]]
        rate = single / np.where(np.abs(money) < 1.0, 1.0, money)
        up, down = np.flatnonzero((single > 0.0) & (money >= 0.0)), np.flatnonzero(money < 0.0)
        half = _MANY // 2
        best = up[np.argsort(-rate[up], kind="stable")[:half]]
        return self._paired(np.append(best, down[np.argsort(rate[down], kind="stable")[:half]]))

    def run(self, plan: Plan) -> list[Plan]:
        """Plans that no change betters, the best first; ``plan`` must keep every rule."""
        at = np.array([self.place[i, option] for i, option in enumerate(plan.options)], dtype=np.int64)
        self._rest(at)
        random = np.random.default_rng(_SEED)
        turn = 0
        while self.work > 0 and not self.stopped():
            best = self.found[min(int(random.integers(0, 3)), len(self.found) - 1)][1]
            self._shake(best, random, _DROPPED[turn % len(_DROPPED)])
            turn += 1
            self.work -= 1
        rests = [plan for _, plan in self.found[:_HANDED]]
        return [plan for plan, fits in zip(rests, self.fits(planning.stack(rests)), strict=True) if fits]

    # ------------------------------------------------------------ value

    def _adds(self) -> Floats:
        """(S, Q, C) what each choice adds to each point, in effort where the point adds up so."""
        valuation = self.gains.valuation
        out = np.zeros((len(self.problem.futures), len(valuation.points.rows), len(self.who)))
        owner, point = valuation.pair_initiative.tolist(), valuation.pair_point.tolist()
        for s in range(len(out)):
            terms = np.array(
                [self.gains.term(s, k, self.gains.by_option[s][k]) for k in range(len(owner))]
            ).reshape(len(owner), -1)
            for k, (i, q) in enumerate(zip(owner, point, strict=True)):
                mine = self.who == i
                out[s, q, mine] += terms[k, self.what[mine]]
        return out

    def values(self, sums: Floats) -> Floats:
        """(P,) score from what is added up at each point, (S, Q, P)."""
        valuation = self.gains.valuation
        effortful = np.array([by_effort(valuation, q) for q in range(sums.shape[1])])
        outcome = [point.outcome for point in valuation.points.rows]
        values, attained = [], []
        for s, row in enumerate(sums):
            room = valuation.scale.headroom[s][outcome][:, None]
            own = np.minimum(row, room)
            own[effortful] = -room[effortful] * np.expm1(-row[effortful])
            d = valuation.points.propagate(own, valuation.scale.headroom[s])
            values.append(valuation.total(*valuation.worth(d, s)))
            if self.problem.wishes:
                attained.append(valuation.attained(d, s))
        return self.score(np.array(values), np.array(attained) if attained else None)

    # ------------------------------------------------------------ steps

    def _rest(self, at: Ints, barred: int = -1) -> None:
        """Climb from the choices ``at`` (N,); keep where that ends. ``barred``: a choice not to be made meanwhile."""
        score = float(self.values(self.adds[:, :, at].sum(axis=2)[:, :, None])[0])
        while self.at_least > 0.0 or not self.stopped():
            self.at_least -= self.adds.size
            better = self._step(at, score, barred, pairs=False)
            if better is None and self.work > 0 and (self.at_least > 0.0 or not self.stopped()):
                self.work -= 1
                self.at_least -= self.adds.size / len(self.who) * min(len(self.first), _MANY**2)
                better = self._step(at, score, barred, pairs=True)
            if better is None:
                break
            at, score = better
        plan = self.plans(at[:, None]).plan(0)
        if all(plan.options != other.options for _, other in self.found):
            self.found.append((score, plan))
            self.found.sort(key=lambda one: (-one[0], one[1].options))

    def _step(self, at: Ints, score: float, barred: int, pairs: bool) -> tuple[Ints, float] | None:
        """The best change, or pair of changes, that keeps every rule; None when none is better."""
        change = self.adds - self.adds[:, :, at[self.who]]
        sums = self.adds[:, :, at].sum(axis=2)[:, :, None]
        single = self.values(sums + change) - score
        if barred >= 0:
            single[barred] = -np.inf
        if pairs:
            first, second = self.first, self.second
            if len(self.who) > _MANY:
                first, second = self._promising(at, single)
            worth_it = single[first] + single[second] > -0.01 * abs(score)
            first, second = first[worth_it], second[worth_it]
        else:
            first = second = np.flatnonzero(single > _ENOUGH * max(abs(score), 1e-9))
        kept = self.room.keeps(at, first, second if pairs else None)
        first, second = first[kept], second[kept]
        if not len(first):
            return None
        found = (
            self.values(sums + change[:, :, first] + change[:, :, second]) if pairs else single[first] + score
        )
        if pairs:
            best = int(np.argmax(found))
        else:  # the best return for its money
            money = self.room.price[first] - self.room.price[at[self.who[first]]]
            best = int(np.argmax((found - score) / np.maximum(money, 1.0)))
        if found[best] <= score + _ENOUGH * max(abs(score), 1e-9):
            return None
        changed = at.copy()
        for choice in (int(first[best]), int(second[best])):
            changed[self.who[choice]] = choice
        return changed, float(found[best])

    def plans(self, at: Ints) -> Plans:
        """The plans (N, P) of choices."""
        options = self.what[at]
        prices = [
            [float(row.options[option].cost) for option in options[i].tolist()]
            for i, row in enumerate(self.problem.initiatives)
        ]
        return Plans(options, np.array(prices))

    def _shake(self, plan: Plan, random: np.random.Generator, count: int) -> None:
        """Climb again from the plan without some of what it funds, and without what needs those."""
        now = np.array(plan.options, dtype=np.int64)
        funded = np.flatnonzero(now)
        if len(funded) <= count:
            return
        dropped = random.choice(funded, count, replace=False)
        barred = self.place[int(dropped[0]), int(now[dropped[0]])]
        now[dropped] = 0
        for _ in self.problem.limits.requires:
            for need in self.problem.limits.requires:
                if now[need.other] == 0:
                    now[need.initiative] = 0
        if any((i, option) not in self.place for i, option in enumerate(now.tolist())):
            return
        at = np.array([self.place[i, option] for i, option in enumerate(now.tolist())], dtype=np.int64)
        if len(self.room.keeps(at, at[:1])):  # the first choice for itself: the plan as it is
            self._rest(at, barred)
