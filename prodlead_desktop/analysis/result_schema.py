"""The JSON Schema of what the analysis commands print, beside that of strategies, so that scripts can rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prodlead_desktop.analysis.schema_parts import (
    BUDGET,
    CERTIFICATE,
    COST,
    FUTURE,
    GAP,
    IDS,
    MOST,
    NET,
    PLAN,
    RULES,
    SENTENCE,
    TITLES,
    VALUE,
    VALUE_UNIT,
    WISH,
    attainment,
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
from prodlead_desktop.analysis.simulate_schema import SIMULATE
from prodlead_desktop.analysis.why_schema import EXPLAIN, FRONTIER

if TYPE_CHECKING:
    from prodlead_desktop.analysis.problem import Unknown


def _remarks(words: str) -> dict[str, Any]:
    return listing(record({"ids": IDS, "sentence": SENTENCE}), words)


# Properties that every result has; each command adds its own with ``result``.
COMMON: dict[str, dict[str, Any]] = {
    "command": text("solve, frontier, simulate or explain"),
    "scenario": text("id of the scenario"),
    "scenario_name": text("its name"),
    "currency": text("ISO 4217 code; all money is in its major units"),
    "inputs_hash": text("changes exactly when a number or an id of the problem changes"),
    "seed": {
        "type": ["integer", "null"],
        "description": "number that the draws follow from; null: nothing was drawn",
    },
    "N": whole("number of draws; 0: mean effects, nothing was drawn"),
    "unknowns": _remarks("what the computation leaves out because nobody has said it"),
    "assumed": _remarks("taken as the format's defaults say, where that is worth knowing"),
}

_FUTURES = (
    "each future that counts; with objective regret, the best there is that of who knew the future, as solve --future "
    "says (costs of other futures do not count against it) of a scenario without wishes, and regrets are against "
    "best_bound"
)
SOLVE: dict[str, dict[str, Any]] = {
    "objective": one_of(
        ("expected", "maximin", "regret"), "V is the mean over futures by probability, the worst, or the largest regret"
    ),
    "sense": one_of(
        ("maximise", "minimise"), "minimise: value is the most the largest regret can be, bound is below"
    ),
    "future": FUTURE,
    "budget": BUDGET,
    **CERTIFICATE,
    "value": maybe(f"{VALUE}, of the plan by the exact model; of regret the largest; null: no plan"),
    "value_unit": VALUE_UNIT,
    "bound": maybe(MOST),
    "gap": maybe(GAP),
    "cost": maybe(f"{COST}; null: no plan"),
    "net": maybe(NET),
    "plan": PLAN,
    "titles": TITLES,
    "attainment": attainment("the mean over futures for expected, else the worst"),
    "wishes": listing(record(WISH), "the scenario's wishes and what the plan makes of them; empty without a plan"),
    "futures": listing(
        record(
            {
                "id": maybe_text("its id; null where no futures are told apart"),
                "name": maybe_text("its name; null where no futures are told apart"),
                "value": number(f"{VALUE}, of the plan in that future"),
                "best": number(f"{VALUE}, of the best plan met for that future alone; only with objective regret"),
                "best_bound": number(
                    f"{VALUE}; proven: no plan exceeds it there, so best is proven to their distance; only with "
                    "objective regret"
                ),
            },
            required=("id", "name"),
        ),
        _FUTURES,
    ),
    "reasons": listing(SENTENCE, "the clashing rules in words when infeasible"),
    "clash": RULES | {"description": "rules that cannot all be kept: any one of them less, and the rest can"},
    "seconds": number("how long it took, in seconds"),
    "applied": or_null(
        record({"id": text("its id"), "name": text("its name")}),
        "the scenario that was added; null: none was asked for, or there is no plan",
    ),
}  # fmt: skip


def result(command: str, own: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema (draft 2020-12) of one command's result: what all have, and its ``own`` properties, all required."""
    properties = COMMON | {"command": {"const": command, "description": "the command that answered"}} | own
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:prodlead:result:{command}:1",
        "title": f"Result of prodlead {command}",
        **record(properties),
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
