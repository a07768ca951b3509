"""How long the tidy layout takes beside one plain pass over the same nodes and a contour-merging layout.

Run `python tests/benchmarks/bench_layout.py`. Every row is the median of runs taken in turn; the ratio counts, not
the milliseconds. The limit is the cheapest walk over the tree that Python has. The peer is what textbooks teach
(Reingold and Tilford with contours copied from child to parent): O(nodes × depth), and no share-out of pushes.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from random import Random
from typing import NamedTuple

from prodlead_desktop.layout.tidy import MAP_GAPS, place

SIZES = (1_000, 10_000, 50_000)
CARD_HEIGHTS = (46.0, 72.0, 96.0, 120.0)
CELL = 400.0
NEAR = 1e-6

Placed = tuple[list[float], list[float]]  # lefts and tops


Outline = list[tuple[float, float, float, int]]  # one side of a subtree: from x, to x, y, node, without holes


class Tree(NamedTuple):
    """What `place` takes, for one root, node 0."""

    children: list[list[int]]
    widths: list[float]
    heights: list[float]


def map_tree(size: int, cards: tuple[float, ...]) -> Tree:
    """A map: up to six children each, filled level by level, cards of the heights that the canvas draws."""
    dice = Random(size)
    children: list[list[int]] = [[] for _ in range(size)]
    free = 1
    for node in range(size):
        wanted = dice.randint(2, 6) if free - node < 8 else dice.randint(0, 6)
        children[node] = list(range(free, min(free + wanted, size)))
        free += len(children[node])
    return Tree(children, [dice.choice(cards) for _ in range(size)], _heights(dice, size))


def random_tree(size: int, reach: int) -> Tree:
    """Every node under any of the `reach` nodes before it: two out of three have no sibling leaf family."""
    dice = Random(size)
    children: list[list[int]] = [[] for _ in range(size)]
    for node in range(1, size):
        children[dice.randrange(max(0, node - reach), node)].append(node)
    return Tree(children, [dice.choice((160.0, 240.0, 320.0)) for _ in range(size)], _heights(dice, size))


def _heights(dice: Random, size: int) -> list[float]:
    return [dice.choice(CARD_HEIGHTS) for _ in range(size)]


def limit(tree: Tree) -> float:
    """Visit each node once and add up the heights."""
    children, _, heights = tree
    total = 0.0
    waiting = [0]
    while waiting:
        node = waiting.pop()
        total += heights[node]
        waiting += children[node]
    return total


def ours(tree: Tree) -> Placed:
    return place(tree.children, [0], tree.widths, tree.heights)


def peer(tree: Tree) -> Placed:
    """Each parent takes its children's outlines, pushes child by child, and copies the joint outline upwards."""
    children, widths, heights = tree
    order, xs, home = [0], [0.0] * len(widths), [-1] * len(widths)
    for node in order:
        order += children[node]
        for child in children[node]:
            xs[child] = xs[node] + widths[node] + MAP_GAPS.column
            home[child] = node
    tops = [0.0] * len(widths)
    above: dict[int, Outline] = {}
    below: dict[int, Outline] = {}
    for node in reversed(order):
        upper: Outline = []
        lower: Outline = []
        kids = children[node]
        for child in kids:
            tops[child] = push = _push(lower, above[child], children, home)
            upper = _joined(upper, _moved(above.pop(child), push))
            lower = _joined(_moved(below.pop(child), push), lower)
        top = (tops[kids[0]] + tops[kids[-1]] + heights[kids[-1]] - heights[node]) / 2 if kids else 0.0
        for child in kids:
            tops[child] -= top
        end = xs[node] + widths[node] + MAP_GAPS.column
        above[node] = [(xs[node], end, 0.0, node), *_moved(upper, -top)]
        below[node] = [(xs[node], end, heights[node], node), *_moved(lower, -top)]
    for node in order:
        for child in children[node]:
            tops[child] += tops[node]
    return xs, tops


def _push(lower: Outline, upper: Outline, children: list[list[int]], home: list[int]) -> float:
    """How far the outline `upper` must move down to clear `lower`; 0 below nothing."""
    pushes = []
    i = j = 0
    while i < len(lower) and j < len(upper):
        _, end_a, bottom, a = lower[i]
        _, end_b, top, b = upper[j]
        leaves = home[a] == home[b] and not children[a] and not children[b]
        pushes.append(bottom - top + MAP_GAPS.sibling + (0.0 if leaves else MAP_GAPS.subtree))
        i += end_a <= end_b
        j += end_b <= end_a
    return max(pushes, default=0.0)


def _moved(outline: Outline, by: float) -> Outline:
    return [(start, end, y + by, node) for start, end, y, node in outline]


def _joined(front: Outline, back: Outline) -> Outline:
    """`front`, and what of `back` reaches deeper."""
    reach = front[-1][1] if front else 0.0
    return front + [(max(start, reach), end, y, node) for start, end, y, node in back if end > reach]


def overlaps(tree: Tree, placed: Placed) -> int:
    """Pairs of boxes that share some area, counted box against box in every cell of a grid."""
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    sides = [(x, y, x + w, y + h) for x, y, w, h in zip(*placed, tree.widths, tree.heights, strict=True)]
    for node, (x0, y0, x1, y1) in enumerate(sides):
        for column in range(int(x0 // CELL), int(x1 // CELL) + 1):
            for row in range(int(y0 // CELL), int(y1 // CELL) + 1):
                cells[column, row].append(node)
    return len(
        {
            (a, b)
            for nodes in cells.values()
            for a, b in combinations(nodes, 2)
            if max(sides[a][0], sides[b][0]) + NEAR < min(sides[a][2], sides[b][2])
            and max(sides[a][1], sides[b][1]) + NEAR < min(sides[a][3], sides[b][3])
        }
    )


def seconds(work: Callable[[Tree], object], tree: Tree) -> float:
    start = time.perf_counter()
    work(tree)
    return time.perf_counter() - start


def row(name: str, tree: Tree, with_peer: bool) -> float:
    """Print one row; the seconds that the peer took."""
    size = len(tree.heights)
    rounds = 9 if size <= 10_000 else 5
    times: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(rounds):
        times["limit"].append(seconds(limit, tree))
        times["ours"].append(seconds(ours, tree))
        if with_peer and (turn == 0 or times["peer"][0] < 1.0):
            times["peer"].append(seconds(peer, tree))
    middle = {who: statistics.median(taken) for who, taken in times.items()}
    ratio = middle["ours"] / middle["limit"]
    shown = f"{middle['peer'] * 1e3:10.1f}" if with_peer else "         –"
    print(
        f"{name:34} {size:7,} {middle['ours'] * 1e3:9.1f} {shown} {middle['limit'] * 1e3:9.2f} {ratio:7.1f}"
        f" {overlaps(tree, ours(tree)):9}",
        flush=True,
    )
    return middle.get("peer", 0.0)


def main() -> None:
    print(
        f"{'tree':34} {'nodes':>7} {'ours ms':>9} {'peer ms':>10} {'limit ms':>9} {'ratio':>7} {'overlaps':>9}"
    )
    shapes: dict[str, Callable[[int], Tree]] = {
        "map, cards of one width": lambda size: map_tree(size, (240.0,)),
        "map, cards of four widths": lambda size: map_tree(size, (160.0, 240.0, 320.0, 480.0)),
        "random, any node before": lambda size: random_tree(size, size),
        "random and deep, four nodes before": lambda size: random_tree(size, 4),
    }
    for name, grow in shapes.items():
        took = 0.0
        for size in SIZES:
            took = row(name, grow(size), with_peer=took < 2.0)


if __name__ == "__main__":
    main()
