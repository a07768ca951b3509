"""Answers a room would hardly give, from the command line: computed as their formulas say, or refused in words."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from analysis.cases import effect, initiative, outcome
from cli.asked import Said, ask, written

Capsys = pytest.CaptureFixture[str]
LN9, LIMIT = math.log(9.0), 1.66711
SIZES = (1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0, 3.0, 99.999999, 100.0, 1e3, 1e6, 1e9, 1e12)
HALVES = (1e-12, 1e-3, 0.3, 0.4999999999, 0.5 + 1e-12, 0.7, 1 - 1e-12)
TIMES = (1 + 1e-12, 1.1, 1.4285714285, 1e6)


def one_bet(
    folder: Path, node: dict[str, Any], spread: tuple[float, ...], goal: dict[str, Any], **plan: Any
) -> Path:
    """A file with one initiative on one outcome; ``plan`` is what the scenario gives it."""
    given = {"initiative": "i", "lock": True} | (plan or {"amount": 100})
    document = {
        "nodes": [outcome("o", **({"swing": 1, "overlap": "sum", "over_delivery": 1} | goal)), node],
        "effects": [effect("i", "o", *spread)],
        "scenarios": [{"id": "s", "name": "S", "allocations": [given]}],
    }
    return written(folder, document)


# -- percentiles


def quantiles(spread: tuple[float, ...], low: float | None, high: float | None, s: Any) -> Any:
    """Keelin's metalog at logits s, written down once more; None where it does not rise."""
    if low is None and high is None:
        z = list(spread)
    elif high is None:
        z = [math.log(q - (low or 0.0)) for q in spread]
    elif low is None:
        z = [-math.log(high - q) for q in spread]
    else:
        z = [math.log((q - low) / (high - q)) for q in spread]
    a2, a3 = (z[2] - z[0]) / (2 * LN9), (z[2] + z[0] - 2 * z[1]) / (0.8 * LN9)
    if not (a2 > 0 and abs(a3) < LIMIT * a2):
        return None
    m = z[1] + a2 * s + a3 * (1 / (1 + np.exp(-s)) - 0.5) * s
    if low is None:
        return m if high is None else high - np.exp(-m)
    return low + np.exp(m) if high is None else low + (high - low) / (1 + np.exp(-m))


@pytest.mark.parametrize("seed", range(10))
def test_percentiles_of_any_size_come_back_and_means_are_the_integral(
    seed: int, tmp_path: Path, capsys: Capsys
) -> None:
    """With a limit, so that every mean exists: all positive is bounded on both sides, else above only."""
    rng = random.Random(seed)
    size = 10.0 ** rng.uniform(-9, 12)
    a, b, c = sorted(rng.choice([1, 1, 1, -0.3]) * rng.uniform(0.01, 5) * size for _ in range(3))
    room = max(abs(a), abs(c)) * rng.uniform(1.01, 5)
    base, sign = rng.choice([0, 7 * size, -3 * size]), rng.choice([1, -1])
    goal = {"baseline": base, "target": base + sign * 0.9 * room, "limit": base + sign * room}
    path = one_bet(tmp_path, initiative("i", full_cost=100), (a, b, c), goal)
    drawn = ask(capsys, "simulate", path, "--scenario", "s", "--json", "--decisions", 0, "--draws", 4000).data
    found = drawn["mixed"]["outcomes"]["o"]["improvement"]
    for name, stated in (("p10", a), ("p50", b), ("p90", c)):
        low, high = found["interval"][name]
        assert low - (high - low) <= stated <= high + (high - low), name
    s = np.linspace(-60, 60, 120_001)
    values = quantiles((a, b, c), 0.0 if a > 0 else None, room, s)
    if values is None:
        assert "two half curves" in str(drawn["assumed"])
        return
    weights = np.exp(-np.abs(s)) / (1 + np.exp(-np.abs(s))) ** 2 * (s[1] - s[0])
    solved = ask(capsys, "solve", path, "--scenario", "s", "--json").data
    assert solved["attainment"]["o"] * 0.9 * room == pytest.approx(
        float(values @ weights), rel=1e-5, abs=1e-6 * size
    )


@pytest.mark.parametrize(
    ("spread", "words"),
    [
        ((3.0, 2.0, 9.0), "out of order"),
        ((1.0, 5.0, 20.0), "headroom|natural limit"),
        ((2.0, 3.0, 1e30), "natural limit"),
    ],
)
def test_percentiles_that_cannot_be_are_refused(
    spread: tuple[float, ...], words: str, tmp_path: Path, capsys: Capsys
) -> None:
    goal = {"baseline": 0, "target": 10, "limit": 15}
    said = ask(
        capsys, "solve", one_bet(tmp_path, initiative("i", full_cost=100), spread, goal), "--scenario", "s"
    )
    refused(said)
    assert any(word in said.err for word in words.split("|")), said.err


def refused(said: Said) -> None:
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1) and said.err.startswith("prodlead: ")


def test_ends_and_a_middle_are_a_pert_distribution(tmp_path: Path, capsys: Capsys) -> None:
    """Known answers A2, PERT(2, 5, 14), of which the median is said; and what no such distribution can have."""
    goal = {"baseline": 0, "target": 100}

    def asked(command: str, *more: object, **ends: float) -> Said:
        made = json.loads(
            one_bet(tmp_path, initiative("i", full_cost=100), (5.765722,), goal).read_text("utf-8")
        )
        made["effects"][0] |= ends
        return ask(capsys, command, written(tmp_path, made), "--scenario", "s", "--json", *more)

    drawn = asked("simulate", "--decisions", 0, low=2, high=14).data
    found = drawn["mixed"]["outcomes"]["o"]["improvement"]
    assert found["mean"] == pytest.approx(6, abs=4 * found["se"]["mean"] + 1e-9)
    for name, wanted in (("p10", 3.346820), ("p50", 5.765722), ("p90", 9.006684)):
        assert found[name] == pytest.approx(wanted, abs=4 * found["se"][name])
    assert "PERT distribution between 2 and 14" in str(drawn["assumed"])
    assert asked("solve", low=2, high=14).data["attainment"]["o"] == pytest.approx(0.06, abs=1e-7)
    for ends, words in (({"low": 2}, "highest value; its P50 counts as certain"),
                        ({"low": 5.7, "high": 14}, "No PERT distribution between 5.7 and 14")):  # fmt: skip
        made = asked("solve", **ends).data
        assert made["attainment"]["o"] == pytest.approx(0.05765722) and words in str(made["unknowns"])
    refused(Said(*(getattr(asked("solve", low=6, high=14), name) for name in ("status", "out", "err"))))


# -- curves


def shares(capsys: Capsys, folder: Path, asked: list[tuple[dict[str, Any], float]]) -> list[float]:
    """Shares of the full effect that amounts buy, as one ``solve`` says of a plan locked there, a bet for each."""
    names = [f"{n}" for n in range(len(asked))]
    goals = [outcome(f"o{n}", 0, 100, swing=1, overlap="sum", over_delivery=1) for n in names]
    bets = [node | {"id": f"i{n}"} for n, (node, _) in zip(names, asked, strict=True)]
    given = [
        {"initiative": f"i{n}", "lock": True, "amount": money}
        for n, (_, money) in zip(names, asked, strict=True)
    ]
    document = {
        "nodes": [*goals, *bets],
        "effects": [effect(f"i{n}", f"o{n}", 50.0) for n in names],
        "scenarios": [{"id": "s", "name": "S", "allocations": given}],
    }
    made = ask(capsys, "solve", written(folder, document), "--scenario", "s", "--json").data
    return [float(made["attainment"][f"o{n}"] or 0.0) * 2 for n in names]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("form", ["exponential", "unlimited_times", "double_times"])
def test_a_curve_gives_back_every_answer_it_was_made_of(
    form: str, half: float, tmp_path: Path, capsys: Capsys
) -> None:
    asked: list[tuple[dict[str, Any], float]] = []
    wanted: list[Any] = []

    def expect(node: dict[str, Any], money: float, share: Any) -> None:
        asked.append((node, money))
        wanted.append(share)

    for times in TIMES if form != "exponential" else (0.0,):
        node = initiative("i", full_cost=1000, funding="curve", half_share=half)
        node |= {"curve": "exponential"} if form == "exponential" else {"curve": "hill", form: times}
        if form == "double_times" and half * times >= 1.0:
            goal = {"baseline": 0, "target": 100}
            refused(ask(capsys, "solve", one_bet(tmp_path, node, (50.0,), goal, amount=1), "--scenario", "s"))
            continue
        expect(node, 500, pytest.approx(half, rel=2e-4, abs=1e-12))
        expect(node, 1000, pytest.approx(1.0, rel=1e-9))
        if form == "double_times" and half * times < 0.99:
            expect(node, 2000, pytest.approx(times, rel=1e-6))
        if form == "unlimited_times" and half > 0.99:
            expect(node, 1e12, AtMost(times * (1 + 1e-9)))
    assert shares(capsys, tmp_path, asked) == wanted


class AtMost(float):
    """Equal to every number up to it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and other <= float(self)

    __hash__ = float.__hash__


def test_work_drawn_at_next_to_no_price_buys_what_there_is(tmp_path: Path, capsys: Capsys) -> None:
    straight, rising = {"curve": "linear"}, {"curve": "exponential", "half_share": 1e-9}
    levelling, hill = rising | {"half_share": 0.7}, {"curve": "hill", "half_share": 0.3, "unlimited_times": 2}
    for curve in (straight, rising, levelling, hill):
        node = initiative("i", full_cost=1000, funding="curve", cost_p10=0.01, cost_p90=2000, **curve)
        path = one_bet(tmp_path, node, (5.0,), {"baseline": 0, "target": 10}, amount=1000)
        made = ask(
            capsys, "simulate", path, "--scenario", "s", "--json", "--draws", 500, "--decisions", 0
        ).data
        assert math.isfinite(made["mixed"]["outcomes"]["o"]["improvement"]["mean"])


def test_numbers_too_far_apart_to_compute_with_are_refused(tmp_path: Path, capsys: Capsys) -> None:
    goals = (
        {"baseline": 0, "target": 1e-300},
        {"baseline": 0, "target": 1, "swing": None, "money_per_unit": 1},
    )
    for goal, size in zip(goals, (1e6, 1e200), strict=True):
        for command in ("solve", "simulate", "explain", "frontier"):
            path = one_bet(tmp_path, initiative("i", full_cost=100), (size,), goal)
            said = ask(capsys, command, path, "--scenario", "s")
            refused(said)
            assert "too far apart" in said.err


@pytest.mark.filterwarnings("error")
def test_a_spread_without_bounds_is_refused_in_one_line_of_numbers(tmp_path: Path, capsys: Capsys) -> None:
    nodes = [outcome("o", 0, 20, swing=100, overlap="sum"), initiative("i", 100)]
    wide = effect("i", "o", shape="triangular", low=-1e300, mode=2, high=1e300)
    scenario = {"id": "s", "name": "S", "allocations": [{"initiative": "i", "level": "i1"}]}
    made = {"strategy": {"currency": "EUR"}, "nodes": nodes, "effects": [wide], "scenarios": [scenario]}
    said = ask(capsys, "simulate", written(tmp_path, made), "--scenario", "s")
    refused(said)
    assert "“o” could move by more than 1e+220 in its unit, and its target is 20 away" in said.err


# -- anything


def anything(rng: random.Random) -> dict[str, Any]:
    """Two bets on one outcome with whatever sizes, curves, delays and costs."""

    def size() -> float:
        return rng.choice(SIZES) * rng.uniform(0.5, 2) * rng.choice([1, 1, 1, -1])

    spread = sorted(size() for _ in range(3))
    if rng.random() < 0.3:
        spread = [spread[0], *([spread[rng.choice([0, 2])]]), spread[2]]
    goal = {
        "baseline": rng.choice([0, size()]),
        "swing": 1,
        "overlap": rng.choice(["sum", "max", "headroom"]),
    }
    goal["target"] = goal["baseline"] + rng.choice([1, -1]) * max(map(abs, spread)) * rng.choice([1e-6, 1, 2])
    nodes = [outcome("o", **goal, deadline=rng.choice([None, "2028-12-31"]))]
    for name in "ij":
        node = initiative(name, full_cost=rng.choice([0, 0.01, 100, 9e12]), delay=rng.choice([0, 3, 1e9]))
        if rng.random() < 0.7:
            node |= {"funding": "curve", "half_share": rng.choice(HALVES), "ramp": rng.choice([0, 1e-9, 1e9])}
            node |= rng.choice(
                [{}, {"unlimited_times": rng.choice(TIMES)}, {"double_times": rng.choice(TIMES)}]
            )
            node |= rng.choice([{}, {"least_share": rng.choice([1e-12, 0.3, 0.999999, 1])}])
        if rng.random() < 0.3:
            node["delay_p10"], node["delay"], node["delay_p90"] = sorted(rng.choices([0, 1e-9, 2, 1e9], k=3))
        if rng.random() < 0.3:
            node |= {"cost_p10": 0.01, "cost_p90": min(node["full_cost"] * 2, 9e12)}
        nodes.append(node)
    return {
        "strategy": {"plan_start": "2027-01-01"},
        "nodes": nodes,
        "effects": [effect("i", "o", *spread), effect("j", "o", size())],
        "scenarios": [{"id": "s", "name": "S", "budget": rng.choice([None, 0, 100, 9e12])}],
    }


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_said_is_computed_or_refused_in_one_line(
    seed: int, tmp_path: Path, capsys: Capsys
) -> None:
    """A warning of numpy fails the test too, and NaN is no JSON here."""
    rng, taken = random.Random(seed), 0
    for _ in range(25):
        path = written(tmp_path, anything(rng))
        for words in (("solve",), ("simulate", "--draws", 200, "--decisions", 0)):
            said = ask(capsys, words[0], path, "--scenario", "s", "--json", *words[1:])
            if said.status == 2:
                refused(said)
                continue
            taken += 1
            made = json.loads(said.out, parse_constant=lambda name: pytest.fail(name))
            assert said.data == made
            if words[0] == "solve":
                assert made["value"] <= made["bound"] + 1e-9 * abs(made["bound"])
    assert taken > 10
