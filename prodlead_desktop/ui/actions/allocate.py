"""Scenarios: which one is active, and new ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from prodlead_desktop.domain import removal, scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.notice import Notice


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def has_scenario(ctx: Context) -> bool:
    """Whether there is an active scenario."""
    return ctx.session is not None and ctx.session.scenario is not None


def _every(ctx: Context) -> Iterator[Choice]:
    session = ctx.open
    for scenario in session.strategy.ordered(Scenario):
        yield Choice(
            scenario.name,
            partial(session.set_scenario, scenario.id),
            scenario.id == session.scenario,
        )


def _new(ctx: Context) -> None:
    session = ctx.open
    with session.edit("Add scenario") as edit:
        added = scenarios.create(edit, "Scenario")
    session.set_scenario(added)


def _duplicate(ctx: Context) -> None:
    session = ctx.open
    scenario = session.strategy.find(Scenario, session.scenario)
    assert scenario is not None
    with session.edit(f"Duplicate “{scenario.name}”") as edit:
        added = scenarios.create(edit, scenario.name, copy_of=scenario.id)
    session.set_scenario(added)


def _delete(ctx: Context) -> None:
    session = ctx.open
    scenario = session.strategy.find(Scenario, session.scenario)
    assert scenario is not None
    with session.edit(f"Delete “{scenario.name}”") as edit:
        removal.remove(edit, scenario)
    sentence = f"Deleted the scenario “{scenario.name}”."
    ctx.window.tell(Notice(sentence, "info", (("Undo", session.undo),), toast=True))


GROUP = ActionGroup(
    "Scenarios",
    3,
    (
        Row("allocate.scenario", "Active scenario", lambda ctx: None, menu="Allocate", section="active",
            icon="layers", choices=_every, enabled=has_scenario),
        Row("allocate.new", "New scenario", _new, menu="Allocate", section="make", icon="plus", enabled=is_open),
        Row("allocate.duplicate", "Duplicate the scenario", _duplicate, menu="Allocate", section="make",
            icon="copy", enabled=has_scenario),
        Row("allocate.delete", "Delete the scenario", _delete, menu="Allocate", section="end", icon="trash-2",
            enabled=has_scenario),
    ),
)  # fmt: skip
