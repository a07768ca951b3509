"""What people do to a scenario's money, refused in words where it is frozen or locked, with the way out."""

from __future__ import annotations

from prodlead_desktop.domain import initiatives, scenarios
from prodlead_desktop.domain.entities import Level, Node, Scenario
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.ui.session import Notice, Session

KEY = "allocate"  # a later notice about money replaces the one before


def is_frozen(reader: Reader, scenario: str) -> bool:
    """Whether a scenario is there and keeps its own fields."""
    found = reader.find(Scenario, scenario)
    return found is not None and found.status == "frozen"


def is_locked(reader: Reader, scenario: str, initiative: str) -> bool:
    """Whether what an initiative gets is locked."""
    given = scenarios.allocation(reader, scenario, initiative)
    return bool(given and given.lock)


def may_change(session: Session, scenario: str, initiative: str | None = None) -> bool:
    """Whether the money may be moved now; tells why not, with the way out."""
    strategy = session.strategy
    if session.document.read_only is not None:
        session.notice.emit(Notice(session.document.read_only, "warn", key=KEY))
        return False
    if is_frozen(strategy, scenario):
        name = strategy.get(Scenario, scenario).name
        ways = (
            ("Duplicate", lambda: duplicate(session, scenario)),
            ("Thaw", lambda: thaw(session, scenario)),
        )
        sentence = f"“{name}” is frozen: its levels and amounts stay as decided."
        session.notice.emit(
            Notice(
                sentence,
                "warn",
                ways,
                key=KEY,
                holds=lambda: session.scenario == scenario and is_frozen(session.strategy, scenario),
            )
        )
        return False
    if initiative is not None and is_locked(strategy, scenario, initiative):
        title = strategy.get(Node, initiative).title
        unlock = ("Unlock", lambda: set_lock(session, scenario, initiative, False))
        session.notice.emit(
            Notice(
                f"“{title}” is locked.",
                "warn",
                (unlock,),
                key=KEY,
                holds=lambda: (
                    session.scenario == scenario and is_locked(session.strategy, scenario, initiative)
                ),
            )
        )
        return False
    return True


def set_level(session: Session, scenario: str, initiative: str, level: str | None) -> bool:
    """Fund an initiative at a level (None = nothing); says whether it was done."""
    given = scenarios.allocation(session.strategy, scenario, initiative)
    now = (given.level, given.amount or 0) if given else (None, 0)
    if now == (level, 0) or not may_change(session, scenario, initiative):
        return now == (level, 0)

    def work() -> None:
        found = session.strategy.find(Level, level)
        name = f"“{found.name}”" if found else "nothing"
        with session.edit(f"Fund {name}") as edit:
            scenarios.set_level(edit, scenario, initiative, level)

    return session.attempt(work)


def set_amount(session: Session, scenario: str, initiative: str, amount: int) -> bool:
    """Fund an initiative with an amount in minor units; says whether it was done.

    Raises scenarios.NoSuchLevel when it lies between two levels, and BadInput when it cannot be one.
    """
    if not may_change(session, scenario, initiative):
        return False
    with session.edit("Fund an amount") as edit:
        scenarios.set_amount(edit, scenario, initiative, amount)
    return True


def set_lock(session: Session, scenario: str, initiative: str, lock: bool) -> bool:
    """Lock or unlock what an initiative gets; says whether it was done."""
    if session.strategy.find(Scenario, scenario) is None or not may_change(session, scenario):
        return False

    def work() -> None:
        with session.edit("Lock" if lock else "Unlock") as edit:
            scenarios.set_lock(edit, scenario, initiative, lock)

    return session.attempt(work)


def set_limits(
    session: Session, scenario: str, initiative: str, floor: int | None, ceiling: int | None
) -> bool:
    """Set the least and the most an initiative may get; says whether it was done."""
    if not may_change(session, scenario):
        return False

    def work() -> None:
        with session.edit("Change floor and ceiling") as edit:
            scenarios.set_limits(edit, scenario, initiative, floor, ceiling)

    return session.attempt(work)


def duplicate(session: Session, scenario: str) -> bool:
    """Copy a scenario and make the copy the active one; nothing when it is gone."""
    if session.strategy.find(Scenario, scenario) is None:
        return False

    def work() -> None:
        name = session.strategy.get(Scenario, scenario).name
        with session.edit(f"Duplicate “{name}”") as edit:
            added = scenarios.create(edit, name, copy_of=scenario)
        session.set_scenario(added)

    return session.attempt(work)


def thaw(session: Session, scenario: str) -> bool:
    """Make a frozen scenario a draft again; says whether it was done, which it is not when it is gone or thawed."""
    if not is_frozen(session.strategy, scenario):
        return False

    def work() -> None:
        name = session.strategy.get(Scenario, scenario).name
        with session.edit(f"Thaw “{name}”") as edit:
            scenarios.thaw(edit, scenario)

    return session.attempt(work)


def rename(session: Session, scenario: str, name: str) -> None:
    """Give a scenario another name, made unique; ProdleadError when it is empty."""
    with session.edit("Rename scenario") as edit:
        scenarios.rename(edit, scenario, name)


def can_step(reader: Reader, initiative: str) -> bool:
    """Whether an initiative is funded by levels, so that there is a next one."""
    return initiatives.data_of(reader, initiative).funding != "curve"
