"""What a number in the interchange format counts, from where, and what its absence means, for who writes by hand."""

from __future__ import annotations

from prodlead_desktop.domain.fields import FieldType

_MONEY = (
    "Money, in major units of strategy.currency; below 10,000,000,000,000 where it has two decimals, below ten to the "
    "fifteenth of its smallest unit in all."
)
BY_TYPE = {
    FieldType.MONEY: _MONEY,
    FieldType.MONEYS: _MONEY,
    FieldType.SHARE: "A share: 0 to 1.",
}
_IMPROVEMENT = "Improvement at full funding, in the outcome's unit; positive is towards the target."
_POSITION = "In the metric's own unit (62 for 62 %)."
BY_FIELD: dict[tuple[str, str], str] = {
    ("Header", "horizon"): "Over which objectives in money count, from plan start. Absent: 8.",
    ("Header", "fiscal_year_start"): "1 = January to 12 = December. Absent: the calendar year.",
    ("Header", "discount_rate"): "A share: 0.08 is 8 % a year; counts for money only, from plan start; what "
    "comes or is due in a quarter is discounted from its end. Absent: 0.",
    ("Node", "nudge_x"): "Rightwards.",
    ("Node", "nudge_y"): "Downwards.",
    ("Pool", "colour"): "Which of five colours of the palette, 0 to 4.",
    ("Scenario", "colour"): "Which of six colours of the palette, 0 to 5.",
    ("Team", "capacity"): "The first is the first quarter after plan start; beyond the list capacity counts as enough.",
    ("Team", "discovery"): "Of the capacity, kept away from initiatives.",
    ("Incentive", "weight"): "Of what the team is paid or measured by.",
    ("Person", "weight"): "Relative to the others in the same round.",
    ("Person", "limit"): "The most this person may commit alone.",
    ("Right", "limit"): "The most that may be decided here.",
    ("AgendaShare", "share"): "Of the meeting's time, for this outcome.",
    ("Reading", "value"): _POSITION,
    ("Level", "cost"): "In all, over all quarters.",
    ("Level", "share"): "Of the effect at full funding: 0.5 is half, above 1 is more. Absent: by curve or cost.",
    ("Level", "start"): "0 = at plan start. Absent: the initiative's start.",
    ("Tranche", "amount"): "What is released.",
    ("Dependency", "factor"): "On every effect of the other, when both are funded: 1.2 is a fifth more.",
    ("Link", "contribution"): "Improvement of the target outcome, in its unit, per unit of improvement of the source.",
    ("Link", "lag"): "After which it arrives. Absent: 0.",
    ("Effect", "p10"): f"{_IMPROVEMENT} One chance in ten that it is less.",
    ("Effect", "p50"): f"{_IMPROVEMENT} As likely more as less; alone it is a fixed number, with "
    "the lowest and the highest possible, but no P10 and P90, the middle of a PERT distribution.",
    ("Effect", "p90"): f"{_IMPROVEMENT} One chance in ten that it is more.",
    ("Effect", "low"): f"{_IMPROVEMENT} Percentiles: a bound; absent: 0 where P10 is above 0, else none. Pert and "
    "triangular: the least.",
    ("Effect", "mode"): f"{_IMPROVEMENT} Pert and triangular alone have it.",
    ("Effect", "high"): f"{_IMPROVEMENT} Percentiles: a bound; absent: the outcome's headroom, from baseline to "
    "natural limit. Pert and triangular: the most.",
    ("Effect", "shape"): "Which numbers say it. percentiles: p10, p50 and p90; pert and triangular: low, mode and "
    "high, and no percentiles. Absent: percentiles.",
    ("Demand", "quarter"): "Counted from plan start, and from 0: 0 is the first quarter. Moves with a moved start.",
    ("Demand", "amount"): "Full-time people in that quarter, as capacity counts them.",
    ("Scenario", "budget"): "In all, over all quarters. Absent: no limit.",
    ("Scenario", "quarters"): "The first is the first quarter after plan start; later quarters have no limit.",
    ("Scenario", "carry_over"): "Of a quarter's money, that may be spent in the next. Absent: 0.",
    ("Scenario", "at_most"): "Initiatives that get anything.",
    ("Scenario", "frozen_total"): "What the program noted at that time.",
    ("Band", "low"): "Of the budget or of what is spent, as “of” says.",
    ("Band", "high"): "Of the budget or of what is spent, as “of” says.",
    ("Wish", "attainment"): "A share of the way from baseline to target, at the deadline: 0 is the baseline, 1 the "
    "target, 0.8 is 80 % of the way, at most 10. More than 1 lies beyond the target, where the natural limit leaves "
    "room. Soft: a plan keeps it as far as the rules allow, before it looks for value.",
    ("Allocation", "amount"): "What the initiative gets in all; either this or a level.",
    ("Allocation", "floor"): "What it gets at least.",
    ("Allocation", "ceiling"): "What it gets at most.",
    ("Allocation", "start"): "0 = at plan start; in place of the initiative's or the level's own.",
    ("Future", "probability"): "All futures together add up to 1.",
    ("Shift", "factor"): "On the cost, the effects, the baseline or the probability, after “value”.",
    ("Shift", "value"): "Costs: the full cost, money in major units. Effects: the improvement at full funding. "
    "Baseline: the metric's own unit. Assumption: its probability.",
    ("AgendaItem", "day"): "1 = the first day.",
    ("Answer", "value"): "Points, dots or unease, as the round's kind says.",
    ("Answer", "p10"): "In the unit of what was asked.",
    ("Answer", "p50"): "In the unit of what was asked.",
    ("Answer", "p90"): "In the unit of what was asked.",
    ("SavedView", "zoom"): "1 = full size.",
    ("AmbitionData", "baseline"): _POSITION,
    ("AmbitionData", "target"): _POSITION,
    ("MarketData", "size"): "In whatever unit the note says.",
    ("OutcomeData", "baseline"): _POSITION,
    ("OutcomeData", "target"): _POSITION,
    ("OutcomeData", "limit"): f"{_POSITION} Absent: 0 for a falling metric, 100 for a rising %, else none.",
    ("OutcomeData", "threshold"): f"{_POSITION} Beyond the baseline. Absent with a share lost below it: the "
    "target.",
    ("OutcomeData", "threshold_share"): "Absent: 0, every step counts.",
    ("OutcomeData", "formula"): "Kept, not computed: contributions count instead, and it is listed as unknown.",
    ("OutcomeData", "value_mode"): "weight: points by its swing; money: money_per_unit; none: it carries no value. "
    "Absent: weight with a swing, else money with money_per_unit, else none.",
    ("OutcomeData", "overlap"): "How effects of several funded initiatives combine. headroom: each closes a share of "
    "the gap to the natural limit that the others leave; sum: they add up; max: only the best of what is funded "
    "counts, be it harm, and 0 where nothing is funded. Absent: headroom with a limit, else sum.",
    ("OutcomeData", "contribution"): "In the unit of that outcome; absent: unknown, contributes nothing.",
    ("OutcomeData", "lag"): "After which the contribution arrives above. Absent: 0.",
    ("OutcomeData", "over_delivery"): "Points beyond the target per point up to it: 0.5 is half credit. Absent: 0.",
    ("OutcomeData", "money_per_unit"): "Per unit of improvement, for every quarter in which it is there.",
    ("InitiativeData", "full_cost"): "In all, over all quarters, at the planned full funding.",
    ("InitiativeData", "cost_p10"): "Of the full cost: one chance in ten that it is less.",
    ("InitiativeData", "cost_p90"): "Of the full cost: one chance in ten that it is more.",
    ("InitiativeData", "cost_profile"): "The first is its first quarter; scaled to add up to 1. Absent: all at once.",
    ("InitiativeData", "curve"): "How the effect follows the money, by half_share and so on. Absent or step: hill with "
    "unlimited_times or double_times, exponential with half_share alone, else in proportion.",
    ("InitiativeData", "mandatory"): "Must be funded in full: at the level of share 1, else of full_cost, else named "
    "Full, else the dearest.",
    ("InitiativeData", "half_share"): "Of the effect.",
    ("InitiativeData", "unlimited_times"): "1.5 is half as much again; above 1.",
    ("InitiativeData", "double_times"): "1.5 is half as much again; above 1.",
    ("InitiativeData", "least_share"): "Of the full cost.",
    ("InitiativeData", "start"): "0 = at plan start. Absent: 0.",
    ("InitiativeData", "delay"): "After its start; the middle one where P10 and P90 are stated. Absent: 0.",
    ("InitiativeData", "delay_p10"): "One chance in ten that it is shorter.",
    ("InitiativeData", "delay_p90"): "One chance in ten that it is longer.",
    ("InitiativeData", "ramp"): "From nothing to the full effect, after the delay. Absent: 0, at once.",
    ("InitiativeData", "half_life"): "Once it is full. Absent: it stays.",
    ("InitiativeData", "success"): "Absent: 1.",
    ("AssumptionData", "probability"): "That it is true. Absent: it counts as true and is listed as unknown.",
    ("AssumptionData", "test_cost"): "What the test takes.",
}  # fmt: skip
