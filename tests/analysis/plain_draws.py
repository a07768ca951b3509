"""A simulation by another hand: plain numpy on the JSON that a person writes, one effect at a time (model.md §2–5).

It shares no line with the program. Dates: plan start 2027-01-01 and deadlines at the end of 2027 are four quarters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Case = dict[str, Any]
_FINE = 2000


@dataclass
class Drawn:
    """What came out: levels and improvements at deadlines by outcome id, V in points or euros, cost in euros."""

    level: dict[str, Floats] = field(default_factory=dict)
    moved: dict[str, Floats] = field(default_factory=dict)
    hit: dict[str, Floats] = field(default_factory=dict)
    past: dict[str, Floats] = field(default_factory=dict)
    value: Floats = field(default_factory=lambda: np.zeros(0))
    cost: Floats = field(default_factory=lambda: np.zeros(0))


def metalog(p: tuple[float, float, float], low: float | None, high: float | None, y: Floats) -> Floats:
    """Keelin's three terms in four cases of bounds; two half logistics where the curve would not rise."""
    if p[0] == p[2]:
        return np.full(y.shape, p[1])

    def there(q: float) -> float:
        if low is not None and high is not None:
            return math.log((q - low) / (high - q))
        if low is not None:
            return math.log(q - low)
        return -math.log(high - q) if high is not None else q

    z = [there(q) for q in p]
    a2, a3 = (z[2] - z[0]) / (2 * math.log(9)), (z[2] + z[0] - 2 * z[1]) / (0.8 * math.log(9))
    s = np.log(y / (1 - y))
    if not (a2 > 0 and abs(a3) / a2 < 1.66711):
        if low is None and p[0] > 0:
            return metalog(p, 0.0, high, y)
        half = np.where(y < 0.5, p[1] - p[0], p[2] - p[1]) / math.log(9)
        return np.clip(p[1] + half * s, -np.inf if low is None else low, np.inf if high is None else high)
    m = z[1] + a2 * s + a3 * (y - 0.5) * s
    if low is not None and high is not None:
        return low + (high - low) / (1 + np.exp(-m))
    if low is not None:
        return low + np.exp(m)
    return high - np.exp(-m) if high is not None else m


def curve(node: Case, u: Floats) -> Floats:
    """Share of the effect at a share of the money, from the answers of the node."""
    h, g, least = node.get("half_share"), node.get("unlimited_times"), node.get("least_share", 0.0)
    if h is None:
        out = np.minimum(u, 1.0) if node.get("funding") == "curve" else u
    elif g is not None:
        n = math.log2((g - h) / (h * (g - 1)))
        out = g * u**n / (g - 1 + u**n)
    elif h == 0.5:
        out = np.minimum(u, 1.0)
    else:
        q = ((1 - h) / h) ** 2
        out = (1 - q**u) / (1 - q)
    return np.where(u < least * (1 - 1e-12), 0.0, out)


class World:
    """One future of one case, drawn ``n`` times."""

    def __init__(self, case: Case, n: int, rng: np.random.Generator, future: Case | None = None) -> None:
        self.case, self.n, self.rng, self.future = case, n, rng, future or {}
        self.nodes = {node["id"]: node for node in case["nodes"]}
        self.outcomes = [node for node in case["nodes"] if node["kind"] == "outcome"]
        self.given = {row["initiative"]: row for row in case["scenario"].get("allocations", ())}
        self.holds: dict[str, Floats] = {}
        for node in case["nodes"]:
            if node["kind"] == "assumption":
                chance = node.get("probability", 1.0)
                for shift in self.shifts("assumption", node["id"]):
                    chance = float(shift["holds"])
                self.holds[node["id"]] = (rng.random(n) < chance).astype(float)
        self.works, self.late, self.dear = {}, {}, {}
        for node in case["nodes"]:
            if node["kind"] == "initiative":
                self._draw(node)
        self.full = {
            (row["initiative"], row["outcome"]): self._effect(row)
            for row in case["effects"]
            if self.money(row["initiative"])
        }

    def shifts(self, what: str, node: str | None) -> list[Case]:
        """What the future changes about a node."""
        return [
            row
            for row in self.future.get("shifts", ())
            if row["what"] == what and row.get("node") in (None, node)
        ]

    def _draw(self, node: Case) -> None:
        who, n, rng = node["id"], self.n, self.rng
        works = (rng.random(n) < node.get("success", 1.0)).astype(float)
        for link in node.get("dependencies", ()):
            if link["kind"] == "assumes":
                works = works * self.holds[link["other"]]
        self.works[who] = works
        self.late[who] = np.full(n, float(node.get("delay", 0.0)))
        if "delay_p10" in node:
            p = (node["delay_p10"], node["delay"], node["delay_p90"])
            self.late[who] = np.maximum(metalog(p, 0.0 if p[0] > 0 else None, None, rng.random(n)), 0.0)
        self.dear[who] = np.ones(n)
        if "cost_p10" in node:
            p = (node["cost_p10"] / node["full_cost"], 1.0, node["cost_p90"] / node["full_cost"])
            self.dear[who] = metalog(p, 0.0, None, rng.random(n))

    def money(self, who: str) -> float:
        """What the plan gives, at unchanged cost."""
        row = self.given.get(who, {})
        if row.get("level"):
            return float(
                next(level["cost"] for level in self.nodes[who]["levels"] if level["id"] == row["level"])
            )
        return float(row.get("amount", 0.0))

    def factor(self, who: str) -> float:
        """How dear the future makes it."""
        return float(np.prod([shift["factor"] for shift in self.shifts("costs", who)]))

    def full_cost(self, who: str) -> float:
        """The cost of full funding."""
        node = self.nodes[who]
        return float(
            node["full_cost"] if "full_cost" in node else max(level["cost"] for level in node["levels"])
        )

    def _effect(self, row: Case) -> Floats:
        who, node = self.nodes[row["initiative"]], self.nodes[row["outcome"]]
        if "p10" in row:
            room = abs(node["limit"] - node["baseline"]) if node.get("limit") is not None else None
            p = (row["p10"], row["p50"], row["p90"])
            out = metalog(p, 0.0 if p[0] > 0 else None, room, self.rng.random(self.n))
        else:
            out = np.full(self.n, float(row["p50"]))
        for shift in self.future.get("shifts", ()):
            if shift["what"] == "effects" and shift.get("node") in (None, who["id"], node["id"]):
                out = out * shift["factor"]
        used = np.full(self.n, self.money(who["id"]) / self.full_cost(who["id"]))
        if who.get("funding") == "curve":
            used = used / (self.factor(who["id"]) * self.dear[who["id"]])
        for other in self.case["nodes"]:
            for link in other.get("dependencies", ()):
                if link["kind"] == "enhances" and link["other"] == who["id"] and self.money(other["id"]):
                    out = out * link["factor"]
        return out * curve(who, used) * self.works[who["id"]]

    def arrived(self, who: str, begin: float, end: float | None) -> Floats:
        """ρ at a moment, or on average over a window by many small steps."""
        node, given = self.nodes[who], self.given.get(who, {})
        start = given.get("start", node.get("start", 0.0))

        def at(t: Floats) -> Floats:
            since = t - start - self.late[who]
            ramp = node.get("ramp", 0.0)
            return np.clip(since / ramp, 0, 1) if ramp else (since >= -1e-9).astype(float)

        if end is None:
            return at(np.array(begin))
        steps = begin + (np.arange(_FINE) + 0.5) / _FINE * (end - begin)
        if np.ptp(self.late[who]) == 0.0:
            whole = self.late[who]
            self.late[who] = whole[:1]
            found = np.full(self.n, np.mean([at(t) for t in steps]))
            self.late[who] = whole
            return found
        return np.mean([at(t) for t in steps[::40]], axis=0)

    def improvement(self, node: Case, begin: float, end: float | None = None) -> Floats:
        """d of an outcome, children included, capped by its natural limit."""
        parts = []
        everyone = [row for row in self.case["effects"] if row["outcome"] == node["id"]]
        for row in everyone:
            if (row["initiative"], node["id"]) in self.full:
                parts.append(
                    self.full[row["initiative"], node["id"]] * self.arrived(row["initiative"], begin, end)
                )
        base = self.baseline(node)
        room = math.inf if node.get("limit") is None else abs(node["limit"] - base)
        overlap = node.get("overlap") or ("headroom" if room < math.inf else "sum")
        out = np.zeros(self.n)
        if parts and overlap == "headroom":
            left = np.ones(self.n)
            for x in parts:
                left = left * np.maximum(1 - x / room, 1e-9)
            out = room * (1 - left)
        elif parts:
            out = np.minimum(np.sum(parts, axis=0) if overlap == "sum" else np.max(parts, axis=0), room)
        for child in self.outcomes:
            if child.get("parent") == node["id"] and child.get("contribution"):
                lag = child.get("lag", 0.0)
                moved = self.improvement(child, begin - lag, None if end is None else end - lag)
                out = out + child["contribution"] * moved
        return np.minimum(out, room)

    def baseline(self, node: Case) -> float:
        """Where the metric starts in this future."""
        for shift in self.shifts("baseline", node["id"]):
            return float(shift["value"])
        return float(node["baseline"])

    def run(self) -> Drawn:
        """Everything at the deadlines."""
        found = Drawn(value=np.zeros(self.n), cost=np.zeros(self.n))
        header = self.case["header"]
        swings = sum(node.get("swing") or 0.0 for node in self.outcomes)
        for node in self.outcomes:
            deadline = 4.0 if node.get("deadline") else 1e9
            d, base = self.improvement(node, deadline), self.baseline(node)
            sign = 1 if node["target"] > node["baseline"] else -1
            found.moved[node["id"]], found.level[node["id"]] = d, base + sign * d
            a = d / (sign * (node["target"] - base))
            found.hit[node["id"]] = (a >= 1 - 1e-9).astype(float)
            past = np.zeros(self.n)
            if node.get("threshold") is not None:
                past = (d >= sign * (node["threshold"] - base) - 1e-9).astype(float)
            found.past[node["id"]] = past
            if node.get("money_per_unit") is not None:
                rate = (1 + header.get("discount_rate", 0.0)) ** -0.25
                for q in range(header["horizon"]):
                    found.value += (
                        node["money_per_unit"] * rate ** (q + 1) * self.improvement(node, q, q + 1.0)
                    )
            elif node.get("swing"):
                credit = np.minimum(a, 1) + node.get("over_delivery", 0.0) * np.maximum(a - 1, 0)
                share = node.get("threshold_share", 0.0)
                points = 100 * node["swing"] / swings * ((1 - share) * credit + share * past)
                found.value += points * self.case.get("rate", 1.0)
        for node in self.case["nodes"]:
            if node["kind"] == "initiative" and self.money(node["id"]):
                by_level = node.get("funding") != "curve"
                found.cost += self.money(node["id"]) * (
                    self.factor(node["id"]) * self.dear[node["id"]] if by_level else 1.0
                )
        return found
