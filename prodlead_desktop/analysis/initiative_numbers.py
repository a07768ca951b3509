"""Initiatives of a strategy in a scenario as numbers: options, curves, amounts, timing, chance (model.md §1.1, §3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from prodlead_desktop.analysis import curves
from prodlead_desktop.analysis.curves import Curve
from prodlead_desktop.analysis.distributions import Distribution, Fixed, from_percentiles
from prodlead_desktop.analysis.problem import AmountRange, Assumption, Initiative, Option, Plan
from prodlead_desktop.analysis.remarks import Remarks
from prodlead_desktop.analysis.timing import Timing
from prodlead_desktop.domain.entities import Allocation, Dependency, Level, Node
from prodlead_desktop.domain.initiatives import levels
from prodlead_desktop.domain.kinds.assumption import AssumptionData
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.numerals import number
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

NONE = Option(None, "None", 0, True, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Case:
    """One initiative while it is read."""

    node: Node
    data: InitiativeData
    levels: tuple[Level, ...]
    given: Allocation | None
    curve: Curve | None
    full_level: Level | None
    full_cost: int | None

    def starts(self, level: Level | None = None) -> tuple[float, float]:
        """The scenario's start, else the level's, else the initiative's, else 0; and how far the scenario moved it."""
        stated = (level.start if level else None, self.data.start)
        own = next((value for value in stated if value is not None), 0.0)
        override = self.given.start if self.given else None
        return (own, 0.0) if override is None else (override, override - own)

    def share(self, cost: int) -> float | None:
        """s at a cost: the curve at cost / full cost, else cost / full cost; None without a full cost."""
        if self.full_cost is None:
            return None
        if self.full_cost == 0:
            return 1.0
        used = cost / self.full_cost
        return used if self.curve is None else float(self.curve.share(np.array(used)))


def assumptions(strategy: Strategy, remarks: Remarks) -> tuple[Assumption, ...]:
    """Every assumption by id; one that was settled is certain, one without a probability counts as true."""
    found = []
    for node in sorted(strategy.all(Node).values(), key=lambda row: row.id):
        if not isinstance(node.data, AssumptionData):
            continue
        settled = {"holds": 1.0, "broken": 0.0}.get(node.data.status or "")
        probability = settled if settled is not None else node.data.probability
        if probability is None:
            if strategy.by(Dependency, "other", node.id):
                remarks.unknown(f"Nobody has said how likely “{node.title}” is; it counts as true.", node.id)
            probability = 1.0
        found.append(Assumption(node.id, node.title, probability))
    return tuple(found)


def initiatives(
    strategy: Strategy,
    scenario: str,
    pools: Mapping[str, int],
    reasons: Mapping[str, int],
    remarks: Remarks,
) -> tuple[tuple[Initiative, ...], Plan]:
    """Every initiative by id, and what the scenario gives each; BadInput for costs or curves that cannot be."""
    given = {row.initiative: row for row in strategy.by(Allocation, "scenario", scenario)}
    found, options, amounts = [], [], []
    for node in sorted(strategy.all(Node).values(), key=lambda row: row.id):
        if not isinstance(node.data, InitiativeData):
            continue
        case = _case(strategy, node, node.data, given.get(node.id), remarks)
        if node.data.funding == "curve":
            choices, full, money, option, amount = _by_amount(case, remarks)
        else:
            choices, full, option = _by_level(case, remarks)
            money, amount = None, float(choices[option].cost)
        options.append(option)
        amounts.append(amount)
        rests_on = [
            reasons[row.other] for row in _dependencies(strategy, node.id, "assumes") if row.other in reasons
        ]
        found.append(_initiative(case, choices, full, money, pools, tuple(sorted(rests_on)), remarks))
    return tuple(found), Plan(tuple(options), tuple(amounts))


def _dependencies(strategy: Strategy, node: str, kind: str) -> list[Dependency]:
    return [row for row in strategy.by(Dependency, "node", node) if row.kind == kind]


def _initiative(
    case: _Case,
    options: tuple[Option, ...],
    full: int,
    amounts: AmountRange | None,
    pools: Mapping[str, int],
    rests_on: tuple[int, ...],
    remarks: Remarks,
) -> Initiative:
    data, given = case.data, case.given
    return Initiative(
        id=case.node.id,
        title=case.node.title,
        pool=pools.get(case.node.pool or "", -1),
        options=options,
        full=full,
        full_cost=case.full_cost,
        amounts=amounts,
        profile=_profile(case, remarks),
        success=1.0 if data.success is None else data.success,
        assumptions=rests_on,
        timing=_timing(case, remarks),
        mandatory=data.mandatory,
        locked=bool(given and given.lock),
        floor=given.floor if given else None,
        ceiling=given.ceiling if given else None,
        cost_spread=_cost_spread(case),
    )


def _case(
    strategy: Strategy, node: Node, data: InitiativeData, given: Allocation | None, remarks: Remarks
) -> _Case:
    rows = levels(strategy, node.id)
    for cost in (data.full_cost, *(level.cost for level in rows)):
        if cost is not None and cost < 0:
            raise BadInput(f"“{node.title}” has a cost below zero.")
    full_level = _full_level(data.full_cost, rows)
    full_cost = data.full_cost
    if full_cost is None and full_level is not None:
        full_cost = full_level.cost
        if full_level.share is None and len(rows) > 1 and full_level.name.strip().lower() != "full":
            remarks.assumed(
                f"Full funding of “{node.title}” is its level “{full_level.name}”.", full_level.id
            )
    return _Case(node, data, rows, given, _curve(node, data, remarks), full_level, full_cost)


def _full_level(full_cost: int | None, rows: tuple[Level, ...]) -> Level | None:
    """The level that is full funding: stated share 1, else the full cost, else the name, else the dearest."""
    priced = [row for row in rows if row.cost is not None]
    for exact in (
        [row for row in priced if row.share == 1.0],
        [row for row in priced if row.cost == full_cost],
        [row for row in priced if row.name.strip().lower() == "full"],
    ):
        if exact:
            return exact[0]
    within = [row for row in priced if full_cost is None or (row.cost or 0) <= full_cost]
    return max(within or priced, key=lambda row: (row.cost or 0, row.id), default=None)


def _curve(node: Node, data: InitiativeData, remarks: Remarks) -> Curve | None:
    """The response curve of the answers; None when there is none. A missing answer is an unknown."""
    kind, half = data.curve, data.half_share
    times = data.unlimited_times if data.unlimited_times is not None else data.double_times
    if kind is None or kind == "step":
        inner = None if half is None else "exponential" if times is None else "hill"
    else:
        inner = kind
    missing = inner in ("exponential", "hill") and half is None
    if missing or (inner == "hill" and times is None):
        remarks.unknown(
            f"The curve of “{node.title}” lacks an answer; its effect counts in proportion to its money.",
            node.id,
        )
        inner = None
    try:
        shape: curves.Linear | curves.Exponential | curves.Hill | None = None
        if inner == "exponential" and half is not None:
            shape = curves.exponential(half)
        elif inner == "hill" and half is not None and times is not None:
            by_ceiling = data.unlimited_times is not None
            shape = (curves.hill_from_ceiling if by_ceiling else curves.hill_from_double)(half, times)
        elif inner == "linear":
            shape = curves.Linear()
        found = curves.step(data.least_share, shape) if data.least_share is not None else shape
    except BadInput as error:
        raise BadInput(f"“{node.title}”: {error.sentence}", error.hint) from None
    warning = curves.caution(found) if found is not None else None
    if warning:
        remarks.assumed(f"“{node.title}”: {warning}", node.id)
    return found


def _by_level(case: _Case, remarks: Remarks) -> tuple[tuple[Option, ...], int, int]:
    """Options by cost, none first; the index of full funding; the index the scenario gives."""
    node, given = case.node, case.given
    found: list[Option] = []
    for level in case.levels:
        share = (
            level.share if level.share is not None else None if level.cost is None else case.share(level.cost)
        )
        if level.cost is None:
            remarks.unknown(f"Nobody has said what “{node.title}” costs at “{level.name}”.", level.id)
        found.append(
            Option(
                level.id,
                level.name,
                level.cost or 0,
                level.cost is not None,
                share or 0.0,
                *case.starts(level),
            )
        )
    if not case.levels and case.full_cost is not None:
        found.append(Option(None, "Full", case.full_cost, True, 1.0, *case.starts()))
    if not found:
        remarks.unknown(f"Nobody has said what “{node.title}” costs; it cannot be funded.", node.id)
    amount = given.amount if given and given.level is None else None
    if amount and all(option.cost != amount for option in found):
        share = case.share(amount)
        if share is None:
            remarks.unknown(f"Nobody has said what “{node.title}” does with its amount.", node.id)
        found.append(Option(None, "As allocated", amount, True, share or 0.0, *case.starts()))
    found.sort(key=lambda option: (not option.known, option.cost, option.share, option.level or ""))
    options = (NONE, *found)
    chosen = 0
    if given is not None and given.level is not None:
        chosen = next(i for i, option in enumerate(options) if option.level == given.level)
    elif amount:
        chosen = next(i for i, option in enumerate(options) if i and option.cost == amount)
    wanted = case.full_level.id if case.full_level else None
    full = next((i for i, option in enumerate(options) if i and option.level == wanted), len(options) - 1)
    return options, full, chosen


def _by_amount(
    case: _Case, remarks: Remarks
) -> tuple[tuple[Option, ...], int, AmountRange | None, int, float]:
    """(none, an amount), 1, the range, and what the scenario gives; a level of a curve is a mark with its cost."""
    given = case.given
    marks = {level.id: level.cost for level in case.levels}
    amount = 0
    if given is not None:
        stated = marks.get(given.level) if given.level is not None else given.amount
        amount = max(stated or 0, 0)
    if not case.full_cost:
        remarks.unknown(
            f"Nobody has said what “{case.node.title}” costs in full; it cannot be funded.", case.node.id
        )
        return (NONE,), 0, None, 0, 0.0
    curve = case.curve or curves.Linear()
    least = math.ceil(curve.least * case.full_cost) if isinstance(curve, curves.Step) else 0
    limits = (given.floor or 0, given.ceiling or 0) if given is not None else (0, 0)
    most = max(case.full_cost, amount, *limits, *(cost or 0 for cost in marks.values()))
    option = Option(None, "An amount", case.full_cost, True, 1.0, *case.starts())
    return (NONE, option), 1, AmountRange(curve, least, most), int(amount > 0), float(amount)


def _profile(case: _Case, remarks: Remarks) -> tuple[float, ...]:
    """Shares of the cost by quarter, scaled to add up to 1; all at the start when nobody has said."""
    profile = case.data.cost_profile
    total = sum(profile)
    if not profile:
        return (1.0,)
    if total <= 0.0:
        raise BadInput(
            f"The cost profile of “{case.node.title}” adds up to nothing.",
            "Say what share is due in each quarter, or leave it out: then all is due at once.",
        )
    if abs(total - 1.0) > 0.005:
        remarks.assumed(
            f"The cost profile of “{case.node.title}” adds up to {total:.0%}; it is scaled to 100 %.",
            case.node.id,
        )
    return tuple(share / total for share in profile)


def _timing(case: _Case, remarks: Remarks) -> Timing:
    data = case.data
    if data.half_life == 0.0:
        raise BadInput(f"The effect of “{case.node.title}” cannot halve every 0 quarters.", "Leave it empty.")
    delay, spread = data.delay, None
    early, late = data.delay_p10, data.delay_p90
    if early is not None and late is not None:
        if delay is None:
            delay = (early + late) / 2.0
            remarks.assumed(
                f"The delay of “{case.node.title}” is {number(delay)} quarters in the middle.", case.node.id
            )
        spread = _in_words(case, "delay", early, delay, late)
    return Timing(
        delay or 0.0, data.ramp or 0.0, data.half_life, None if isinstance(spread, Fixed) else spread
    )


def _cost_spread(case: _Case) -> Distribution | None:
    low, high, full = case.data.cost_p10, case.data.cost_p90, case.data.full_cost
    if low is None or high is None or not full:
        return None
    spread = _in_words(case, "cost", low / full, 1.0, high / full)
    return None if isinstance(spread, Fixed) else spread


def _in_words(case: _Case, what: str, p10: float, p50: float, p90: float) -> Distribution:
    """Costs and durations are bounded below at 0 (§3.3)."""
    try:
        return from_percentiles(p10, p50, p90, 0.0 if p10 > 0.0 else None)
    except BadInput as error:
        raise BadInput(f"The {what} of “{case.node.title}”: {error.sentence}", error.hint) from None
