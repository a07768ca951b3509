"""What the map shows now as a view, and a view shown on the map again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodlead_desktop.domain import views
from prodlead_desktop.domain.entities import Node, SavedView
from prodlead_desktop.domain.search import filter_of
from prodlead_desktop.domain.views import Look
from prodlead_desktop.ui.notice import Notice

if TYPE_CHECKING:
    from prodlead_desktop.ui.canvas.canvas import MapCanvas
    from prodlead_desktop.ui.main_window import MainWindow
    from prodlead_desktop.ui.session import Session

SHOWN = "view"  # where the session keeps the id of the view that was shown last
UNTITLED = "Untitled"


def looked_at(session: Session, canvas: MapCanvas) -> Look:
    """Branch, folds, lens, filter and the part of the map that is seen."""
    seen = canvas.view_state()
    return Look(
        session.root,
        session.folded,
        session.lens,
        session.narrowing.filter.text,
        *(round(float(seen[name]), 4) for name in ("zoom", "x", "y")),
    )


def shown(session: Session) -> SavedView | None:
    """The view that was shown last, as long as branch, folds and lens are still its own."""
    view = session.strategy.find(SavedView, session.kept.get(SHOWN))
    if view is None:
        return None
    look = views.look_of(session.strategy, view.id)
    here = (session.root, session.folded, session.lens, session.narrowing.filter)
    return view if (look.root, look.folded, look.lens, filter_of(look.filter)) == here else None


def show(window: MainWindow, view: str) -> None:
    """Look at the map as a view remembers it."""
    session, desk = window.session, window.desk
    if session is None or desk is None or session.strategy.find(SavedView, view) is None:
        return
    window.show_map()
    look = views.look_of(session.strategy, view)
    session.kept[SHOWN] = view
    session.set_root(look.root)
    session.narrowing.set_filter(filter_of(look.filter))
    session.set_folded(look.folded)
    session.set_lens(look.lens)
    desk.canvas.restore_view({"zoom": look.zoom, "x": look.x, "y": look.y})
    session.view_changed.emit()


def step(window: MainWindow, by: int) -> None:
    """Show the next or the previous view, round and round."""
    session = window.session
    if session is None:
        return
    every = [view.id for view in session.strategy.ordered(SavedView)]
    last = session.kept.get(SHOWN, "")
    at = every.index(last) + by if last in every else 0 if by > 0 else -1
    show(window, every[at % len(every)])


def save(window: MainWindow, name: str = "") -> None:
    """Keep what is seen as a view; without a name it gets one that says what is seen."""
    session, desk = window.session, window.desk
    if session is None or desk is None:
        return
    look = looked_at(session, desk.canvas)
    with session.edit("Save view") as edit:
        made = views.save(edit, name or usual_name(session), look)
    session.kept[SHOWN] = made
    session.view_changed.emit()
    called = session.strategy.get(SavedView, made).name
    session.notice.emit(Notice(f"The view “{called}” is saved.", "ok", (("Undo", session.undo),), toast=True))


def update(window: MainWindow, view: SavedView) -> None:
    """Let a view remember what is seen now instead."""
    session, desk = window.session, window.desk
    if session is None or desk is None:
        return
    with session.edit(f"Update view “{view.name}”") as edit:
        views.update(edit, view.id, looked_at(session, desk.canvas))
    session.kept[SHOWN] = view.id
    session.view_changed.emit()


def usual_name(session: Session) -> str:
    """The branch in focus, else the ambition, with the lens where it is not the plain one."""
    from prodlead_desktop.figures.lens import lenses

    root = session.strategy.find(Node, session.root)
    name = (root.title or UNTITLED) if root is not None else "Whole map"
    lens = lenses()[session.lens]
    return name if lens.name == "structure" else f"{name}, {lens.title.lower()}"
