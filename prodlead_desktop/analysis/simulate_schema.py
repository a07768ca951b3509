"""What ``prodlead simulate --json`` prints, as JSON Schema; ``result_schema`` puts it beside the other results."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.analysis.schema_parts import (
    CERTIFICATE,
    MONEY,
    MOST,
    PLAN,
    TITLES,
    VALUE,
    VALUE_UNIT,
    attainment,
    flag,
    listing,
    maybe,
    maybe_text,
    number,
    one_of,
    or_null,
    record,
    text,
    whole,
)

_SE = "; null: it cannot be told, or the variance is not finite"
_MEANING = {
    "mean": "mean over the draws",
    "p10": "1 draw in 10 is below this number",
    "p50": "half of the draws are below this number",
    "p90": "9 draws in 10 are below this number",
    "cvar20": "mean of the worst 20 % of the draws",
}


def _summary(words: str, unit: str, *more: str, **first: Any) -> dict[str, Any]:
    names = ("mean", "p10", "p50", "p90", *more)
    errors = {name: maybe(f"standard error of {name}, {unit}{_SE}") for name in names}
    pairs = {name: _interval(f"95 % interval of {name}: its low and its high end", unit) for name in names}
    return record(
        first
        | {name: number(f"{_MEANING[name]}, {unit}") for name in names}
        | {
            "se": record(errors, "standard errors, what draws cannot see of long tails included"),
            "interval": record(pairs, "95 % intervals"),
        },
        words,
    )


def _interval(words: str, unit: str) -> dict[str, Any]:
    end = maybe(f"{unit}; null: no end can be told")
    return listing(end, words) | {"minItems": 2, "maxItems": 2}


_CHANCE = record(
    {
        "p": number("share of the draws, a probability 0 to 1"),
        "low": number("low end of Wilson's 95 % interval, a probability 0 to 1"),
        "high": number("high end of Wilson's 95 % interval, a probability 0 to 1"),
    },
    "a probability",
)
_QUARTER = {"quarter": whole("number of the quarter: 1 is the first after plan start")}
_FULL = "in the outcome's own unit, at full funding and if it works, positive towards the target"
_METRIC, _WAY = "in the outcome's own unit", "a share of the way from baseline to target"


def _quarters(words: str, unit: str) -> dict[str, Any]:
    return listing(_summary("percentiles at that quarter", unit, **_QUARTER), words)


_OUTCOME = record(
    {
        "improvement": _summary(
            "improvement since the baseline, in the outcome's own unit, positive towards the target", _METRIC
        ),
        "level": or_null(
            _summary(
                "the metric itself; percentiles of the number, so that P10 is the good end of a falling metric",
                _METRIC,
            ),
            "null: no baseline",
        ),
        "attainment": or_null(_summary("0 at the baseline, 1 at the target", _WAY), "null: no baseline or target"),
        "p_target": or_null(_CHANCE, "to be at the target or beyond it at the deadline; null: no target"),
        "p_threshold": or_null(
            _CHANCE, "to be at the threshold or beyond it at the deadline; null: none stated"
        ),
        "fan": _quarters(
            "the level at the end of every quarter of the horizon; empty without a baseline", _METRIC
        ),
    }
)  # fmt: skip
_WORLD = {
    "value": _summary("V; cvar20 is the mean of the worst 20 %", VALUE, "cvar20"),
    "npv": or_null(
        _summary("what objectives in money bring, less discounted costs", MONEY, "cvar20"),
        "null: V is in points",
    ),
    "p_all_targets": or_null(
        _CHANCE, "every target reached at its deadline; of outcomes that carry value, if any do; null: no targets"
    ),
    "outcomes": {
        "type": "object",
        "description": "by outcome id, at its deadline",
        "additionalProperties": _OUTCOME,
    },
    "cost": _summary("money of the whole plan", MONEY),
    "p_within_budget": or_null(
        _CHANCE, "that the plan costs no more than the budget; null: the scenario has none"
    ),
    "cash": _quarters("money by quarter from plan start", MONEY),
}  # fmt: skip
_END = record(
    {
        "input": number(
            "the input there: in the outcome's unit (effect), in quarters (delay), a factor on the cost (cost), or 0 "
            "or 1 (success, assumption)"
        ),
        "value": number(f"{VALUE}, of the plan with the input there and all others in the middle"),
        "best": maybe(f"{VALUE}, there of the best plan under the same rules; null: not asked or not found"),
        "plan": PLAN,
    }
)  # fmt: skip
_TORNADO = record(
    {
        "over": one_of(
            ("expected", "unchanged"), "V over all futures, or in the unchanged one where some have no probability"
        ),
        "value": number(f"{VALUE}, of the plan with every input at P50, chances as they are; nothing is drawn"),
        "best": maybe(f"{VALUE}, there of the best plan under the same rules; null: not asked or not found"),
        "best_plan": PLAN,
        "checked": whole("number of inputs for which the plan was re-optimised: the most promising"),
        "complete": flag("false: a time limit or the user cut the re-optimising short"),
        "inputs": listing(
            record(
                {
                    "kind": one_of(
                        ("effect", "success", "assumption", "delay", "cost"), "what is uncertain"
                    ),
                    "initiative": maybe_text("id of the initiative it belongs to; null: none"),
                    "outcome": maybe_text("id of the outcome of an effect; else null"),
                    "assumption": maybe_text("id of the assumption; else null"),
                    "low": _END | {"description": "at P10; success and assumption: it fails"},
                    "high": _END | {"description": "at P90; success and assumption: it works, it holds"},
                    "changes_decision": {
                        "type": ["boolean", "null"],
                        "description": "another plan than the best in the middle is better at an end; null: unknown",
                    },
                }
            ),
            "one at a time, the widest swing first",
        ),
    }
)  # fmt: skip
_OPTIMUM = record(
    CERTIFICATE
    | {
        "value": maybe(f"{VALUE}, of the best plan on mean effects, as prodlead solve says; null: no plan"),
        "bound": maybe(MOST),
        "plan": PLAN,
        "more": or_null(
            record(
                {
                    "mean": number(f"mean of the differences; {VALUE}"),
                    "se": maybe(f"their standard error; {VALUE}{_SE}"),
                    "interval": _interval("95 % interval of the mean: its low and its high end", VALUE),
                }
            ),
            "how much more V it brings than the scenario's plan, draw by draw on the same uniforms, below 0 where it "
            "keeps the wishes better; null: no plan",
        ),
    }
)

_EFFECT = record(
    {
        "id": text("its id in the file, or the one made for it"),
        "initiative": text("id of the initiative"),
        "outcome": text("id of the outcome"),
        "distribution": one_of(
            ("fixed", "metalog", "two-piece", "pert", "triangular"), "what its numbers were made into"
        ),
        "mean": number(f"its mean, {_FULL}"),
        "sd": maybe(f"its standard deviation, {_FULL}; null: it has none, its tail is too long"),
        "p10": number(f"1 chance in 10 that it is less, {_FULL}"),
        "p50": number(f"as likely more as less, {_FULL}"),
        "p90": number(f"9 chances in 10 that it is less, {_FULL}"),
    }
)

SIMULATE: dict[str, dict[str, Any]] = {
    "seed": whole("number that the draws follow from; the same seed gives the same numbers"),
    "N": whole("number of draws; the same uniforms for every plan, scenario and future"),
    "sampling": one_of(("latin hypercube", "independent"), "how the uniforms are drawn"),
    "N_by_quarter": whole("number of draws, the first so many, that stand behind fan and cash"),
    "status": one_of(("complete", "cancelled"), "cancelled: optimum or tornado are not finished"),
    "value": maybe(f"{VALUE}, mean over draws and futures; null when futures lack probabilities"),
    "value_unit": VALUE_UNIT,
    "bound": {"type": "null", "description": "nothing is optimised here"},
    "gap": {"type": "null", "description": "nothing is optimised here"},
    "cost": number(f"mean cost in the dearest future, {MONEY}"),
    "plan": PLAN | {"type": "object"},
    "titles": TITLES,
    "attainment": attainment("the mean over draws and futures; empty when futures lack probabilities"),
    "mixed": or_null(record(_WORLD), "over all futures by probability; null when some have none"),
    "futures": listing(
        record(
            {
                "id": maybe_text("its id; null: the unchanged one of a strategy without futures"),
                "name": text("its name"),
                "probability": maybe("its probability, 0 to 1; null: nobody has said it"),
            }
            | _WORLD
        ),
        "each future by itself",
    ),
    "effects": listing(_EFFECT, "every effect that counts, as a distribution before anything is drawn"),
    "optimum": or_null(
        _OPTIMUM, "the best plan under the same rules; null when futures lack probabilities, or stopped"
    ),
    "tornado": or_null(_TORNADO, "what moves V, and what would change the decision; null: stopped before"),
}
