"""The inspector of one card: head, switch between pages, pages; built once per kind and bound to the selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from prodlead_desktop.domain.changes import ChangeSet
from prodlead_desktop.domain.kind import Kind
from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.ui.inspector import bet, initiative_money, outcome_money, threshold
from prodlead_desktop.ui.inspector.details import DetailsPage
from prodlead_desktop.ui.inspector.head import OUT, Head
from prodlead_desktop.ui.inspector.notes import NotesPage
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.buttons import Segments

PADDING = WINDOW.dock_padding
SCROLL_BAR = 12  # its room is part of the padding


class Page(Protocol):
    """What the panel asks of a page."""

    def bind(self, node_id: str) -> None: ...
    def refresh(self, changes: ChangeSet | None) -> None: ...
    def flush(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of a kind: its words and how it is made; ``shown`` names the fields that Details leaves out."""

    name: str
    title: str
    build: Callable[[Session, Kind], QWidget]
    shown: tuple[str, ...] = ()


# The pages of a kind beyond Details and Notes, which every kind has.
PAGES: dict[str, tuple[PageSpec, ...]] = {
    "outcome": (
        PageSpec("threshold", "Threshold", threshold.ThresholdPage, threshold.SHOWN),
        PageSpec("money", "Money", outcome_money.OutcomeMoneyPage, outcome_money.OutcomeMoneyPage.shown),
    ),
    "initiative": (
        PageSpec("bet", "Bet", bet.BetPage, bet.SHOWN),
        PageSpec(
            "money", "Money", initiative_money.InitiativeMoneyPage, initiative_money.InitiativeMoneyPage.shown
        ),
    ),
}


def pages_of(kind: Kind) -> tuple[PageSpec, ...]:
    """Every page of a kind, in order."""
    own = PAGES.get(kind.name, ())
    elsewhere = tuple(name for page in own for name in page.shown)

    def details(session: Session, kind: Kind) -> QWidget:
        return DetailsPage(session, kind, elsewhere)

    return (*own, PageSpec("details", "Details", details), PageSpec("notes", "Notes", NotesPage))


class NodePanel(QWidget):
    """Head and pages of the cards of one kind."""

    def __init__(self, session: Session, kind: Kind) -> None:
        super().__init__()
        self._session, self._kind = session, kind
        self._specs = {page.name: page for page in pages_of(kind)}
        self._built: dict[str, QWidget] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._node: str | None = None
        self.head = Head(session, kind)
        choices = [(page.name, page.title, "") for page in self._specs.values()]
        self.switch = Segments(choices, "Pages of the card", stretch=True)
        self.switch.changed.connect(self.open_page)
        self._stack = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        for widget, side, below in ((self.head, PADDING - OUT, 2), (self.switch, PADDING, 10)):
            framed = QVBoxLayout()
            framed.setContentsMargins(side, 0, side, below)
            framed.addWidget(widget)
            column.addLayout(framed)
        column.addWidget(self._stack, 1)

    @property
    def page_name(self) -> str:
        """The page that is open."""
        return self.switch.current()

    def page(self, name: str) -> QWidget:
        """A page, built when it is first asked for."""
        if name not in self._built:
            self._built[name] = page = self._specs[name].build(self._session, self._kind)
            page.setObjectName(name)
            self._areas[name] = scrolled(page, self._specs[name].title)
            self._stack.addWidget(self._areas[name])
        return self._built[name]

    def open_page(self, name: str) -> None:
        """Show a page."""
        if name not in self._specs:
            return
        self._current().flush()
        page = self.page(name)
        self.switch.set(name)
        if self._node is not None:
            cast(Page, page).bind(self._node)
        self._stack.setCurrentWidget(self._areas[name])

    def open_first_page(self) -> QWidget:
        """Show the page that says most about this kind, and return it."""
        name = next(iter(self._specs))
        self.open_page(name)
        return self.page(name)

    def bind(self, node_id: str) -> None:
        """Show another card of this kind."""
        if node_id != self._node:
            self.flush()
        self._node = node_id
        self.head.bind(node_id)
        self.open_page(self.page_name)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Follow a ChangeSet; pages that are not seen follow when they are opened."""
        self.head.refresh()
        self._current().refresh(changes)

    def flush(self) -> None:
        """Write what is typed."""
        self.head.flush()
        for page in self._built.values():
            cast(Page, page).flush()

    def _current(self) -> Page:
        return cast(Page, self.page(self.page_name))


def scrolled(page: QWidget, title: str) -> QScrollArea:
    """A page in a scroll area that paints no ground of its own."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(PADDING, 4, PADDING - SCROLL_BAR, PADDING)
    column.addWidget(page)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # nothing moves when it is needed
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(title)
    area.viewport().setAutoFillBackground(False)
    holder.setAutoFillBackground(False)
    return area
