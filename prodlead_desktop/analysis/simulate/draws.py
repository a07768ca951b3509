"""What is uncertain about a plan, drawn chunk by chunk: effects that work or not, delays, costs (model.md §3.4, §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis.distributions import Distribution, Fixed
from prodlead_desktop.analysis.problem import Bools, Floats, Ints, Plan, Problem
from prodlead_desktop.analysis.simulate import spreads, streams
from prodlead_desktop.analysis.simulate.ahead import DEPTH
from prodlead_desktop.analysis.simulate.streams import LATIN, Name, Reals

_TURNS = DEPTH + 2  # chunks that are in use at once
_NARROW = 1e30  # beyond that, float32 would overflow somewhere on the way


@dataclass(frozen=True, eq=False, slots=True)
class Chunk:
    """Draws ``begin`` up to ``end``; its arrays are overwritten by the fourth chunk after it.

    ``effects[f]`` (E′, n): S·Π1[A]·E of every row of ``Draws.rows``, in the outcome's unit, in the futures
    ``Draws.futures[f]``, which agree about all of them. ``late`` (n,) quarters of delay, ``dear`` (n,) factors on the
    cost: by initiative, where they are uncertain.
    """

    begin: int
    end: int
    effects: tuple[Reals, ...]
    late: dict[int, Floats]
    dear: dict[int, Floats]


@dataclass(frozen=True, eq=False, slots=True)
class Drawn:
    """A chunk before it is known which assumptions hold: ``raw`` (E′, n) S·E; uniforms ``holds`` of assumptions.

    ``succeeds`` (A′, n): who of ``_Working.chancy`` does.
    """

    begin: int
    end: int
    raw: Reals
    succeeds: Bools
    holds: Reals
    late: dict[int, Floats]
    dear: dict[int, Floats]


class Draws:
    """The uncertain quantities of what a plan funds. What gets nothing has no say, not even in how numbers round."""

    def __init__(self, problem: Problem, plan: Plan, seed: int, count: int) -> None:
        self.problem, self.seed, self.count = problem, seed, count
        funded = [i for i, option in enumerate(plan.options) if option]
        self.rows = _arranged(problem, set(funded))  # (E′,) effects; those of one outcome stand together
        sizes = [abs(problem.effects[e].mean) for e in self.rows]
        narrow = all(1.0 / _NARROW < size < _NARROW for size in sizes if size)
        self.dtype: type[np.floating] = np.float32 if count > LATIN and narrow else np.float64
        self._inverse = spreads.Inverse([problem.effects[e].spread for e in self.rows], self.dtype)
        self.late = {i: spread for i in funded if (spread := problem.initiatives[i].timing.delay_spread)}
        self.dear = {i: spread for i in funded if (spread := problem.initiatives[i].cost_spread)}
        self._working = _Working(problem, self.rows, self.dtype)
        self.futures = tuple(self._working.futures)
        self.names = self._name_streams()

    def _name_streams(self) -> tuple[Name, ...]:
        problem, who = self.problem, self.problem.initiatives
        effects = [problem.effects[e] for e in self.rows if not isinstance(problem.effects[e].spread, Fixed)]
        names: list[Name] = [
            ("effect", who[row.initiative].id, problem.outcomes[row.outcome].id) for row in effects
        ]
        self._effects_at = slice(0, len(names))
        names += [("success", who[i].id) for i in self._working.chancy]
        self._success_at = slice(len(effects), len(names))
        begin = len(names)
        names += [("assumption", problem.assumptions[a].id) for a in self._working.open]
        self._open_at = slice(begin, len(names))
        self._late_at = {i: len(names) + k for k, i in enumerate(self.late)}
        names += [("delay", who[i].id) for i in self.late]
        self._dear_at = {i: len(names) + k for k, i in enumerate(self.dear)}
        names += [("cost", who[i].id) for i in self.dear]
        return tuple(names)

    def chunks(self, upto: int, pulse: Callable[[], None]) -> Iterator[Drawn]:
        """The first ``upto`` draws in order (all of them up to 10,000). ``pulse`` may raise to stop.

        They may be made in a thread of their own; ``worked`` is for who uses them.
        """
        rings: list[Reals] = []
        scratch: Reals = np.empty((spreads.ROWS, 0), dtype=self.dtype)
        for turn, found in enumerate(streams.uniforms(self.seed, self.names, self.count, upto, pulse)):
            many = found.end - found.begin
            if scratch.shape[1] != many:
                scratch = np.empty((spreads.ROWS, many), dtype=self.dtype)
                rings = [np.empty((len(self.rows), many), dtype=self.dtype) for _ in range(_TURNS)]
            raw = rings[turn % _TURNS]
            succeeds = found.below(self._success_at, self._working.odds)
            for rows in self._inverse(found.signed, raw, scratch):
                self._working.succeed(raw, rows, succeeds)
            yield Drawn(
                found.begin, found.end, raw, succeeds,
                found.signed(self._open_at).astype(self.dtype),
                {i: np.maximum(self._one(s, found, self._late_at[i]), 0.0) for i, s in self.late.items()},
                {i: self._one(s, found, self._dear_at[i]) for i, s in self.dear.items()},
            )  # fmt: skip

    @staticmethod
    def _one(spread: Distribution, found: streams.Uniforms, at: int) -> Floats:
        return spreads.drawn(spread, found.signed(slice(at, at + 1))[0])

    def worked(self, drawn: Drawn) -> Chunk:
        """The chunk, knowing what works in which future. ``drawn.raw`` is used up."""
        effects = self._working.apply(drawn.raw, drawn.succeeds, drawn.holds)
        return Chunk(drawn.begin, drawn.end, effects, drawn.late, drawn.dear)


def _arranged(problem: Problem, funded: set[int]) -> Ints:
    """Effects of what is funded: outcome by outcome, within one by kind of distribution and initiative.

    Outcomes whose first effects are of one kind are neighbours, so that runs of one kind are long.
    """
    by_outcome: dict[int, list[tuple[str, int, int]]] = {}
    for e, row in enumerate(problem.effects):
        if row.initiative in funded:
            by_outcome.setdefault(row.outcome, []).append((spreads.kind(row.spread), row.initiative, e))
    groups = sorted((sorted(rows)[0][0], outcome, sorted(rows)) for outcome, rows in by_outcome.items())
    return np.array([e for _, _, rows in groups for _, _, e in rows], dtype=np.int64)


class _Working:
    """Whether initiatives work: their own success and the assumptions they rest on, which others share (§3.4)."""

    def __init__(self, problem: Problem, rows: Ints, dtype: type[np.floating]) -> None:
        self.problem, self.dtype = problem, dtype
        owners = [problem.effects[e].initiative for e in rows]
        initiatives = problem.initiatives
        self.chancy = sorted({i for i in owners if initiatives[i].success < 1.0})
        place = {i: a for a, i in enumerate(self.chancy)}
        self.luck = [place.get(i) for i in owners]  # (E′,) rows of who succeeds; None: always
        self.odds: Floats = np.array([2.0 * initiatives[i].success - 1.0 for i in self.chancy])
        self.resting: dict[tuple[int, ...], list[int]] = {}  # assumptions: rows of the draws
        for row, i in enumerate(owners):
            if initiatives[i].assumptions:
                self.resting.setdefault(tuple(initiatives[i].assumptions), []).append(row)
        self.used: Ints = np.array(sorted({a for some in self.resting for a in some}), dtype=np.int64)
        chances = np.stack([future.chance[self.used] for future in problem.futures])
        unsure = np.any((chances > 0.0) & (chances < 1.0), axis=0)
        self.open: list[int] = self.used[unsure].tolist()
        self._sort_futures(chances, rows)

    def _sort_futures(self, chances: Floats, rows: Ints) -> None:
        """Which futures share all effects (``forms``)."""
        self.forms: list[tuple[Floats, Ints, Reals]] = []  # chances, rows with another value, those values
        self.futures: list[list[int]] = []  # of each form
        known: dict[tuple[bytes, bytes], int] = {}
        for s, (future, chance) in enumerate(zip(self.problem.futures, chances, strict=True)):
            values = future.effect_value[rows]
            form = known.setdefault((chance.tobytes(), values.tobytes()), len(self.forms))
            if form == len(self.forms):
                changed = np.flatnonzero(~np.isnan(values))
                self.forms.append((chance, changed, values[changed].astype(self.dtype)))
                self.futures.append([])
            self.futures[form].append(s)

    def succeed(self, effects: Reals, rows: slice, succeeds: Bools) -> None:
        """Nothing in place of the effects (E′, n) of who fails, in some rows; ``succeeds`` (A′, n)."""
        for row, a in zip(effects[rows], self.luck[rows], strict=True):
            if a is not None:
                row *= succeeds[a]

    def apply(self, raw: Reals, succeeds: Bools, holds: Reals) -> tuple[Reals, ...]:
        """Effects (E′, n) of every form from what they would be if assumptions held; signed uniforms of ``open``.

        ``raw`` is used up.
        """
        forms = []
        for chance, changed, values in self.forms:
            found = raw if len(self.forms) == 1 else raw.copy()
            for row, value in zip(changed.tolist(), values, strict=True):
                found[row] = value
                self.succeed(found, slice(row, row + 1), succeeds)
            for together, rows in self.resting.items():
                if (hold := self._hold(together, chance, holds)) is not None:
                    for row in rows:
                        found[row] *= hold
            forms.append(found)
        return tuple(forms)

    def _hold(self, together: tuple[int, ...], chances: Floats, holds: Reals) -> Bools | None:
        """(n,) whether some assumptions hold all together; None: always."""
        out = None
        for a, p in zip(self.used.tolist(), chances.tolist(), strict=True):
            if a in together and p < 1.0:
                if a in self.open:
                    one = holds[self.open.index(a)] < self.dtype(2.0 * p - 1.0)
                else:
                    one = np.zeros(holds.shape[1], dtype=np.bool_)
                out = one if out is None else out & one
        return out
