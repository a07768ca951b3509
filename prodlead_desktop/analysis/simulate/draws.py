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
    """A chunk before it is known what works: ``raw`` (E′, n) effects, who succeeds (A′, n), uniforms of assumptions."""

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
            self._inverse(found.signed, raw, scratch)
            yield Drawn(
                found.begin, found.end, raw,
                found.below(self._success_at, self._working.odds),
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
        unsure = {i for i in owners if initiatives[i].success < 1.0 or initiatives[i].assumptions}
        self.who = sorted(unsure)  # the others work always
        place = {i: a for a, i in enumerate(self.who)}
        self.owner = [place.get(i) for i in owners]  # (E′,) rows of ``who``
        chance = [initiatives[i].success for i in self.who]
        self.sure: Bools = np.array([p >= 1.0 for p in chance], dtype=np.bool_)
        self.chancy = [i for i, p in zip(self.who, chance, strict=True) if 0.0 < p < 1.0]
        self.chancy_at: Ints = np.array([place[i] for i in self.chancy], dtype=np.int64)
        self.odds: Floats = np.array([2.0 * initiatives[i].success - 1.0 for i in self.chancy])
        used = sorted({a for i in self.who for a in problem.initiatives[i].assumptions})
        self.used: Ints = np.array(used, dtype=np.int64)
        chances = np.stack([future.chance[self.used] for future in problem.futures])
        self.open = [
            a for a, column in zip(used, chances.T, strict=True) if np.any((column > 0.0) & (column < 1.0))
        ]
        self.resting = {
            a: np.array([place[i] for i in self.who if a in problem.initiatives[i].assumptions]) for a in used
        }
        self._sort_futures(chances, rows)

    def _sort_futures(self, chances: Floats, rows: Ints) -> None:
        """Which futures share who works (``masks``), and which share all effects (``forms``)."""
        self.masks: list[Floats] = []
        self.forms: list[tuple[int, Ints, Reals]] = []  # mask, rows with another value, those values
        self.futures: list[list[int]] = []  # of each form
        seen: dict[bytes, int] = {}
        known: dict[tuple[int, bytes], int] = {}
        for s, (future, chance) in enumerate(zip(self.problem.futures, chances, strict=True)):
            mask = seen.setdefault(chance.tobytes(), len(self.masks))
            if mask == len(self.masks):
                self.masks.append(chance)
            values = future.effect_value[rows]
            form = known.setdefault((mask, values.tobytes()), len(self.forms))
            if form == len(self.forms):
                changed = np.flatnonzero(~np.isnan(values))
                self.forms.append((mask, changed, values[changed, None].astype(self.dtype)))
                self.futures.append([])
            self.futures[form].append(s)

    def apply(self, raw: Reals, succeeds: Bools, holds: Reals) -> tuple[Reals, ...]:
        """Effects (E′, n) of every form from what they would be; whether ``chancy`` succeed, uniforms of ``open``.

        ``raw`` is used up.
        """
        works = succeeds
        if len(self.chancy) < len(self.who):
            works = np.repeat(self.sure[:, None], raw.shape[1], axis=1)
            works[self.chancy_at] = succeeds
        masks = [self._where(works, holds, chance).astype(self.dtype) for chance in self.masks]
        forms = []
        for mask, changed, values in self.forms:
            found = raw if len(self.forms) == 1 else raw.copy()
            found[changed] = values
            for row, a in zip(found, self.owner, strict=True):
                if a is not None:
                    row *= masks[mask][a]
            forms.append(found)
        return tuple(forms)

    def _where(self, works: Bools, holds: Reals, chance: Floats) -> Bools:
        """(A, n) who works when assumptions hold with these chances."""
        if not len(self.used):
            return works
        out = works.copy()
        for a, p in zip(self.used.tolist(), chance.tolist(), strict=True):
            if a in self.open:
                out[self.resting[a]] &= holds[self.open.index(a)] < self.dtype(2.0 * p - 1.0)
            elif p <= 0.0:
                out[self.resting[a]] = False
        return out
