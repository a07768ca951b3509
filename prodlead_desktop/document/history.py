"""Undo and redo as two stacks of journal rows, so that they survive a restart; nothing here touches the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.store.reading import JournalHead
from prodlead_desktop.store.store import Entry

BODIES_KEPT = 400  # changes of the newest steps stay in memory; older ones are read when they are needed


@dataclass(frozen=True, slots=True)
class Step:
    """One journal row that can be taken back; ``changes`` None means that its body is only on disk."""

    seq: int
    label: str
    group: str | None
    changes: ChangeSet | None = None


class History:
    """What can be undone and redone now."""

    def __init__(self, journal: Iterable[JournalHead] = ()) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        for head in journal:
            self._replay(head.kind, head.answers, Step(head.seq, head.label, head.group))

    def record(self, entry: Entry) -> None:
        """Take in an edit, undo or redo that was just made."""
        changes = entry.changes
        self._replay(entry.kind, entry.answers, Step(entry.seq, changes.label, changes.group, changes))
        for stack in (self._done, self._undone):
            old = len(stack) - BODIES_KEPT - 1
            if old >= 0 and stack[old].changes is not None:
                stack[old] = replace(stack[old], changes=None)

    def forget_before(self, seq: int) -> None:
        """Drop the steps whose journal rows were trimmed."""
        if self._done and self._done[0].seq < seq:
            self._done = [step for step in self._done if step.seq >= seq]
        if self._undone and self._undone[0].seq < seq:
            self._undone = [step for step in self._undone if step.seq >= seq]

    def to_undo(self) -> Sequence[Step]:
        """The steps that one undo takes back, newest first: the last one with all of its group."""
        steps: list[Step] = []
        for step in reversed(self._done):
            if steps and (step.group is None or step.group != steps[0].group):
                break
            steps.append(step)
        return steps

    def to_redo(self) -> Sequence[Step]:
        """The step that redo brings back, if any; an undone group is one step."""
        return self._undone[-1:]

    def to_withdraw(self, group: str) -> Sequence[Step]:
        """The steps of a gesture that is still going on; nothing when something else came after it."""
        return self.to_undo() if self._done and self._done[-1].group == group else ()

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        return self._done[-1].label if self._done else None

    def is_done(self, seq: int) -> bool:
        """Whether the step of a journal row is still in force and could be taken back."""
        return any(step.seq == seq for step in takewhile(lambda step: step.seq >= seq, reversed(self._done)))

    @property
    def last(self) -> int | None:
        """The journal row of the newest step that undo would take back."""
        return self._done[-1].seq if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back."""
        return self._undone[-1].label if self._undone else None

    def _replay(self, kind: str, answers: int | None, step: Step) -> None:
        if kind == "undo":
            _pop_down_to(self._done, answers)
            self._undone.append(step)
        elif kind == "withdraw":
            _pop_down_to(self._done, answers)
        elif kind == "redo":
            _pop_down_to(self._undone, answers)
            self._done.append(step)
        else:
            self._undone.clear()
            if kind == "edit":
                self._done.append(step)
            else:  # "start": the row is too big to be taken back after a restart, and so is what lies before it
                self._done.clear()


def _pop_down_to(stack: list[Step], seq: int | None) -> None:
    while stack and seq is not None and stack[-1].seq >= seq:
        stack.pop()


def taken_back(bodies: Sequence[ChangeSet]) -> ChangeSet:
    """One ChangeSet that undoes ``bodies``, given newest first."""
    total = bodies[0].inverted()
    for body in bodies[1:]:
        total = total.merged_with(body.inverted())
    return total
