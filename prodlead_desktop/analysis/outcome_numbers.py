"""Outcomes, contributions and effects of a strategy as numbers, with the defaults of model.md §1.1 and §3.3."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from prodlead_desktop.analysis import timing, units
from prodlead_desktop.analysis.distributions import (
    Distribution,
    Fixed,
    between,
    caution,
    from_percentiles,
    pert_around,
)
from prodlead_desktop.analysis.problem import INFINITE, Contribution, Effect, Outcome, Overlap, ValueMode
from prodlead_desktop.analysis.remarks import Remarks
from prodlead_desktop.domain import effects as stated
from prodlead_desktop.domain import entities, tree
from prodlead_desktop.domain.contributions import cycle_through
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput


def outcomes(strategy: Strategy, remarks: Remarks) -> tuple[Outcome, ...]:
    """Every outcome by id, weights included. BadInput for numbers that contradict each other (rule R06)."""
    start = strategy.header.plan_start
    found = []
    for node in sorted(strategy.all(Node).values(), key=lambda row: row.id):
        if isinstance(node.data, OutcomeData):
            found.append(_outcome(node, node.data, start, remarks))
    swings = {row.id: _swing(strategy, row.id) for row in found if row.mode == "weight"}
    total = sum(swings.values())
    return tuple(
        replace(row, weight=swings[row.id] / total) if row.mode == "weight" and total > 0.0 else row
        for row in found
    )


def _swing(strategy: Strategy, outcome: str) -> float:
    data = strategy.get(Node, outcome).data
    return (data.swing or 0.0) if isinstance(data, OutcomeData) else 0.0


def _outcome(node: Node, data: OutcomeData, start: datetime.date | None, remarks: Remarks) -> Outcome:
    limit, direction = _limit_and_direction(node, data)
    deadline = INFINITE
    if data.deadline is not None and start is not None:
        deadline = timing.quarters_between(start, data.deadline, data.deadline_precision)
        if deadline <= 0.0:
            remarks.unknown(
                f"The deadline of “{node.title}” lies before the plan starts, so that nothing can move it by then.",
                node.id,
            )
    elif data.deadline is not None:
        remarks.assumed(
            f"The plan has no start, so that the deadline of “{node.title}” does not count: its effects are there in "
            "full.",
            node.id,
        )
    if data.formula:
        remarks.unknown(
            f"The formula of “{node.title}” is not computed; contributions k count instead.", node.id
        )
    mode = _mode(node, data, remarks)
    return Outcome(
        id=node.id,
        title=node.title,
        unit=data.unit or "",
        baseline=data.baseline,
        target=data.target,
        limit=limit,
        direction=direction,
        deadline=deadline,
        threshold=_threshold(node, data, limit, direction, remarks),
        threshold_share=data.threshold_share or 0.0,
        over_delivery=data.over_delivery or 0.0,
        overlap=_overlap(node, data, limit, remarks),
        mode=mode,
        weight=0.0,
        money_per_unit=float(data.money_per_unit or 0) if mode == "money" else 0.0,
    )


def _limit_and_direction(node: Node, data: OutcomeData) -> tuple[float | None, int]:
    """L and σ: stated, else 0 for a falling metric and 0 or 100 for % where baseline and target lie within (§1.1)."""
    base, target, limit = data.baseline, data.target, data.limit
    if base is None:
        return limit, 1 if target is None or limit is None or target <= limit else -1
    aim = target if target is not None and target != base else limit
    direction = -1 if aim is not None and aim < base else 1
    if limit is not None:
        if direction * (limit - base) <= 0.0:
            raise BadInput(
                f"The natural limit {number(limit)} of “{node.title}” is not beyond its baseline {number(base)}.",
                "The limit is the best value the metric can ever take.",
            )
        if target is not None and direction * (limit - target) < 0.0:
            raise BadInput(
                f"The target {number(target)} of “{node.title}” lies beyond its natural limit {number(limit)}."
            )
        return limit, direction
    if target is not None and direction < 0 and 0.0 <= target < base:
        return 0.0, direction
    rises_in_percent = direction > 0 and units.parse(data.unit).is_percent
    return (100.0 if target is not None and rises_in_percent and base < target <= 100.0 else None), direction


def _mode(node: Node, data: OutcomeData, remarks: Remarks) -> ValueMode:
    mode = data.value_mode
    if mode is None:
        mode = "weight" if data.swing is not None else "money" if data.money_per_unit is not None else "none"
    if mode == "weight":
        if data.swing is None:
            remarks.unknown(f"“{node.title}” has no swing, so it carries no points.", node.id)
            return "none"
        missing = [
            word for word, value in (("baseline", data.baseline), ("target", data.target)) if value is None
        ]
        if missing:
            remarks.unknown(f"“{node.title}” carries no points: {' and '.join(missing)} unknown.", node.id)
            return "none"
        if data.target == data.baseline:
            raise BadInput(
                f"“{node.title}” carries value, but its target is its baseline ({number(data.target or 0.0)}).",
                "Say what it should become.",
            )
        return "weight"
    if mode == "money" and data.money_per_unit is None:
        remarks.unknown(
            f"Nobody has said what a unit of “{node.title}” is worth; it carries no money.", node.id
        )
        return "none"
    return "money" if mode == "money" else "none"


def _threshold(
    node: Node, data: OutcomeData, limit: float | None, direction: int, remarks: Remarks
) -> float | None:
    found = data.threshold
    if found is None and data.threshold_share:
        if data.target is None:
            return None
        found = data.target
        remarks.assumed(f"The threshold of “{node.title}” is its target {number(found)}.", node.id)
    told = data.baseline is not None or data.target not in (None, limit)  # which way is better
    if found is not None and limit is not None and told and direction * (limit - found) < 0.0:
        raise BadInput(
            f"The threshold {number(found)} of “{node.title}” lies beyond its natural limit {number(limit)}."
        )
    base, known = data.baseline, limit is not None or data.target not in (None, data.baseline)
    if (
        data.threshold is not None
        and base is not None
        and known
        and direction * (data.threshold - base) <= 0.0
    ):
        where = (
            "is its baseline"
            if data.threshold == base
            else f"lies on the wrong side of its baseline {number(base)}"
        )
        raise BadInput(
            f"The threshold {number(data.threshold)} of “{node.title}” {where}: "
            "it would be reached before anything is done.",
            f"Give a threshold {'above' if direction > 0 else 'below'} {number(base)}, or leave it out.",
        )
    return found


def _overlap(node: Node, data: OutcomeData, limit: float | None, remarks: Remarks) -> Overlap:
    room = limit is not None and data.baseline is not None
    if data.overlap == "sum" or data.overlap == "max":
        return "sum" if data.overlap == "sum" else "max"
    if data.overlap == "headroom" and not room:
        remarks.unknown(
            f"“{node.title}” shares its headroom, but its natural limit is unknown; effects are added.",
            node.id,
        )
    return "headroom" if room else "sum"


def contributions(strategy: Strategy, index: Mapping[str, int], remarks: Remarks) -> tuple[Contribution, ...]:
    """The tree's own lines and the links with a known k, by source and target. BadInput when they form a cycle."""
    cycle = cycle_through(strategy)
    if cycle:
        names = " → ".join(f"“{strategy.get(Node, node_id).title}”" for node_id in cycle)
        raise BadInput(f"These outcomes would contribute to themselves: {names}.")
    rows: list[tuple[str, str, str, float | None, float | None]] = []
    for node_id in index:
        data, parent = strategy.get(Node, node_id).data, tree.outcome_above(strategy, node_id)
        if parent is not None and isinstance(data, OutcomeData):
            rows.append((node_id, parent.id, node_id, data.contribution, data.lag))
    rows += [
        (link.source, link.target, link.id, link.contribution, link.lag)
        for link in strategy.ordered(entities.Link)
    ]
    found = []
    for source, target, row_id, k, lag in sorted(rows, key=lambda row: row[:3]):
        if k is None:
            below, above = (strategy.get(Node, node_id).title for node_id in (source, target))
            remarks.unknown(f"Nobody has said how much “{below}” adds to “{above}”.", row_id)
        elif k != 0.0:
            found.append(Contribution(index[source], index[target], k, lag or 0.0))
    return tuple(found)


def effects(
    strategy: Strategy, initiatives: Mapping[str, int], rows: tuple[Outcome, ...], remarks: Remarks
) -> tuple[Effect, ...]:
    """Every effect with numbers, by id; only P50 is a fixed number. BadInput for percentiles that cannot be."""
    index = {outcome.id: o for o, outcome in enumerate(rows)}
    found = []
    for row in sorted(strategy.all(entities.Effect).values(), key=lambda row: row.id):
        outcome = rows[index[row.outcome]]
        name = f"“{strategy.get(Node, row.initiative).title}” on “{outcome.title}”"
        spread = _spread(row, outcome, name, remarks)
        if spread is not None:
            try:
                mean = spread.mean()
            except BadInput as error:
                raise BadInput(f"{name}: {error.sentence}", error.hint) from None
            found.append(Effect(row.id, initiatives[row.initiative], index[row.outcome], spread, mean))
    return tuple(found)


def _spread(row: entities.Effect, outcome: Outcome, name: str, remarks: Remarks) -> Distribution | None:
    if stated.is_between(row):
        return _least_to_most(row, outcome, name, remarks)
    if row.p50 is None:
        remarks.unknown(f"The effect of {name} has no {'P50' if row.p10 or row.p90 else 'numbers'}.", row.id)
        return None
    if row.p10 is None and row.p90 is None and (row.low is not None or row.high is not None):
        return _between(row, row.p50, outcome, name, remarks)
    if row.p10 is None or row.p90 is None:
        if row.p10 is not None or row.p90 is not None:
            word = "P10" if row.p10 is None else "P90"
            remarks.unknown(f"The effect of {name} has no {word}; its P50 counts as certain.", row.id)
        _possible(row.p50, outcome, name)
        return Fixed(row.p50)
    room = outcome.headroom
    low = row.low if row.low is not None else 0.0 if row.p10 > 0.0 else None
    high = min(room, row.high if row.high is not None else INFINITE)
    _possible(row.p90 if row.p10 != row.p90 else row.p50, outcome, name)
    if row.p10 == row.p50 == row.p90:
        return Fixed(row.p50)
    try:
        spread = from_percentiles(row.p10, row.p50, row.p90, low, high if high < INFINITE else None)
    except BadInput as error:
        raise BadInput(f"{name}: {error.sentence}", error.hint) from None
    warning = caution(spread)
    if warning:
        remarks.assumed(f"{name}: {warning}", row.id)
    return spread


def _least_to_most(
    row: entities.Effect, outcome: Outcome, name: str, remarks: Remarks
) -> Distribution | None:
    """PERT or triangular; without one of its three numbers nobody knows the effect, so that it is left out."""
    low, mode, high = row.low, row.mode, row.high
    if low is None or mode is None or high is None:
        named = {"least": low, "most likely value": mode, "most": high}
        missing = [f"no {word}" for word, value in named.items() if value is None]
        words = "no numbers" if len(missing) == 3 else " and ".join(missing)
        remarks.unknown(
            f"The effect of {name} has {words}; {stated.WORDS[row.shape]} needs all three, so it counts as nothing.",
            row.id,
        )
        return None
    try:
        spread = between(row.shape, low, mode, high)
    except BadInput as error:
        raise BadInput(f"{name}: {error.sentence}", error.hint) from None
    _possible(high, outcome, name, reached=isinstance(spread, Fixed))
    return spread


def _between(
    row: entities.Effect, middle: float, outcome: Outcome, name: str, remarks: Remarks
) -> Distribution:
    """An effect of which the ends and the middle are known: PERT, where one has that median (§3.3)."""
    _possible(middle, outcome, name)
    if row.low is None or row.high is None:
        missing = "lowest" if row.low is None else "highest"
        remarks.unknown(
            f"The effect of {name} has no P10, P90 or {missing} value; its P50 counts as certain.", row.id
        )
        return Fixed(middle)
    low, high = row.low, min(row.high, outcome.headroom)
    try:
        found = pert_around(low, middle, high) if low < high else None
    except BadInput:
        words = (
            f"P50 {number(middle)} is not between the lowest {number(low)} and the highest {number(high)}."
        )
        raise BadInput(f"{name}: {words}") from None
    ends = f"between {number(low)} and {number(high)}"
    if found is None:
        remarks.unknown(
            f"No PERT distribution {ends} has its middle at {number(middle)}: the P50 of the effect of {name} counts "
            "as certain. State P10 and P90.",
            row.id,
        )
        return Fixed(middle)
    remarks.assumed(f"{name} has a PERT distribution {ends}: P10 and P90 are not stated.", row.id)
    return found


def _possible(most: float, outcome: Outcome, name: str, reached: bool = True) -> None:
    """An effect as large as the headroom leaves nothing to share; larger is impossible (model §10).

    What is the end of a distribution, and not ``reached`` with any chance, may be as large.
    """
    room = outcome.headroom
    if most > room:
        raise BadInput(
            f"{name}: an improvement of {number(most)} is more than the {number(room)} that lie between baseline and "
            "natural limit.",
            "Make the effect smaller, or move the limit if the metric can get that far.",
        )
    if reached and most == room and outcome.overlap == "headroom":
        raise BadInput(
            f"{name}: an improvement of {number(most)} uses up all that lies between baseline and natural limit, and "
            "leaves nothing for others to share.",
            "Make the effect a little smaller, move the limit, or let effects on this outcome add up (overlap: sum).",
        )
