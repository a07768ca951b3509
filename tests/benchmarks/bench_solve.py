"""The optimiser: seconds, the proven gap, and how much of the time is HiGHS' own.

1. Levels with every kind of rule, 40 initiatives x 3 levels as in issue 4, and a tenth of it; and tighter rules, with
   what 0.3 s give; and the tightest of these, where the proof is what takes time.
2. Allocation with logic on S-curves, 10, 100 and 500 initiatives, against HiGHS alone on the textbook model, and
   peers on the same curves: SciPy's SLSQP from an even split and greedy marginal return (both without the logic they
   cannot take), and OR-tools CP-SAT with it. SciPy and OR-tools run in another process, by the Python of .venv-peers:
       python3 -m venv .venv-peers && .venv-peers/bin/pip install scipy ortools
   A peer that is not there is said and left out.
3. The frontier by dynamic programming, 40 and 400 initiatives by level and by amount; regrets of 40 initiatives; how
   long a cancel takes.

Times of this process are processor seconds, so that a busy machine does not change the ratios.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import highspy
import numpy as np
from analysis.cases import effect, initiative, outcome, problem
from analysis.test_optimise import S4_SHAPES, SCALE, hard, s4
from analysis.test_optimise_incumbents import crowded
from analysis.test_optimise_tight import tight

from prodlead_desktop.analysis import knapsack
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, Monitor, milp, segments, solve
from prodlead_desktop.analysis.optimise.programme import Goal, Programme
from prodlead_desktop.analysis.optimise.worth import Detail, Gains
from prodlead_desktop.analysis.plans import Plans, stack
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.why import Why

Shape = tuple[float, float, float, float]  # full cost, effect, half, times


def levels(count: int, seed: int = 7) -> Problem:
    """Issue 4's size at 40: 12 outcomes, 8 quarters, 5 capacities, 3 pools, 6 requires, 3 excludes; less when small."""
    rng = random.Random(seed)
    many = max(count * 12 // 40, 2)
    nodes = [
        outcome(f"o{k:02d}", 100, 60, limit=20, swing=rng.randint(10, 100), deadline="2029-06-30", unit="min")
        for k in range(many)
    ]
    effects = []
    for i in range(count):
        full = rng.randint(40, 400)
        costs = [round(full * share) for share in (0.4, 0.7, 1.0)]
        node = initiative(f"i{i:02d}", *costs, success=rng.uniform(0.6, 1), delay=rng.randint(0, 2), ramp=2)
        half = rng.uniform(0.55, 0.75)
        node |= {"full_cost": full, "curve": "exponential", "half_share": half, "pool": rng.choice("abc")}
        node |= {"start": rng.randint(0, 3), "cost_profile": [0.25] * 4}
        node["demands"] = [
            {"team": f"t{t}", "quarter": 1, "amount": rng.randint(1, 4)} for t in rng.sample(range(5), 2)
        ]
        nodes.append(node)
        for k in rng.sample(range(many), min(rng.randint(1, 3), many)):
            effects.append(effect(node["id"], f"o{k:02d}", round(rng.uniform(2, 14), 1)))
    rows = nodes[many:]
    links(rng, rows, max(count * 9 // 40, 1))
    total = sum(row["full_cost"] for row in rows)
    budget = round(total * 0.45)
    return problem(
        nodes,
        effects,
        {
            "budget": budget,
            "quarters": [round(budget * 0.16)] * 8,
            "carry_over": 0.5,
            "bands": [{"pool": pool, "low": 0.15, "high": 0.6} for pool in "abc"],
        },
        {"plan_start": "2027-01-01"},
        pools=[{"id": pool, "name": pool} for pool in "abc"],
        teams=[{"id": f"t{t}", "name": f"t{t}", "capacity": [count, count]} for t in range(5)],
    )


def offsite(seed: int, staffed: float) -> Problem:
    """40 x 3 as rooms have them: one or two teams a bet for two to four quarters; each team has a share `staffed` of
    what all bets together would ask of it in a quarter."""
    rng = random.Random(seed)
    goals = [
        outcome(f"o{k:02d}", 0, rng.choice([30, 50, 80]), limit=100, swing=rng.choice([10, 20, 50, 100]))
        for k in range(12)
    ]
    rows, effects, asked = [], [], [0] * 5
    for i in range(40):
        full, lasts = rng.randint(50, 600), rng.randint(2, 4)
        node = initiative(f"i{i:02d}", *(round(full * share) for share in (0.4, 0.7, 1.0)))
        node |= {"full_cost": full, "curve": "exponential", "half_share": rng.uniform(0.55, 0.75)}
        node |= {"pool": rng.choice("abc"), "start": rng.randrange(4), "cost_profile": [1 / lasts] * lasts}
        node |= {
            "success": round(rng.uniform(0.5, 1), 2),
            "delay": rng.randint(0, 2),
            "ramp": rng.randint(1, 3),
        }
        node["demands"] = []
        for team in rng.sample(range(5), rng.randint(1, 2)):
            people = rng.randint(1, 4)
            asked[team] += people * lasts
            node["demands"] += [
                {
                    "team": f"t{team}",
                    "level": f"i{i:02d}{k}",
                    "quarter": q,
                    "amount": round(people * k / 3, 2),
                }
                for q in range(lasts)
                for k in (1, 2, 3)
            ]
        rows.append(node)
        for k in rng.sample(range(12), rng.randint(1, 3)):
            sizes = rng.randint(1, 3), rng.randint(4, 8), rng.randint(9, 16)
            effects.append(effect(node["id"], f"o{k:02d}", *sizes))
    links(rng, rows, 9)
    budget = round(0.45 * sum(row["full_cost"] for row in rows))
    bands = [{"pool": pool, "low": 0.15, "high": 0.6} for pool in "abc"]
    plan = {"budget": budget, "quarters": [round(budget * 0.16)] * 8, "carry_over": 0.5, "bands": bands}
    return problem(
        goals + rows, effects, plan, {"plan_start": "2027-01-01"},
        pools=[{"id": pool, "name": pool} for pool in "abc"],
        teams=[
            {"id": f"t{t}", "name": f"t{t}", "capacity": [max(1.0, round(staffed * asked[t] / 8, 1))] * 8}
            for t in range(5)
        ],
    )  # fmt: skip


def links(rng: random.Random, rows: list[dict[str, Any]], many: int) -> None:
    """Two requires for every excludes, between different pairs."""
    taken: set[tuple[int, int]] = set()
    while len(taken) < many:
        first, second = rng.sample(range(len(rows)), 2)
        if (first, second) not in taken and (second, first) not in taken:
            kind = "excludes" if len(taken) % 3 == 2 else "requires"
            rows[first].setdefault("dependencies", []).append({"kind": kind, "other": rows[second]["id"]})
            taken.add((first, second))


def curves(count: int, seed: int = 3) -> tuple[Problem, list[Shape]]:
    """One objective, S-curves, a budget of 35 %, requires, excludes; and (full cost, effect, half, times) of each."""
    rng = random.Random(seed)
    nodes = [outcome("o", 0, 1_000_000, swing=1, over_delivery=1, overlap="sum")]
    effects, shapes = [], []
    for i in range(count):
        cost, size = float(rng.randint(50, 600)), float(rng.randint(20, 150))
        half, times = rng.choice((0.2, 0.35, 0.5, 0.6)), rng.choice((1.1, 1.3, 1.6))
        shapes.append((cost, size, half, times))
        node = initiative(f"i{i:03d}", full_cost=cost * 1000, funding="curve", curve="hill")
        nodes.append(node | {"half_share": half, "unlimited_times": times})
        effects.append(effect(node["id"], "o", size * 100))
    rows = nodes[1:]
    links(rng, rows, count * 9 // 40)
    return problem(nodes, effects, {"budget": round(0.35 * sum(shape[0] for shape in shapes)) * 1000}), shapes


def highs_alone(made: Problem, gap: float) -> float:
    """Processor seconds HiGHS itself needs for the textbook model: 12 segments a curve in the incremental form of
    model.md §4.3; building it and handing it over not counted, 30 s at the most."""
    gains, detail = Gains(Valuation(made)), Detail(ordered=set(range(len(made.initiatives))))
    for i, row in enumerate(made.initiatives):
        assert row.amounts is not None and row.full_cost
        detail.knots[i] = segments.knots([segments.Reach(row.amounts, row.full_cost, [1.0])], 12)[0]
    programme = Programme(made, Ask(), gains, detail)
    assert programme.worth is not None
    objective = Goal("expected", np.ones(1), np.zeros(1)).expression(programme.worth)
    solver = milp._solver(highspy, 30.0, gap)
    solver.passModel(programme.milp._lp(highspy, objective, relaxed=False))
    return timed(solver.run)[0]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of this process, and what came of it."""
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


def exactly(made: Problem, money: Floats) -> float:
    """V of amounts in minor units, by the exact model; −inf where a rule is broken."""
    whole = np.floor(np.maximum(money, 0.0))
    plan = Plans((whole > 0).astype(np.int64)[:, None], whole[:, None])
    return float(Valuation(made).evaluate(plan).value[0, 0])


def greedy(made: Problem, steps: int = 400) -> Floats:
    """Best return for the next money, over jumps of any length, until the budget is gone."""
    budget, valuation = float(made.limits.budget or 0), Valuation(made)
    full = np.array([float(row.full_cost or 0) for row in made.initiatives])
    step = budget / steps
    share = [row.amounts.curve.share(np.arange(0.0, cost + step, step) / cost)
             for row, cost in zip(made.initiatives, full, strict=True) if row.amounts is not None]  # fmt: skip
    size = [float(valuation.full[0][k]) for k in range(len(full))]
    at, left = np.zeros(len(full), dtype=int), steps
    while left > 0:
        best, jump, who = 0.0, 0, -1
        for i, curve in enumerate(share):
            most = min(len(curve) - 1 - at[i], left)
            if most > 0:
                gain = size[i] * (curve[at[i] + 1 : at[i] + most + 1] - curve[at[i]]) / np.arange(1, most + 1)
                if float(gain.max()) > best:
                    best, jump, who = float(gain.max()), int(gain.argmax()) + 1, i
        if who < 0:
            break
        at[who], left = at[who] + jump, left - jump
    return np.minimum(at * step, full)


SLSQP = """
import json, sys, time
import numpy as np
from scipy.optimize import minimize
shapes, budget = json.load(sys.stdin)
cost, size, half, times = np.array(shapes).T
n = np.log2((times - half) / (half * (times - 1)))
share = lambda u: times * u**n / (times - 1 + u**n)
began = time.process_time()
loss = lambda u: -float(size @ share(np.maximum(u, 1e-12))) / size.sum()
found = minimize(loss, np.full(len(cost), budget / cost.sum()),
                 method="SLSQP", bounds=[(0.0, 1.0)] * len(cost), options={"maxiter": 200},
                 constraints=[{"type": "ineq", "fun": lambda u: 1.0 - float(cost @ u) / budget}])
print(json.dumps([time.process_time() - began, (np.clip(found.x, 0, 1) * cost).tolist()]))
"""

CP_SAT = """
import json, sys, time
from ortools.sat.python import cp_model
rows, budget, links = json.load(sys.stdin)
model = cp_model.CpModel()
money, gain, funded = [], [], []
for values, step in rows:
    picks = [model.new_bool_var("") for _ in values]
    model.add_exactly_one(picks)
    money.append(sum(k * p for k, p in enumerate(picks)) * step)
    gain.append(sum(v * p for v, p in zip(values, picks)))
    funded.append(picks[0])
model.add(sum(money) <= budget)
for kind, i, j in links:
    model.add_bool_or([funded[i], funded[j]]) if kind == "excludes" else model.add_implication(funded[j], funded[i])
model.maximize(sum(gain))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
solver.parameters.max_time_in_seconds = 30
began = time.process_time()
solver.solve(model)
print(json.dumps([time.process_time() - began, solver.objective_value]))
"""
PEERS = Path(__file__).resolve().parents[2] / ".venv-peers" / "bin" / "python"


def elsewhere(script: str, said: Any) -> Any:
    """What a peer answers in its own process; None when it is not installed."""
    python = str(PEERS) if PEERS.exists() else sys.executable
    ran = subprocess.run(
        [python, "-c", script], input=json.dumps(said), capture_output=True, text=True, check=False
    )
    return json.loads(ran.stdout) if ran.returncode == 0 else None


def cut_up(made: Problem) -> list[Any]:
    """Each curve in 60 steps, the budget and the logic, in the whole numbers that CP-SAT wants."""
    unit, valuation = 1000.0, Valuation(made)
    rows = []
    for i, row in enumerate(made.initiatives):
        assert row.amounts is not None and row.full_cost
        values = valuation.full[0][i] * row.amounts.curve.share(np.linspace(0.0, 1.0, 61))
        rows.append(([round(v * 1000) for v in values.tolist()], round(row.full_cost / 60 / unit)))
    pairs = [("requires", rule.initiative, rule.other) for rule in made.limits.requires]
    pairs += [("excludes", i, j) for i, j in made.limits.excludes]
    return [rows, round((made.limits.budget or 0) / unit), pairs]


def by_levels() -> None:
    """Issue 4's problem and a tenth of it."""
    print("levels with every rule (limit 3 s)")
    for count, seeds in ((4, (7,)), (40, (7, 8, 9, 10))):
        for seed in seeds:
            made = levels(count, seed)
            spent, answer = timed(lambda made=made: solve(made, Ask(time_limit_s=20.0)))
            print(
                f"  {count:>4} initiatives x 3, seed {seed:>2}: {spent:5.2f} s, {answer.status}, gap "
                f"{answer.gap or 0:.1e}, {answer.rounds} runs, keeps every rule: "
                f"{answer.plan is not None and bool(fits(made, stack([answer.plan]))[0])}"
            )


def in_rooms() -> None:
    """Issue 4's size, 24 times over."""
    print("exact solve, 40 initiatives x 3 as rooms have them (limit 3 s)")
    for staffed in (0.8, 0.5, 0.35):
        rooms = [offsite(seed, staffed) for seed in range(1, 9)]
        runs = [timed(lambda made=made: solve(made, Ask(time_limit_s=60.0))) for made in rooms]
        spent = sorted(seconds for seconds, _ in runs)
        proven = sum(answer.status == "optimal" for _, answer in runs)
        print(
            f"  teams staffed to {staffed:.0%} of all that is asked: median {spent[len(spent) // 2]:.2f} s, worst "
            f"{spent[-1]:.2f} s, {proven} of {len(runs)} proven"
        )


def at_once() -> None:
    """40 x 3 where shares of spend, teams by quarter and money by quarter leave little: what a moment gives, and what
    it takes to prove the best."""
    print("levels with tight rules (limit 3 s)")
    for seed in (1, 2, 3):
        made = crowded(seed)
        short = solve(made, Ask(time_limit_s=0.3))
        spent, answer = timed(lambda made=made: solve(made, Ask(time_limit_s=60.0)))
        print(
            f"  seed {seed}: in 0.3 s V {short.value or 0:.3f}, bound {short.bound or 0:.3f}; at the end "
            f"V {answer.value or 0:.3f}, {answer.status}, gap {answer.gap or 0:.1e}, {spent:.2f} s"
        )


def to_the_last_hour() -> None:
    """40 x 3 where every level needs five teams in quarters of their own, and none has enough: the proof is long."""
    print("exact solve, tight (limit 3 s)")
    worst = 0.0
    for seed in (1, 2, 3):
        made = tight(seed)
        spent, answer = timed(lambda made=made: solve(made, Ask(time_limit_s=120.0)))
        worst = max(worst, spent)
        print(
            f"  seed {seed}: {spent:5.2f} s, {answer.status}, V {answer.value or 0:.4f}, gap {answer.gap or 0:.1e}, "
            f"{answer.rounds} runs"
        )
    print(f"  worst {worst:.2f} s")


def by_curves() -> None:
    """Ours, HiGHS' own time on the textbook model, in turn, the fastest of each; and the peers."""
    print("allocation with logic on S-curves (limit 1.5 x HiGHS, 0.02 % below the best)")
    for count, seeds, rounds in ((10, (3, 4, 5, 8), 5), (100, (3, 4, 5), 5), (500, (3,), 2)):
        for seed in seeds:
            made, shapes = curves(count, seed)
            runs = [
                (timed(lambda made=made: solve(made, Ask(time_limit_s=60.0))), highs_alone(made, 1e-4))
                for _ in range(rounds)
            ]
            answer, value = runs[0][0][1], runs[0][0][1].value or 0.0
            spent, alone = min(ours for (ours, _), _ in runs), min(theirs for _, theirs in runs)
            inside = answer.solver_seconds / max(answer.seconds, 1e-9)
            print(
                f"  {count:>4} initiatives, seed {seed}: ours {1000 * spent:6.0f} ms ({100 * inside:.0f} % of it "
                f"inside HiGHS), {answer.status}, V {value:.4f}, bound {100 * (answer.gap or 0):.4f} % above; "
                f"HiGHS alone {1000 * alone:6.0f} ms, ratio {spent / max(alone, 1e-9):.2f}"
            )
            if seed == seeds[0]:
                against_peers(made, shapes, value)


def trap() -> None:
    """The four S-curves of known-answers.md A4.7: a gradient stays where the even split lies, 18 % below."""
    print("the trap of four S-curves (exact 127.14048; a gradient from the even split 104.884)")
    made = s4(500)
    spent, answer = timed(lambda: solve(made))
    value = answer.value or 0.0
    print(f"     4 initiatives: ours {spent:5.2f} s, {answer.status}, effect {value * SCALE / 100:.5f}, "
          f"bound {100 * (answer.gap or 0):.4f} % above")  # fmt: skip
    against_peers(made, S4_SHAPES, value)


def against_peers(made: Problem, shapes: Sequence[Shape], value: float) -> None:
    """Time and exact value of each peer on the same curves, and how far it stays below ours."""
    seconds, amounts = timed(lambda: greedy(made))
    peers = [("greedy jumps, no logic", seconds, exactly(made, amounts))]
    slsqp = elsewhere(SLSQP, [shapes, (made.limits.budget or 0) / 100_000])
    if slsqp is not None:
        reached = exactly(made, np.array(slsqp[1]) * 100_000)
        peers.append(("SLSQP from an even split, no logic", slsqp[0], reached))
    cp_sat = elsewhere(CP_SAT, cut_up(made))
    if cp_sat is not None:
        peers.append(("CP-SAT, 60 steps, the same logic", cp_sat[0], cp_sat[1] / 1000.0 / SCALE * 100.0))
    for name, took, reached in peers:
        below = 100 * (1 - reached / value)
        print(f"         {name:<36}{took:6.2f} s, V {reached:.6g}, {below:+.3f} % below ours")
    for name, missing in (("SciPy", slsqp is None), ("OR-tools", cp_sat is None)):
        if missing:
            print(f"         {name} is not in .venv-peers; left out")


def frontiers() -> None:
    """The live strip: everything up to the budget at once."""
    print("frontier by dynamic programming (limit 50 ms at 40 initiatives)")
    for count in (40, 400):
        amounts, _ = curves(count)
        priced = plain(count)
        for name, made in (("levels", priced), ("amounts", amounts)):
            made = replace(made, limits=replace(made.limits, requires=(), excludes=()))
            valuation, most = Valuation(made), made.limits.budget or 0
            spent, grid = timed(lambda m=made, v=valuation, b=most: knapsack.frontier(m, b, v))
            assert grid is not None
            gap = 1.0 - grid.value[-1] / grid.bound[-1]
            print(
                f"  {count:>4} by {name:<8} {1000 * spent:7.1f} ms, {len(grid.value)} steps, gap {100 * gap:.3f} %"
            )


def plain(count: int) -> Problem:
    """One budget, three levels each, values that add up."""
    rng = random.Random(11)
    nodes = [outcome("o", 0, 1_000_000, swing=1, over_delivery=1, overlap="sum")]
    for i in range(count):
        full = rng.randint(4, 40) * 10
        node = initiative(f"i{i:03d}", full // 2, full, full * 2)
        nodes.append(node | {"full_cost": full, "curve": "exponential", "half_share": rng.uniform(0.55, 0.8)})
    rows = [effect(f"i{i:03d}", "o", rng.randint(5, 90)) for i in range(count)]
    return problem(nodes, rows, {"budget": count * 90})


def questions() -> None:
    """All regrets of 40 initiatives, and how soon a cancel is heard."""
    made = levels(40, 8)
    why = Why(made, Ask(time_limit_s=300.0))
    spent, _ = timed(why.solve)
    regrets, found = timed(lambda: [*why.leave_out(), *why.force_in()])
    print(
        f"regrets of 40 initiatives: {len(found)} in {regrets:.1f} s (limit 60 s), the optimum {spent:.2f} s"
    )
    pressed: list[float] = []

    def cancelled() -> bool:
        if not pressed and time.perf_counter() - began > 0.5:
            pressed.append(time.perf_counter())
        return bool(pressed)

    began = time.perf_counter()
    solve(hard(), Ask(), Monitor(cancelled))
    print(
        f"cancelled within {1000 * (time.perf_counter() - pressed[0]) if pressed else 0:.0f} ms (limit 500 ms)"
    )


def main() -> None:
    """Print every row."""
    by_levels()
    in_rooms()
    at_once()
    to_the_last_hour()
    by_curves()
    trap()
    frontiers()
    questions()


if __name__ == "__main__":
    main()
