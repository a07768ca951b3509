"""The keys of the map: adding, moving, kinds, folding, walking to places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from prodlead_desktop.domain import nodes, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import Kind, kinds
from prodlead_desktop.ui.action_table import ActionGroup, Context, Row
from prodlead_desktop.ui.actions.edit import has_selection, in_map_order, is_open
from prodlead_desktop.ui.canvas.capture import add_card
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.settings import RAPID
from prodlead_desktop.ui.workspace import BETS, MAP

Run = Callable[[Context], object]
NOTE_FIELD = "card note"  # the name of the widget in which a card's note is typed


def _add(where: str) -> Run:
    def run(ctx: Context) -> None:
        session = ctx.open
        session.document.require_writable()
        if not _can_type(ctx):
            ctx.window.show_map()
        current = session.current
        if current is None:
            current = next((node.id for node in tree.children(session.strategy, None)), None)
        if where == "child" and current in session.folded:
            session.set_folded(session.folded - {current})
        view = ctx.tree
        if view is not None:
            add_card(session, view, where, current)  # type: ignore[arg-type]

    return run


def _can_type(ctx: Context) -> bool:
    return ctx.tree is not None and ctx.tree.isVisible()


def _each(words: str, verb: Callable[[Edit, str], object], backwards: bool = False) -> Run:
    """One edit that does something with every selected branch."""

    def run(ctx: Context) -> None:
        session = ctx.open
        ids = in_map_order(session)
        with session.edit(words) as edit:
            for node_id in reversed(ids) if backwards else ids:
                verb(edit, node_id)
        if session.current is not None:
            session.reveal(session.current)

    return run


def _set_kind(kind: Kind) -> Run:
    def run(ctx: Context) -> None:
        session = ctx.open
        with session.edit(f"Make it {_article(kind.title)}") as edit:
            dropped = sum(nodes.set_kind(edit, node_id, kind.name) for node_id in session.selected)
        if dropped:
            made, (details, were) = (
                _article(kind.title),
                ("1 detail", "was") if dropped == 1 else (f"{dropped} details", "were"),
            )
            sentence = f"Now {made}. {details} that {made} cannot have {were} dropped."
            ctx.window.tell(Notice(sentence, "info", (("Undo", session.undo),), toast=True))

    return run


def _article(title: str) -> str:
    word = title.lower()
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _current(ctx: Context) -> Node | None:
    session = ctx.session
    return session.strategy.find(Node, session.current) if session is not None else None


def _is_kind(kind: Kind) -> Callable[[Context], bool]:
    def is_kind(ctx: Context) -> bool:
        node = _current(ctx)
        return node is not None and node.kind == kind.name

    return is_kind


def _toggle_agreed(ctx: Context) -> None:
    session, node = ctx.open, _current(ctx)
    wanted = "draft" if node is not None and node.state == "agreed" else "agreed"
    with session.edit("Agree" if wanted == "agreed" else "Back to draft") as edit:
        for node_id in session.selected:
            nodes.set_value(edit, node_id, "state", wanted)


def _is_agreed(ctx: Context) -> bool:
    node = _current(ctx)
    return node is not None and node.state == "agreed"


def _toggle_fold(ctx: Context) -> None:
    session = ctx.open
    with_children = {node_id for node_id in session.selected if tree.children(session.strategy, node_id)}
    folded = with_children <= session.folded
    session.set_folded(session.folded - with_children if folded else session.folded | with_children)


def _has_children(ctx: Context) -> bool:
    session = ctx.session
    return session is not None and any(
        tree.children(session.strategy, node_id) for node_id in session.selected
    )


def _unfold_to(level: int) -> Run:
    """Show ``level`` levels; those below are folded."""

    def run(ctx: Context) -> None:
        session = ctx.open
        shown = list(tree.children(session.strategy, None))
        for _ in range(level - 1):
            shown = [child for node in shown for child in tree.children(session.strategy, node.id)]
        session.set_folded(node.id for node in shown if tree.children(session.strategy, node.id))

    return run


def _to_root(ctx: Context) -> None:
    session = ctx.open
    top = session.root or next((node.id for node in tree.children(session.strategy, None)), None)
    if top is not None and top != session.root:
        for node in tree.ancestors(session.strategy, session.current or top):
            top = node.id
    if top is not None:
        session.select(top)


def _focus_branch(ctx: Context) -> None:
    """Show the current card's branch alone, as large as it can be read."""
    session = ctx.open
    if session.current is not None and session.current != session.root:
        ctx.window.show_map()
        session.set_folded(session.folded - {session.current})
        session.set_root(session.current)
        ctx.canvas.fit(readable=True)  # type: ignore[union-attr]


def _back_out(ctx: Context) -> None:
    session = ctx.open
    session.narrowing.back_out()
    if session.current is not None:
        ctx.canvas.centre(session.current)  # type: ignore[union-attr]


def _in_branch(ctx: Context) -> bool:
    return ctx.session is not None and ctx.session.root is not None


def _toggle_table(ctx: Context) -> None:
    assert ctx.window.body is not None
    ctx.window.body.show_workspace(MAP if _on_table(ctx) else BETS)


def _on_table(ctx: Context) -> bool:
    return ctx.window.body is not None and ctx.window.body.workspace == BETS


def _toggle_rapid(ctx: Context) -> None:
    session = ctx.open
    wanted = not session.rapid
    for window in ctx.window.program.windows:
        if window.session is not None:
            window.session.rapid = wanted
    ctx.window.program.memory.settings.setValue(RAPID, wanted)


def _note(ctx: Context) -> None:
    """To the note and, from there, back to the map."""
    body, focus = ctx.window.body, QApplication.focusWidget()
    if body is None:
        return
    if focus is not None and focus.objectName() == NOTE_FIELD:
        body.page(MAP).setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        body.focus_note()


def _centre(ctx: Context) -> None:
    current = ctx.open.current
    if current is not None:
        ctx.window.go_to(current)()


KINDS = tuple(
    Row(
        f"map.kind.{kind.name}", kind.title, _set_kind(kind), (f"Alt+{kind.digit}",) if kind.digit else (), "tree",
        "Map/Kind", "", kind.icon, has_selection, _is_kind(kind),
    )
    for kind in sorted(kinds().values(), key=lambda kind: (kind.digit or 10, kind.order))
)  # fmt: skip
LEVELS = tuple(
    Row(
        f"map.level.{level}", f"To level {level}", _unfold_to(level),
        (f"Ctrl+{level}",), "tree", "Map/Unfold", "", "", is_open,
    )
    for level in range(1, 10)
)  # fmt: skip

GROUP = ActionGroup(
    "Map",
    2,
    (
        Row("map.child", "Add a child", _add("child"), ("Tab", "Insert"), "tree", "Map", "add", "corner-down-right",
            is_open),
        Row("map.sibling", "Add a sibling after", _add("sibling"), ("Enter", "Return"), "tree", "Map", "add",
            "plus", is_open),
        Row("map.before", "Add a sibling before", _add("before"), ("Shift+Enter", "Shift+Return"), "tree", "Map",
            "add", "arrow-up", has_selection),
        Row("map.parent", "Add a parent above", _add("parent"), ("Shift+Tab",), "tree", "Map", "add", "arrow-left",
            has_selection),
        Row("map.rapid", "Rapid capture", _toggle_rapid, (), "window", "Map", "add", "", is_open,
            lambda ctx: ctx.session is not None and ctx.session.rapid,
            tip="Enter goes on with the next card beside it; on an empty one it steps out one level"),
        Row("map.up", "Move up", _each("Move up", lambda edit, node: nodes.reorder(edit, node, -1)),
            ("Ctrl+Up", "Alt+Up"), "tree", "Map", "move", "arrow-up", has_selection),
        Row("map.down", "Move down", _each("Move down", lambda edit, node: nodes.reorder(edit, node, 1), True),
            ("Ctrl+Down", "Alt+Down"), "tree", "Map", "move", "arrow-down", has_selection),
        Row("map.promote", "Move out one level", _each("Move out", nodes.promote, True), ("Alt+Left", "Ctrl+Left"),
            "tree", "Map", "move", "indent-decrease", has_selection),
        Row("map.demote", "Move in one level", _each("Move in", nodes.demote), ("Alt+Right", "Ctrl+Right"), "tree",
            "Map", "move", "indent-increase", has_selection),
        *KINDS,
        Row("map.agreed", "Agreed", _toggle_agreed, ("Ctrl+Shift+A",), "tree", "Map", "state", "", has_selection,
            _is_agreed),
        Row("map.fold", "Fold or unfold", _toggle_fold, ("Space",), "tree", "Map", "fold", "chevrons-down-up",
            _has_children),
        *LEVELS,
        Row("map.unfold", "Unfold everything", lambda ctx: ctx.open.set_folded(()), (), "tree", "Map/Unfold", "all",
            "chevrons-up-down", lambda ctx: is_open(ctx) and bool(ctx.open.folded)),
        Row("map.focus", "Show this branch alone", _focus_branch, ("Alt+Enter", "Alt+Return"), "tree", "Map", "fold",
            "focus", has_selection),
        Row("map.back", "Back out of the branch", _back_out, ("Alt+Backspace",), "tree", "Map", "fold", "log-out",
            _in_branch),
        Row("map.root", "Go to the root", _to_root, ("Ctrl+Home",), "tree", "Map", "go", "mountain", is_open),
        Row("map.centre", "Centre the selection", _centre, ("Ctrl+.",), "window", "Map", "go", "crosshair",
            has_selection),
        Row("map.card", "Metric card", lambda ctx: ctx.window.focus_inspector(), ("F3",), "window", "Map", "go",
            "target", has_selection),
        Row("map.table", "Bets as a table", _toggle_table, ("Ctrl+T",), "window", "Map", "table", "", is_open,
            _on_table),
        Row("map.note", "Note", _note, ("F4",), "window", "Map", "go", "sticky-note", has_selection),
    ),
)  # fmt: skip
