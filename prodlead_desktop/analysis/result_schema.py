"""The JSON Schema of what the analysis commands print, beside that of strategies, so that scripts can rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prodlead_desktop.analysis.simulate_schema import SIMULATE
from prodlead_desktop.analysis.why_schema import EXPLAIN, FRONTIER, GAP, NET

if TYPE_CHECKING:
    from prodlead_desktop.analysis.problem import Unknown

_NUMBER = {"type": "number"}
_MAYBE = {"type": ["number", "null"]}
_UNNAMED: dict[str, Any] = {"type": ["string", "null"], "description": "null where no futures are told apart"}
_TEXT = {"type": "string"}
_UNKNOWNS = {
    "type": "array",
    "description": "what the computation leaves out because nobody has said it",
    "items": {
        "type": "object",
        "properties": {"ids": {"type": "array", "items": _TEXT}, "sentence": _TEXT},
        "required": ["ids", "sentence"],
    },
}

# Properties that every result has; each command adds its own with ``result``.
COMMON: dict[str, dict[str, Any]] = {
    "command": {"type": "string", "description": "solve, frontier, simulate or explain"},
    "scenario": {"type": "string", "description": "id of the scenario"},
    "scenario_name": _TEXT,
    "currency": {"type": "string", "description": "ISO 4217; all money is in its major units"},
    "inputs_hash": {
        "type": "string",
        "description": "changes exactly when a number or an id of the problem changes",
    },
    "seed": {"type": ["integer", "null"], "description": "null: nothing was drawn"},
    "N": {"type": "integer", "description": "number of draws; 0: mean effects, nothing was drawn"},
    "unknowns": _UNKNOWNS,
    "assumed": _UNKNOWNS | {"description": "taken as the format's defaults say, where that is worth knowing"},
}

SOLVE: dict[str, dict[str, Any]] = {
    "objective": {"enum": ["expected", "maximin", "regret"]},
    "sense": {
        "enum": ["maximise", "minimise"],
        "description": "minimise: value is the most the largest regret can be, bound is below",
    },
    "future": {"type": ["string", "null"], "description": "the only future that counts; null: all"},
    "budget": _MAYBE | {"description": "money; null: no limit"},
    "status": {"enum": ["optimal", "feasible", "infeasible", "cancelled"]},
    "value": _MAYBE | {"description": "V of the plan by the exact model: 0–100 points, or money (see value_unit)"},
    "value_unit": {"type": "string", "description": "points, or the currency"},
    "bound": _MAYBE | {"description": "no plan can be better than this"},
    "gap": _MAYBE | {"description": GAP},
    "cost": _MAYBE | {"description": "money, in the dearest future"},
    "net": _MAYBE | {"description": NET},
    "plan": {
        "type": ["object", "null"],
        "description": "initiative id → level id, or money where it is funded by amount, or null for nothing",
        "additionalProperties": {"type": ["string", "number", "null"]},
    },
    "titles": {"type": "object", "description": "id → title", "additionalProperties": _TEXT},
    "attainment": {
        "type": "object",
        "description": "outcome id → attainment at its deadline (1 = target): the mean over futures for expected, "
        "else the worst; null where baseline or target is unknown",
        "additionalProperties": _MAYBE,
    },
    "futures": {
        "type": "array",
        "description": "value: V of the plan in each future; with objective regret also the best V there of who knew "
        "the future, as solve --future says (costs of other futures do not count against it): best has been met, "
        "best_bound is proven not to be exceeded, so best is proven to their distance; regrets are against "
        "best_bound",
        "items": {
            "type": "object",
            "properties": {"id": _UNNAMED, "name": _UNNAMED}
            | dict.fromkeys(("value", "best", "best_bound"), _NUMBER),
            "required": ["id", "name"],
            "additionalProperties": False,
        },
    },
    "reasons": {"type": "array", "items": _TEXT, "description": "the clashing rules in words when infeasible"},
    "clash": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"rule": _TEXT, "ids": {"type": "array", "items": _TEXT}, "sentence": _TEXT},
            "required": ["rule", "ids", "sentence"],
        },
    },
    "seconds": _NUMBER,
    "applied": {
        "type": ["object", "null"],
        "description": "the scenario that was added",
        "properties": {"id": _TEXT, "name": _TEXT},
    },
}  # fmt: skip


def result(command: str, own: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema (draft 2020-12) of one command's result: what all have, and its ``own`` properties, all required."""
    properties = COMMON | {"command": {"const": command}} | own
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:prodlead:result:{command}:1",
        "title": f"Result of prodlead {command}",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(unknowns: tuple[Unknown, ...]) -> list[dict[str, Any]]:
    """Unknowns as every result lists them."""
    return [{"ids": list(row.ids), "sentence": row.sentence} for row in unknowns]


SCHEMAS = {
    "solve": result("solve", SOLVE),
    "frontier": result("frontier", FRONTIER),
    "simulate": result("simulate", SIMULATE),
    "explain": result("explain", EXPLAIN),
}
