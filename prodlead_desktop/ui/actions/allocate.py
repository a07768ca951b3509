"""Scenarios: which one is active, how they are made, kept and decided, their rules, and what could happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.scenarios import FROZEN, PLAN
from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.allocate.arrangement import GROUPS, SHOWS, SORTS, Arrangement
from prodlead_desktop.ui.scenarios import life
from prodlead_desktop.ui.session import Session

CUTS = (-30, -20, -10, 10, 20)


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def has_scenario(ctx: Context) -> bool:
    """Whether there is an active scenario."""
    return ctx.session is not None and ctx.session.scenario is not None


def _active(ctx: Context) -> Scenario:
    return ctx.open.strategy.get(Scenario, str(ctx.open.scenario))


def _is(*statuses: str) -> Callable[[Context], bool]:
    return lambda ctx: has_scenario(ctx) and _active(ctx).status in statuses


def _with(verb: Callable[[Session, Scenario], None]) -> Callable[[Context], None]:
    return lambda ctx: verb(ctx.open, _active(ctx))


def _named(words: str) -> Callable[[Context], str]:
    return lambda ctx: words.format(_active(ctx).name)


def _every(ctx: Context) -> Iterator[Choice]:
    session = ctx.open
    for scenario in session.strategy.ordered(Scenario):
        yield Choice(
            scenario.name,
            partial(session.set_scenario, scenario.id),
            scenario.id == session.scenario,
        )


def _budgets(ctx: Context) -> Iterator[Choice]:
    for percent in CUTS:
        words = f"{'−' if percent < 0 else '+'}{abs(percent)} %"
        yield Choice(words, partial(life.with_budget, ctx.open, _active(ctx), percent))


def _others(ctx: Context) -> Iterator[Choice]:
    session, arrangement = ctx.open, Arrangement.of(ctx.open)
    for scenario in session.strategy.ordered(Scenario):
        if scenario.id != session.scenario:
            chosen = scenario.id == arrangement.since
            yield Choice(scenario.name, partial(arrangement.compare_with, scenario.id), chosen)


def _arranged(name: str, choices: Mapping[str, str]) -> Callable[[Context], Iterator[Choice]]:
    def found(ctx: Context) -> Iterator[Choice]:
        arrangement = Arrangement.of(ctx.open)
        for key, words in choices.items():
            yield Choice(words, partial(arrangement.set, name, key), getattr(arrangement, name) == key)

    return found


def _rename(ctx: Context) -> None:
    assert ctx.window.body is not None
    ctx.window.body.show_workspace("allocate")
    ctx.window.body.tools("allocate").begin_rename()  # type: ignore[attr-defined]


# Boxes are imported when they are wanted: the first window is faster.


def _rules(ctx: Context) -> None:
    from prodlead_desktop.ui.scenarios.rules import RulesBox

    RulesBox(ctx.window, ctx.open).open()


def _explain(ctx: Context) -> None:
    assert ctx.window.body is not None
    ctx.window.body.show_workspace("allocate")
    ctx.window.body.page("allocate").explain()  # type: ignore[attr-defined]


def _futures(ctx: Context) -> None:
    from prodlead_desktop.ui.scenarios.futures import FuturesBox

    FuturesBox(ctx.window, ctx.open).open()


GROUP = ActionGroup(
    "Scenarios",
    3,
    (
        Row("allocate.scenario", "Active scenario", lambda ctx: None, menu="Allocate", section="active",
            icon="layers", choices=_every, enabled=has_scenario),
        Row("allocate.new", "New scenario", lambda ctx: life.new(ctx.open), menu="Allocate", section="make",
            icon="plus", enabled=is_open),
        Row("allocate.duplicate", "Duplicate the scenario", _with(life.duplicate), menu="Allocate", section="make",
            icon="copy", enabled=has_scenario),
        Row("allocate.budgets", "Duplicate with another budget", lambda ctx: None, menu="Allocate",
            section="make", icon="percent", choices=_budgets, enabled=has_scenario),
        Row("allocate.rename", "Rename the scenario", _rename, menu="Allocate", section="make", icon="pencil",
            enabled=has_scenario),
        Row("allocate.rules", "Rules of the scenario…", _rules,
            ("Ctrl+R",), menu="Allocate", section="rules", icon="scale", enabled=has_scenario),
        Row("allocate.futures", "Futures…", _futures, ("Ctrl+U",),
            menu="Allocate", section="rules", icon="split", enabled=is_open),
        Row("allocate.explain", "Explain the best plan", _explain, ("Ctrl+Shift+B",), menu="Allocate",
            section="rules", icon="lightbulb", enabled=has_scenario),
        Row("allocate.group", "Group rows by", lambda ctx: None, menu="Allocate", section="rows", icon="layers",
            choices=_arranged("group", GROUPS), enabled=has_scenario),
        Row("allocate.sort", "Sort rows by", lambda ctx: None, menu="Allocate", section="rows",
            icon="arrow-down-wide-narrow", choices=_arranged("sort", SORTS), enabled=has_scenario),
        Row("allocate.show", "Show rows", lambda ctx: None, menu="Allocate", section="rows", icon="filter",
            choices=_arranged("show", SHOWS), enabled=has_scenario),
        Row("allocate.since", "Show the difference to", lambda ctx: None, menu="Allocate", section="rows",
            icon="git-compare-arrows", choices=_others, enabled=has_scenario),
        Row("allocate.freeze", "Freeze the scenario", _with(life.freeze), menu="Allocate", section="decide",
            icon="lock", enabled=_is("draft"), words=_named("Freeze “{}”")),
        Row("allocate.thaw", "Thaw the scenario", _with(life.thaw), menu="Allocate", section="decide",
            icon="lock-open", enabled=_is(FROZEN), words=_named("Thaw “{}”")),
        Row("allocate.promote", "Promote to plan of record", _with(life.promote), menu="Allocate",
            section="decide", icon="badge-check", enabled=lambda ctx: has_scenario(ctx) and _active(ctx).status != PLAN,
            words=_named("Make “{}” the plan of record")),
        Row("allocate.delete", "Delete the scenario", _with(life.delete), menu="Allocate", section="end",
            icon="trash-2", enabled=has_scenario),
    ),
)  # fmt: skip
