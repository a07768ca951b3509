"""What a lens is: another way to draw lines, fills and badges of one layout; one file per lens lies in `lenses`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Dress, Source
from prodlead_desktop.figures.lines import Lines
from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.forest import Outline
from prodlead_desktop.registry import collect


class Placed(Protocol):
    """The part of a map picture that a lens needs to draw its lines."""

    strategy: Strategy
    sources: Mapping[str, Source]
    boxes: Mapping[str, Box]
    parents: Mapping[str, str | None]
    children: Mapping[str | None, tuple[str, ...]]
    lefts: frozenset[str]  # cards that stand left of their parent
    money: Mapping[str, NodeMoney]
    outline: Outline
    heights: Sequence[float]  # of the cards, as the outline numbers them

    @property
    def view(self) -> Any:
        """The ``MapView`` it was made for."""
        ...

    @property
    def down(self) -> bool:
        """Whether children stand below their parent."""
        ...


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a lens' own legend: a word, and what it looks like on the map."""

    word: str
    ground: str = ""  # of a card, as in ``Dress``
    line: str = ""  # of an edge
    badge: str = ""
    steps: tuple[int, int] | None = None
    whisker: bool = False
    draft: bool = False  # the outline of a draft


def whiskers(placed: Any) -> tuple[Key, ...]:
    """The key of forecasts, where there are some."""
    return (Key("P10–P90", whisker=True),) if placed.view.forecasts else ()


@dataclass(frozen=True, slots=True)
class Lens:
    """One way to look at the map."""

    name: str
    title: str
    icon: str
    order: float
    lines: Callable[[Any], Lines]  # of a Placed
    line_shows: Callable[[Node], object] = lambda node: node.kind  # of the card at a line's end
    money_everywhere: bool = False  # chips on every card money can reach, not on initiatives only
    hatches: bool = False  # outcomes that no money reaches are hatched
    dress: Callable[[Strategy, Node], Dress | None] | None = None  # what it makes of a card, never its size
    tables: frozenset[str] = (
        frozenset()
    )  # beside nodes, the tables ``dress`` reads; their rows name the nodes
    readers: Callable[[Strategy, str], Iterable[str]] | None = None  # nodes whose dress reads that node
    keys: Callable[[Any], tuple[Key, ...]] = lambda placed: ()  # its own legend for what is on this map
    forecasts: bool = False  # it shows P10, P50 and P90 of the outcomes


@cache
def lenses() -> dict[str, Lens]:
    """Every lens by name, in the order of the switch."""
    return {lens.name: lens for lens in collect("prodlead_desktop.figures.lenses", "LENS")}
