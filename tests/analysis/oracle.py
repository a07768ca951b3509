"""The model of model.md §1.1–§4.2 once more, in plain Python from the written JSON and for one plan at a time: slow,
short, and made without a look at the program, so that the two can be held against each other."""

from __future__ import annotations

import math
from typing import Any

Document = dict[str, Any]
_Q = ("p10", "p50", "p90")


class Oracle:
    """Reads a document; money in major units. A plan is initiative id → level index (0 = nothing)."""

    def __init__(self, document: Document, scenario: dict[str, Any]) -> None:
        self.header = document.get("strategy", {})
        self.nodes = {node["id"]: node for node in document["nodes"]}
        self.outcomes = {key: row for key, row in self.nodes.items() if row["kind"] == "outcome"}
        self.bets = {key: row for key, row in self.nodes.items() if row["kind"] == "initiative"}
        self.effects = document.get("effects", [])
        self.links = document.get("links", [])
        self.teams = document.get("teams", [])
        self.scenario = scenario
        self.futures = document.get("futures") or [{}]
        self.given = {row["initiative"]: row for row in scenario.get("allocations", [])}

    # -- money and levels

    def levels(self, bet: str) -> list[dict[str, Any]]:
        """Nothing first, then what the file names, else its full cost alone."""
        node = self.bets[bet]
        rows = node.get("levels") or [{"name": "Full", "cost": node["full_cost"], "share": 1}]
        return [{"cost": 0, "share": 0}, *sorted(rows, key=lambda row: row["cost"])]

    def share(self, bet: str, level: dict[str, Any]) -> float:
        """Stated, else the curve at cost / full cost, else cost / full cost."""
        if level.get("share") is not None:
            return float(level["share"])
        node = self.bets[bet]
        full = node.get("full_cost") or max(row["cost"] for row in self.levels(bet))
        u, h = level["cost"] / full, node.get("half_share")
        if u < node.get("least_share", 0) - 1e-12:
            return 0.0
        if h is None or (node.get("curve") == "linear"):
            return min(u, 1.0) if node.get("curve") or node.get("least_share") else u
        if "unlimited_times" in node:
            g = node["unlimited_times"]
            n = math.log2((g - h) / (h * (g - 1)))
            return float(g * u**n / (g - 1 + u**n))
        if "double_times" in node:
            t = (1 - h) * node["double_times"] / (h * (node["double_times"] - 1))
            a = (1 - h) / (h * t - 1)
            return float((a + 1) * u ** math.log2(t) / (a + u ** math.log2(t)))
        if h == 0.5:
            return min(u, 1.0)
        q = ((1 - h) / h) ** 2
        return float((1 - q**u) / (1 - q))

    def shifts(self, future: dict[str, Any], what: str, *names: str | None) -> tuple[float | None, float]:
        """(new value or None, product of the factors) of a future's changes that concern these rows."""
        value, factor = None, 1.0
        for row in future.get("shifts", []):
            if row["what"] == what and row.get("node") in names:
                value = row["value"] if row.get("value") is not None else value
                factor *= row.get("factor", 1.0)
        return value, factor

    def cost(self, bet: str, level: int, future: dict[str, Any]) -> float:
        """Price times what the future makes of it."""
        return float(self.levels(bet)[level]["cost"]) * self.shifts(future, "costs", bet, None)[1]

    def start(self, bet: str, level: int) -> float:
        """The scenario's, else the level's, else the bet's."""
        row = self.levels(bet)[level]
        for stated in (self.given.get(bet, {}).get("start"), row.get("start"), self.bets[bet].get("start")):
            if stated is not None:
                return float(stated)
        return 0.0

    def _planned(self, bet: str, level: int) -> float:
        """Its start before the scenario moves it."""
        stated = self.levels(bet)[level].get("start")
        return float(stated if stated is not None else self.bets[bet].get("start") or 0)

    # -- effects and time

    def mean(self, row: dict[str, Any], outcome: dict[str, Any]) -> float:
        """Mean of the distribution through three percentiles (§3.3), or the only number."""
        low, mid, high = (row.get(name) for name in _Q)
        if low is None or high is None or low == high:
            return float(mid)
        room = self.room(outcome, outcome["baseline"])
        below = 0.0 if low > 0 else None

        def z(x: float) -> float:
            if below is not None and room < math.inf:
                return math.log((x - below) / (room - x))
            return math.log(x - below) if below is not None else -math.log(room - x) if room < math.inf else x

        a, b, c = z(low), z(mid), z(high)
        a2, a3 = (c - a) / (2 * math.log(9)), (c + a - 2 * b) / (0.8 * math.log(9))
        total, h = 0.0, 80 / 400
        for k in range(401):
            s = -40 + h * k
            y = 1 / (1 + math.exp(-s))
            m = b + a2 * s + a3 * (y - 0.5) * s
            if below is not None and room < math.inf:
                value = below + (room - below) / (1 + math.exp(-m))
            else:
                value = (
                    below + math.exp(m)
                    if below is not None
                    else room - math.exp(-m)
                    if room < math.inf
                    else m
                )
            total += value * y * (1 - y) * h
        return total

    def arrived(self, bet: str, level: int, begin: float, end: float | None) -> float:
        """ρ at a moment, or averaged over a quarter in a thousand steps."""
        node = self.bets[bet]
        first = self.start(bet, level) + (node.get("delay") or 0)
        ramp, half = node.get("ramp") or 0, node.get("half_life")

        def at(t: float) -> float:
            since = t - first
            share = min(max(since / ramp, 0.0), 1.0) if ramp else float(since >= -1e-9)
            return share * 2 ** (-max(since - ramp, 0.0) / half) if half else share

        if begin == math.inf:
            return 1.0
        if end is None:
            return at(begin)
        return sum(at(begin + (end - begin) * (k + 0.5) / 1000) for k in range(1000)) / 1000

    def room(self, outcome: dict[str, Any], base: float) -> float:
        """G, with the default limits of §1.1."""
        limit = outcome.get("limit")
        falls = outcome["target"] < outcome["baseline"] if "target" in outcome else False
        if limit is None and "target" in outcome:
            percent = str(outcome.get("unit", "")).startswith("%")
            limit = 0.0 if falls and outcome["target"] >= 0 else 100.0 if percent and not falls else None
        return math.inf if limit is None else abs(limit - base)

    def deadline(self, outcome: dict[str, Any]) -> float:
        """Quarters to the end of the deadline's quarter or month; plans start on a first of January."""
        if "deadline" not in outcome or "plan_start" not in self.header:
            return math.inf
        year, month, _ = map(int, outcome["deadline"].split("-"))
        months = (year - int(self.header["plan_start"][:4])) * 12 + month
        return math.ceil(months / 3) if outcome.get("deadline_precision") == "quarter" else months / 3

    def above(self, name: str) -> str | None:
        """The nearest outcome above."""
        parent = self.nodes[name].get("parent")
        while parent is not None and parent not in self.outcomes:
            parent = self.nodes[parent].get("parent")
        return parent

    # -- value

    def base(self, name: str, future: dict[str, Any]) -> float:
        """b, as the future says."""
        value, factor = self.shifts(future, "baseline", name, None)
        return float((value if value is not None else self.outcomes[name]["baseline"]) * factor)

    def improvement(
        self, name: str, plan: dict[str, int], future: dict[str, Any], begin: float, end: float | None
    ) -> float:
        """d of an outcome: own effects by its overlap rule, children with their lags, never beyond G."""
        outcome = self.outcomes[name]
        room = self.room(outcome, self.base(name, future))
        gains = [
            self.gain(row, plan, future, begin, end)
            for row in self.effects
            if row["outcome"] == name and row.get("p50") is not None and plan[row["initiative"]]
        ]
        rule = outcome.get("overlap") or ("headroom" if room < math.inf else "sum")
        if rule == "headroom" and room == math.inf:
            rule = "sum"
        if not gains:
            own = 0.0
        elif rule == "headroom":
            own = room * (1 - math.prod(max(1 - x / room, 1e-9) for x in gains))
        else:
            own = min(sum(gains) if rule == "sum" else max(gains), room)
        parts = 0.0
        lines = [
            (child, row.get("contribution"), row.get("lag") or 0)
            for child, row in self.outcomes.items()
            if self.above(child) == name
        ]
        lines += [
            (row["source"], row.get("contribution"), row.get("lag") or 0)
            for row in self.links
            if row["target"] == name
        ]
        for child, k, lag in lines:
            if k:
                until = None if end is None else end - lag
                parts += k * self.improvement(child, plan, future, begin - lag, until)
        return min(own + parts, room)

    def gain(
        self,
        row: dict[str, Any],
        plan: dict[str, int],
        future: dict[str, Any],
        begin: float,
        end: float | None,
    ) -> float:
        """p · Ππ · E · s · ρ · Π m of one effect."""
        bet = row["initiative"]
        level = plan[bet]
        if not level:
            return 0.0
        node, outcome = self.bets[bet], self.outcomes[row["outcome"]]
        size, factor = self.mean(row, outcome), 1.0
        for change in future.get("shifts", []):
            hit = change["what"] == "effects" and change.get("node") in (None, bet, row["outcome"])
            if hit and change.get("outcome") in (None, row["outcome"]):
                size = change["value"] if change.get("value") is not None else size
                factor *= change.get("factor", 1.0)
        size *= factor * node.get("success", 1.0)
        for link in node.get("dependencies", []):
            if link["kind"] == "assumes":
                size *= self.holds(link["other"], future)
        for other, helper in self.bets.items():
            for link in helper.get("dependencies", []):
                if link["kind"] == "enhances" and link["other"] == bet and plan[other] and "factor" in link:
                    size *= link["factor"]
        return size * self.share(bet, self.levels(bet)[level]) * self.arrived(bet, level, begin, end)

    def holds(self, assumption: str, future: dict[str, Any]) -> float:
        """π, settled or changed by the future."""
        node = self.nodes[assumption]
        chance = {"holds": 1.0, "broken": 0.0}.get(node.get("status", ""), node.get("probability", 1.0))
        for row in future.get("shifts", []):
            if row["what"] == "assumption" and row.get("node") in (assumption, None):
                chance = float(row["holds"]) if row.get("holds") is not None else chance
        return chance

    def value(self, plan: dict[str, int], future: dict[str, Any], rate: float = 0.0) -> float:
        """V: points, or money (major units) with ``rate`` per point where an objective counts in money."""
        swings = sum(row.get("swing") or 0 for row in self.outcomes.values())
        points, money, in_money = 0.0, 0.0, False
        discount = (1 + (self.header.get("discount_rate") or 0)) ** -0.25
        for name, row in self.outcomes.items():
            if row.get("swing"):
                points += 100 * row["swing"] / swings * self.credit(name, plan, future)
            elif row.get("money_per_unit"):
                in_money = True
                for q in range(self.header.get("horizon", 8)):
                    d = self.improvement(name, plan, future, q, q + 1)
                    money += row["money_per_unit"] * discount ** (q + 1) * d
        return money + rate * points if in_money else points

    def credit(self, name: str, plan: dict[str, int], future: dict[str, Any]) -> float:
        """v = (1−φ)·c(a) + φ·1[beyond θ]."""
        row = self.outcomes[name]
        sign = 1 if row["target"] > row["baseline"] else -1
        base = self.base(name, future)
        x = base + sign * self.improvement(name, plan, future, self.deadline(row), None)
        if sign * (row["target"] - base) > 0:
            a = (x - base) / (row["target"] - base)
        else:  # the future begins at the target or beyond: today's scale
            a = (x - row["baseline"]) / (row["target"] - row["baseline"])
        credit = min(a, 1) + row.get("over_delivery", 0) * max(a - 1, 0)
        phi = row.get("threshold_share", 0)
        beyond = sign * (x - row.get("threshold", row["target"])) >= -1e-7
        return float((1 - phi) * credit + phi * beyond)

    # -- rules

    def allowed(self, plan: dict[str, int]) -> bool:
        """Every rule of §4.2, at the costs of every future."""
        funded = {bet for bet, level in plan.items() if level}
        for bet in funded:
            for link in self.bets[bet].get("dependencies", []):
                other, kind = link["other"], link["kind"]
                if kind == "requires" and other not in funded:
                    return False
                if kind == "requires full" and self.share(other, self.levels(other)[plan[other]]) < 1 - 1e-12:
                    return False
                if kind == "excludes" and other in funded:
                    return False
        if len(funded) > (self.scenario.get("at_most") or len(plan)):
            return False
        return (
            all(self._own(bet, level) for bet, level in plan.items())
            and self._people(plan)
            and all(self._money(plan, future) for future in self.futures)
        )

    def _own(self, bet: str, level: int) -> bool:
        row, cost = self.given.get(bet, {}), self.levels(bet)[level]["cost"]
        if self.bets[bet].get("mandatory") and cost != self.bets[bet]["full_cost"]:
            return False
        if row.get("lock"):
            names = [one.get("id") for one in self.levels(bet)]
            if level != (names.index(row["level"]) if row.get("level") else 0):
                return False
        return bool(row.get("floor", 0) <= cost <= row.get("ceiling", math.inf))

    def _people(self, plan: dict[str, int]) -> bool:
        used: dict[tuple[str, int], float] = {}
        for bet, level in plan.items():
            for row in self.bets[bet].get("demands", []) if level else []:
                if row.get("level") in (None, self.levels(bet)[level].get("id")):
                    moved = self.start(bet, level) - self._planned(bet, level)
                    key = (row["team"], int(max(row["quarter"] + moved, 0)))
                    used[key] = used.get(key, 0) + row["amount"]
        free = {
            (team["id"], q): amount * (1 - team.get("discovery", 0))
            for team in self.teams
            for q, amount in enumerate(team.get("capacity", []))
        }
        return all(amount <= free.get(key, math.inf) + 1e-6 for key, amount in used.items())

    def _money(self, plan: dict[str, int], future: dict[str, Any]) -> bool:
        costs = {bet: self.cost(bet, level, future) for bet, level in plan.items()}
        total, quarters = sum(costs.values()), self.scenario.get("quarters") or []
        budget = self.scenario.get("budget")
        if budget is not None and total > budget + 1e-6:
            return False
        carried = 0.0
        for q, amount in enumerate(quarters):
            left = (
                amount + carried - sum(self._due(bet, level, q) * costs[bet] for bet, level in plan.items())
            )
            if left < -1e-6:
                return False
            carried = min(left, (self.scenario.get("carry_over") or 0) * amount)
        for band in self.scenario.get("bands", []):
            inside = sum(cost for bet, cost in costs.items() if self.bets[bet].get("pool") == band["pool"])
            whole = total if band.get("of") == "spend" else budget if budget is not None else sum(quarters)
            if not whole and band.get("of") != "spend":
                continue
            low, high = band.get("low") or 0, 1e9 if band.get("high") is None else band["high"]
            if not low * whole - 1e-6 <= inside <= high * whole + 1e-6:
                return False
        return True

    def _due(self, bet: str, level: int, quarter: int) -> float:
        """Share of the cost in a quarter; a fractional start splits each share between two."""
        profile = self.bets[bet].get("cost_profile") or [1.0]
        at, total = self.start(bet, level), sum(profile)
        return float(
            sum(
                share / total * max(0.0, 1 - abs(quarter - at - k))
                for k, share in enumerate(profile)
                if abs(quarter - at - k) < 1
            )
        )
