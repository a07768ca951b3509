"""What can be looked for on this map: the values of every facet that occur, with how many cards have each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from prodlead_desktop.domain.entities import Node, Person, Team
from prodlead_desktop.domain.kind import kind, kinds
from prodlead_desktop.domain.search import FINDINGS, NOBODY, Filter
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.ui.inspector import wording


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its words; ``kind`` colours its icon."""

    value: str
    words: str
    count: int
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of ``Filter`` with what it may hold."""

    name: str
    title: str
    values: tuple[Value, ...]


def facets(strategy: Strategy, chosen: Filter) -> list[Facet]:
    """Every facet of which this map has a value, or of which one is chosen."""
    nodes = list(strategy.all(Node).values())
    of_kind = Counter(node.kind for node in nodes)
    of_state = Counter(node.state for node in nodes)
    of_tag = Counter(tag for node in nodes for tag in node.tags)
    findings = {name: sum(one.holds(strategy, node) for node in nodes) for name, one in FINDINGS.items()}
    made = (
        Facet("kinds", "Kind", tuple(
            Value(name, one.plural, of_kind[name], one.icon, name) for name, one in kinds().items() if of_kind[name]
        )),
        Facet("states", "State", tuple(
            Value(name, name.capitalize(), of_state[name], icon)
            for name, icon in (("draft", "circle-dashed"), ("agreed", "circle-check"))
        )),
        Facet("findings", "Missing or wrong", tuple(
            Value(name, one.title, findings[name], "triangle-alert") for name, one in FINDINGS.items()
            if findings[name] or name in chosen.findings
        )),
        Facet("owners", "Owner", _references(strategy, nodes, "owner", Person, chosen.owners)),
        Facet("teams", "Team", _references(strategy, nodes, "team", Team, chosen.teams)),
        Facet("tags", "Tag", tuple(
            Value(tag, tag, of_tag[tag], "tag") for tag in sorted({*of_tag, *chosen.tags}, key=str.casefold)
        )),
    )  # fmt: skip
    return [facet for facet in made if facet.values]


def _references(
    strategy: Strategy, nodes: list[Node], name: str, cls: type[Person] | type[Team], chosen: tuple[str, ...]
) -> tuple[Value, ...]:
    """Every person or team that cards name or that is chosen, and nobody."""
    counts = Counter(getattr(node, name) or NOBODY for node in nodes)
    rows = [row for row in strategy.ordered(cls) if counts[row.id] or row.id in chosen]
    if not rows:
        return ()
    icon = "user" if cls is Person else "users"
    found = [Value(row.id, wording.called(row), counts[row.id], icon) for row in rows]
    return (*found, Value(NOBODY, "Nobody" if cls is Person else "No team", counts[NOBODY], "user-x"))


def words_of(strategy: Strategy, chosen: Filter) -> str:
    """A filter in words: "Initiatives · draft · Ann or nobody"."""
    people, teams = strategy.all(Person), strategy.all(Team)
    parts = [
        _either([kind(name).plural for name in chosen.kinds if name in kinds()]),
        _either(list(chosen.states)),
        _either([FINDINGS[name].title.lower() for name in chosen.findings if name in FINDINGS]),
        _either([wording.called(people[one]) if one in people else "nobody" for one in chosen.owners]),
        _either([wording.called(teams[one]) if one in teams else "no team" for one in chosen.teams]),
        _either([f"#{tag}" for tag in chosen.tags]),
    ]
    return " · ".join(part for part in parts if part)


def _either(words: list[str]) -> str:
    return " or ".join(words)
