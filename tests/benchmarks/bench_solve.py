"""The optimiser: seconds, the proven gap, and how much of the time is HiGHS' own.

1. Levels with every kind of rule, 40 initiatives x 3 levels as in issue 4, and a tenth of it.
2. Allocation with logic on response curves, 100 and 500 initiatives, against HiGHS alone on the same first programme,
   SciPy's SLSQP from an even split and greedy marginal return (both without the logic they cannot take), and
   OR-tools CP-SAT in another process. A peer that is not installed is said and left out.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from analysis.cases import effect, initiative, outcome, problem

from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, solve
from prodlead_desktop.analysis.optimise.milp import Milp
from prodlead_desktop.analysis.optimise.programme import Goal, Programme
from prodlead_desktop.analysis.optimise.solution import Clock
from prodlead_desktop.analysis.optimise.worth import Detail, Gains
from prodlead_desktop.analysis.plans import Plans, stack
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.value import Valuation


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


def links(rng: random.Random, rows: list[dict[str, Any]], many: int) -> None:
    """Two requires for every excludes, between different pairs."""
    taken: set[tuple[int, int]] = set()
    while len(taken) < many:
        first, second = rng.sample(range(len(rows)), 2)
        if (first, second) not in taken and (second, first) not in taken:
            kind = "excludes" if len(taken) % 3 == 2 else "requires"
            rows[first].setdefault("dependencies", []).append({"kind": kind, "other": rows[second]["id"]})
            taken.add((first, second))


def curves(count: int, seed: int = 3) -> tuple[Problem, list[tuple[float, float, float, float]]]:
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
    """Seconds HiGHS needs for the first programme, building it not counted."""
    gains = Gains(Valuation(made))
    programme = Programme(made, Ask(), gains, Detail())
    assert programme.worth is not None
    milp: Milp = programme.milp
    goal = Goal("expected", np.ones(1), np.zeros(1))
    return milp.run(goal.expression(programme.worth), Clock(60), gap).seconds


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


def slsqp(made: Problem) -> Floats | None:
    """What marketing tools do: a gradient method from the even split."""
    try:
        from scipy.optimize import minimize
    except ImportError:
        return None
    budget = float(made.limits.budget or 0)
    full = np.array([float(row.full_cost or 0) for row in made.initiatives])
    curve = [row.amounts.curve for row in made.initiatives if row.amounts is not None]
    size = Valuation(made).full[0]

    def loss(x: Floats) -> float:
        return -float(sum(size[i] * float(curve[i].share(x[i])) for i in range(len(x)))) / 1000.0

    answer: Any = minimize(
        loss, np.full(len(full), budget / full.sum()), method="SLSQP", bounds=[(0.0, 1.0)] * len(full),
        constraints=[{"type": "ineq", "fun": lambda x: 1.0 - float(full @ x) / budget}], options={"maxiter": 60},
    )  # fmt: skip
    return np.asarray(np.clip(answer.x, 0.0, 1.0) * full)


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
began = time.perf_counter()
solver.solve(model)
print(json.dumps([time.perf_counter() - began, solver.objective_value]))
"""


def cp_sat(made: Problem) -> tuple[float, float] | None:
    """CP-SAT on each curve cut into 60 steps, in its own process (it cannot live in one with HiGHS); seconds, V."""
    import json

    unit, valuation = 1000.0, Valuation(made)
    rows = []
    for i, row in enumerate(made.initiatives):
        assert row.amounts is not None and row.full_cost
        values = valuation.full[0][i] * row.amounts.curve.share(np.linspace(0.0, 1.0, 61))
        rows.append(([round(v * 1000) for v in values.tolist()], round(row.full_cost / 60 / unit)))
    pairs = [("requires", rule.initiative, rule.other) for rule in made.limits.requires]
    pairs += [("excludes", i, j) for i, j in made.limits.excludes]
    said = json.dumps([rows, round((made.limits.budget or 0) / unit), pairs])
    ran = subprocess.run(
        [sys.executable, "-c", CP_SAT], input=said, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        return None
    seconds, gain = json.loads(ran.stdout)
    return seconds, gain / 1000.0 / 1_000_000 * 100.0


def main() -> None:
    """Print every row."""
    print("levels with every rule")
    for count in (4, 40):
        made = levels(count)
        for seed in range(7, 10) if count == 40 else (7,):
            made = levels(count, seed)
            answer = solve(made, Ask(time_limit_s=20.0))
            print(
                f"  {count:>4} initiatives x 3, seed {seed}: {answer.seconds:6.2f} s (limit 3 s), {answer.status}, "
                f"gap {answer.gap or 0:.1e}, HiGHS {answer.solver_seconds:.2f} s in {answer.rounds} runs, "
                f"keeps every rule: {answer.plan is not None and bool(fits(made, stack([answer.plan]))[0])}"
            )
    print("allocation with logic on S-curves")
    for count in (10, 100, 500):
        made, _ = curves(count)
        answer = solve(made, Ask(time_limit_s=20.0))
        alone = highs_alone(made, 1e-4)
        value = answer.value or 0.0
        print(
            f"  {count:>4} initiatives: ours {answer.seconds:6.2f} s, {answer.status}, V {value:.5f}, "
            f"gap {100 * (answer.gap or 0):.4f} %; HiGHS on the first programme {alone:.2f} s, "
            f"ratio {answer.seconds / max(alone, 1e-9):.1f} (limit 1.5)"
        )
        for name, peer in (("greedy jumps (no logic)", greedy), ("SLSQP (no logic)", slsqp)):
            began = time.perf_counter()
            money = peer(made)
            spent = time.perf_counter() - began
            if money is None:
                print(f"       {name}: not installed, left out")
            else:
                reached = exactly(made, money)
                print(
                    f"       {name}: {spent:.2f} s, V {reached:.5f}, {100 * (1 - reached / value):+.3f} % below ours"
                )
        other = cp_sat(made)
        if other is None:
            print("       OR-tools CP-SAT: not installed, left out")
        else:
            print(f"       CP-SAT, 60 steps: {other[0]:.2f} s, V {other[1]:.5f}, "
                  f"{100 * (1 - other[1] / value):+.3f} % below ours")  # fmt: skip


if __name__ == "__main__":
    main()
