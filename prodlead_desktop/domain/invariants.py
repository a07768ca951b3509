"""What must never be on disk; ``check`` looks at what an edit changed, ``check_all`` at a whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from prodlead_desktop.domain import effects, fields, ids, tree
from prodlead_desktop.domain.changes import Change, ChangeSet
from prodlead_desktop.domain.contributions import cycle_through
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    SPEC_OF,
    SPECS,
    TABLE_OF,
    Allocation,
    Effect,
    Entity,
    Header,
    Level,
    Link,
    Node,
    Scenario,
    key_fields,
)
from prodlead_desktop.domain.kind import KindData, kinds
from prodlead_desktop.domain.money import is_currency
from prodlead_desktop.domain.strategy import Reader, Strategy
from prodlead_desktop.domain.values import problem_of
from prodlead_desktop.errors import InvariantViolation

_MANY = 50
_OF_SCENARIO, _ABOUT = ("allocation", "band", "wish"), ("initiative", "pool", "outcome")


def check(changes: ChangeSet, strategy: Strategy) -> None:
    """Raise InvariantViolation when the rows just changed break a rule; ``strategy`` is the state after them."""
    for rule in _RULES:
        for problem in rule(changes.changes, strategy):
            raise InvariantViolation(problem, "Nothing was changed.")


def check_all(strategy: Strategy) -> list[str]:
    """Every broken rule of a whole strategy, in words; empty when it is sound."""
    rows = [
        Change(spec.table, row_id, None, row)
        for spec in SPECS
        for row_id, row in strategy.all(spec.cls).items()
    ]
    return [problem for rule in _RULES for problem in rule(rows, strategy)]


def _values_fit(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        row = change.after
        if row is None:
            continue
        if not ids.is_valid(row.id) or row.id != change.id:
            yield f"“{row.id[:80]}” cannot be an id."
        wrong = _wrong_values(row)
        if isinstance(row, Node):
            if row.kind not in kinds() or type(row.data) is not kinds()[row.kind].data:
                yield f"“{row.title[:80]}” has an unknown kind “{row.kind}”."
                continue
            wrong = wrong + _wrong_values(row.data)
        for problem in wrong:
            yield f"{_name(strategy, change.table, row)}: {problem}"


def _wrong_values(row: Entity | KindData) -> list[str]:
    """What is wrong with the values of a row; most values are sound, so that is found out first."""
    found = []
    for field in fields.of(type(row)):
        value = getattr(row, field.name)
        if value is None and not field.required:
            continue
        problem = problem_of(field, value)
        if problem:
            found.append(problem)
    return found


def _references_hold(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        row = change.after
        if row is None:
            for table, _, referrer in strategy.referrers(change.table, change.id):
                yield f"{_name(strategy, table, referrer)} still refers to {change.id}, which was removed."
            continue
        for field in fields.of(type(row)):
            value = getattr(row, field.name) if field.ref else None
            if value is None:
                continue
            target = strategy.find(SPEC_OF[field.ref].cls, value)
            who = f"{_name(strategy, change.table, row)}: {field.title}"
            if target is None:
                yield f"{who} names “{value}”, and no {SPEC_OF[field.ref].title.lower()} has that id."
            elif field.ref_kinds and target.kind not in field.ref_kinds:
                yield f"{who} must be an {' or '.join(field.ref_kinds)}."


def _referrers_fit_kind(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Node) and isinstance(after, Node) and before.kind != after.kind:
            for table, field, row in strategy.referrers("node", after.id):
                if field.ref_kinds and after.kind not in field.ref_kinds:
                    kinds_needed = " or ".join(field.ref_kinds)
                    yield f"{_name(strategy, table, row)} needs “{after.title}” to be an {kinds_needed}."


def _name(strategy: Reader, table: str, row: Entity) -> str:
    """A row as people know it: by its own name, else by the names of what it joins; an id only where there is none."""
    title, own = SPEC_OF[table].title, getattr(row, "title", "") or getattr(row, "name", "")
    if own:
        return f"{title} “{own[:80]}”"
    joined = [
        strategy.find(SPEC_OF[field.ref].cls, getattr(row, field.name))
        for field in fields.of(type(row))
        if field.ref and (field.owner or field.key or field.required)
    ]
    names = [getattr(one, "title", "") or getattr(one, "name", "") for one in joined]
    said = " and ".join(f"“{name[:80]}”" for name in names if name)
    return f"{title} of {said}" if said else f"{title} {row.id}"


def _one_header(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        if change.table == "header":
            if change.after is None or change.id != HEADER_ID:
                yield "A strategy has exactly one header."
            elif not is_currency(strategy.header.currency):
                yield f"“{strategy.header.currency}” is not a currency code such as EUR."


def _ids_are_unique(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    added = [c for c in changes if c.before is None and c.after is not None]
    tables = {spec.table: strategy.all(spec.cls) for spec in SPECS if strategy.all(spec.cls)}
    for change in added:
        for table, rows in tables.items():
            if table != change.table and change.id in rows:
                yield f"The id {change.id} is used twice."


def _keys_are_unique(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    by_class: dict[type[Entity], list[Entity]] = {}
    for change in changes:
        if change.after is not None and key_fields(type(change.after)):
            by_class.setdefault(type(change.after), []).append(change.after)
    for cls, changed in by_class.items():
        keys = key_fields(cls)
        rare = next(field for field in reversed(keys) if field.ref)
        said: dict[tuple[Any, ...], list[str]] = {}
        if len(changed) > _MANY:  # one look at every row, or a hub with thousands of effects takes for ever
            for row in strategy.all(cls).values():
                said.setdefault(tuple(getattr(row, field.name) for field in keys), []).append(row.id)
        for row in changed:
            mine = tuple(getattr(row, field.name) for field in keys)
            if mine not in said:
                near = strategy.by(cls, rare.name, getattr(row, rare.name))
                same = [o.id for o in near if tuple(getattr(o, field.name) for field in keys) == mine]
            else:
                same = said[mine]
            for other in same:
                if other != row.id:
                    yield f"{_name(strategy, TABLE_OF[cls], row)} is there twice."


def _tree_is_a_forest(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    moved = {
        c.id: c.after
        for c in changes
        if isinstance(c.after, Node) and (not isinstance(c.before, Node) or c.before.parent != c.after.parent)
    }
    rows, depths, circling = strategy.all(Node), dict[str, int](), set[str]()
    for node in moved.values():
        circle = [] if node.id in circling else _circle_above(rows, node.id, depths, circling)
        if circle:
            yield f"“{rows[circle[0]].title}” would hang below itself."
        elif node.id not in circling:
            deepest = depths[node.id] + (0 if node.parent in moved else _height(strategy, node.id) - 1)
            if deepest > tree.DEPTH_LIMIT:
                yield f"The map would be deeper than {tree.DEPTH_LIMIT} levels."
                return


def _circle_above(
    rows: Mapping[str, Node], node_id: str, depths: dict[str, int], circling: set[str]
) -> list[str]:
    """The circle that the way up from a node runs into, if it does; else notes the depth of all on the way."""
    path: dict[str, None] = {}
    here: str | None = node_id
    while here is not None and here not in depths:
        if here in path or here in circling:
            way = list(path)
            circling.update(way)
            return way[way.index(here) :] if here in path else []
        path[here] = None
        row = rows.get(here)
        here = row.parent if row is not None else None
    depth = depths[here] if here is not None else 0
    for above in reversed(path):
        depth += 1
        depths[above] = depth
    return []


def _height(strategy: Reader, node_id: str) -> int:
    """Levels from a node down to its deepest descendant, as far as the map allows and one more."""
    level, height = [node_id], 0
    while level and height <= tree.DEPTH_LIMIT:
        height += 1
        level = [child.id for parent in level for child in tree.children(strategy, parent)]
    return height


def _levels_belong(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        rows: tuple[Allocation, ...] = (change.after,) if isinstance(change.after, Allocation) else ()
        if isinstance(change.after, Level) and change.before is not None:
            rows = strategy.by(Allocation, "level", change.id)
        for row in rows:
            level = strategy.find(Level, row.level)
            if level is not None and level.initiative != row.initiative:
                yield f"{_name(strategy, 'allocation', row)} funds a level of another initiative."
            if row.level is not None and row.amount is not None:
                yield f"{_name(strategy, 'allocation', row)} has a level and an amount; it takes one of them."
            if row.floor is not None and row.ceiling is not None and row.floor > row.ceiling:
                yield f"{_name(strategy, 'allocation', row)} has its floor above its ceiling."


def _effects_have_one_shape(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    for change in changes:
        row = change.after
        if isinstance(row, Effect) and (strangers := effects.strangers(row)):
            what = _name(strategy, "effect", row)
            if effects.is_between(row):
                said = " and ".join(name.upper() for name in strangers)
                yield f"{what} is {effects.WORDS[row.shape]} of low, mode and high, and has {said} too; leave that out."
            else:
                yield f"{what} has a most likely value (mode); that needs the shape pert or triangular."


def _frozen_stays(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    """A frozen scenario keeps its own fields; rows may go or come only with what they speak of.

    It follows a new currency: that changes every amount, and the room's choice not at all.
    """
    changes = list(changes)
    if any(_new_currency(change) for change in changes):
        return
    came_or_went = {change.id for change in changes if _came_or_went(change)}
    for change in changes:
        row = change.after or change.before
        scenario_id = getattr(row, "scenario", None) if change.table in _OF_SCENARIO else None
        scenario = strategy.find(Scenario, scenario_id)
        if (
            scenario
            and scenario.status == "frozen"
            and scenario.id not in came_or_went
            and not _status_changed(changes, scenario)
        ):
            subject = next((getattr(row, name) for name in _ABOUT if hasattr(row, name)), None)
            levels = {getattr(change.before, "level", None), getattr(change.after, "level", None)}
            if subject not in came_or_went and not levels & came_or_went:
                yield f"“{scenario.name}” is frozen."
        before, after = change.before, change.after
        if (
            isinstance(before, Scenario)
            and isinstance(after, Scenario)
            and before.status == after.status == "frozen"
        ) and (before.budget, before.quarters, before.carry_over, before.at_most) != (
            after.budget, after.quarters, after.carry_over, after.at_most,
        ):  # fmt: skip
            yield f"“{after.name}” is frozen."


def _came_or_went(change: Change) -> bool:
    """Whether a row is new, gone, or a node that became another kind of thing."""
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return isinstance(before, Node) and isinstance(after, Node) and before.kind != after.kind


def _new_currency(change: Change) -> bool:
    before, after = change.before, change.after
    return isinstance(before, Header) and isinstance(after, Header) and before.currency != after.currency


def _status_changed(changes: Iterable[Change], scenario: Scenario) -> bool:
    return any(
        isinstance(c.before, Scenario) and c.id == scenario.id and c.before.status != scenario.status
        for c in changes
    )


def _one_plan(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    if any(change.table == "scenario" for change in changes):
        plans = [s.name for s in strategy.ordered(Scenario) if s.status == "plan of record"]
        if len(plans) > 1:
            yield f"Only one scenario can be the plan of record, not {' and '.join(f'“{p}”' for p in plans)}."


def _contributions_end(changes: Iterable[Change], strategy: Reader) -> Iterator[str]:
    if not strategy.all(Link):
        return
    if any(c.table == "link" for c in changes) or any(
        isinstance(c.after, Node) and isinstance(c.before, Node) and
        (c.before.parent, c.before.kind) != (c.after.parent, c.after.kind)
        for c in changes
    ):  # fmt: skip
        found = cycle_through(strategy)
        if found:
            names = " → ".join(f"“{strategy.get(Node, node_id).title}”" for node_id in found)
            yield f"These outcomes would contribute to themselves: {names}."


_RULES: tuple[Callable[[list[Change] | tuple[Change, ...], Strategy], Iterator[str]], ...] = (
    _values_fit,
    _one_header,
    _ids_are_unique,
    _references_hold,
    _referrers_fit_kind,
    _keys_are_unique,
    _tree_is_a_forest,
    _levels_belong,
    _effects_have_one_shape,
    _frozen_stays,
    _one_plan,
    _contributions_end,
)


def problems_of_row(row: Entity) -> list[str]:
    """What is wrong with the values of one row, for forms that ask before they edit."""
    return _wrong_values(row)
