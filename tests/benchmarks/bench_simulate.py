"""The simulation against generating its numbers: 100 initiatives x 100,000 draws x 5 futures, and ten times as many.

Ours is all of drawing and evaluating: success, one effect each, headroom rule, 12 outcomes, V in every future. The
limit is what the generator alone needs for as many numbers (SFC64, float32, chunks of 1,024). The peer draws anew for
every future with numpy's default generator in float64 and the same formulas, as one would write it down. Also: the
default of the command line (10,000 draws as Latin hypercubes), and what summing up costs.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.metalog import Metalog
from prodlead_desktop.analysis.plans import plan_of
from prodlead_desktop.analysis.problem import Problem
from prodlead_desktop.analysis.simulate import simulate
from prodlead_desktop.analysis.simulate.run import Sampler

OUTCOMES, FUTURES = 12, 5


def made(count: int) -> Problem:
    """``count`` initiatives, all funded, each with a chance and one uncertain effect; five futures."""
    rng = random.Random(5)
    nodes = [outcome(f"o{k:02d}", 100, 40, limit=0, swing=rng.randint(1, 9)) for k in range(OUTCOMES)]
    effects = []
    for i in range(count):
        nodes.append(initiative(f"i{i:04d}", rng.randint(10, 90), success=rng.uniform(0.6, 0.95)))
        low = rng.uniform(0.5, 3.0)
        values = (round(low * times, 2) for times in (1.0, 2.0, 3.5))
        effects.append(effect(f"i{i:04d}", f"o{rng.randrange(OUTCOMES):02d}", *values))
    futures = [
        {
            "id": f"f{s}",
            "name": f"F{s}",
            "probability": 0.2,
            "shifts": [{"what": "effects", "factor": 0.8 + 0.1 * s}],
        }
        for s in range(FUTURES)
    ]
    return problem(nodes, effects, futures=futures)


def generate(numbers: int, draws: int) -> None:
    """The limit: as many numbers and nothing else."""
    streams = [np.random.Generator(np.random.SFC64(k)) for k in range(numbers)]
    buffer = np.empty((numbers, 1024), dtype=np.float32)
    for _ in range(0, draws, 1024):
        for k, stream in enumerate(streams):
            stream.random(out=buffer[k], dtype=np.float32)


def redrawn(found: Problem, draws: int) -> float:
    """The peer; returns the mean of V over the futures, to be compared."""
    rng, total = np.random.default_rng(1), 0.0
    for future in found.futures:
        left = [np.ones(draws) for _ in range(OUTCOMES)]
        works = [rng.random(draws) < row.success for row in found.initiatives]
        for e, row in enumerate(found.effects):
            assert isinstance(row.spread, Metalog)
            drawn = row.spread.quantile(rng.random(draws)) * works[row.initiative] * future.effect_factor[e]
            left[row.outcome] *= np.maximum(1.0 - drawn / 100.0, 1e-9)
        parts = (
            100.0 * row.weight * np.minimum((1.0 - left[o]) * 100.0 / 60.0, 1.0)
            for o, row in enumerate(found.outcomes)
        )
        total += float(np.mean(sum(parts))) / FUTURES
    return total


def clock(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def nothing(share: float | None) -> None:
    """No progress to show."""


def row(count: int, draws: int, rounds: int) -> None:
    """One size, alternatives in turn, medians."""
    found = made(count)
    plan = plan_of(found, {one.id: 1 for one in found.initiatives})
    sampler = Sampler(found, plan, draws, 1)
    numbers = len(sampler.draws.names)
    ours, limit, peer = [], [], []
    busy: tuple[list[float], list[float]] = ([], [])
    for k in range(rounds):
        began = time.process_time()
        ours.append(clock(lambda: sampler.run(nothing)))
        between = time.process_time()
        limit.append(clock(lambda: generate(numbers, draws)))
        busy[0].append(between - began)
        busy[1].append(time.process_time() - between)
        if k == 0:  # it grows in proportion to draws: a tenth is enough
            peer.append(10.0 * clock(lambda: redrawn(found, draws // 10)))
    mean = float(sampler.run(nothing).value.mean())
    print(
        f"  {count:>5} initiatives x {draws:,} draws x {FUTURES} futures: ours {median(ours):6.3f} s, "
        f"generating {numbers:,} x {draws:,} numbers {median(limit):6.3f} s, "
        f"ratio {median(ours) / median(limit):.2f} (limit 1.7; of the fastest rounds {min(ours) / min(limit):.2f}, "
        f"of processor seconds of both threads {min(busy[0]) / min(busy[1]):.2f})"
    )
    print(
        f"        redrawn per future {median(peer):6.3f} s = {median(peer) / median(ours):.0f} x ours; "
        f"mean of V {mean:.3f}, theirs {redrawn(found, draws // 10):.3f}"
    )


def main() -> None:
    """Print every row."""
    print("drawing and evaluating")
    row(100, 100_000, 9)
    row(1_000, 100_000, 3)
    found = made(40)
    plan = plan_of(found, {one.id: 1 for one in found.initiatives})
    print("10,000 draws in Latin hypercubes, 40 initiatives, 12 outcomes, 5 futures")
    sampler = Sampler(found, plan, 10_000, 1)
    drawing = median(clock(lambda: sampler.run(nothing)) for _ in range(9))
    whole = median(clock(lambda: simulate(found, plan)) for _ in range(5))
    print(
        f"  drawing {drawing:.3f} s (limit 0.2 s), with every summary, fan and cash by quarter {whole:.3f} s"
    )


if __name__ == "__main__":
    main()
