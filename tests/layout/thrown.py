"""Maps by dice for the tests of the layout: any outline, any height of card, any direction, nudges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from prodlead_desktop.layout import nudges
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import BALANCED, DOWN, RIGHT, Arrangement, arrange
from prodlead_desktop.layout.nudges import Shift

MARGIN = 10.0


@dataclass
class Map:
    """An outline with a size for each card and, in a balanced one, the branches on the left."""

    children: dict[str | None, list[str]]
    sizes: dict[str, tuple[float, float]]
    direction: str
    lefts: frozenset[str] = frozenset()
    shifts: dict[str, Shift] = field(default_factory=dict)

    def arranged(self) -> Arrangement:
        return arrange(self.children, self.sizes.__getitem__, direction=self.direction, lefts=self.lefts)

    def nudged(self, shifts: Mapping[str, Shift] | None = None) -> tuple[dict[str, Box], dict[str, Shift]]:
        moved = self.shifts if shifts is None else shifts
        return nudges.nudged(self.arranged().boxes, self.children, moved, MARGIN, self.direction == DOWN)

    def branch(self, top: str) -> list[str]:
        found = [top]
        for node in found:
            found += self.children.get(node, [])
        return found


def thrown(dice: Random, size: int, direction: str) -> Map:
    """Any outline, of cards of one width as the canvas has them and of any height."""
    children: dict[str | None, list[str]] = {None: []}
    names = [f"n{number}" for number in range(size)]
    back = dice.choice([1, 3, 10, 40])
    for number, name in enumerate(names):
        free = number == 0 or dice.random() < 0.06
        parent = None if free else names[dice.randrange(max(0, number - back), number)]
        children.setdefault(parent, []).append(name)
    sizes = {name: (240.0, dice.choice((40.0, 58.0, dice.uniform(10, 300)))) for name in names}
    branches = [child for root in children[None] for child in children.get(root, [])]
    lefts = frozenset(node for node in branches if dice.random() < 0.5)
    moved = dice.sample(names, min(size, dice.randint(0, 4)))
    shifts = {node: (dice.uniform(-500, 500), dice.uniform(-300, 300)) for node in moved}
    return Map(children, sizes, direction, lefts if direction == BALANCED else frozenset(), shifts)


maps = st.builds(
    lambda seed, size, direction: thrown(Random(seed), size, direction),
    st.integers(0, 2**32),
    st.integers(1, 50),
    st.sampled_from((RIGHT, DOWN, BALANCED)),
)
