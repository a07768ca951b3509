"""Random strategies with a plan and everything that can be uncertain about it."""

from __future__ import annotations

import random
from typing import Any

from analysis.random_cases import case as certain

Case = dict[str, Any]


def case(seed: int) -> Case:
    """Percentiles, chances, shared assumptions, late and dear initiatives, futures; and a plan for half of them."""
    rng = random.Random(1000 + seed)
    made = certain(seed, most=7, curves=seed % 3 == 0)
    outcomes = {node["id"]: node for node in made["nodes"] if node["kind"] == "outcome"}
    rows = [node for node in made["nodes"] if node["kind"] == "initiative"]
    made["nodes"] += [
        {"id": name, "kind": "assumption", "title": name, "probability": rng.choice((0.3, 0.6, 0.9))}
        for name in ("ya", "yb")
    ]
    for node in rows:
        node["success"] = rng.choice((1, 0.9, 0.6))
        if rng.random() < 0.5:
            node["dependencies"].append({"kind": "assumes", "other": rng.choice(("ya", "yb"))})
        if rng.random() < 0.3:
            node |= {
                "delay": 1,
                "delay_p10": rng.choice((0, 0.4)),
                "delay_p90": rng.choice((2, 4)),
                "ramp": 2,
            }
        if rng.random() < 0.3:
            full = node.get("full_cost") or max(level["cost"] for level in node["levels"])
            node |= {"full_cost": full, "cost_p10": round(full * 0.8), "cost_p90": round(full * 1.5)}
    for row in made["effects"]:
        node = outcomes[row["outcome"]]
        room = abs(node["limit"] - node["baseline"])
        if rng.random() < 0.75:
            middle = row["p50"]
            low = middle - abs(middle) * rng.uniform(0.2, 1.4)
            high = middle + min(abs(middle) * rng.uniform(0.1, 1.2), (room - middle) * 0.9)
            row |= {"p10": round(low, 2), "p50": middle, "p90": round(high, 2)}
    made["scenario"] = {
        "budget": 100,
        "allocations": [given for node in rows if (given := _given(rng, node))],
    }
    made["futures"] = _futures(rng, rows, list(outcomes)) if seed % 2 else []
    made["header"] |= {"horizon": 4}
    return made


def _given(rng: random.Random, node: Case) -> Case | None:
    if rng.random() < 0.35:
        return None
    if "levels" in node:
        return {"initiative": node["id"], "level": rng.choice(node["levels"])["id"]}
    return {"initiative": node["id"], "amount": rng.randint(1, node["full_cost"])}


def _futures(rng: random.Random, rows: list[Case], outcomes: list[str]) -> list[Case]:
    return [
        {"id": "fa", "name": "As now", "probability": 0.5},
        {
            "id": "fb",
            "name": "Worse",
            "probability": 0.3,
            "shifts": [
                {"what": "effects", "node": rng.choice(outcomes), "factor": rng.choice((0.5, 1.4))},
                {"what": "costs", "node": rng.choice(rows)["id"], "factor": rng.choice((0.8, 1.3))},
            ],
        },
        {
            "id": "fc",
            "name": "Broken",
            "probability": 0.2,
            "shifts": [{"what": "assumption", "node": rng.choice(("ya", "yb")), "holds": rng.random() < 0.5}],
        },
    ]
