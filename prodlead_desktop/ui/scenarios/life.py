"""The life of a scenario: made, copied, renamed, frozen, thawed, promoted, deleted; each one edit with a way back."""

from __future__ import annotations

from datetime import datetime

from prodlead_desktop.analysis import capital
from prodlead_desktop.analysis.ledger import Ledger
from prodlead_desktop.domain import numerals, removal, scenarios
from prodlead_desktop.domain.entities import Scenario
from prodlead_desktop.domain.scenarios import FROZEN, PLAN
from prodlead_desktop.domain.strategy import Reader, Strategy
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session


def new(session: Session) -> None:
    """Add an empty scenario and make it the active one."""
    with session.edit("Add scenario") as edit:
        added = scenarios.create(edit, "Scenario")
    session.set_scenario(added)


def duplicate(session: Session, scenario: Scenario) -> None:
    """Copy a scenario with everything it has; the copy becomes the active one."""
    with session.edit(f"Duplicate “{scenario.name}”") as edit:
        added = scenarios.create(edit, scenario.name, copy_of=scenario.id)
    session.set_scenario(added)


def with_budget(session: Session, scenario: Scenario, percent: int) -> None:
    """Copy a scenario with a bigger or smaller budget; the copy becomes the active one."""
    sign = "−" if percent < 0 else "+"
    with session.edit(f"Duplicate “{scenario.name}” at {sign}{abs(percent)} %") as edit:
        added = scenarios.with_budget(edit, scenario.id, percent)
    session.set_scenario(added)


def freeze(session: Session, scenario: Scenario) -> None:
    """Lock what a scenario decided and keep the whole state as a checkpoint."""
    mark = f"“{scenario.name}” frozen"
    placed = capital.totals(session.strategy, scenario.id).placed
    with session.edit(f"Freeze “{scenario.name}”") as edit:
        scenarios.freeze(edit, scenario.id, mark, placed)
    session.document.checkpoint(mark)
    sentence = f"“{scenario.name}” is frozen, and a checkpoint of now is in the file."
    session.notice.emit(Notice(sentence, "ok", (("Undo", session.undo),), toast=True))


def thaw(session: Session, scenario: Scenario) -> None:
    """Let a frozen scenario be changed again."""
    with session.edit(f"Thaw “{scenario.name}”") as edit:
        scenarios.thaw(edit, scenario.id)
    sentence = f"“{scenario.name}” is a draft again: its money can be moved."
    session.notice.emit(Notice(sentence, "info", (("Undo", session.undo),), toast=True))


def promote(session: Session, scenario: Scenario) -> None:
    """Make a scenario the plan of record; the former one is kept under its name, frozen."""
    strategy, now = session.strategy, datetime.now()
    placed = {one.id: capital.totals(strategy, one.id).placed for one in strategy.ordered(Scenario)}
    until = f"plan of record until {now.day} {now:%b %Y}"
    with session.edit(f"Promote “{scenario.name}”") as edit:
        former = scenarios.promote(edit, scenario.id, until, placed)
    sentence, broken = f"“{scenario.name}” is the plan of record.", breaches(session.strategy, scenario.id)
    sentence += f" {broken}" if broken else ""
    if former is not None:
        sentence += f" “{strategy.get(Scenario, former).name}”, the plan until now, is kept frozen."
    level = "warn" if broken else "ok"
    session.notice.emit(Notice(sentence, level, (("Undo", session.undo),), toast=True))


def breaches(strategy: Strategy, scenario: str) -> str:
    """What a scenario breaks of its budget and its pools' bands, as one sentence; empty when it keeps them."""
    from prodlead_desktop.ui.allocate import listing  # not needed by the first frame

    currency, left = strategy.header.currency, capital.totals(strategy, scenario).left
    found = []
    if left is not None and left < 0:
        found.append(f"It is {numerals.money_short(-left, currency)} over its budget")
    for share in listing.shares(Ledger(strategy, scenario)):
        if share.outside and share.permille is not None:
            whole = (
                "what is placed"
                if share.of == "spend"
                else "it"
                if left is not None and left < 0
                else "its budget"
            )
            has = numerals.percent(share.permille / 1000, 1)
            found.append(f"{share.name} has {has} of {whole}, its band is {listing.band_words(share)}\u00a0%")
    return f"{'; '.join(found)}." if found else ""


def delete(session: Session, scenario: Scenario) -> None:
    """Delete a scenario, with Undo in reach."""
    with session.edit(f"Delete “{scenario.name}”") as edit:
        removal.remove(edit, scenario)
    sentence = f"Deleted the scenario “{scenario.name}”."
    session.notice.emit(Notice(sentence, "info", (("Undo", session.undo),), toast=True))


def status_words(strategy: Strategy, scenario: Scenario) -> str:
    """ "Plan of record", "Frozen", "Frozen at €880 k, today €910 k"; empty for a draft."""
    if scenario.status == PLAN:
        return "Plan of record"
    if scenario.status != FROZEN:
        return ""
    today = capital.totals(strategy, scenario.id).placed
    if scenario.frozen_total is None or scenario.frozen_total == today:
        return "Frozen"
    currency = strategy.header.currency
    was, now = (numerals.money_short(amount, currency) for amount in (scenario.frozen_total, today))
    return f"Frozen at {was}, today {now}"


def why_closed(reader: Reader, read_only: str | None, scenario: str | None) -> str:
    """Why the rules of a scenario cannot be changed now; empty when they can."""
    if read_only is not None:
        return read_only
    found = reader.find(Scenario, scenario)
    if found is not None and found.status == FROZEN:
        return f"“{found.name}” is frozen: what it decided stays. Duplicate it, or thaw it."
    return ""
