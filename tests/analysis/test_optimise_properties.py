"""What must hold for the best plan of any problem (known-answers.md B1–B4, B8–B14), against every plan there is."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from analysis.cases import problem
from analysis.random_cases import Case, case

from prodlead_desktop.analysis import knapsack, limits
from prodlead_desktop.analysis.chances import probabilities
from prodlead_desktop.analysis.limits import fits
from prodlead_desktop.analysis.optimise import Ask, Objective, Solution, solve
from prodlead_desktop.analysis.plans import Plans, costs, every_plan, stack
from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.analysis.value import Valuation
from prodlead_desktop.analysis.why import Why
from prodlead_desktop.errors import BadInput

RATE = 5000.0
SEEDS, SOAK = range(64), range(500)


def posed(made: Case) -> Problem:
    return problem(**made, rate=RATE)


def scores(made: Problem, values: Floats, objective: Objective) -> Floats:
    """(P,) what the objective maximises."""
    if objective == "expected":
        return np.asarray(probabilities(made) @ values)
    best = known(made, values) if objective == "regret" else np.zeros(len(values))
    return np.asarray((values - best[:, None]).min(axis=0))


def known(made: Problem, values: Floats) -> Floats:
    """(S,) the best V of who knows the future and need not pay what things cost in others."""
    alone = [replace(made, futures=(future,)) for future in made.futures]
    kept = [fits(row, every_plan(row)) for row in alone]
    return np.array([float(row[at].max()) for row, at in zip(values, kept, strict=True)])


def enumerated(seed: int, objective: Objective = "expected", made_by: Callable[[int], Case] = case) -> str:
    """B8: the optimiser's plan and bound against every plan; says what kind of case it was."""
    made = posed(made_by(seed))
    plans = every_plan(made)
    kept, values = fits(made, plans), Valuation(made).evaluate(plans).value
    answer = solve(made, Ask(objective))
    if not kept.any():
        assert answer.status == "infeasible" and answer.plan is None, seed
        return "infeasible"
    best = float(scores(made, values, objective)[kept].max())
    size = max(float(np.abs(values[:, kept]).max()), 1e-3)
    sign = -1.0 if objective == "regret" else 1.0
    assert answer.status == "optimal" and answer.value is not None and answer.bound is not None, seed
    assert answer.value == pytest.approx(sign * best, abs=2e-6 * size), seed
    assert sign * answer.bound >= best - 1e-7 * size, seed
    assert answer.plan is not None and fits(made, stack([answer.plan]))[0], seed
    return f"{len(made.futures)} future{'s' if len(made.futures) > 1 else ''}"


@pytest.mark.parametrize("seed", SEEDS)
def test_b8_the_best_plan_is_the_best_of_all(seed: int) -> None:
    enumerated(seed)


@pytest.mark.parametrize("objective", ["maximin", "regret"])
def test_b8_for_the_worst_and_for_regret(objective: Objective) -> None:
    for seed in SEEDS:
        if len(posed(case(seed)).futures) > 1:
            enumerated(seed, objective)


def harmful(seed: int) -> Case:
    """A case in which only the best counts everywhere, and half of the bets do harm."""
    made = case(seed, most=6)
    for node in made["nodes"]:
        if node["kind"] == "outcome":
            node["overlap"] = "max"
    for number, row in enumerate(made["effects"]):
        row["p50"] = abs(row["p50"]) * (-1 if (number + seed) % 2 else 1)
    return made


@pytest.mark.parametrize("objective", ["expected", "maximin"])
def test_b8_where_only_the_best_counts_and_bets_harm(objective: Objective) -> None:
    for seed in range(0, 64, 2):
        enumerated(seed, objective, harmful)


@pytest.mark.soak
def test_b8_five_hundred_cases(capsys: pytest.CaptureFixture[str]) -> None:
    """Prints a table of what was tried."""
    counted: dict[tuple[str, str], int] = {}
    for objective in ("expected", "maximin", "regret"):
        for seed in SOAK:
            try:
                kind = enumerated(seed, objective)  # type: ignore[arg-type]
            except BadInput:
                kind = "refused as impossible"
            except ValueError:
                kind = "too many plans to try"
            counted[objective, kind] = counted.get((objective, kind), 0) + 1
    with capsys.disabled():
        print("\n  the optimiser against every plan, cases that agree")
        for (objective, kind), count in sorted(counted.items()):
            print(f"  {objective:<10}{kind:<24}{count:>6}")


FEW = [seed for seed in range(40) if seed % 3 == 0]


@pytest.mark.parametrize("seed", FEW)
def test_b1_scaling_money_or_weights_leaves_the_choice(seed: int) -> None:
    before = case(seed, most=6)
    scaled = copy.deepcopy(before)
    for row in (scaled["scenario"], *scaled["scenario"]["allocations"]):
        for name in ("budget", "floor", "ceiling"):
            if row.get(name) is not None:
                row[name] *= 10
    if "quarters" in scaled["scenario"]:
        scaled["scenario"]["quarters"] = [10 * money for money in scaled["scenario"]["quarters"]]
    for node in scaled["nodes"]:
        for level in node.get("levels", ()):
            level["cost"] *= 10
        if node.get("swing"):
            node["swing"] *= 7
    first, second = solve(posed(before)), solve(posed(scaled))
    assert first.status == second.status
    if first.value is not None and second.value is not None and first.cost is not None:
        assert second.value == pytest.approx(first.value, abs=1e-6 * max(abs(first.value), 1.0))


@pytest.mark.parametrize("seed", FEW)
def test_b2_more_money_and_more_bets_never_hurt(seed: int) -> None:
    written = case(seed, most=6)
    written["scenario"].pop("bands", None)  # shares of the budget grow with it
    made = posed(written)
    budget = made.limits.budget or 0
    known = [solve(made, Ask(budget=round(budget * share))).value for share in (0.3, 0.6, 1.0, 1.5)]
    known = [value for value in known if value is not None]
    assert all(b >= a - 1e-6 * max(abs(a), 1.0) for a, b in itertools.pairwise(known))
    more = copy.deepcopy(written)
    more["nodes"].append({"id": "zz", "kind": "initiative", "title": "New", "full_cost": 7})
    more["effects"].append({"initiative": "zz", "outcome": more["nodes"][0]["id"], "p50": 1})
    before, after = solve(made), solve(posed(more))
    if before.value is not None:
        assert after.value is not None and after.value >= before.value - 1e-6 * max(abs(before.value), 1.0)


@pytest.mark.parametrize("seed", FEW)
def test_b3_b4_regrets_and_prices_are_never_negative_and_right(seed: int) -> None:
    made = posed(case(seed, most=6))
    made = replace(made, futures=(replace(made.futures[0], probability=None),))
    plans = every_plan(made)
    values, kept = Valuation(made).evaluate(plans).value[0], fits(made, plans)
    why = Why(made)
    if why.solve().plan is None or why.best.value is None:
        return
    size = max(float(np.abs(values).max()), 1e-3)
    for row in (*why.leave_out(), *why.force_in()):
        initiative = made.initiatives[row.initiative]
        wanted = [0] if row.left_out else list(initiative.at_full)
        allowed = kept & np.isin(plans.options[row.initiative], wanted)
        assert row.price.possible == bool(allowed.any())
        if row.price.price is not None and row.price.least is not None and row.price.most is not None:
            expected = why.best.value - float(values[allowed].max())
            assert row.price.price >= 0.0
            assert row.price.price == pytest.approx(max(expected, 0.0), abs=3e-6 * size)
            assert row.price.least - 1e-6 * size <= expected <= row.price.most + 1e-6 * size
            in_it = why.best.plan.options[row.initiative] if why.best.plan else 0
            assert row.price.price == 0.0 or (in_it > 0 if row.left_out else in_it not in wanted)
    for priced in why.rules():
        free = fits(made, every_plan(made), frozenset(rule.id for rule in priced.rules))
        expected = float(values[free].max()) - why.best.value
        assert priced.price.price is not None and priced.price.price >= 0.0
        assert priced.price.price == pytest.approx(max(expected, 0.0), abs=3e-6 * size)


@pytest.mark.parametrize("seed", [seed for seed in range(60) if seed % 4 == 1])
def test_b9_b10_money_by_amount_is_between_a_grid_and_its_bound(seed: int) -> None:
    """No plan on a grid of amounts beats the bound, and none beats the plan by more than its gap."""
    made = posed(case(seed, most=4, curves=True))
    by_amount = [i for i, row in enumerate(made.initiatives) if row.amounts is not None]
    if not by_amount:
        return
    plans = gridded(made, {1: 300, 2: 60, 3: 20, 4: 9}[len(by_amount)])
    kept, values = fits(made, plans), probabilities(made) @ Valuation(made).evaluate(plans).value
    answer = solve(made)
    if answer.value is None or answer.bound is None or answer.gap is None or answer.plan is None:
        assert answer.status == "infeasible" and not kept.any()
        return
    size = max(float(np.abs(values).max()), 1e-3)
    exact = float((probabilities(made) @ Valuation(made).evaluate(answer.plan).value)[0])
    assert answer.value == pytest.approx(exact, rel=1e-12, abs=1e-12)
    assert exact <= answer.bound + 1e-9 * size
    if kept.any():
        best = float(values[kept].max())
        assert best <= answer.bound + 1e-7 * size
        assert best <= exact + max(answer.gap * 2.0, 3e-4) * size


def gridded(made: Problem, count: int) -> Plans:
    choices = []
    for row in made.initiatives:
        if row.amounts is None:
            choices.append([(o, float(option.cost)) for o, option in enumerate(row.options)])
        else:
            at = np.round(np.linspace(max(row.amounts.least, 1), row.amounts.most, count))
            extra = [
                float(x) for x in (row.full_cost, row.floor, row.ceiling) if x and x >= row.amounts.least
            ]
            choices.append([(0, 0.0), *((1, x) for x in sorted({*at.tolist(), *extra}))])
    places = np.indices([len(one) for one in choices]).reshape(len(choices), -1)
    options = np.array([[one[k][0] for k in row] for one, row in zip(choices, places, strict=True)])
    amounts = np.array([[one[k][1] for k in row] for one, row in zip(choices, places, strict=True)])
    return Plans(options, amounts)


LEVELS = ("baseline", "target", "limit", "threshold")


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("change", ["turned", "hundredths"])
def test_b12_b13_a_metric_turned_around_or_in_other_units_changes_nothing(seed: int, change: str) -> None:
    before = case(seed, most=6)
    if before["futures"]:
        before["futures"] = []
    after = copy.deepcopy(before)
    for node in after["nodes"]:
        for name in LEVELS:
            if name in node:
                node[name] = 100 - node[name] if change == "turned" else node[name] * 100
        if "money_per_unit" in node and change == "hundredths":
            node["money_per_unit"] /= 100
    if change == "hundredths":
        for row in after["effects"]:
            row["p50"] *= 100
    first, second = solve(posed(before)), solve(posed(after))
    assert first.status == second.status
    if first.value is not None:
        assert second.value == pytest.approx(first.value, abs=2e-6 * max(abs(first.value), 1.0))


@pytest.mark.parametrize("seed", FEW)
def test_b11_two_halves_under_sum_are_the_whole(seed: int) -> None:
    before = case(seed, most=5)
    for node in before["nodes"]:
        if node["kind"] == "outcome":
            node["overlap"] = "sum"
        node.pop("dependencies", None)
        node.pop("demands", None)
    for name in ("at_most", "bands", "quarters", "allocations"):
        before["scenario"].pop(name, None)
    after = copy.deepcopy(before)
    whole = next(node for node in after["nodes"] if node["id"] == "i0")
    whole["levels"] = whole["levels"][-1:]  # go or no go
    next(node for node in before["nodes"] if node["id"] == "i0")["levels"] = copy.deepcopy(whole["levels"])
    whole["levels"][0]["cost"] /= 2
    twin = copy.deepcopy(whole) | {"id": "i0b", "dependencies": [{"kind": "requires", "other": "i0"}]}
    whole["dependencies"] = [{"kind": "requires", "other": "i0b"}]  # both or none
    twin["levels"][0]["id"] = "i0b1"
    after["nodes"].append(twin)
    for row in [row for row in after["effects"] if row["initiative"] == "i0"]:
        row["p50"] /= 2
        after["effects"].append(copy.deepcopy(row) | {"initiative": "i0b"})
    first, second = solve(posed(before)), solve(posed(after))
    assert first.status == second.status
    if first.value is not None:
        assert second.value == pytest.approx(first.value, abs=2e-6 * max(abs(first.value), 1.0))


def infeasible() -> list[int]:
    return [seed for seed in range(120) if solve_once(seed).status == "infeasible"][:12]


def solve_once(seed: int) -> Solution:
    return solve(posed(case(seed, most=7)), Ask(reasons=False))


def test_b14_the_rules_that_clash_are_few_enough() -> None:
    """Any one of them less and the rest can be kept; they are said in words, and so it is where others clash too."""
    told = set()
    for seed in infeasible():
        made = posed(case(seed, most=7))
        answer = solve(made)
        rules = {rule.id: rule.sentence for rule in limits.rules(made)}
        assert answer.clash and answer.reasons and set(answer.clash) <= set(rules)
        plans = every_plan(made)
        others = frozenset(rules) - set(answer.clash)
        assert not fits(made, plans, others).any()
        for name in answer.clash:
            assert fits(made, plans, others | {name}).any(), (seed, name)
            assert rules[name] in answer.reasons
        enough = any(fits(made, plans, frozenset({name})).any() for name in answer.clash)
        assert ("Other rules clash too" in answer.reasons[-1]) == (not enough), seed
        told.add(enough)
    assert told == {True, False}


def test_frontiers_by_dynamic_programming_are_those_of_every_plan() -> None:
    tried = 0
    for seed in range(260):
        try:
            made = posed(case(seed))
        except BadInput:  # effects beyond the natural limit
            continue
        most, weights = made.limits.budget or 1, probabilities(made)
        grid = knapsack.frontier(made, most, weights=weights)
        if grid is None:
            continue
        tried += 1
        plans = every_plan(made)
        kept, values = fits(made, plans), weights @ Valuation(made).evaluate(plans).value
        money = costs(made, plans).sum(axis=0)
        for budget in np.linspace(0, most, 5).astype(int).tolist():
            within = kept & (money <= budget + 1e-6)
            expected = float(values[within].max()) if within.any() else -np.inf
            assert grid.value[grid.place(budget)] == pytest.approx(expected, rel=1e-9, abs=1e-9), seed
            assert (
                grid.bound[grid.place(budget)] >= expected - 1e-9 * max(abs(expected), 1.0)
                or not within.any()
            )
            plan = grid.plan(budget)
            assert (plan is None) == (not within.any())
            if plan is not None:
                assert fits(made, stack([plan]))[0]
                exact = float((weights @ Valuation(made).evaluate(plan).value)[0])
                assert exact == pytest.approx(expected, rel=1e-7, abs=1e-7)
    assert tried > 20
