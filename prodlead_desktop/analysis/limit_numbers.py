"""Budgets, pool bands, wishes, capacities and dependencies of a scenario as numbers (model.md §3.6, §4.2)."""

from __future__ import annotations

from collections.abc import Mapping

from prodlead_desktop.analysis.problem import (
    Band,
    Capacity,
    Enhances,
    Initiative,
    Limits,
    Outcome,
    Requires,
    Wish,
)
from prodlead_desktop.analysis.remarks import Remarks
from prodlead_desktop.analysis.timing import by_quarter
from prodlead_desktop.domain import entities
from prodlead_desktop.domain.entities import Demand, Dependency, Node, Scenario, Team
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput

Index = Mapping[str, int]


def limits(
    strategy: Strategy,
    scenario: Scenario,
    initiatives: tuple[Initiative, ...],
    pools: Index,
    teams: Index,
    remarks: Remarks,
) -> Limits:
    """Everything a plan must respect. BadInput for budgets and bands that contradict themselves."""
    if any(money is not None and money < 0 for money in (scenario.budget, *scenario.quarters)):
        raise BadInput(f"“{scenario.name}” has a budget below zero.")
    requires, excludes = _dependencies(strategy, initiatives, remarks)
    plain = Limits(scenario.budget, scenario.quarters, scenario.carry_over or 0.0, scenario.at_most)
    return Limits(
        plain.budget,
        plain.quarters,
        plain.carry_over,
        plain.at_most,
        _bands(strategy, scenario, plain.envelope, pools, remarks),
        _capacities(strategy, initiatives, teams, remarks),
        requires,
        excludes,
    )


def _bands(
    strategy: Strategy, scenario: Scenario, envelope: int | None, pools: Index, remarks: Remarks
) -> tuple[Band, ...]:
    found = []
    for row in strategy.by(entities.Band, "scenario", scenario.id):
        if row.low is None and row.high is None:
            continue
        name = strategy.get(entities.Pool, row.pool).name
        if row.low is not None and row.high is not None and row.low > row.high:
            raise BadInput(f"The pool “{name}” must get at least {row.low:.0%} and at most {row.high:.0%}.")
        of_budget = row.of != "spend"
        if of_budget and envelope is None:
            remarks.unknown(f"Shares of the budget for “{name}” are left out: there is no budget.", row.id)
            continue
        found.append(Band(pools[row.pool], row.low, row.high, of_budget))
    return tuple(sorted(found, key=lambda band: (band.pool, band.of_budget)))


def wishes(
    strategy: Strategy, scenario: Scenario, outcomes: tuple[Outcome, ...], remarks: Remarks
) -> tuple[Wish, ...]:
    """The scenario's wishes by outcome; one on an outcome whose way to its target is unknown is left out."""
    index, found = {row.id: o for o, row in enumerate(outcomes)}, []
    for row in strategy.by(entities.Wish, "scenario", scenario.id):
        outcome = outcomes[index[row.outcome]]
        ends = (("baseline", outcome.baseline), ("target", outcome.target))
        missing = [word for word, value in ends if value is None]
        if missing or not outcome.needed:
            why = f"{' and '.join(missing)} unknown" if missing else "its target is its baseline"
            remarks.unknown(f"The wish on “{outcome.title}” is left out: {why}.", row.id, outcome.id)
        else:
            found.append(Wish(row.id, index[row.outcome], row.attainment or 0.0))
    return tuple(sorted(found, key=lambda wish: wish.outcome))


def _capacities(
    strategy: Strategy, initiatives: tuple[Initiative, ...], teams: Index, remarks: Remarks
) -> tuple[Capacity, ...]:
    asked: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for i, initiative in enumerate(initiatives):
        for row in strategy.by(Demand, "initiative", initiative.id):
            for option, quarter, amount in _asked(initiative, row, remarks):
                cell = asked.setdefault((row.team, quarter), {})
                cell[i, option] = cell.get((i, option), 0.0) + amount
    found = []
    for (team_id, quarter), cell in asked.items():
        team = strategy.get(Team, team_id)
        if quarter >= len(team.capacity):
            after = f"from quarter {len(team.capacity) + 1} on" if team.capacity else "at all"
            remarks.unknown(
                f"The capacity of “{team.name}” is not stated {after}; it counts as enough.", team_id
            )
            continue
        free = team.capacity[quarter] * (1.0 - (team.discovery or 0.0))
        demands = tuple((i, option, amount) for (i, option), amount in sorted(cell.items()))
        found.append(Capacity(teams[team_id], quarter, free, demands))
    return tuple(sorted(found, key=lambda row: (row.team, row.quarter)))


def _asked(initiative: Initiative, row: Demand, remarks: Remarks) -> list[tuple[int, int, float]]:
    """(option, quarter from plan start, people); a demand moves with a start that the scenario moves."""
    if row.amount is None:
        remarks.unknown(f"A demand of “{initiative.title}” has no amount; it is left out.", row.id)
        return []
    if row.level is not None and initiative.amounts is not None:
        remarks.unknown(
            f"“{initiative.title}” is funded by amount; what it asks of a team at one level is left out.",
            row.id,
        )
        return []
    out = []
    for index, option in enumerate(initiative.options[1:], 1):
        if row.level is None or row.level == option.level:
            due = by_quarter((row.amount,), max((row.quarter or 0) + option.moved, 0.0))
            out += [(index, q, part) for q, part in enumerate(due) if part > 0.0]
    return out


def _dependencies(
    strategy: Strategy, initiatives: tuple[Initiative, ...], remarks: Remarks
) -> tuple[tuple[Requires, ...], tuple[tuple[int, int], ...]]:
    requires: set[tuple[int, int, bool]] = set()
    excludes: set[tuple[int, int]] = set()
    for kind, i, j, row in _between(strategy, initiatives, remarks):
        if kind == "excludes":
            if i == j:
                raise BadInput(f"“{initiatives[i].title}” excludes itself.")
            excludes.add((min(i, j), max(i, j)))
        elif kind in ("requires", "requires full"):
            if i == j:
                raise BadInput(f"“{initiatives[i].title}” requires itself.")
            requires.add((i, j, row.kind == "requires full"))
    return tuple(Requires(*row) for row in sorted(requires)), tuple(sorted(excludes))


def enhances(
    strategy: Strategy, initiatives: tuple[Initiative, ...], remarks: Remarks
) -> tuple[Enhances, ...]:
    """Factors between funded initiatives; one without a number is left out. BadInput when one enhances itself."""
    found = []
    for kind, i, j, row in _between(strategy, initiatives, remarks):
        if kind == "enhances":
            if i == j:
                raise BadInput(f"“{initiatives[i].title}” enhances itself.")
            if row.factor is None:
                names = f"“{initiatives[i].title}” helps “{initiatives[j].title}”"
                remarks.unknown(f"Nobody has said by how much {names}.", row.id)
            else:
                found.append(Enhances(i, j, row.factor))
    return tuple(sorted(found, key=lambda rule: (rule.initiative, rule.other)))


def _between(
    strategy: Strategy, initiatives: tuple[Initiative, ...], remarks: Remarks
) -> list[tuple[str, int, int, Dependency]]:
    """Dependencies between two initiatives; on anything else only *assumes* and *needs* make sense."""
    index = {initiative.id: i for i, initiative in enumerate(initiatives)}
    found = []
    for row in strategy.all(Dependency).values():
        if row.node not in index or row.kind in (None, "assumes", "needs"):
            continue
        if row.other in index:
            found.append((row.kind or "", index[row.node], index[row.other], row))
        else:
            title = strategy.get(Node, row.other).title
            remarks.unknown(
                f"“{initiatives[index[row.node]].title}” {row.kind} “{title}”, which cannot be funded; left out.",
                row.id,
            )
    return sorted(found, key=lambda item: (item[1], item[2], item[0]))
