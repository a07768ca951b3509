"""Ctrl L: what a card contributes to beside the tree: type a name, then how much, how late and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodlead_desktop.domain import links, numerals, removal
from prodlead_desktop.domain.entities import Effect, Link, Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.inspector.form import Form
from prodlead_desktop.ui.inspector.offers import offers_of
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import IconButton
from prodlead_desktop.ui.style.chooser import Chooser, Option
from prodlead_desktop.ui.style.fields import LabelledField
from prodlead_desktop.ui.style.labels import Divider, ElidedLabel, Icon, Label
from prodlead_desktop.ui.style.popover import Popover
from prodlead_desktop.ui.style.scroller import Lines

if TYPE_CHECKING:
    from prodlead_desktop.ui.main_window import MainWindow

WIDTH, SIDE, MOST_HIGH = 440, 18, 420


class LinkBox(Popover):
    """A field for the name, and below it every link of the card, each with its numbers and its reason."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window, 12)
        self._session, self._window = session, window
        self._node: str | None = None
        self.blocks: list[LinkBlock] = []
        self.setAccessibleName("Cross-links")
        self.title = ElidedLabel("", "panel_title")
        self.target = Chooser(self._offers, "outcome", "Type the name of an outcome")
        self.target.chosen.connect(self._connect)
        self.field = LabelledField("Contributes to", self.target)
        self.target.refused.connect(self._say)
        self.none = Label("", "label", "text2", wrap=True)
        self._lines = Lines(WIDTH - 2 * SIDE + 8, MOST_HIGH, gap=14, right=12)
        self._lay_out()
        self._lines.grown.connect(self.fit)
        session.changed.connect(self._follow)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 14, SIDE - 8, 16)
        column.setSpacing(12)
        column.addLayout(head)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.setSpacing(12)
        top.addWidget(self.field)
        top.addWidget(self.none)
        column.addLayout(top)
        column.addWidget(self._lines)
        self.column.addWidget(body)

    def open(self, node_id: str, corner: QPoint) -> None:
        """Show the links of a card; BadInput when nothing can be linked from it."""
        strategy = self._session.strategy
        problem = links.may_link(strategy, node_id)
        if problem:
            raise BadInput(problem, "Choose an outcome or an initiative first.")
        node = strategy.get(Node, node_id)
        self._node = node_id
        self.title.set_text(wording.node_words(node))
        self.field.set_label("Also moves" if node.kind == "initiative" else "Contributes to")
        self.field.say("")
        self.target.show_option(None)
        self.target.setEnabled(self._session.document.read_only is None)
        self.none.setText(
            "Effects are edited in the inspector, with P10, P50 and P90."
            if node.kind == "initiative"
            else "No cross-links yet. The line to the outcome above is the tree’s own and needs none."
        )
        self._rebuild()
        self.open_at(corner)
        self.target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close; what is typed is written."""
        for block in self.blocks:
            block.form.flush()
        super().dismiss()

    # -- inside

    def _offers(self) -> list[Option]:
        """Every outcome but the card itself."""
        found = offers_of("node", ("outcome",)).options(self._session.strategy, self._session.theme)
        return [option for option in found if option.id != self._node]

    def _connect(self, target: object) -> None:
        source, session = self._node, self._session
        if source is None or not isinstance(target, str):
            return
        added = ""

        def work() -> None:
            nonlocal added
            words = wording.node_words(session.strategy.get(Node, target))
            with session.edit(f"Link to “{words[:40]}”") as edit:
                added = links.connect(edit, source, target)

        try:
            work()
        except BadInput as error:
            self.target.refuse(str(error))
            return
        self._say("")
        self.target.show_option(None)
        if session.strategy.find(Effect, added) is not None:
            self.dismiss()
            self._window.focus_inspector()
            return
        block = next((block for block in self.blocks if block.link == added), None)
        if block is not None:
            block.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, message: str) -> None:
        """Tell below the field why it was refused, with room for it."""
        if message != self.field.message:
            self.field.say(message)
            self.fit()

    def _follow(self, _: object) -> None:
        if self.isHidden() or self._node is None:
            return
        if self._session.strategy.find(Node, self._node) is None:
            super().dismiss()
            return
        found = [link.id for link in links.links_of(self._session.strategy, self._node)]
        if found != [block.link for block in self.blocks]:
            self._rebuild()
        for block in self.blocks:
            block.refresh()

    def _rebuild(self) -> None:
        found = links.links_of(self._session.strategy, str(self._node))
        self.blocks = [LinkBlock(self._session, link.id, str(self._node)) for link in found]
        self.none.setVisible(not self.blocks)
        self._lines.fill([*self.blocks])
        self.fit()


class LinkBlock(QWidget):
    """One link: where it leads or comes from, k and lag, because, and what k means in words."""

    def __init__(self, session: Session, link: str, seen_from: str) -> None:
        super().__init__()
        self._session, self.link = session, link
        row = session.strategy.get(Link, link)
        leaves = row.source == seen_from
        other = session.strategy.get(Node, row.target if leaves else row.source)
        words = wording.node_words(other)
        self.form = Form(session, Link)
        first, lag = self.form.make("contribution"), self.form.make("lag")
        self.first = first
        self.form.add_row(first, lag)
        self.form.add("rationale", placeholder="What makes the one help the other", lines=1)
        self.form.bind(link)
        self.meaning = Label("", "label", "text2", wrap=True)
        self.remove = IconButton("trash-2", f"Delete the link {'to' if leaves else 'from'} {words}")
        self.remove.clicked.connect(self._remove)
        self.remove.setEnabled(session.document.read_only is None)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("arrow-right" if leaves else "arrow-left", 16, "text2"))
        name = ElidedLabel("", "strong")
        name.set_text(f"{'To' if leaves else 'From'} {words}")
        head.addWidget(name, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Divider())
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(self.meaning)
        self.refresh()

    def refresh(self) -> None:
        """Follow the document."""
        strategy = self._session.strategy
        row = strategy.find(Link, self.link)
        if row is None:
            return
        self.form.refresh(None)
        source, target = (strategy.get(Node, end) for end in (row.source, row.target))
        units = [getattr(node.data, "unit", None) or "unit" for node in (source, target)]
        if row.contribution is None:
            said = f"k: how many {units[1]} there come from one {units[0]} here. Unknown, the link counts nothing."
        else:
            said = (
                f"1 {units[0]} better in “{wording.node_words(source)}” makes “{wording.node_words(target)}” "
                f"{numerals.number(row.contribution, 3)} {units[1]} better."
            )
        self.meaning.setText(said)

    def _remove(self) -> None:
        session = self._session

        def work() -> None:
            with session.edit("Delete link") as edit:
                removal.remove(edit, edit.get(Link, self.link))

        session.attempt(work)
