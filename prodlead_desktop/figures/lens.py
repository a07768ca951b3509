"""What a lens is: another way to draw the lines and fills of the same layout; one file per lens lies in `lenses`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from prodlead_desktop.analysis.capital import NodeMoney
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import Source
from prodlead_desktop.figures.lines import Lines
from prodlead_desktop.layout.box import Box
from prodlead_desktop.registry import collect


class Placed(Protocol):
    """The part of a map picture that a lens needs to draw its lines."""

    strategy: Strategy
    sources: Mapping[str, Source]
    boxes: Mapping[str, Box]
    parents: Mapping[str, str | None]
    money: Mapping[str, NodeMoney]


@dataclass(frozen=True, slots=True)
class Lens:
    """One way to look at the map."""

    name: str
    title: str
    icon: str
    order: float
    lines: Callable[[Any], Lines]  # of a Placed
    money_everywhere: bool = False  # chips on every card money can reach, not on initiatives only
    hatches: bool = False  # outcomes that no money reaches are hatched


@cache
def lenses() -> dict[str, Lens]:
    """Every lens by name, in the order of the switch."""
    return {lens.name: lens for lens in collect("prodlead_desktop.figures.lenses", "LENS")}
