"""The map as a drawing: where it grows, branches moved by hand, the sides of a balanced map."""

from __future__ import annotations

from collections.abc import Iterator

from prodlead_desktop.domain import arranging, tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.map_picture import MapPicture
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.layout import nudges
from prodlead_desktop.layout.forest import BALANCED, DOWN, RIGHT
from prodlead_desktop.ui.action_table import ActionGroup, Context, Row
from prodlead_desktop.ui.actions.edit import has_selection, in_map_order, is_open

STEP = 10.0  # map units
LAYOUTS = (
    (RIGHT, "To the right", "list-tree"),
    (DOWN, "Downwards", "network"),
    (BALANCED, "To both sides", "split"),
)
WAYS = {"Left": (-STEP, 0.0), "Right": (STEP, 0.0), "Up": (0.0, -STEP), "Down": (0.0, STEP)}


def _grow(layout: str, words: str) -> Row:
    def run(ctx: Context) -> None:
        with ctx.open.edit(f"Map grows {words.lower()}") as edit:
            arranging.set_layout(edit, layout)

    def grows(ctx: Context) -> bool:
        return ctx.open.strategy.header.layout == layout

    icon = next(icon for name, _, icon in LAYOUTS if name == layout)
    return Row(f"layout.{layout}", words, run, (), "window", "Map/Layout", "grow", icon, is_open, grows)


def _nudge(word: str) -> Row:
    """Moves every selected branch one step, over what is in its way; presses in a row are one undo step."""

    def run(ctx: Context) -> None:
        session, canvas = ctx.open, ctx.canvas
        picture: MapPicture | None = getattr(canvas, "picture", None)
        if picture is None:
            return
        session.document.require_writable()
        shifts = {
            node: _shift(picture, node, word) for node in in_map_order(session) if node in picture.boxes
        }
        found = {node: shift for node, shift in shifts.items() if shift is not None}
        if not found:
            raise BadInput("There is no free place that way.", "Move the branch another way.")
        with session.edit("Move by hand", _gesture(ctx)) as edit:
            for node, (x, y) in found.items():
                arranging.nudge(edit, node, x, y)

    row_id, keys = f"layout.nudge.{word.lower()}", (f"Alt+Shift+{word}",)
    return Row(
        row_id, f"Move by hand: {word.lower()}", run, keys, "map", "Map/Layout", "nudge",
        f"arrow-{word.lower()}", has_selection,
    )  # fmt: skip


def _gesture(ctx: Context) -> str:
    """The edit group of pushes of one selection."""
    return "nudge-" + "-".join(ctx.open.selected)[:200]


def _shift(picture: MapPicture, node: str, word: str) -> tuple[float, float] | None:
    """Where one push takes a branch, as seen from where the layout has it."""
    step = nudges.step(picture.boxes, picture.children, node, WAYS[word], CARD.sibling_gap, picture.down)
    if step is None:
        return None
    x, y = picture.moved.get(node, (0.0, 0.0))
    return x + step[0], y + step[1]


def _settle(ctx: Context) -> None:
    with ctx.open.edit("Back to the layout") as edit:
        arranging.settle(edit, in_map_order(ctx.open))


def _settle_all(ctx: Context) -> None:
    with ctx.open.edit("Whole map back to the layout") as edit:
        arranging.settle(edit)


def _is_moved(node: Node) -> bool:
    return node.nudge_x is not None or node.nudge_y is not None


def _moved(ctx: Context) -> Iterator[Node]:
    """What people moved by hand; asked at every change, so that it must not walk the tree."""
    return (node for node in ctx.open.strategy.all(Node).values() if _is_moved(node))


def _any_moved(ctx: Context) -> bool:
    return is_open(ctx) and any(True for _ in _moved(ctx))


def _branch_moved(ctx: Context) -> bool:
    if not has_selection(ctx):
        return False
    strategy, chosen = ctx.open.strategy, set(ctx.open.selected)
    return any(
        node.id in chosen or any(above.id in chosen for above in tree.ancestors(strategy, node.id))
        for node in _moved(ctx)
    )


def _turn(ctx: Context) -> None:
    with ctx.open.edit("To the other side") as edit:
        arranging.turn(edit, in_map_order(ctx.open))


def _two_sided(ctx: Context) -> bool:
    return has_selection(ctx) and ctx.open.strategy.header.layout == BALANCED


GROUP = ActionGroup(
    "Layout",
    2.5,
    (
        *(_grow(name, words) for name, words, _ in LAYOUTS),
        Row("layout.turn", "To the other side", _turn, (), "window", "Map/Layout", "side", "arrow-left-right",
            _two_sided),
        *(_nudge(word) for word in WAYS),
        Row("layout.settle", "Put this branch back in line", _settle, ("Alt+Shift+Home",), "map", "Map/Layout",
            "settle", "rotate-ccw", _branch_moved),
        Row("layout.settle_all", "Put the whole map back in line", _settle_all, (), "window", "Map/Layout", "settle",
            "rotate-ccw", _any_moved),
    ),
)  # fmt: skip
