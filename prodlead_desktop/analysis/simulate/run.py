"""The simulation of a plan: what it could come to, in every future and over all of them (model.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Plan, Problem
from prodlead_desktop.analysis.simulate.ahead import ahead
from prodlead_desktop.analysis.simulate.costs import Costs
from prodlead_desktop.analysis.simulate.draws import Chunk, Draws
from prodlead_desktop.analysis.simulate.levers import Levers
from prodlead_desktop.analysis.simulate.streams import LATIN
from prodlead_desktop.analysis.simulate.tails import Unseen
from prodlead_desktop.analysis.value import ALL, Scale, Valuation, as_slice
from prodlead_desktop.errors import BadInput

DRAWS, FEWEST, MOST = 10_000, 10, 1_000_000
_CELLS = 300_000_000  # draws × outcomes × futures that are kept; beyond, memory would run short
_BLOCK, _SHORTEST = 1 << 18, 512  # numbers that stay in the cache from one step to the next; draws of them
_EXACT, _NEARLY = 1e-9, 2e-6  # what may be missing of a target: sums of decimals in 64 and in 32 bits
Step = Callable[[float | None], None]  # hears the share done; raises Cancelled to stop


@dataclass(frozen=True, eq=False, slots=True)
class Sampled:
    """Every draw of a plan: futures S, outcomes O at their deadlines, draws N.

    ``moved`` (S, O, N) is d in each outcome's unit, ``value`` (S, N) is V, ``cost`` (S, N) minor units,
    ``npv`` (S, N) the money part of V less discounted costs, ``all_targets`` (S, N) whether every target that counts
    is reached in that draw.
    """

    moved: Floats
    value: Floats
    npv: Floats | None
    cost: Floats
    all_targets: Bools
    unseen: Sampled | None = None  # of every mean, the error that long tails hide: M in place of N, signed


class Sampler:
    """Draws a plan, with the same numbers for every plan, scenario and future of a strategy (§5)."""

    def __init__(self, problem: Problem, plan: Plan, draws: int = DRAWS, seed: int = 0) -> None:
        """BadInput for a number of draws or a seed that cannot be."""
        if not FEWEST <= draws <= MOST:
            raise BadInput(f"A simulation takes {FEWEST} to {MOST:,} draws, not {draws:,}.")
        if not 0 <= seed < 2**63:
            raise BadInput(f"A seed is a whole number from 0 to {2**63 - 1}.")
        most = _CELLS // max(len(problem.outcomes) * len(problem.futures), 1)
        if draws > most:
            raise BadInput(f"So many outcomes and futures leave room for {most:,} draws, not {draws:,}.")
        self.problem, self.plan, self.count = problem, plan, draws
        self.draws = Draws(problem, plan, seed, draws)
        self.slack = _NEARLY if self.draws.dtype == np.float32 else _EXACT
        self.costs = Costs(problem, plan)
        scale = Scale(problem)
        needed = scale.length * (1.0 - self.slack) - scale.offset
        self.needed = needed.T[:, :, None]  # (O, S, 1) d at which a target is reached

    def run(self, step: Step) -> Sampled:
        """All draws; ``step`` is told how far they are."""
        problem, shape = self.problem, (len(self.problem.futures), self.count)
        valuation = Valuation(problem, slack=self.slack)
        levers = Levers(valuation, self.plan, self.draws)
        deadlines, wanted = as_slice(valuation.deadline_points), as_slice(counted(problem))
        needed = self.needed[wanted].astype(self.draws.dtype)
        moved = np.empty((shape[0], len(problem.outcomes), shape[1]), dtype=self.draws.dtype)
        value, reached = np.empty(shape), np.empty(shape, dtype=np.bool_)
        cost = np.empty(shape) if self.costs.uncertain else np.broadcast_to(self.costs.total[:, None], shape)
        npv = np.empty(shape) if problem.in_money else None
        for chunk in self.chunks(self.count, step):
            d = levers.improvements(chunk)
            many = max(_BLOCK // max(d.shape[0] * d.shape[1], 1), _SHORTEST)
            for begin in range(chunk.begin, chunk.end, many):
                part = slice(begin, min(begin + many, chunk.end))
                some = d[:, :, begin - chunk.begin : part.stop - chunk.begin]
                at = some[deadlines]
                moved[:, :, part] = at.swapaxes(0, 1)
                points, money = valuation.worth(some, ALL)
                value[:, part] = valuation.total(points, money)
                np.all(at[wanted] >= needed, axis=0, out=reached[:, part])
                if npv is not None:
                    npv[:, part] = money
            part = slice(chunk.begin, chunk.end)
            if self.costs.uncertain:
                cost[:, part] = self.costs.of(chunk)
            if npv is not None:
                npv[:, part] -= self.costs.discounted(chunk)
        return Sampled(moved, value, npv, cost, reached, self._unseen(valuation, levers))

    def _unseen(self, valuation: Valuation, levers: Levers) -> Sampled:
        """What long tails hide of the errors of the means, all (S, …, M)."""
        unseen = Unseen(self.draws, valuation, self.count)
        d = levers.improvements(unseen.chunk)
        points, money = valuation.worth(d, ALL)
        costs = np.broadcast_to(self.costs.of(unseen.chunk), points.shape)
        npv = unseen.swings(money - self.costs.discounted(unseen.chunk)) if self.problem.in_money else None
        moved = unseen.swings(d[as_slice(valuation.deadline_points)].swapaxes(0, 1))
        value = unseen.swings(valuation.total(points, money))
        return Sampled(moved, value, npv, unseen.swings(costs), np.zeros(0, dtype=np.bool_))

    def chunks(self, upto: int, step: Step) -> Iterator[Chunk]:
        """The first draws in order; ``step`` hears the share of ``upto``."""
        done = [0]
        chunks = self.draws.chunks(upto, lambda: step(done[0] / upto))
        for drawn in ahead(chunks) if upto > LATIN else chunks:
            yield self.draws.worked(drawn)
            done[0] = drawn.end


def counted(problem: Problem) -> Ints:
    """(O′,) outcomes whose targets "all targets" means: those that carry value, or all with a target when none does."""
    aimed = [o for o, row in enumerate(problem.outcomes) if row.needed]
    rated = [o for o in aimed if problem.outcomes[o].mode != "none"]
    return np.array(rated or aimed, dtype=np.int64)
