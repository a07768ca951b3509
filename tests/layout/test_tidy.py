"""The tidy tree keeps its promises for any forest, and finds a small one where a person would draw it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import bounds_of
from prodlead_desktop.layout.nested import Nested
from prodlead_desktop.layout.tidy import Gaps, Tree, place

GAPS = Gaps(sibling=10, subtree=13, column=96, root=46)
NEAR = 1e-6


@dataclass
class Forest:
    children: list[list[int]]
    roots: list[int]
    widths: list[float]
    heights: list[float]
    columns: bool = False

    def placed(self) -> tuple[list[float], list[float]]:
        return place(self.children, self.roots, self.widths, self.heights, GAPS, self.columns)

    def families(self) -> Iterator[tuple[int, list[int]]]:
        return ((v, kids) for v, kids in enumerate(self.children) if kids)

    def subtree(self, v: int) -> list[int]:
        nodes = [v]
        for node in nodes:
            nodes += self.children[node]
        return nodes

    def clearance_asked(self, a: int, b: int) -> float:
        leaves = not self.children[a] and not self.children[b]
        if leaves and any(a in kids and b in kids for kids in self.children):
            return GAPS.sibling
        return GAPS.sibling + GAPS.subtree


def forest_of(
    parents: Sequence[int | None], widths: list[float], heights: list[float], columns: bool
) -> Forest:
    """A forest in which node i stands last under `parents[i]`, or is a root where that is None."""
    children: list[list[int]] = [[] for _ in parents]
    roots: list[int] = []
    for node, parent in enumerate(parents):
        (roots if parent is None else children[parent]).append(node)
    return Forest(children, roots, widths, heights, columns)


def thrown(dice: Random, size: int) -> Forest:
    """A forest by dice, anything between chain and fan, of one width or of many."""
    back = dice.choice([1, 2, 4, 10, 20, 60])
    cards = dice.choice([(240.0,), (40.0, 160.0, 240.0, 700.0), (240.0, 241.0, 700.0)])
    parents = [
        None if node == 0 or dice.random() < 0.04 else dice.randrange(max(0, node - back), node)
        for node in range(size)
    ]
    widths = [dice.choice(cards) for _ in range(size)]
    heights = [dice.choice((4.0, 40.0, dice.uniform(4, 300))) for _ in range(size)]
    return forest_of(parents, widths, heights, columns=dice.random() < 0.3)


@st.composite
def forests(draw: st.DrawFn, min_size: int = 0, max_size: int = 60) -> Forest:
    """Forests by dice from a seed: drawn choice by choice they would stay dull."""
    size = draw(st.integers(min_size, max_size))
    return thrown(Random(draw(st.integers(0, 2**32))), size)


def assert_gaps_kept(forest: Forest) -> None:
    xs, ys = forest.placed()
    for a, b in combinations(range(len(xs)), 2):
        apart = max(xs[b] - xs[a] - forest.widths[a], xs[a] - xs[b] - forest.widths[b])
        clear = max(ys[b] - ys[a] - forest.heights[a], ys[a] - ys[b] - forest.heights[b])
        assert apart >= GAPS.column - NEAR or clear >= forest.clearance_asked(a, b) - NEAR


@given(forests())
def test_boxes_keep_their_gaps_to_all_others(forest: Forest) -> None:
    assert_gaps_kept(forest)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_of_larger_forests_keep_their_gaps(seed: int) -> None:
    assert_gaps_kept(thrown(Random(seed), 200))


@given(forests())
def test_siblings_stand_in_order_right_of_their_parent(forest: Forest) -> None:
    xs, ys = forest.placed()
    for parent, kids in forest.families():
        for upper, lower in pairwise(kids):
            assert (
                ys[upper] + forest.heights[upper] + forest.clearance_asked(upper, lower) <= ys[lower] + NEAR
            )
        for child in kids:
            assert xs[child] >= xs[parent] + forest.widths[parent] + GAPS.column
            if not forest.columns:
                assert xs[child] == xs[parent] + (forest.widths[parent] + GAPS.column)


@given(forests())
def test_a_parent_is_in_the_middle_of_its_children(forest: Forest) -> None:
    _, ys = forest.placed()
    for parent, kids in forest.families():
        middle = (ys[kids[0]] + ys[kids[-1]] + forest.heights[kids[-1]]) / 2
        assert ys[parent] + forest.heights[parent] / 2 == pytest.approx(middle)


@given(forests())
def test_the_last_child_stands_as_high_as_it_may(forest: Forest) -> None:
    """Nothing is pushed further than the gaps ask: otherwise one row per box would do."""
    xs, ys = forest.placed()
    for _, kids in forest.families():
        spare = [
            ys[b] - ys[a] - forest.heights[a] - forest.clearance_asked(a, b)
            for kid in kids[:-1]
            for a in forest.subtree(kid)
            for b in forest.subtree(kids[-1])
            if xs[a] < xs[b] + forest.widths[b] + GAPS.column
            and xs[b] < xs[a] + forest.widths[a] + GAPS.column
        ]
        assert not spare or abs(min(spare)) < NEAR


@given(forests())
def test_the_same_forest_is_always_drawn_the_same(forest: Forest) -> None:
    first = forest.placed()
    assert forest.placed() == first


@given(forests(min_size=1), st.integers(0, 2**32))
def test_a_tree_that_remembers_is_drawn_as_one_that_does_not(forest: Forest, seed: int) -> None:
    dice = Random(seed)
    tree = Tree(forest.children, forest.roots, GAPS, forest.columns)
    for _ in range(6):
        assert tree.place(forest.widths, forest.heights) == forest.placed()
        forest.heights = list(forest.heights)
        for v in dice.sample(range(len(forest.heights)), min(len(forest.heights), dice.randint(0, 3))):
            forest.heights[v] = dice.choice((40.0, dice.uniform(5, 400)))
        if dice.random() < 0.2:
            forest.widths = [dice.uniform(40, 300) for _ in forest.widths]


@given(forests(min_size=2), st.integers(0, 2**32), st.booleans())
def test_a_tree_that_follows_edits_is_drawn_as_the_new_one(forest: Forest, seed: int, alike: bool) -> None:
    dice = Random(seed)
    if alike:  # as cards are: then contours are kept
        forest.widths = [200.0] * len(forest.widths)
    children, roots = [list(kids) for kids in forest.children], list(forest.roots)
    widths, heights = list(forest.widths), list(forest.heights)
    tree = Tree(children, roots, GAPS, forest.columns)
    for _ in range(8):
        now = Forest(children, roots, widths, heights, forest.columns)
        there = [v for root in roots for v in now.subtree(root)]
        wanted = now.placed()
        if dice.random() < 0.4:
            xs, ys = tree.place(widths, heights)
            assert [(xs[v], ys[v]) for v in there] == [(wanted[0][v], wanted[1][v]) for v in there]
        if dice.random() < 0.8:
            assert_nested(tree.nest(widths.copy(), heights.copy()), now, wanted, dice)
        children, roots = [list(kids) for kids in children], list(roots)
        moved = dice.choice(there)
        inside = set(now.subtree(moved))
        home = next((v for v in there if moved in children[v]), None)
        (roots if home is None else children[home]).remove(moved)
        changed, gone = {home}, set()
        if dice.random() < 0.3 and len(there) > len(inside):
            gone = inside
            for v in gone:
                children[v] = []
                widths[v] = widths[v] if alike else 0.0
            changed |= gone
        else:
            under = dice.choice([None, *(v for v in there if v not in inside)])
            siblings = roots if under is None else children[under]
            siblings.insert(dice.randint(0, len(siblings)), moved)
            changed.add(under)
        if dice.random() < 0.5:
            parent = dice.choice(
                [v for root in roots for v in Forest.subtree(now, root) if v not in gone] or roots
            )
            children[parent].insert(0, len(children))
            children.append([])
            widths.append(200.0 if alike else dice.uniform(40, 300))
            heights.append(dice.uniform(5, 400))
            changed.add(parent)
        tree.follow(children, roots, changed - {None}, gone)


@given(forests(), st.integers(0, 2**32))
def test_a_nested_layout_is_the_plain_one_and_finds_what_looking_at_every_box_finds(
    forest: Forest, seed: int
) -> None:
    tree = Tree(forest.children, forest.roots, GAPS, forest.columns)
    nested = tree.nest(forest.widths, forest.heights)
    assert_nested(nested, forest, forest.placed(), Random(seed))


def test_a_nested_layout_stays_when_the_tree_goes_on() -> None:
    forest = forest_of([None, 0, 0, 1], [240.0] * 4, [40.0] * 4, columns=False)
    tree = Tree(forest.children, forest.roots, GAPS)
    before, wanted = tree.nest(forest.widths, forest.heights), forest.placed()
    tree.follow([[1, 2], [3, 4], [], [], []], [0], {1}, ())
    after = tree.nest([240.0] * 5, [40.0, 40.0, 40.0, 40.0, 90.0])
    assert_nested(before, forest, wanted, Random(1))
    assert after.top(2) > before.top(2)


def assert_nested(
    nested: Nested, forest: Forest, wanted: tuple[list[float], list[float]], dice: Random
) -> None:
    """Every box where it is wanted, whoever asks and in whichever order; rectangles as by looking at every box."""
    there = preorder(forest)
    xs, ys = wanted
    boxes = {v: Box(xs[v], ys[v], forest.widths[v], forest.heights[v]) for v in there}
    if dice.random() < 0.5:
        for v in dice.sample(there, len(there)):
            assert (nested.xs[v], nested.top(v)) == boxes[v][:2]
    around = nested.bounds()
    assert around == pytest.approx(bounds_of(boxes.values()), abs=NEAR)
    for _ in range(3):
        x0, y0 = dice.uniform(-50, around.w), dice.uniform(-50, around.h)
        rect = x0, y0, x0 + dice.choice((0, 300, 1e5)), y0 + dice.choice((0, 200, 1e5))
        assert nested.within(*rect) == [v for v in there if meets(boxes[v], *rect)]
        families = {
            v: bounds_of([boxes[v], *(boxes[c]._replace(w=0.0) for c in forest.children[v])])
            for v in there
            if forest.children[v]
        }
        assert nested.families(*rect) == [v for v, span in families.items() if meets(span, *rect)]
    assert [nested.ys(there)[v] for v in there] == [ys[v] for v in there]
    assert all(nested.top(v) == ys[v] for v in there)


def meets(box: Box, x0: float, y0: float, x1: float, y1: float) -> bool:
    return box.x <= x1 and box.right >= x0 and box.y <= y1 and box.bottom >= y0


def preorder(forest: Forest) -> list[int]:
    found: list[int] = []
    waiting = list(reversed(forest.roots))
    while waiting:
        v = waiting.pop()
        found.append(v)
        waiting += reversed(forest.children[v])
    return found


@given(forests(min_size=1))
def test_trees_of_a_forest_stand_below_each_other_from_zero(forest: Forest) -> None:
    xs, ys = forest.placed()
    free = 0.0
    for root in forest.roots:
        nodes = forest.subtree(root)
        assert xs[root] == 0
        assert min(ys[v] for v in nodes) == pytest.approx(free, abs=NEAR)
        free = max(ys[v] + forest.heights[v] for v in nodes) + GAPS.root


@given(forests(min_size=2), st.data())
def test_moving_a_subtree_leaves_the_inside_of_all_others_alone(forest: Forest, data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(range(len(forest.children))))
    inside = set(forest.subtree(moved))
    targets = [None, *(v for v in range(len(forest.children)) if v not in inside)]
    under = data.draw(st.sampled_from(targets))
    _, before = forest.placed()
    old_home = next((kids for kids in forest.children if moved in kids), forest.roots)
    old_home.remove(moved)
    (forest.roots if under is None else forest.children[under]).append(moved)
    _, after = forest.placed()
    for v in range(len(forest.children)):
        nodes = forest.subtree(v)
        untouched = under not in nodes and forest.children[v] is not old_home
        if untouched and not any(forest.children[node] is old_home for node in nodes):
            if forest.columns and len(set(forest.widths)) > 1:
                continue  # columns as wide as their widest box depend on everybody
            for node in nodes:
                assert after[node] - after[v] == pytest.approx(before[node] - before[v], abs=NEAR)


@given(forests(), st.sampled_from([100.0, 240.0]))
def test_columns_change_nothing_for_boxes_of_one_width(forest: Forest, width: float) -> None:
    forest.widths = [width] * len(forest.widths)
    forest.columns = True
    aligned = forest.placed()
    forest.columns = False
    assert forest.placed() == aligned


def test_columns_begin_behind_the_widest_box_of_the_depth_before() -> None:
    forest = forest_of([None, 0, 0, 1, 2], [100, 50, 300, 10, 10], [40] * 5, columns=True)
    xs, _ = forest.placed()
    assert xs == [0, 196, 196, 592, 592]


def test_a_small_tree_by_hand() -> None:
    """Root 0 has a leaf 1, a parent 2 of three leaves, and a leaf 6."""
    forest = forest_of([None, 0, 0, 2, 2, 2, 0], [240] * 7, [60, 40, 80, 50, 50, 50, 40], columns=False)
    xs, ys = forest.placed()
    assert xs == [0, 336, 336, 672, 672, 672, 336]
    # 2 is in the middle of its leaves; 1 ends 23 above it, 6 starts 23 below it; 0 is in the middle of all
    assert ys == [73, 0, 63, 18, 78, 138, 166]


def test_a_short_sibling_between_two_tall_families_stands_halfway() -> None:
    parents = [None, 0, 0, 0, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3]
    _, ys = forest_of(parents, [240] * 14, [40] * 14, columns=False).placed()
    assert ys[2] - ys[1] == pytest.approx(ys[3] - ys[2])
    assert ys[2] - ys[1] > 40 + 23


def test_a_wide_leaf_keeps_clear_of_its_neighbours_children() -> None:
    """Depth is not layered: a leaf of 700 reaches below the grandchildren next to it."""
    forest = forest_of([None, 0, 0, 1, 1, 1], [240, 240, 700, 240, 240, 240], [40] * 6, columns=False)
    _, ys = forest.placed()
    assert ys[2] == pytest.approx(ys[5] + 40 + 23)


def test_nothing_and_one() -> None:
    assert place([], [], [], []) == ([], [])
    assert place([[]], [0], [240], [60]) == ([0], [0])


def test_a_chain_ten_thousand_deep() -> None:
    size = 10_000
    forest = forest_of([None, *range(size - 1)], [240.0] * size, [40.0, 60.0] * (size // 2), columns=False)
    xs, ys = forest.placed()
    assert xs == [336.0 * depth for depth in range(size)]
    assert ys == pytest.approx([10.0, 0.0] * (size // 2))


def test_two_chains_ten_thousand_deep_keep_their_distance() -> None:
    size = 10_001
    parents: list[int | None] = [None, 0, 0, *range(1, size - 2)]
    _, ys = forest_of(parents, [240.0] * size, [40.0] * size, columns=False).placed()
    assert {round(lower - upper, 6) for upper, lower in zip(ys[1::2], ys[2::2], strict=True)} == {63.0}


def test_ten_thousand_children_of_one_parent() -> None:
    size = 10_001
    xs, ys = forest_of([None] + [0] * (size - 1), [240.0] * size, [40.0] * size, columns=False).placed()
    assert set(xs[1:]) == {336.0}
    assert ys[1:] == [50.0 * row for row in range(size - 1)]
    assert ys[0] == pytest.approx((50.0 * (size - 1) - 10 - 40) / 2)
