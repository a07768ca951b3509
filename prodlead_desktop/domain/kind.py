"""What a node kind is: data that the map, the forms and the codecs read; one file per kind lies in ``kinds``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from prodlead_desktop.registry import collect


@dataclass(frozen=True, slots=True)
class KindData:
    """What only nodes of one kind have: scalars and lists of scalars; references are columns or rows."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of node, as data."""

    name: str
    title: str
    plural: str
    order: int
    data: type[KindData]
    icon: str  # Lucide name
    shape: str  # figures/theme draws it
    usual_child: str  # kind of a new child
    usual_parents: tuple[str, ...]  # advice, never an invariant
    uses: tuple[str, ...] = ()  # node columns beyond the common ones: team, pool, segment
    digit: int | None = None  # Alt+digit sets it
    hint: str = ""


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name, in the order of menus and legends."""
    return {kind.name: kind for kind in collect("prodlead_desktop.domain.kinds", "KIND")}


def kind(name: str) -> Kind:
    """The kind called ``name``; KeyError when there is none."""
    return kinds()[name]


def title_or_hint(title: str, name: str) -> str:
    """A node's title, or what stands in its place while it has none: what its kind asks, else the kind."""
    return title or kind(name).hint or kind(name).title
