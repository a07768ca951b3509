"""An initiative as a bet: what it costs at which level, what it moves, how sure we are and when we stop."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.ui.inspector.effects import EffectsTable
from prodlead_desktop.ui.inspector.form import GAP, Form
from prodlead_desktop.ui.inspector.levels import LevelsTable
from prodlead_desktop.ui.session import Session

SHOWN = ("evidence", "pool", "team", "success", "delay", "stop_if", "stop_date")
TABLES = ("level", "effect", "node", "header")


class BetPage(QWidget):
    """Levels, effects and the few fields every bet needs."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self.levels = LevelsTable(session)
        self.effects = EffectsTable(session)
        self.form = form = Form(session, Node, kind.data)
        form.add("evidence")
        form.add_row(form.make("pool"), form.make("team"))
        form.add_row(form.make("success"), form.make("delay"))
        form.add("stop_if", placeholder="A state and a date: “fewer than 200 trials by 30 June”")
        form.add_row(form.make("stop_date"), QWidget())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + 4)
        for part in (self.levels, self.effects, form):
            column.addWidget(part)
        column.addStretch(1)

    def bind(self, node_id: str) -> None:
        """Show another initiative."""
        self.levels.bind(node_id)
        self.effects.bind(node_id)
        self.form.bind(node_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet."""
        self.form.refresh(changes)
        if changes is None or changes.tables() & set(TABLES):
            self.levels.refresh()
            self.effects.refresh()

    def flush(self) -> bool:
        """Write what is typed."""
        done = [part.flush() for part in (self.levels, self.effects, self.form)]
        return all(done)
