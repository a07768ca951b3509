"""The properties of what `frontier` and `explain` print as JSON, beside those of `solve`."""

from __future__ import annotations

from typing import Any

GAP = "|bound − value| / |value|; null at value 0, or where there is no value or no bound"
NET = (
    "value less cost, both discounted: the mean over futures for expected, else the worst; below 0 the plan costs more "
    "than it brings; null for points"
)
_NUMBER = {"type": "number"}
_MAYBE = {"type": ["number", "null"]}
_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}
_STATUS = {"enum": ["optimal", "feasible", "infeasible", "cancelled"]}
_CHOICE = {"type": ["string", "number", "null"]}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)} | more


def _or_null(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"description": words, "anyOf": [schema, {"type": "null"}]}


def _list(items: dict[str, Any], words: str = "") -> dict[str, Any]:
    return {"type": "array", "items": items} | ({"description": words} if words else {})


_CERTIFICATE: dict[str, Any] = {
    "status": _STATUS,
    "value": _MAYBE | {"description": "V by the exact model: points 0–100, or money"},
    "bound": _MAYBE | {"description": "no plan can be better than this"},
    "gap": _MAYBE | {"description": GAP},
    "cost": _MAYBE | {"description": "money, in the dearest future"},
}
_PLAN = {
    "type": ["object", "null"],
    "description": "initiative id → level id, or money where it is funded by amount, or null for nothing",
    "additionalProperties": _CHOICE,
}
_TITLES = {"type": "object", "description": "id → title", "additionalProperties": _TEXT}
_ATTAINMENT = {
    "type": "object",
    "description": "outcome id → attainment at its deadline (1 = target); null where unknown",
    "additionalProperties": _MAYBE,
}
_CHANGES = _list(
    _object(
        {
            "initiative": _TEXT,
            "what": {"enum": ["added", "dropped", "upgraded", "downgraded"]},
            "before": _CHOICE,
            "after": _CHOICE,
            "money": _NUMBER | {"description": "more money; negative: less"},
        }
    )
)
_RULES = _list(_object({"rule": _TEXT, "ids": _list(_TEXT), "sentence": _TEXT}))
_CURRENT = _or_null(
    _object(
        {
            "value": _NUMBER,
            "cost": _NUMBER,
            "plan": _PLAN,
            "broken": _RULES | {"description": "rules that the scenario's own plan breaks"},
            "same_money": _object(
                _CERTIFICATE | {"gain": _MAYBE, "plan": _PLAN}, description="the best plan for the same money"
            ),
            "same_value": _or_null(
                _object(
                    {
                        "status": _STATUS,
                        "value": _NUMBER,
                        "cost": _NUMBER,
                        "least_cost": _NUMBER | {"description": "no plan of that value costs less"},
                        "saving": _NUMBER,
                        "plan": _PLAN,
                    }
                ),
                "the cheapest plan of the same value; null: none that keeps every rule",
            ),
        }
    ),
    "the scenario's own plan and its distance to the frontier; null: not worked out",
)
_QUESTION: dict[str, dict[str, Any]] = {
    "objective": {"enum": ["expected", "maximin"]},
    "future": {"type": ["string", "null"], "description": "the only future that counts; null: all"},
    "value_unit": {"type": "string", "description": "points, or the currency"},
    "titles": _TITLES,
}

FRONTIER: dict[str, dict[str, Any]] = _QUESTION | {
    "points": _list(
        _object(
            {"budget": _NUMBER}
            | _CERTIFICATE
            | {
                "plan": _PLAN,
                "changes": _CHANGES | {"description": "from the point before"},
                "attainment": _ATTAINMENT,
                "on_grid": _FLAG | {"description": "found by dynamic programming on a grid of money"},
            }
        ),
        "by budget; value is null where no plan keeps every rule",
    ),
    "knee": _MAYBE | {"description": "the budget of the point farthest above the line from first to last"},
    "current": _CURRENT,
}

_PRICE: dict[str, Any] = {
    "possible": _FLAG | {"description": "false: no plan keeps every rule then, and the numbers are null"},
    "least": _MAYBE | {"description": "proven: not less than this"},
    "most": _MAYBE | {"description": "proven: not more than this"},
    "status": _STATUS,
    "value": _MAYBE | {"description": "V of the best plan on the other side"},
    "changes": _CHANGES | {"description": "from the best plan to that one"},
}
_PRICED = {"price": _MAYBE | {"description": "difference of V, never below 0"}} | _PRICE
_REGRET = _list(_object({"initiative": _TEXT, "regret": _MAYBE} | _PRICE))

EXPLAIN: dict[str, dict[str, Any]] = (
    _QUESTION
    | {"budget": _MAYBE | {"description": "money; null: no limit"}}
    | _CERTIFICATE
    | {
        "net": _MAYBE | {"description": NET},
        "plan": _PLAN,
        "attainment": _ATTAINMENT,
        "chance_of_target": {
            "type": "object",
            "description": "outcome id → P(target) under the best plan, by N draws",
            "additionalProperties": _MAYBE,
        },
        "reasons": _list(_TEXT, "the clashing rules in words when infeasible"),
        "clash": _RULES,
        "findings": _list(
            _object({"kind": _TEXT, "ids": _list(_TEXT), "sentence": _TEXT, "value": _MAYBE}),
            "what all of this says in words",
        ),
        "current": _CURRENT,
        "rules": _list(
            _object({"kind": _TEXT, "rules": _RULES} | _PRICED),
            "V gained if these rules did not count; kind “locks” is all locks together",
        ),
        "leave_out": _REGRET | {"description": "V lost when an initiative must get nothing"},
        "force_in": _REGRET | {"description": "V lost when an initiative must be funded in full"},
        "money": _or_null(
            _object(
                {
                    "step": _NUMBER,
                    "more": _object(_PRICED, description="V gained with so much more"),
                    "less": _object(_PRICED, description="V lost with so much less"),
                    "cut_first": _or_null(
                        _object({"status": _STATUS, "value": _MAYBE, "changes": _CHANGES}),
                        "the plan of about that value that moves least money from the best one",
                    ),
                }
            ),
            "the one-sided prices of money; null: no budget",
        ),
        "calm": _or_null(
            _object(
                {
                    "share": _NUMBER | {"description": "of the best value that may be given up"},
                    "value": _MAYBE,
                    "moved": _MAYBE | {"description": "money moved from the scenario's own plan"},
                    "least_moved": _MAYBE | {"description": "proven: not less than this"},
                    "moved_by_best": _MAYBE,
                    "plan": _PLAN,
                    "changes": _CHANGES | {"description": "from the scenario's own plan"},
                }
            ),
            "the plan nearest to the scenario's own within a share of the best value",
        ),
        "moves": _list(
            _object(
                {
                    "from": {"type": ["string", "null"], "description": "null: money that was left"},
                    "to": _TEXT,
                    "money": _NUMBER,
                    "gain": _NUMBER,
                    "plan": _PLAN,
                }
            ),
            "the best single moves from the scenario's own plan",
        ),
        "complete": _FLAG | {"description": "false: cut short; what is missing is empty or null"},
    }
)
