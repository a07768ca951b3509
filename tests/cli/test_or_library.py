"""Multi-dimensional knapsacks of OR-Library (J. E. Beasley's mknap1, #5–#7; #1–#4 are with the optimiser's cases), as
strategies that a person could write: a team for each constraint, asked from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from analysis.cases import DATA, effect, initiative, outcome
from cli.asked import ask, written

Capsys = pytest.CaptureFixture[str]
FAR = 1_000_000  # a target so far away that V is a plain sum: V · FAR / 100 = Σ profits


def instances() -> dict[int, tuple[float, list[float], list[list[float]], list[float]]]:
    """By published optimum: profits, a row of demands for each constraint, capacities."""
    numbers = iter((DATA / "mknap1.txt").read_text(encoding="utf-8").split())
    found = {}
    for number in (5, 6, 7):
        count, rows, best = int(next(numbers)), int(next(numbers)), float(next(numbers))
        profits, *needs = ([float(next(numbers)) for _ in range(count)] for _ in range(rows + 1))
        found[number] = (best, profits, needs, [float(next(numbers)) for _ in range(rows)])
    return found


INSTANCES = instances()


def document(number: int) -> dict[str, Any]:
    """An outcome, an initiative for each project with what it needs of each team, and one scenario."""
    _, profits, needs, capacities = INSTANCES[number]
    nodes = [outcome("o", 0, FAR, swing=1, over_delivery=1, overlap="sum")]
    for i in range(len(profits)):
        demands = [{"team": f"t{t}", "quarter": 0, "amount": row[i]} for t, row in enumerate(needs) if row[i]]
        nodes.append(initiative(f"p{i:02d}", full_cost=1, demands=demands))
    return {
        "nodes": nodes,
        "effects": [effect(f"p{i:02d}", "o", profit) for i, profit in enumerate(profits)],
        "teams": [
            {"id": f"t{t}", "name": f"Team {t}", "capacity": [most]} for t, most in enumerate(capacities)
        ],
        "scenarios": [{"id": "plan", "name": "Plan"}],
    }


def total(number: int, plan: dict[str, Any]) -> float:
    """Profits of what is funded, once it is within every capacity."""
    _, profits, needs, capacities = INSTANCES[number]
    taken = [plan[f"p{i:02d}"] is not None for i in range(len(profits))]
    for row, most in zip(needs, capacities, strict=True):
        assert sum(need for need, yes in zip(row, taken, strict=True) if yes) <= most
    return sum(profit for profit, yes in zip(profits, taken, strict=True) if yes)


@pytest.mark.parametrize("number", INSTANCES)
def test_published_optima_are_reached_and_proven(number: int, tmp_path: Path, capsys: Capsys) -> None:
    path = written(tmp_path, document(number))
    made = ask(capsys, "solve", path, "--scenario", "plan", "--json").data
    best = INSTANCES[number][0]
    assert made["status"] == "optimal" and made["gap"] <= 1e-6
    assert total(number, made["plan"]) == best and made["value"] * FAR / 100 == pytest.approx(best)
    assert made["value"] <= made["bound"] == pytest.approx(made["value"], rel=1e-6)


@pytest.mark.parametrize("number", INSTANCES)
def test_cut_off_at_once_the_optimum_lies_between_plan_and_bound(
    number: int, tmp_path: Path, capsys: Capsys
) -> None:
    path = written(tmp_path, document(number))
    made = ask(capsys, "solve", path, "--scenario", "plan", "--time-limit", "0.001", "--json").data
    best, reached = INSTANCES[number][0], total(number, made["plan"])
    assert made["status"] in ("feasible", "optimal") and reached <= best <= made["bound"] * FAR / 100 + 1e-6
    assert made["value"] * FAR / 100 == pytest.approx(reached) and reached > 0.5 * best
    assert made["gap"] == pytest.approx(made["bound"] / made["value"] - 1, abs=1e-12)
