"""Several cards at once: what they share, and one edit that sets it for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.domain import nodes, rows
from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SPEC_OF, Node
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.pools import free_colour
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.form import GAP
from prodlead_desktop.ui.inspector.offers import offers_of, option_of, tell_added
from prodlead_desktop.ui.session import Notice, Session
from prodlead_desktop.ui.style.choice_segments import ChoiceSegments
from prodlead_desktop.ui.style.chooser import Chooser
from prodlead_desktop.ui.style.fields import ChoiceField, LabelledField
from prodlead_desktop.ui.style.labels import Label
from prodlead_desktop.ui.style.tags import TagsEdit

MIXED = "Different"
REFS = ("owner", "team", "pool")
STATES = ("draft", "agreed")


class BulkPanel(QWidget):
    """Kind, state, owner, team, pool and tags of several cards."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._ids: tuple[str, ...] = ()
        self.count = Label("", "panel_title")
        self.mix = Label("", "label", "text2", wrap=True)
        words = [(kind.name, kind.title) for kind in kinds().values()]
        self.kind = ChoiceField("Kind", words, None, MIXED)
        self.kind.changed.connect(self._set_kind)
        self.state = ChoiceSegments(STATES, "State", required=True)
        self.state.picked.connect(lambda word: self._set("state", word))
        self.refs = {name: self._chooser(name) for name in REFS}
        self.tags = TagsEdit("Tags they all have")
        self.tags.changed.connect(self._set_tags)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(WINDOW.dock_padding,) * 4)
        column.setSpacing(GAP)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.count)
        head.addWidget(self.mix)
        column.addLayout(head)
        self.fields: list[LabelledField] = [self.kind, LabelledField("State", self.state)]
        self.fields += [LabelledField(_field(name).title, chooser) for name, chooser in self.refs.items()]
        self.fields.append(LabelledField("Tags they all have", self.tags))
        for field in self.fields:
            column.addWidget(field)
        column.addStretch(1)

    def _chooser(self, name: str) -> Chooser:
        offers = offers_of(_field(name).ref)
        session = self._session
        chooser = Chooser(
            lambda: offers.options(session.strategy, session.theme),
            offers.word,
            f"Choose {offers.article}",
            offers.can_add,
        )
        chooser.chosen.connect(lambda row_id: self._choose(name, row_id))
        chooser.added.connect(lambda words: self._add(name, words))
        chooser.refused.connect(lambda why: self._field_of(chooser).say(why))
        return chooser

    def _field_of(self, editor: QWidget) -> LabelledField:
        return next(field for field in self.fields if field.editor is editor)

    def bind(self, ids: Sequence[str]) -> None:
        """Show other cards."""
        if tuple(ids) != self._ids:
            self.flush()
            self._ids = tuple(ids)
            for chooser in self.refs.values():
                chooser.show_option(None)
        self.refresh(None)

    def flush(self) -> None:
        """Write what is typed."""
        if self._nodes():
            for chooser in self.refs.values():
                chooser.commit()
            self.tags.commit()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow the document."""
        found = self._nodes()
        if not found:
            return
        strategy, theme = self._session.strategy, self._session.theme
        self.count.setText(wording.count(len(found), "card"))
        self.mix.setText(_mix(found))
        self.kind.set_value(_common(found, lambda node: node.kind))
        self.state.show_value(_common(found, lambda node: node.state))
        for name, chooser in self.refs.items():
            users = [node for node in found if name == "owner" or name in kind_of(node.kind).uses]
            self._field_of(chooser).setVisible(bool(users))
            shared = _common(users, attrgetter(name))
            some = any(getattr(node, name) is not None for node in users)
            offers = offers_of(_field(name).ref)
            chooser.setPlaceholderText(MIXED if some else f"Choose {offers.article}")
            chooser.follow(option_of(strategy, theme, _field(name).ref, shared))
        shared_tags = [tag for tag in found[0].tags if all(tag in node.tags for node in found)]
        self.tags.set_words(shared_tags)
        for field in self.fields:
            field.editor.setEnabled(self._session.document.read_only is None)

    def _nodes(self) -> list[Node]:
        strategy = self._session.strategy
        return [node for node in (strategy.find(Node, node_id) for node_id in self._ids) if node]

    # -- one edit for all

    def _all(self, label: str, work: Callable[[Edit, Node], object]) -> bool:
        def run() -> None:
            with self._session.edit(label) as edit:
                for node in self._nodes():
                    work(edit, node)

        done = self._session.attempt(run)
        self.refresh(None)
        return done

    def _label(self, what: str) -> str:
        return f"Change {what} of {wording.count(len(self._nodes()), 'card')}"

    def _set(self, name: str, value: Any) -> None:
        def work(edit: Edit, node: Node) -> None:
            if name in ("owner", "state") or name in kind_of(node.kind).uses:
                nodes.set_value(edit, node.id, name, value)

        self._all(self._label(name), work)

    def _choose(self, name: str, row_id: str | None) -> None:
        self._set(name, row_id)
        self.refs[name].show_option(None)
        self.refresh(None)

    def _add(self, name: str, words: str) -> None:
        spec = SPEC_OF[_field(name).ref]
        found = self._nodes()

        def run() -> None:
            with self._session.edit(f"Add {spec.title.lower()} “{words}”") as edit:
                colour = {"colour": free_colour(edit)} if spec.table == "pool" else {}
                added = rows.add(edit, spec.cls, name=words, **colour)
                for node in found:
                    if name == "owner" or name in kind_of(node.kind).uses:
                        nodes.set_value(edit, node.id, name, added)

        if self._session.attempt(run):
            self.refs[name].show_option(None)
            tell_added(self._session, _field(name), words)
        self.refresh(None)

    def _set_kind(self, kind: str) -> None:
        dropped = 0

        def work(edit: Edit, node: Node) -> None:
            nonlocal dropped
            dropped += nodes.set_kind(edit, node.id, kind)

        if self._all(self._label("kind"), work) and dropped:
            facts = wording.count(dropped, "fact")
            sentence = f"{facts} dropped: {kind_of(kind).plural.lower()} do not have them."
            undo = ("Undo", self._session.undo)
            self._session.notice.emit(Notice(sentence, "info", (undo,), toast=True))

    def _set_tags(self, words: tuple[str, ...]) -> None:
        before = set(self.tags.words)
        added = [word for word in words if word not in before]
        removed = before - set(words)

        def work(edit: Edit, node: Node) -> None:
            kept = tuple(tag for tag in node.tags if tag not in removed)
            nodes.set_value(edit, node.id, "tags", (*kept, *(word for word in added if word not in kept)))

        self._all(self._label("tags"), work)


def _field(name: str) -> Any:
    return wording.field_of(Node, name)


def _common(found: Sequence[Node], value: Callable[[Node], Any]) -> Any:
    """What all share, None when they differ."""
    values = {value(node) for node in found}
    return next(iter(values)) if len(values) == 1 else None


def _mix(found: Sequence[Node]) -> str:
    """How many of each kind: "2 outcomes, 1 initiative"."""
    parts = []
    for kind in kinds().values():
        number = sum(node.kind == kind.name for node in found)
        if number:
            parts.append(wording.count(number, kind.title.lower(), kind.plural.lower()))
    return ", ".join(parts)
