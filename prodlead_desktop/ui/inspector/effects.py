"""What an initiative moves: an outcome, and by how much in the outcome's unit and in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import effects, initiatives, removal, rows
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Effect, Node
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.errors import BadInput, ProdleadError
from prodlead_desktop.ui.inspector import effect_words, wording
from prodlead_desktop.ui.inspector.effect_fields import NUMBERS, EffectFields
from prodlead_desktop.ui.inspector.live_text import LiveText
from prodlead_desktop.ui.inspector.offers import offers_of, option_of
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Button, IconButton
from prodlead_desktop.ui.style.chooser import Chooser
from prodlead_desktop.ui.style.fields import decimal_sign
from prodlead_desktop.ui.style.labels import Label


class EffectsTable(QWidget):
    """One block per effect; without any, the outcome above on the map is offered and stored with the first number."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._initiative: str | None = None
        self.blocks: list[EffectBlock] = []
        self._label = Label("Moves", "label", "text2")
        self.add = Button("Add effect", "ghost", "plus")
        self.add.clicked.connect(self._add)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(self._lines)
        column.addWidget(self.add)

    def bind(self, initiative: str) -> None:
        """Show another initiative."""
        if initiative != self._initiative:
            self.flush()
            self._initiative = initiative
            self._rebuild([])
        self.refresh()

    def refresh(self) -> None:
        """Follow the document: blocks that stay are kept, so that typing in one goes on."""
        strategy = self._session.strategy
        if strategy.find(Node, self._initiative) is None or self._initiative is None:
            return
        there: list[str | None] = [row.id for row in initiatives.effects(strategy, self._initiative)]
        pending = [block for block in self.blocks if block.effect_id is None]
        if not there or (pending and pending[0].is_wanted):
            there.append(None)
        if there != [block.effect_id for block in self.blocks]:
            self._rebuild(there)
        for block in self.blocks:
            block.refresh()
        self.add.setEnabled(self._session.document.read_only is None and None not in there)

    def flush(self) -> bool:
        """Write what is typed."""
        refused = [block for block in self.blocks if not block.flush()]
        return not refused

    def _rebuild(self, wanted: list[str | None]) -> None:
        kept = {block.effect_id: block for block in self.blocks if block.effect_id in wanted}
        for block in self.blocks:
            self._lines.removeWidget(block)
            if block.effect_id not in wanted:
                block.hide()
                block.deleteLater()
        initiative = str(self._initiative)
        self.blocks = [kept.get(found) or EffectBlock(self._session, initiative, found) for found in wanted]
        for block in self.blocks:
            self._lines.addWidget(block)
            block.show()

    def _add(self) -> None:
        block = EffectBlock(self._session, str(self._initiative), None)
        block.is_wanted = True
        self.blocks.append(block)
        self._lines.addWidget(block)
        block.show()
        self.refresh()
        block.outcome.setFocus()


class EffectBlock(QWidget):
    """The outcome, the numbers, and the words for them; ``effect_id`` None is one that is not stored yet."""

    def __init__(self, session: Session, initiative: str, effect_id: str | None) -> None:
        super().__init__()
        self._session, self.initiative, self.effect_id = session, initiative, effect_id
        self.is_wanted = False  # asked for with the button, so it stays although it says nothing yet
        offers = offers_of("node", ("outcome",))
        self.outcome = Chooser(
            lambda: offers.options(session.strategy, session.theme), offers.word, "Choose an outcome"
        )
        self.outcome.setAccessibleName("Outcome it moves")
        self.outcome.chosen.connect(self._choose)
        self.outcome.refused.connect(self._say)
        self.remove = IconButton("x", "Remove this effect", 14)
        self.remove.clicked.connect(self._remove)
        self._bounded = False  # bounds of percentiles that are taken away keep their fields
        self._problems: dict[str, str] = {}
        self._kept: dict[
            bool, dict[str, float | None]
        ] = {}  # numbers of the other shapes, while the card is seen
        self.fields = EffectFields()
        self.fields.picked.connect(self._reshape)
        self.lines = self.fields.lines
        self.lives = {name: self._bound(name) for name in NUMBERS}
        self.words = Label("", "label", "text2", wrap=True)
        self._problem = Label("", "label", "text2", wrap=True)
        self._problem.hide()
        self._lay_out()
        for live in self.lives.values():
            live.reset(None)

    def _bound(self, name: str) -> LiveText:
        def write(value: float | None, group: str) -> None:
            self._write(name, value, group)

        return LiveText(self.lines[name], self._read, self._show, write, lambda why: self._say(why, name))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.outcome, 1)
        top.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.fields)
        column.addWidget(self.words)
        column.addWidget(self._problem)

    @property
    def effect(self) -> Effect | None:
        """The stored effect."""
        return self._session.strategy.find(Effect, self.effect_id)

    @property
    def target(self) -> Node | None:
        """The outcome that is moved: the stored one, else the nearest above if nothing was stored yet."""
        strategy, found = self._session.strategy, self.effect
        if found is not None:
            return strategy.find(Node, found.outcome)
        if self.is_wanted or strategy.find(Node, self.initiative) is None:
            return None
        return initiatives.default_outcome(strategy, self.initiative)

    def refresh(self) -> None:
        """Follow the document."""
        strategy, theme = self._session.strategy, self._session.theme
        target, found = self.target, self.effect
        locked = self._session.document.read_only is not None
        self.outcome.follow(option_of(strategy, theme, "node", target.id if target else None))
        self.outcome.setReadOnly(locked)
        self.remove.setVisible(self.effect_id is not None or self.is_wanted)
        self.remove.setEnabled(not locked)
        unit = target.data.unit if target and isinstance(target.data, OutcomeData) else None
        self._bounded = self._bounded or (found is not None and (found.low, found.high) != (None, None))
        self.fields.show_shape(found.shape if found else "percentiles", self._bounded)
        self.fields.set_unit(unit)
        self.fields.set_read_only(locked or target is None)
        for name, live in self.lives.items():
            live.show(getattr(found, name) if found else None)
        self.words.setText(_worded(target, found))

    def flush(self) -> bool:
        """Write what is typed."""
        if self.effect_id is not None and self.effect is None:
            return True
        if self.outcome.text().strip():
            self.outcome.commit()
        refused = [live for live in self.lives.values() if not live.commit()]
        return not refused

    # -- writing

    def _read(self, text: str) -> float | None:
        field = wording.field_of(Effect, "p50")
        bare = wording.without_unit(text.strip(), self.lines["p50"].unit)
        return wording.parsed(self._session.strategy, field, bare, decimal_sign())

    def _show(self, value: float | None) -> str:
        return wording.typed(self._session.strategy, wording.field_of(Effect, "p50"), value, decimal_sign())

    def _write(self, name: str, value: float | None, group: str) -> None:
        """Store it with what stands refused in the other fields: that counts as soon as all of them fit."""
        target = self.target
        if target is None:
            raise BadInput("Choose the outcome it moves first.")
        waiting = [other for other in self.fields.shown() if other != name and self.lives[other].is_refused]
        values = {other: self._read(self.lines[other].text()) for other in waiting} | {name: value}
        self._store(
            "Change effect", lambda edit: effects.state(edit, self.initiative, target.id, **values), group
        )
        for other in waiting:
            self.lives[other].reset(values[other])  # it is stored now

    def _reshape(self, shape: str) -> None:
        """State it in another way, by the numbers it had there before; the others go with a word, and come back so."""
        target = self.target
        if target is not None and shape != self.fields.shape and self.flush():
            before = self.effect
            gone = effects.strangers(before, shape) if before else ()
            if before is not None:
                self._kept[effects.is_between(before)] = effects.numbers_of(before)
            said = [f"{effects.NAMES[name]} {self.lines[name].text()}" for name in gone]

            def work() -> None:
                self._store("Change shape", lambda edit: self._restated(edit, target.id, shape))

            self._bounded = False
            if self._session.attempt(work) and said:
                self._tell_gone(said, shape)
        self.refresh()

    def _restated(self, edit: Edit, outcome: str, shape: str) -> str:
        added = effects.set_shape(edit, self.initiative, outcome, shape)
        stated = edit.get(Effect, added)
        kept = self._kept.get(effects.is_between(stated), {})
        was_other = self.effect is not None and effects.is_between(self.effect) != effects.is_between(stated)
        if was_other and any(value is not None for value in kept.values()):
            effects.state(edit, self.initiative, outcome, **kept)
        return added

    def _tell_gone(self, said: list[str], shape: str) -> None:
        takes = effects.WORDS[shape] + ("" if shape == "percentiles" else " of least, most likely and most")
        verb = "is" if len(said) == 1 else "are"
        gone = effect_words.listed(said)
        sentence = f"{gone[:1].upper()}{gone[1:]} {verb} taken away: the effect is now stated as {takes}."
        self._session.notice.emit(Notice(sentence, "info", (("Undo", self._session.undo),), toast=True))

    def _choose(self, outcome: str | None) -> None:
        if self._session.attempt(lambda: self._point_at(outcome)):
            self.outcome.show_option(option_of(self._session.strategy, self._session.theme, "node", outcome))
        self.refresh()

    def _point_at(self, outcome: str | None) -> None:
        found = self.effect
        if outcome is None:
            if found is not None:
                self._remove()
            return
        others = initiatives.effects(self._session.strategy, self.initiative)
        if any(other.outcome == outcome and other.id != self.effect_id for other in others):
            title = wording.node_words(self._session.strategy.get(Node, outcome))
            raise BadInput(f"It already moves “{title}”.", "Change the numbers there.")
        if found is None:
            self._store("Change effect", lambda edit: effects.state(edit, self.initiative, outcome))
        else:
            with self._session.edit("Change effect") as edit:
                rows.set_value(edit, Effect, found.id, "outcome", outcome)
            self._kept.clear()  # they were in another unit
        self._say("")

    def _store(self, words: str, change: Callable[[Edit], str], group: str | None = None) -> None:
        """Set the effect; the id is known before anybody hears of the edit, so that this block stays its block."""
        before = self.effect_id
        try:
            with self._session.edit(words, group=group) as edit:
                self.effect_id = change(edit)
        except ProdleadError:
            self.effect_id = before
            raise

    def _remove(self) -> None:
        found = self.effect
        if found is None:
            self.is_wanted = False
            parent: Any = self.parent()
            parent.refresh()
            return

        def work() -> None:
            with self._session.edit("Remove effect") as edit:
                removal.remove(edit, edit.get(Effect, found.id))

        self._session.attempt(work)

    def _say(self, message: str, name: str = "") -> None:
        """Why the outcome ("") or one of the numbers was refused; each reason is said once."""
        self._problems[name] = message
        told = "\n".join(dict.fromkeys(problem for problem in self._problems.values() if problem))
        self._problem.setText(told)
        self._problem.setVisible(bool(told))
        if name:
            self.lines[name].set_refused(bool(message))
            self.lines[name].setAccessibleDescription(message)


def _worded(target: Node | None, found: Effect | None) -> str:
    if target is None:
        return "Say which outcome it moves, then by how much."
    if found is None:
        return "The outcome above it on the map. How much better does it get at full money?"
    if not isinstance(target.data, OutcomeData):
        return ""
    return effect_words.in_words(target.data, found)
