"""What ``prodlead simulate --json`` prints, as JSON Schema; ``result_schema`` puts it beside the other results."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.analysis.why_schema import GAP

_NUMBER: dict[str, Any] = {"type": "number"}
_MAYBE: dict[str, Any] = {"type": ["number", "null"]}
_TEXT: dict[str, Any] = {"type": "string"}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)} | more


def _or_null(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"description": words, "anyOf": [schema, {"type": "null"}]}


def _summary(words: str, *more: str, **first: Any) -> dict[str, Any]:
    names = ("mean", "p10", "p50", "p90", *more)
    errors = dict.fromkeys(names, _MAYBE)
    pairs = {name: {"type": "array", "items": _MAYBE, "minItems": 2, "maxItems": 2} for name in names}
    return _object(
        first
        | dict.fromkeys(names, _NUMBER)
        | {
            "se": _object(
                errors,
                description="standard errors, what draws cannot see of long tails included; null: no finite variance",
            ),
            "interval": _object(pairs, description="95 % intervals; null: no end can be told"),
        },
        description=words,
    )


_CHANCE = _object(
    {"p": _NUMBER, "low": _NUMBER, "high": _NUMBER}, description="a probability, Wilson's 95 % interval"
)
_QUARTER = {"quarter": {"type": "integer", "description": "1 = the first after plan start"}}


def _quarters(words: str) -> dict[str, Any]:
    return {
        "type": "array",
        "description": words,
        "items": _summary("percentiles at that quarter", **_QUARTER),
    }


_OUTCOME = _object(
    {
        "improvement": _summary(
            "improvement since the baseline, in the metric's unit, positive towards the target"
        ),
        "level": _or_null(
            _summary(
                "the metric itself; percentiles of the number, so that P10 is the good end of a falling metric"
            ),
            "null: no baseline",
        ),
        "attainment": _or_null(_summary("0 at the baseline, 1 at the target"), "null: no baseline or target"),
        "p_target": _or_null(_CHANCE, "to be at the target or beyond it at the deadline"),
        "p_threshold": _or_null(
            _CHANCE, "to be at the threshold or beyond it at the deadline; null: none stated"
        ),
        "fan": _quarters("the level at the end of every quarter of the horizon; empty without a baseline"),
    }
)
_WORLD = {
    "value": _summary(
        "V: points 0–100, or money (see value_unit); cvar20 is the mean of the worst 20 %", "cvar20"
    ),
    "npv": _or_null(
        _summary("money: what objectives in money bring, less discounted costs", "cvar20"),
        "null: V is in points",
    ),
    "p_all_targets": _or_null(
        _CHANCE, "every target reached at its deadline; of outcomes that carry value, if any do"
    ),
    "outcomes": {
        "type": "object",
        "description": "by outcome id, at its deadline",
        "additionalProperties": _OUTCOME,
    },
    "cost": _summary("money of the whole plan"),
    "p_within_budget": _or_null(_CHANCE, "null: the scenario has no budget"),
    "cash": _quarters("money by quarter from plan start"),
}
_ID: dict[str, Any] = {"type": ["string", "null"]}
_PLAN: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "initiative id → level id, or money where it is funded by amount, or null for nothing",
    "additionalProperties": {"type": ["string", "number", "null"]},
}
_END = _object(
    {
        "input": _NUMBER
        | {"description": "in the outcome's unit, in quarters of delay, as factor on the cost, or 0 or 1"},
        "value": _NUMBER | {"description": "V of the plan with the input there and all others in the middle"},
        "best": _MAYBE
        | {"description": "V there of the best plan under the same rules; null: not asked or not found"},
        "plan": _PLAN,
    }
)
_TORNADO = _object(
    {
        "over": {
            "enum": ["expected", "unchanged"],
            "description": "V over all futures, or in the unchanged one where some have no probability",
        },
        "value": _NUMBER
        | {"description": "V of the plan with every input at P50, chances as they are; nothing is drawn"},
        "best": _MAYBE
        | {"description": "V there of the best plan under the same rules; null: not asked or not found"},
        "best_plan": _PLAN,
        "checked": {
            "type": "integer",
            "description": "inputs for which the plan was re-optimised: the most promising",
        },
        "complete": {
            "type": "boolean",
            "description": "false: a time limit or the user cut the re-optimising short",
        },
        "inputs": {
            "type": "array",
            "description": "one at a time, the widest swing first",
            "items": _object(
                {
                    "kind": {"enum": ["effect", "success", "assumption", "delay", "cost"]},
                    "initiative": _ID,
                    "outcome": _ID,
                    "assumption": _ID,
                    "low": _END | {"description": "at P10; success and assumption: it fails"},
                    "high": _END | {"description": "at P90; success and assumption: it works, it holds"},
                    "changes_decision": {
                        "type": ["boolean", "null"],
                        "description": "another plan than the best in the middle is better at an end; null: unknown",
                    },
                }
            ),
        },
    }
)
_OPTIMUM = _object(
    {
        "status": {"enum": ["optimal", "feasible", "infeasible", "cancelled"]},
        "value": _MAYBE | {"description": "V of the best plan on mean effects, as prodlead solve says"},
        "bound": _MAYBE,
        "gap": _MAYBE | {"description": GAP},
        "cost": _MAYBE,
        "plan": _PLAN,
        "more": _or_null(
            _object({"mean": _NUMBER, "se": _MAYBE, "interval": {"type": "array", "items": _MAYBE}}),
            "how much more V it brings than the scenario's plan, draw by draw on the same uniforms",
        ),
    }
)

SIMULATE: dict[str, dict[str, Any]] = {
    "seed": {"type": "integer"},
    "N": {"type": "integer", "description": "draws; the same uniforms for every plan, scenario and future"},
    "sampling": {"enum": ["latin hypercube", "independent"]},
    "N_by_quarter": {"type": "integer", "description": "the first so many draws stand behind fan and cash"},
    "status": {
        "enum": ["complete", "cancelled"],
        "description": "cancelled: optimum or tornado are not finished",
    },
    "value": _MAYBE
    | {"description": "mean of V over draws and futures; null when futures lack probabilities"},
    "value_unit": {"type": "string", "description": "points, or the currency"},
    "bound": {"type": "null", "description": "nothing is optimised here"},
    "gap": {"type": "null", "description": "nothing is optimised here"},
    "cost": _NUMBER | {"description": "mean cost in the dearest future, money"},
    "plan": _PLAN | {"type": "object"},
    "titles": {"type": "object", "description": "id → title", "additionalProperties": _TEXT},
    "attainment": {
        "type": "object",
        "description": "outcome id → mean attainment at its deadline over draws and futures; null where unknown",
        "additionalProperties": _MAYBE,
    },
    "mixed": _or_null(_object(_WORLD), "over all futures by probability; null when some have none"),
    "futures": {
        "type": "array",
        "items": _object(
            {"id": {"type": ["string", "null"]}, "name": _TEXT, "probability": _MAYBE} | _WORLD,
            description="one future; id null: the unchanged one of a strategy without futures",
        ),
    },
    "optimum": _or_null(
        _OPTIMUM, "the best plan under the same rules; null when futures lack probabilities, or stopped"
    ),
    "tornado": _or_null(_TORNADO, "what moves V, and what would change the decision; null: stopped before"),
}
