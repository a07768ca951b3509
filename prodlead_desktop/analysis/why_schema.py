"""The properties of what `frontier` and `explain` print as JSON, beside those of `solve`."""

from __future__ import annotations

from typing import Any

from prodlead_desktop.analysis.schema_parts import (
    BUDGET,
    CERTIFICATE,
    COST,
    FUTURE,
    IDS,
    MONEY,
    NET,
    PLAN,
    RULES,
    SENTENCE,
    SHARE,
    STATUS,
    TITLES,
    VALUE,
    VALUE_UNIT,
    WAY,
    WISH,
    attainment,
    by_id,
    choice,
    flag,
    listing,
    maybe,
    maybe_text,
    number,
    one_of,
    or_null,
    record,
    text,
)

_ATTAINMENT = attainment("the mean over futures for expected, else the worst")
_CHANGES = listing(
    record(
        {
            "initiative": text("its id"),
            "what": one_of(("added", "dropped", "upgraded", "downgraded"), "what happens to its funding"),
            "before": choice("what it gets before"),
            "after": choice("what it gets after"),
            "money": number(f"how much more it gets, {MONEY}; negative: less"),
        }
    ),
    "initiatives that get something else",
)
_CURRENT = or_null(
    record(
        {
            "value": number(f"{VALUE}, of the scenario's own plan"),
            "cost": number(COST),
            "missed": maybe(f"what it misses the wishes by, added up over them, {WAY}; null: no wishes"),
            "plan": PLAN,
            "broken": RULES | {"description": "rules that the scenario's own plan breaks"},
            "same_money": record(
                CERTIFICATE
                | {
                    "gain": maybe(
                        "how much more than the scenario's own plan it is worth, below 0 where it keeps the wishes "
                        f"better; {VALUE}"
                    ),
                    "plan": PLAN,
                },
                "the best plan for the same money",
            ),
            "same_value": or_null(
                record(
                    {
                        "status": STATUS,
                        "value": number(f"{VALUE}, of the cheapest plan"),
                        "cost": number(f"what it spends at unchanged costs, {MONEY}"),
                        "least_cost": number(f"proven: no plan of that value spends less, {MONEY}"),
                        "saving": number(f"how much less than the scenario's own plan that is, {MONEY}"),
                        "plan": PLAN,
                    }
                ),
                "the cheapest plan of the same value that misses the wishes by no more, whatever the budget; null: "
                "none keeps every other rule",
            ),
        }
    ),
    "the scenario's own plan and its distance to the frontier; null: not worked out",
)  # fmt: skip
_QUESTION: dict[str, dict[str, Any]] = {
    "objective": one_of(("expected", "maximin"), "V is the mean over futures by probability, or the worst"),
    "future": FUTURE,
    "value_unit": VALUE_UNIT,
    "titles": TITLES,
}

FRONTIER: dict[str, dict[str, Any]] = _QUESTION | {
    "points": listing(
        record(
            {"budget": number(f"what may be spent, {MONEY}")}
            | CERTIFICATE
            | {
                "plan": PLAN,
                "changes": _CHANGES | {"description": "from the plan of the point before"},
                "attainment": _ATTAINMENT,
                "on_grid": flag(
                    "found by dynamic programming on a grid of money; never where there are wishes"
                ),
                "wishes": listing(record(WISH), "the scenario's wishes and what the plan makes of them"),
            }
        ),
        "by budget, the smallest first; value is null where no plan keeps every rule, and may fall where more money "
        "keeps a wish",
    ),
    "knee": maybe(
        f"the budget of the point farthest above the line from first to last, {MONEY}; null: none is above it"
    ),
    "reasons": listing(SENTENCE, "the clashing rules in words when no budget has a plan, at the largest"),
    "clash": RULES | {"description": "rules that cannot all be kept: any one of them less, and the rest can"},
    "current": _CURRENT,
}

_PRICE: dict[str, Any] = {
    "possible": flag("false: no plan keeps every rule then, and the numbers are null"),
    "least": maybe(f"a difference of {VALUE}; proven: not less than this"),
    "most": maybe(f"a difference of {VALUE}; proven: not more than this"),
    "status": STATUS,
    "value": maybe(f"{VALUE}, of the best plan on the other side"),
    "changes": _CHANGES | {"description": "from the best plan to that one"},
}
_PRICED = {"price": maybe(f"the difference of V between the two best plans, never below 0; {VALUE}")} | _PRICE


def _regrets(words: str) -> dict[str, Any]:
    found = {"initiative": text("its id"), "regret": maybe(f"{words}, never below 0; {VALUE}")}
    return listing(record(found | _PRICE), words)


_MONEY_PRICE = record(
    {
        "step": number(f"how much more or less is asked about, {MONEY}"),
        "more": record(
            _PRICED, "V gained with so much more, where the wishes are missed by no more in all than now"
        ),
        "missed_with_more": maybe(
            f"the least found that the wishes are missed by with so much more, added up over them, {WAY}; null: they "
            "are kept now, or not worked out"
        ),
        "less": record(_PRICED, "V lost with so much less"),
        "cut_first": or_null(
            record({"status": STATUS, "value": maybe(f"{VALUE}, of that plan"), "changes": _CHANGES}),
            "what to cut first: of the plans within the share of calm of the best value there, the one that moves "
            "least money from the best plan; null: none, or not worked out",
        ),
    }
)
_CALM = record(
    {
        "share": number(f"of the best value that may be given up; {SHARE}"),
        "value": maybe(f"{VALUE}, of the calm plan"),
        "moved": maybe(f"what moves from the scenario's own plan, Σ|difference| over initiatives, {MONEY}"),
        "least_moved": maybe(f"proven: no plan of that value moves less, {MONEY}"),
        "moved_by_best": maybe(f"what the best plan itself moves, {MONEY}"),
        "plan": PLAN,
        "changes": _CHANGES | {"description": "from the scenario's own plan"},
    }
)
_FINDING = record(
    {
        "kind": text(
            "such as loss, wish, rule, move, broken, same money, same value, leave out, force in, more money, less "
            "money, calm, hope, counted twice, cascade or clash"
        ),
        "ids": IDS,
        "sentence": SENTENCE,
        "value": maybe(f"the V gained or lost that it speaks of; {VALUE}; null: it speaks of none"),
    }
)  # fmt: skip
_MOVE = record(
    {
        "from": maybe_text("id of the initiative that gives; null: money that was left"),
        "to": text("id of the initiative that takes"),
        "money": number(f"how much moves, {MONEY}"),
        "gain": number(f"how much V that adds; {VALUE}"),
        "plan": PLAN,
    }
)

_WISH_REASONS: dict[str, Any] = {
    "price": or_null(
        record(_PRICED),
        "V gained if it did not count and the others were missed by no more; null: not worked out",
    ),
    "missed_alone": maybe(
        f"what it is missed by where it is the only wish, {WAY}; null: kept, or not worked out"
    ),
    "least_missed_alone": maybe(
        f"proven: no plan that keeps every rule misses it by less, {WAY}; null as missed_alone"
    ),
    "money": or_null(
        record(
            {
                "status": STATUS,
                "cost": maybe(
                    "the least budget found with which it is kept, in every future and whatever the other wishes, "
                    + MONEY
                ),
                "least_cost": maybe(
                    f"proven: no smaller budget is enough, {MONEY}; null: none is, however large"
                ),
                "plan": PLAN,
            }
        ),
        "the budget it takes to keep a wish that the rules do not allow; shares of the budget are shares of it; null: "
        "they do, no budget, or not worked out",
    ),
    "helps": listing(
        record(
            {
                "kind": text("of the first of the rules, or “locks” for all locks together"),
                "missed": number(f"what it is then missed by where it is the only wish, {WAY}"),
                "rules": RULES,
            }
        ),
        "rules without which it comes further, the best first",
    ),
}

EXPLAIN: dict[str, dict[str, Any]] = (
    _QUESTION
    | {"budget": BUDGET}
    | CERTIFICATE
    | {
        "net": maybe(NET),
        "plan": PLAN,
        "attainment": _ATTAINMENT,
        "wishes": listing(
            record(WISH | _WISH_REASONS),
            "the scenario's wishes, what the best plan makes of them, what they cost and what would keep them; "
            "wherever else this compares best plans, the other one misses the wishes by no more in all than this one",
        ),
        "wishes_together": or_null(
            record(_PRICED), "V gained if no wish counted; null: fewer than two of them, or not worked out"
        ),
        "chance_of_target": by_id(
            maybe("probability 0 to 1 to be at the target or beyond it at the deadline; null: no target, or unknown"),
            "outcome id → P(target) under the best plan, by N draws: over all futures by probability, else in the "
            "worst",
        ),
        "coverage": by_id(
            number("a share of the way from baseline to target: 1 = just enough; below 0.8 thin, above 1.5 padded"),
            "outcome id → what those below it add when each is at its target, Σ k·|target − baseline| over its own; "
            "only where every number is known",
        ),
        "total_effects": by_id(
            by_id(
                number("its improvement, in the outcome's own unit, per unit of the other's, over all ways; no lags"),
                "id of an outcome that adds to it → what one unit of that is worth to it",
            ),
            "outcome id → outcomes that add to it, directly or through others (K of model.md §2.3)",
        ),
        "reasons": listing(SENTENCE, "the clashing rules in words when infeasible"),
        "clash": RULES | {"description": "rules that cannot all be kept: any one of them less, and the rest can"},
        "findings": listing(_FINDING, "what all of this says in words, the most telling first"),
        "current": _CURRENT,
        "rules": listing(
            record({"kind": text("of the first of them, or “locks” for all locks together"), "rules": RULES} | _PRICED),
            "what each rule costs: V gained if it did not count",
        ),
        "leave_out": _regrets("V lost when the initiative must get nothing"),
        "force_in": _regrets("V lost when the initiative must be funded in full"),
        "money": or_null(_MONEY_PRICE, "the one-sided prices of money; null: no budget, or not worked out"),
        "calm": or_null(
            _CALM, "the plan nearest to the scenario's own within a share of the best value; null: not worked out"
        ),
        "moves": listing(_MOVE, "the best single moves from the scenario's own plan"),
        "complete": flag("false: cut short; what is missing is empty, null or “cancelled”"),
    }
)  # fmt: skip
