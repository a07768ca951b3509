"""Forecasts for cards: held against draws made by hand and against the simulation's own report."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from prodlead_desktop import samples
from prodlead_desktop.analysis.forecast import forecast, quantiles
from prodlead_desktop.analysis.formulate import formulate
from prodlead_desktop.analysis.simulate import simulate
from prodlead_desktop.domain import interchange
from prodlead_desktop.errors import Cancelled

E1 = Path(__file__).parent.parent / "data" / "e1.json"


def test_weighted_quantiles_are_those_of_the_repeated_values() -> None:
    values = np.random.default_rng(1).normal(size=500)
    counts = np.random.default_rng(2).integers(1, 5, size=500)
    repeated = np.sort(np.repeat(values, counts))
    wanted = [repeated[int(np.ceil(q * len(repeated))) - 1] for q in (0.1, 0.5, 0.9)]
    assert quantiles(values, counts.astype(float)) == pytest.approx(wanted)


def test_it_says_what_the_simulation_says() -> None:
    strategy = interchange.loads(E1.read_text(encoding="utf-8"))
    found = forecast(strategy, "plan")
    problem = formulate(strategy, "plan")
    whole = simulate(problem, problem.current).worlds[0].outcomes
    for outcome, row in zip(problem.outcomes, whole, strict=True):
        reached = row.attainment
        assert reached is not None
        said = tuple(estimate.value for estimate in (reached.p10, reached.p50, reached.p90))
        assert found[outcome.id] == pytest.approx(said, abs=0.03)


def test_a_fixed_effect_is_a_point_and_nothing_funded_stays_at_the_baseline() -> None:
    text = (E1.parent / "smallest.json").read_text(encoding="utf-8")
    document = json.loads(text)
    document["effects"] = [{"initiative": "guided", "outcome": "ttfi", "p50": 18.5}]
    assert forecast(interchange.loads(json.dumps(document)), "plan")["ttfi"] == pytest.approx((0.5, 0.5, 0.5))
    document["scenarios"][0]["allocations"] = []
    assert forecast(interchange.loads(json.dumps(document)), "plan")["ttfi"] == (0.0, 0.0, 0.0)


def test_a_future_that_moves_the_baseline_moves_the_forecast() -> None:
    document = json.loads((E1.parent / "smallest.json").read_text(encoding="utf-8"))
    document["effects"] = []
    document["futures"] = [
        {
            "id": "f",
            "name": "Worse",
            "probability": 1,
            "shifts": [{"what": "baseline", "node": "ttfi", "value": 58.5}],
        }
    ]
    assert forecast(interchange.loads(json.dumps(document)), "plan")["ttfi"] == pytest.approx(
        (-0.5, -0.5, -0.5)
    )


def test_the_sample_has_one_for_every_measured_outcome_and_it_can_be_stopped() -> None:
    strategy = samples.load()
    found = forecast(strategy, "sc-balanced")
    assert len(found) >= 8 and found["o-ttfi"][0] < found["o-ttfi"][1] < found["o-ttfi"][2]

    def stop(share: float | None) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        forecast(strategy, "sc-balanced", stop)
