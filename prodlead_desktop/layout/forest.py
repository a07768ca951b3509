"""From ids to boxes: lays out the visible part of an outline, so that callers need no index arithmetic."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import is_not

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.halves import Halves
from prodlead_desktop.layout.halves_boxes import HalvesBoxes
from prodlead_desktop.layout.tidy import MAP_GAPS, Gaps, Tree
from prodlead_desktop.layout.tree_boxes import TreeBoxes

RIGHT, DOWN, BALANCED = "right", "down", "balanced"
DOWN_GAPS = Gaps(sibling=16.0, subtree=18.0, column=72.0, root=64.0)

FREE = ""  # no id
_MANY = 8  # families; when more are others, the whole order is made anew


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where every visible card stands: a value that canvas, exports and search for the next card share."""

    boxes: Mapping[str, Box]  # by id, parents before their children, siblings in their order

    @property
    def bounds(self) -> Box:
        """The smallest box around all of them; of size 0 at 0, 0 around none."""
        return bounds_of(self.boxes)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids in that order."""
        return tuple(self.boxes)


@dataclass(frozen=True, slots=True)
class Outline:
    """The visible ids level by level, whose children are where in that list, and the order parents first.

    Worth keeping: an edit that changes sizes alone leaves it as it is.
    """

    ids: list[str]  # FREE where a card was
    children: list[Sequence[int]]
    roots: Sequence[int]
    order: list[int]
    slots: dict[str, int]  # where in that list each id is
    free: list[int] = field(default_factory=list)  # where in that list there is none
    grown: dict[tuple[str, Gaps, bool], Tree] = field(default_factory=dict, compare=False, repr=False)
    halves: dict[Gaps, Halves] = field(default_factory=dict, compare=False, repr=False)  # of a balanced map

    def others(self, before: "Outline") -> tuple[set[str], set[str]]:
        """The ids that are here and not in another outline, and those the other way round."""
        now, then = self.ids, before.ids
        other = list(compress(range(min(len(now), len(then))), map(is_not, now, then)))
        new = (*map(now.__getitem__, other), *now[len(then) :])
        gone = (*map(then.__getitem__, other), *then[len(now) :])
        return _real(new, before), _real(gone, self)


def listed(ids_children: Mapping[str | None, Sequence[str]], folded: Collection[str] = ()) -> Outline:
    """The outline of a forest; children of None are the roots, children of `folded` ids are left out."""
    ids, children, roots = _listed(ids_children, frozenset(folded))
    return Outline(ids, children, roots, _preorder(children, roots), _slots(ids))


def _real(ids: Iterable[str], without: Outline) -> set[str]:
    return {node for node in ids if node != FREE and node not in without.slots}


def _slots(ids: list[str]) -> dict[str, int]:
    return {node: slot for slot, node in enumerate(ids)}


def relisted(
    known: Outline,
    ids_children: Mapping[str | None, Sequence[str]],
    families: Collection[str | None],
    gone: Collection[str],
) -> Outline:
    """The outline after an edit: `families` have other children, `gone` ids are in it no more.

    What `known` remembers of its last layout goes over to it, so that laying it out costs the ways to the root.
    """
    if not ids_children.get(None):
        return listed(ids_children)
    ids, children, slots = known.ids.copy(), known.children.copy(), known.slots.copy()
    freed = [slots.pop(node) for node in gone]
    for slot in freed:
        ids[slot], children[slot] = FREE, ()
    free = known.free + freed
    for node in (node for family in families for node in ids_children.get(family, ())):
        if node in slots:
            continue
        if free:
            slots[node] = slot = free.pop()
            ids[slot] = node
        else:
            slots[node] = len(ids)
            ids.append(node)
            children.append(())
    changed = [slots[family] for family in families if family is not None and family in slots]
    for slot in changed:
        children[slot] = [slots[node] for node in ids_children.get(ids[slot], ())]
    roots = [slots[node] for node in ids_children[None]]
    after = Outline(ids, children, roots, _reordered(known, children, roots, changed, {*freed}), slots, free)
    for tree in known.grown.values():
        tree.follow(children, roots, {*changed, *freed}, freed)
    after.grown.update(known.grown)
    known.grown.clear()
    for halves in known.halves.values():
        halves.follow({*changed, *freed}, freed)
    after.halves.update(known.halves)
    known.halves.clear()
    return after


def arrange(
    ids_children: Mapping[str | None, Sequence[str]],
    size_of: Callable[[str], tuple[float, float]],
    folded: Collection[str] = (),
    gaps: Gaps | None = None,
    columns: bool = False,
    direction: str = RIGHT,
    lefts: Collection[str] = (),
    outline: Outline | None = None,
) -> Arrangement:
    """Boxes of all cards in map units; children of None are the roots, children of `folded` ids are left out.

    `size_of(id)` is the width and height of a card, asked once for each visible card. The bounds of an empty
    forest are of size 0 at 0, 0. `columns` is explained at `tidy.place`. The tree grows to the right; `direction`
    DOWN turns it: roots stand beside each other and each depth has one common row. BALANCED puts the branches
    `lefts`, ids right below a root, on the root's left: the root stays at x = 0 and what is left of it below 0.
    `outline` is what `listed` gives for the same forest.
    """
    known = listed(ids_children, folded) if outline is None else outline
    sizes = [size_of(node) for node in known.ids]
    widths, heights = [width for width, _ in sizes], [height for _, height in sizes]
    return stand(known, widths, heights, gaps, columns, direction, lefts)


def stand(
    known: Outline,
    widths: list[float],
    heights: list[float],
    gaps: Gaps | None = None,
    columns: bool = False,
    direction: str = RIGHT,
    lefts: Collection[str] = (),
) -> Arrangement:
    """As `arrange`, of cards whose sizes are given in the order of `known.ids`; what stays is taken over."""
    if direction == BALANCED and lefts:
        between = gaps or MAP_GAPS
        halves = known.halves.setdefault(between, Halves(between))
        tops = frozenset([known.slots[node] for node in lefts])
        both = halves.nest(known.children, known.roots, tops, widths, heights)
        return Arrangement(
            HalvesBoxes(known.ids, known.slots, known.order, both, halves.on_left, between.root)
        )
    down = direction == DOWN
    key = (direction, gaps or (DOWN_GAPS if down else MAP_GAPS), columns or down)
    tree = known.grown.get(key)
    if tree is None:
        tree = known.grown[key] = Tree(known.children, known.roots, key[1], key[2])
    nested = tree.nest(heights, widths) if down else tree.nest(widths, heights)
    return Arrangement(TreeBoxes(known.ids, known.slots, known.order, nested, down))


def bounds_of(boxes: Mapping[str, Box] | Collection[Box]) -> Box:
    """The smallest box around all of them; nothing is bounded by a box of size 0 at 0, 0."""
    if isinstance(boxes, TreeBoxes):
        return boxes.reach
    if isinstance(boxes, Mapping):
        boxes = boxes.values()
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    left = min([box[0] for box in boxes])
    top = min([box[1] for box in boxes])
    right = max([box[0] + box[2] for box in boxes])
    bottom = max([box[1] + box[3] for box in boxes])
    return Box(left, top, right - left, bottom - top)


def _listed(
    ids_children: Mapping[str | None, Sequence[str]], hidden: frozenset[str]
) -> tuple[list[str], list[Sequence[int]], range]:
    """The visible ids level by level, the places of each one's children in that list, those of the roots."""
    ids = list(ids_children.get(None, ()))
    roots = range(len(ids))
    children_of = ids_children.get
    children: list[Sequence[int]] = []
    for node in ids:  # grows while it runs, so the children of one card are neighbours in it
        kids = None if node in hidden else children_of(node)
        if kids:
            start = len(ids)
            ids += kids
            children.append(list(range(start, len(ids))))
        else:
            children.append(())
    return ids, children, roots


def _preorder(children: Sequence[Sequence[int]], roots: Sequence[int]) -> list[int]:
    order: list[int] = []
    waiting = list(reversed(roots))
    while waiting:
        v = waiting.pop()
        order.append(v)
        kids = children[v]
        if kids:
            waiting += reversed(kids)
    return order


def _reordered(
    known: Outline,
    children: Sequence[Sequence[int]],
    roots: Sequence[int],
    changed: Sequence[int],
    freed: Collection[int],
) -> list[int]:
    """The order parents first, made anew only for what came, went or changed places in families that are others."""
    stayed = [v for v in changed if v < len(known.children) and v not in freed and known.ids[v] != FREE]
    if len(stayed) > _MANY or list(known.roots) != list(roots):
        return _preorder(children, roots)
    order = known.order.copy()
    shown = [
        *known.children,
        *[()] * (len(children) - len(known.children)),
    ]  # the order is of these, at each step
    for v in stayed:
        kept = {*children[v]}.difference(freed)
        for c in shown[v]:
            if c not in kept and c in order:
                start = order.index(c)
                del order[start : start + len(_preorder(shown, [c]))]
        shown[v] = [c for c in shown[v] if c in kept]
    for v in stayed:
        if shown[v] != children[v] and v in order:
            _splice(order, v, shown, children)
    whole = len(order) == sum(map(len, children)) + len(roots)
    return order if whole else _preorder(children, roots)


def _splice(order: list[int], v: int, shown: list[Sequence[int]], children: Sequence[Sequence[int]]) -> None:
    """Bring those children of a family that came or changed places into the order, with all below them."""
    had, has = shown[v], children[v]
    shorter = min(len(had), len(has))
    first = next((at for at in range(shorter) if had[at] != has[at]), shorter)
    last = next((at for at in range(shorter - first) if had[-1 - at] != has[-1 - at]), shorter - first)
    if first < len(had):
        start = order.index(had[first])
    elif had:
        start = order.index(had[-1]) + len(_preorder(shown, had[-1:]))
    else:
        start = order.index(v) + 1
    new = _preorder(children, has[first : len(has) - last])
    order[start : start + len(_preorder(shown, had[first : len(had) - last]))] = new
    for inner in (v, *new):
        shown[inner] = children[inner]
