"""Undo, clipboard, titles, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from prodlead_desktop.domain import branches, nodes, numerals, tree
from prodlead_desktop.domain.differences import differences
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node, Wish
from prodlead_desktop.errors import BadInput
from prodlead_desktop.ui import carrying
from prodlead_desktop.ui.action_table import ActionGroup, Context, Row
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.session import Session
from prodlead_desktop.ui.style.fields import decimal_sign

if TYPE_CHECKING:
    from prodlead_desktop.domain.changes import ChangeSet
    from prodlead_desktop.domain.outline import Outline
    from prodlead_desktop.domain.planting import Planted
    from prodlead_desktop.ui.tasks import Monitor

MANY_LINES = 2000  # more are read beside the window, with a job in the bottom bar
READ = 0.3  # of that job is done when the lines are read


def has_selection(ctx: Context) -> bool:
    """Whether a card is selected."""
    return ctx.session is not None and ctx.session.current is not None


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def in_map_order(session: Session) -> list[str]:
    """The selected nodes from the top of the map down, without those below another selected one."""
    return carrying.tops(session, session.selected)


def neighbour(session: Session, ids: list[str]) -> str | None:
    """What to select when these nodes are gone: the next sibling, the one before, else the parent."""
    node = session.strategy.get(Node, ids[-1])
    siblings = [sibling.id for sibling in tree.children(session.strategy, node.parent)]
    here = siblings.index(node.id)
    kept = [other for other in (*siblings[here + 1 :], *reversed(siblings[:here])) if other not in ids]
    return kept[0] if kept else node.parent


def cards(count: int) -> str:
    """ "1 card", "12 cards"."""
    return f"{numerals.number(count)} card{'' if count == 1 else 's'}"


def _with_wishes(count: int) -> str:
    """What went along and is not seen on the map: wishes of scenarios."""
    return f" and {numerals.number(count)} target wish{'' if count == 1 else 'es'}" if count else ""


def delete(ctx: Context) -> None:
    """Delete the selection with its branches, say how many went, offer Undo."""
    session = ctx.open
    ids = in_map_order(session)
    following = neighbour(session, ids)
    wishes = len(session.strategy.all(Wish))
    with session.edit("Delete") as edit:
        count = nodes.delete(edit, ids)
        edit.label = f"Delete {cards(count)}"
    if following is not None:
        session.select(following)
    went = f"{cards(count)}{_with_wishes(wishes - len(session.strategy.all(Wish)))}"
    ctx.window.tell(Notice(f"Deleted {went}.", "info", (("Undo", session.undo),), toast=True))


def duplicate(ctx: Context) -> None:
    """Copy the selected branches next to themselves and select the copies."""
    session = ctx.open
    before = len(session.strategy.all(Node))
    with session.edit("Duplicate") as edit:
        copies = [nodes.duplicate(edit, node_id) for node_id in in_map_order(session)]
        edit.label = f"Duplicate {cards(len(edit.all(Node)) - before)}"
    session.select(*copies)


def copy(ctx: Context) -> None:
    """The selected branches on the clipboard, with their numbers for this program and as indented text for others."""
    session = ctx.open
    QGuiApplication.clipboard().setMimeData(carrying.mime_of(session, in_map_order(session)))


def cut(ctx: Context) -> None:
    """Copy the selected branches and delete them; pasted in this document they come back with all that hung on them."""
    session = ctx.open
    ids = in_map_order(session)
    session.document.require_writable()
    mime = carrying.mime_of(session, ids)
    following = neighbour(session, ids)
    before = session.strategy
    with session.edit("Cut") as edit:
        count = nodes.delete(edit, ids)
        edit.label = f"Cut {cards(count)}"
    gone = differences(before, session.strategy)
    ctx.window.program.cut = carrying.Cut(
        bytes(mime.data(carrying.BRANCH).data()), session.document.id, tuple(ids), gone
    )
    QGuiApplication.clipboard().setMimeData(mime)
    if following is not None:
        session.select(following)
    wishes = len(before.all(Wish)) - len(session.strategy.all(Wish))
    went = f"{cards(count)}{_with_wishes(wishes)}"
    ctx.window.tell(Notice(f"Cut {went}.", "info", (("Undo", session.undo),), toast=True))


def _paste_branch(ctx: Context, text: str) -> None:
    session, cut = ctx.open, ctx.window.program.cut
    came = None
    with session.edit("Paste") as edit:
        if cut is not None and cut.branch == text.encode() and cut.document == session.document.id:
            came = branches.put_back(edit, cut.gone, cut.tops, session.current)
        came = came or branches.paste(edit, text, session.current)
        edit.label = f"Paste {cards(came.count)}"
    carrying.show(session, "Pasted", came)


def paste(ctx: Context) -> None:
    """Indented text, bullets, Markdown or cells of a spreadsheet from the clipboard, below the current card."""
    from prodlead_desktop.domain import pasting  # not needed by the first frame

    session, data = ctx.open, QGuiApplication.clipboard().mimeData()
    branch = carrying.branch_in(data)
    if branch is not None:
        _paste_branch(ctx, branch)
        return
    text, html = data.text(), data.html() if data.hasHtml() else ""
    if not text.strip():
        raise BadInput(
            "There is no text on the clipboard.", "Copy lines, bullets or a spreadsheet column first."
        )
    lines, under, decimal = text.count("\n"), session.current, decimal_sign()
    if lines < MANY_LINES:
        _plant(ctx, pasting.read(text, html, decimal), under)
        return
    session.document.require_writable()
    before = session.strategy

    def work(monitor: Monitor) -> tuple[Outline, Planted, ChangeSet]:
        monitor.step(0.0)
        outline = pasting.read(text, html, decimal)
        edit = Edit(before)
        planted = pasting.put(edit, outline, under, lambda share: monitor.step(READ + (1 - READ) * share))
        return outline, planted, edit.result()[1]

    def done(found: tuple[Outline, Planted, ChangeSet]) -> None:
        if session.strategy is before:
            session.attempt(lambda: _take(ctx, *found[1:]))
        else:  # somebody went on meanwhile
            session.attempt(lambda: _plant(ctx, found[0], under))

    ctx.window.tasks.run(f"Pasting {lines:,} lines", work, done)


def _take(ctx: Context, planted: Planted, changes: ChangeSet) -> None:
    """Make cards that were made of today's strategy beside the window, in one edit, and say how many."""
    with ctx.open.edit(f"Paste {cards(len(planted.ids))}") as edit:
        for change in changes:
            if change.after is not None:
                edit.put(change.after)
    _tell_pasted(ctx, planted)


def _plant(ctx: Context, outline: Outline, under: str | None) -> None:
    """Make cards of what was read, in one edit, and say how many."""
    from prodlead_desktop.domain import pasting

    session = ctx.open
    with session.edit("Paste") as edit:
        planted = pasting.put(edit, outline, under if session.strategy.find(Node, under) else None)
        edit.label = f"Paste {cards(len(planted.ids))}"
    _tell_pasted(ctx, planted)


def _tell_pasted(ctx: Context, planted: Planted) -> None:
    session = ctx.open
    session.reveal(planted.ids[0])
    remarks = "".join(f" {remark}." for remark in planted.remarks)
    notice = Notice(
        f"Pasted {cards(len(planted.ids))}.{remarks}", "info", (("Undo", session.undo),), toast=True
    )
    ctx.window.tell(notice)


def select_all(ctx: Context) -> None:
    """Select every card that the map shows, the current one last."""
    session, canvas = ctx.open, ctx.canvas
    shown = canvas.picture.order if canvas is not None else ()  # type: ignore[attr-defined]
    session.select(*(node_id for node_id in shown if node_id != session.current), session.current or "")


def _finish_typing(ctx: Context) -> None:
    if ctx.window.desk is not None:
        ctx.window.desk.finish_typing()


def undo(ctx: Context) -> None:
    """Step back."""
    _finish_typing(ctx)
    ctx.open.undo()


def redo(ctx: Context) -> None:
    """Step forward."""
    _finish_typing(ctx)
    ctx.open.redo()


def _undo_words(ctx: Context) -> str:
    return f"Undo {ctx.open.document.undo_label}"


def _redo_words(ctx: Context) -> str:
    return f"Redo {ctx.open.document.redo_label}"


def rename(ctx: Context) -> None:
    """Type the title where the card stands, its text kept."""
    session = ctx.open
    session.document.require_writable()
    if ctx.tree is None or not ctx.tree.isVisible():
        ctx.window.show_map()
    view, current = ctx.tree, session.current
    if current is not None and view is not None:
        view.begin_edit(current)  # type: ignore[attr-defined]


def _preferences(ctx: Context) -> None:
    from prodlead_desktop.ui.preferences_box import PreferencesBox  # left until it is wanted

    PreferencesBox(ctx.window).open()


GROUP = ActionGroup(
    "Editing",
    1,
    (
        Row("edit.undo", "Undo", undo, ("Ctrl+Z",), menu="Edit", section="undo", icon="undo-2",
            enabled=lambda ctx: is_open(ctx) and ctx.open.document.undo_label is not None, words=_undo_words),
        Row("edit.redo", "Redo", redo, ("Ctrl+Shift+Z", "Ctrl+Y"), menu="Edit", section="undo", icon="redo-2",
            enabled=lambda ctx: is_open(ctx) and ctx.open.document.redo_label is not None, words=_redo_words),
        Row("edit.cut", "Cut", cut, ("Ctrl+X",), "tree", "Edit", "clip", "scissors", has_selection),
        Row("edit.copy", "Copy", copy, ("Ctrl+C",), "tree", "Edit", "clip", "copy", has_selection),
        Row("edit.paste", "Paste", paste, ("Ctrl+V",), "tree", "Edit", "clip", "clipboard-paste",
            is_open),
        Row("edit.all", "Select all", select_all, ("Ctrl+A",), "tree", "Edit", "card", "list-checks", is_open),
        Row("edit.rename", "Edit the title", rename, ("F2",), "tree", "Edit", "card", "pencil", has_selection),
        Row("edit.duplicate", "Duplicate", duplicate, ("Ctrl+D",), "tree", "Edit", "card", "copy", has_selection),
        Row("edit.delete", "Delete", delete, ("Delete",), "tree", "Edit", "card", "trash-2", has_selection),
        Row("edit.preferences", "Preferences…", _preferences, ("Ctrl+,",),
            menu="Edit", section="preferences", icon="settings"),
    ),
)  # fmt: skip
