"""Parts that the Schemas of results share: every number with its unit and what it means (model.md §1.1, §10)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

MONEY = "money in major units of the currency"
VALUE = "V: points 0–100, or money in major units of the currency (see value_unit)"
SHARE = "a share, 0 to 1"
GAP = (
    "|bound − value| / |value|, a share (0.01 = 1 %); null at value 0, or where there is no value or no bound"
)
NET = (
    f"value less cost, both discounted, {MONEY}: the mean over futures for expected, else the worst; below 0 the plan "
    "costs more than it brings; null for points"
)


def number(words: str) -> Schema:
    """A number that is always there."""
    return {"type": "number", "description": words}


def maybe(words: str) -> Schema:
    """A number or null."""
    return {"type": ["number", "null"], "description": words}


def whole(words: str) -> Schema:
    """A whole number."""
    return {"type": "integer", "description": words}


def text(words: str) -> Schema:
    """A text that is always there."""
    return {"type": "string", "description": words}


def maybe_text(words: str) -> Schema:
    """A text or null."""
    return {"type": ["string", "null"], "description": words}


def flag(words: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": words}


def one_of(values: tuple[str, ...], words: str) -> Schema:
    """One of some words."""
    return {"enum": list(values), "description": words}


def record(properties: dict[str, Schema], words: str = "", required: tuple[str, ...] | None = None) -> Schema:
    """An object with these properties and no others, all ``required`` unless said otherwise."""
    made = {"type": "object", "properties": properties, "additionalProperties": False}
    made |= {"required": list(properties if required is None else required)}
    return made | ({"description": words} if words else {})


def listing(items: Schema, words: str) -> Schema:
    """An array."""
    return {"type": "array", "items": items, "description": words}


def by_id(values: Schema, words: str) -> Schema:
    """An object from ids to values of one kind."""
    return {"type": "object", "additionalProperties": values, "description": words}


def or_null(schema: Schema, words: str) -> Schema:
    """Something, or null."""
    return {"description": words, "anyOf": [schema, {"type": "null"}]}


_LEVEL_OR_MONEY = f"level id, or {MONEY} where it is funded by amount, or null for nothing"
IDS = listing(text("an id of the file"), "ids of the rows it is about")
SENTENCE = text("one sentence for people, with its numbers")
TITLES = by_id(text("the title, as the file has it"), "id → title")
FUTURE = maybe_text("the id of the only future that counts; null: all")
VALUE_UNIT = text("the unit of value, bound and every difference of V: “points”, or the currency's code")
BUDGET = maybe(f"what may be spent, {MONEY}; null: no limit")
COST = f"what the plan costs in the dearest future, {MONEY}"
MOST = (
    f"{VALUE}; no plan can be better than this, of those that miss the wishes by no more (see missed); null: nothing "
    "is proven"
)
WAY = "a share of the way from baseline to target; 1 is all of it"
KEPT = "0 where it is kept, but for a millionth of the way, a ten-thousandth where an initiative is funded by amount"


def choice(words: str) -> Schema:
    """What an initiative gets."""
    return {"type": ["string", "number", "null"], "description": f"{words}: {_LEVEL_OR_MONEY}"}


PLAN: Schema = {
    "type": ["object", "null"],
    "description": f"initiative id → {_LEVEL_OR_MONEY}",
    "additionalProperties": choice("what the initiative gets"),
}
STATUS = one_of(
    ("optimal", "feasible", "infeasible", "cancelled"),
    "optimal: proven best, to the gap; feasible: best found, cut short; infeasible: no plan keeps every rule; "
    "cancelled: interrupted",
)
RULES = listing(
    record(
        {"rule": text("its name, such as “quarter 3”: the kind and a place, from 0"), "ids": IDS, "sentence": SENTENCE}
    ),
    "rules of the scenario",
)  # fmt: skip
CERTIFICATE: dict[str, Schema] = {
    "status": STATUS,
    "value": maybe(f"{VALUE}, by the exact model; null: no plan"),
    "bound": maybe(MOST),
    "gap": maybe(GAP),
    "cost": maybe(f"{COST}; null: no plan"),
    "missed": maybe(
        f"what the plan misses the scenario's wishes by, added up over them, {WAY}; the best plan is one that misses "
        "them least, and of those the most valuable; null: no wishes, or no plan"
    ),
    "least_missed": maybe(
        f"proven: no plan that keeps every rule misses them by less in all; {WAY}; null as missed"
    ),
}
WISH: dict[str, Schema] = {
    "id": text("id of the wish"),
    "outcome": text("id of its outcome"),
    "wished": number(f"wished attainment at the outcome's deadline, {WAY}"),
    "attainment": number(f"what the plan brings it to, as attainment says, {WAY}"),
    "missed": number(f"wished less attainment, {WAY}; {KEPT}"),
    "kept": flag("whether nothing of it is missed"),
}


def attainment(words: str) -> Schema:
    """How far outcomes come."""
    return by_id(
        maybe("attainment: 0 at the baseline, 1 at the target; null where either is unknown"),
        f"outcome id → attainment at its deadline, a share of the way from baseline to target: {words}",
    )
