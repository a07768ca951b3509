"""Random lives of a document: edits that work, edits that fail, undo, redo, closing; after every step the file, the
memory and every view must say the same. `tests/ui` subclasses StrategyMachine and adds its views."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from document.disk import assert_same
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from prodlead_desktop.document import Document
from prodlead_desktop.domain import initiatives, nodes, scenarios, tree
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Scenario
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import InvariantViolation, ProdleadError

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
KINDS = st.sampled_from(
    ("ambition", "outcome", "initiative", "opportunity", "capability", "note", "assumption")
)
GROUPS = st.sampled_from((None, None, "typing", "dragging"))
PICK = st.integers(0, 10**6)


class BrokenError(Exception):
    """Thrown into the middle of an edit."""


class StrategyMachine(RuleBasedStateMachine):
    """Its own record of what undo and redo must bring back is a list of whole strategies."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="prodlead-machine-"))
        self.path = self.folder / "life.prodlead"
        self.past: list[tuple[str | None, Strategy]] = []  # group of a step and the strategy before it
        self.future: list[tuple[str | None, Strategy]] = []  # group and the strategy after redoing it
        self.heard: list[ChangeSet] = []
        self.doc = Document.create(self.path, self.first(), data=self.folder / "data")

    # -- for subclasses

    def first(self) -> Strategy | None:
        """What a life begins with."""
        return None

    def opened(self) -> None:
        """Called whenever ``self.doc`` is a new document: attach views."""

    def closing(self) -> None:
        """Called before ``self.doc`` is closed: let go of it."""

    def look(self) -> None:
        """Called after every step: compare views with ``self.doc.strategy``."""

    # -- one life

    @initialize()
    def begin(self) -> None:
        self.doc.subscribe(self.heard.append)
        self.opened()

    def node(self, pick: int, kind: str | None = None) -> str | None:
        found = [node.id for node in tree.preorder(self.doc.strategy) if kind in (None, node.kind)]
        return found[pick % len(found)] if found else None

    def edit(self, work: Callable[[Edit], object], group: str | None = None) -> None:
        before = self.doc.strategy
        heard = len(self.heard)
        try:
            with self.doc.edit("Step", group) as edit:
                work(edit)
        except ProdleadError:
            assert self.doc.strategy is before
            assert len(self.heard) == heard
            return
        if self.doc.strategy is not before:
            assert len(self.heard) == heard + 1
            assert before.after(self.heard[-1]) == self.doc.strategy
            self.past.append((group, before))
            self.future.clear()

    @rule(pick=PICK, kind=KINDS, title=TITLES, top=st.booleans())
    def add(self, pick: int, kind: str, title: str, top: bool) -> None:
        self.edit(lambda edit: nodes.add(edit, kind, title, None if top else self.node(pick)))

    @rule(pick=PICK, title=TITLES)
    def add_sibling(self, pick: int, title: str) -> None:
        node = self.node(pick)
        if node is not None:
            self.edit(lambda edit: nodes.add_sibling(edit, node, title=title))

    @rule(pick=PICK, title=TITLES, group=GROUPS)
    def rename(self, pick: int, title: str, group: str | None) -> None:
        node = self.node(pick)
        if node is not None:
            self.edit(lambda edit: nodes.rename(edit, node, title), group)

    @rule(pick=PICK, other=PICK, group=GROUPS)
    def move(self, pick: int, other: int, group: str | None) -> None:
        node, under = self.node(pick), self.node(other)
        if node is not None:
            self.edit(lambda edit: nodes.move(edit, [node], under), group)

    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        node = self.node(pick)
        if node is not None:
            self.edit(lambda edit: nodes.delete(edit, [node]))

    @rule(pick=PICK, kind=KINDS)
    def set_kind(self, pick: int, kind: str) -> None:
        node = self.node(pick)
        if node is not None:
            self.edit(lambda edit: nodes.set_kind(edit, node, kind))

    @rule(pick=PICK, baseline=st.floats(-1e9, 1e9), money=st.integers(0, 10**12))
    def set_facts(self, pick: int, baseline: float, money: int) -> None:
        outcome, initiative = self.node(pick, "outcome"), self.node(pick, "initiative")

        def work(edit: Edit) -> None:
            if outcome is not None:
                nodes.set_value(edit, outcome, "baseline", baseline)
            if initiative is not None:
                initiatives.add_level(edit, initiative, cost=money)

        self.edit(work)

    @rule(pick=PICK, amount=st.integers(0, 10**9), name=TITLES)
    def fund(self, pick: int, amount: int, name: str) -> None:
        initiative = self.node(pick, "initiative")

        def work(edit: Edit) -> None:
            found = edit.ordered(Scenario)
            scenario = found[pick % len(found)].id if found else scenarios.create(edit, name)
            if initiative is None:
                scenarios.set_budget(edit, scenario, amount)
            elif levels := initiatives.levels(edit, initiative):
                scenarios.set_level(edit, scenario, initiative, levels[amount % len(levels)].id)
            else:
                scenarios.set_amount(edit, scenario, initiative, amount)

        self.edit(work)

    @rule(pick=PICK)
    def edit_that_throws(self, pick: int) -> None:
        before = self.doc.strategy
        with pytest.raises(BrokenError), self.doc.edit("Never") as edit:
            nodes.add(edit, "note", "Never seen", self.node(pick))
            raise BrokenError
        assert self.doc.strategy is before

    @rule(pick=PICK)
    def edit_that_breaks_a_rule(self, pick: int) -> None:
        before = self.doc.strategy
        with pytest.raises(InvariantViolation), self.doc.edit("Never") as edit:
            added = nodes.add(edit, "note", "Never seen", self.node(pick))
            edit.put(Node(added, "n_nobody", 0, "note", "Never seen", data=edit.get(Node, added).data))
        assert self.doc.strategy is before

    @rule()
    def undo(self) -> None:
        now = self.doc.strategy
        assert (self.doc.undo_label is None) == (not self.past)
        changes = self.doc.undo()
        if not self.past:
            assert changes is None
            return
        group, before = self.past.pop()
        while group is not None and self.past and self.past[-1][0] == group:
            before = self.past.pop()[1]
        assert self.doc.strategy == before
        self.future.append((group, now))

    @rule()
    def redo(self) -> None:
        now = self.doc.strategy
        assert (self.doc.redo_label is None) == (not self.future)
        changes = self.doc.redo()
        if not self.future:
            assert changes is None
            return
        group, after = self.future.pop()
        assert self.doc.strategy == after
        self.past.append((group, now))

    @precondition(lambda self: self.past)
    @rule()
    def close_and_open(self) -> None:
        self.closing()
        before = self.doc.strategy
        self.doc.close()
        self.doc = Document.open(self.path, data=self.folder / "data")
        assert self.doc.read_only is None
        assert self.doc.strategy == before
        self.doc.subscribe(self.heard.append)
        self.opened()

    @invariant()
    def file_is_memory_is_view(self) -> None:
        assert self.doc.flush()
        status = self.doc.disk
        assert (status.state, status.on_disk) == ("saved", status.sequence)
        assert_same(self.path, self.doc.strategy)
        self.look()

    def teardown(self) -> None:
        self.closing()
        self.doc.close()
        shutil.rmtree(self.folder, ignore_errors=True)
