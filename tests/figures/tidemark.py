"""The strategy of the mock-ups, built with the domain's own verbs, so that pictures can be held against them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from prodlead_desktop.domain import initiatives, nodes, rows, scenarios
from prodlead_desktop.domain import strategy as strategies
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, Allocation, Header, Node, Pool, Reading, Scenario
from prodlead_desktop.domain.strategy import Strategy

Q = {f"Q{quarter}": datetime.date(2027, quarter * 3, 30) for quarter in (1, 2, 3, 4)}


@dataclass(frozen=True)
class Tidemark:
    """The strategy, its scenario and its nodes' ids by title."""

    strategy: Strategy
    scenario: str
    ids: dict[str, str]


class _Builder:
    def __init__(self) -> None:
        self.edit = Edit(strategies.empty())
        for field, value in (
            ("name", "Tidemark 2027"),
            ("currency", "EUR"),
            ("plan_start", datetime.date(2027, 1, 1)),
        ):
            rows.set_value(self.edit, Header, HEADER_ID, field, value)
        self.pools = {
            name: rows.add(self.edit, Pool, name=name.title(), colour=colour)
            for colour, name in enumerate(("core", "adjacent", "new"))
        }
        self.scenario = scenarios.create(self.edit, "Balanced")
        rows.set_value(self.edit, Scenario, self.scenario, "budget", 4_000_000_00)
        rows.set_value(self.edit, Scenario, self.scenario, "colour", 1)
        self.ids: dict[str, str] = {}

    def node(self, kind: str, title: str, parent: str | None, draft: bool = False, **values: Any) -> str:
        node_id = nodes.add(self.edit, kind, title, self.ids[parent] if parent else None)
        nodes.set_value(self.edit, node_id, "state", "draft" if draft else "agreed")
        for field, value in values.items():
            nodes.set_value(self.edit, node_id, field, value)
        self.ids[title] = node_id
        return node_id

    def claim(
        self, kind: str, title: str, parent: str | None, way: tuple[float, float, float], unit: str, by: str
    ) -> None:
        """An ambition or outcome from, now, to."""
        baseline, now, target = way
        node_id = self.node(
            kind,
            title,
            parent,
            baseline=baseline,
            target=target,
            unit=unit,
            deadline=Q[by],
            deadline_precision="quarter",
        )
        rows.add(self.edit, Reading, node=node_id, date=datetime.date(2027, 1, 15), value=now)

    def bet(
        self, title: str, parent: str | None, pool: str, full_k: int, level: str, draft: bool = False
    ) -> None:
        """An initiative with two levels, funded at one of them."""
        node_id = self.node("initiative", title, parent, draft, pool=self.pools[pool])
        cost = {
            "Minimum": full_k if level == "Minimum" else full_k // 2,
            "Full": full_k * 2 if level == "Minimum" else full_k,
        }
        for name, amount in cost.items():
            found = initiatives.add_level(self.edit, node_id, name, amount * 1000_00)
            if name == level:
                scenarios.set_level(self.edit, self.scenario, node_id, found)


def tidemark() -> Tidemark:
    """26 nodes as in mock-ups `a` and `b`."""
    b = _Builder()
    top = "The first tab every data team opens in the morning"
    b.claim("ambition", top, None, (1900, 1980, 3000), "accounts", "Q4")
    b.claim("outcome", "New teams build a weekly habit", top, (31, 33, 45), "% week-4", "Q4")
    b.claim(
        "outcome", "Reduce time-to-first-insight", "New teams build a weekly habit", (40, 31, 3), "min", "Q3"
    )
    for title, cost in (
        ("Guided first dashboard", 620),
        ("One-click connectors", 780),
        ("Sample data on day zero", 140),
    ):
        b.bet(title, "Reduce time-to-first-insight", "core", cost, "Full")
    b.node(
        "assumption", "3 minutes forms the habit", "Reduce time-to-first-insight",
        test_by=datetime.date(2027, 2, 26), test_cost=20_000_00,
    )  # fmt: skip
    b.node("opportunity", "Insights leave as screenshots", "New teams build a weekly habit")
    b.bet("Shareable insight links", "Insights leave as screenshots", "adjacent", 240, "Full")
    b.claim("outcome", "Customers trust the numbers", top, (18, 16, 5), "disputes / 100", "Q4")
    b.claim("outcome", "Every metric defined once", "Customers trust the numbers", (35, 37, 80), "%", "Q3")
    b.bet("Metric catalogue", "Every metric defined once", "core", 520, "Full")
    b.bet("Lineage view", "Every metric defined once", "core", 160, "Minimum")
    b.claim(
        "outcome", "Dashboards fresh by 8:00", "Customers trust the numbers", (82, 84, 98), "% of days", "Q2"
    )
    b.bet("Streaming ingestion", "Dashboards fresh by 8:00", "core", 450, "Full")
    b.node("capability", "On-call for data jobs", "Dashboards fresh by 8:00", status="in place", people=6)
    b.claim("outcome", "Mid-market accounts grow", top, (104, 105, 115), "% NRR", "Q4")
    b.node("market", "Retail, 200–1,000 staff", "Mid-market accounts grow")
    b.bet("Retail starter kit", "Retail, 200–1,000 staff", "new", 180, "Full")
    b.claim("outcome", "Seats grow without a call", "Mid-market accounts grow", (12, 13, 30), "%", "Q4")
    b.bet("Usage-based plan", "Seats grow without a call", "adjacent", 260, "Full")
    b.bet("Self-serve billing", "Seats grow without a call", "adjacent", 130, "none")
    b.claim("outcome", "Admins can prove value", "Mid-market accounts grow", (9, 9, 60), "%", "Q4")
    b.bet("Value report", "Admins can prove value", "adjacent", 90, "none", draft=True)
    b.bet("Website rebrand", None, "core", 150, "Full")
    b.bet("Old report upkeep", None, "core", 140, "Full")
    scenarios.set_lock(b.edit, b.scenario, b.ids["Lineage view"], True)
    strategy, _ = b.edit.result()
    assert len(strategy.all(Node)) == 26 and strategy.all(Allocation)
    return Tidemark(strategy, b.scenario, b.ids)
