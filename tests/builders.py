"""Real strategies for tests: a small one, the sample, big ones, and any one that hypothesis can think of."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from prodlead_desktop import samples
from prodlead_desktop.domain import effects, fields, text
from prodlead_desktop.domain.entities import (
    HEADER_ID,
    ORDER_STEP,
    SPECS,
    Allocation,
    Band,
    Dependency,
    Effect,
    Entity,
    Header,
    Level,
    Link,
    Node,
    Pool,
    Reading,
    Scenario,
    Spec,
    Team,
    is_ordered,
    key_fields,
    owner_field,
)
from prodlead_desktop.domain.fields import MONEY_LIMIT, Field, FieldType
from prodlead_desktop.domain.ids import derived_id
from prodlead_desktop.domain.kind import kind, kinds
from prodlead_desktop.domain.kinds.ambition import AmbitionData
from prodlead_desktop.domain.kinds.initiative import InitiativeData
from prodlead_desktop.domain.kinds.outcome import OutcomeData
from prodlead_desktop.domain.strategy import Strategy, of_rows

STEP = ORDER_STEP


def sample() -> Strategy:
    """Tidemark 2027, as people first meet it."""
    return samples.load()


def small() -> Strategy:
    """Ambition a; outcomes o1, o2; initiatives i1, i2 below o1 and i3 at the top level; note n1; two scenarios.

    i1 has levels l1 (300), l2 (600) and l3 (800), i2 has l4 (500), i3 has l5 (150), in whole euros. Scenario s1
    "Plan" funds i1 at l2 and i3 at l5, s2 "Other" funds i1 at l1.
    """
    day = datetime.date(2027, 9, 30)
    metric = OutcomeData(
        metric="Median time", unit="min", baseline=40.0, target=3.0, limit=1.0, deadline=day,
        deadline_precision="quarter", because="3 minutes forms the habit", contribution=0.5,
    )  # fmt: skip
    return of_rows(
        (
            Header(HEADER_ID, "Small", "EUR", datetime.date(2027, 1, 1)),
            Pool("p1", STEP, "Core", 0),
            Pool("p2", 2 * STEP, "New", 1),
            Team("t1", STEP, "Data", capacity=(3.0, 4.0)),
            Node("a", None, STEP, "ambition", "First tab", data=AmbitionData()),
            Node("o1", "a", STEP, "outcome", "Faster insight", data=metric),
            Node("o2", "a", 2 * STEP, "outcome", "Trusted numbers", data=OutcomeData(swing=50.0)),
            Node("i1", "o1", STEP, "initiative", "Guide", pool="p1", team="t1", data=InitiativeData(full_cost=60_000)),
            Node("i2", "o1", 2 * STEP, "initiative", "Connectors", pool="p2", data=InitiativeData()),
            Node("i3", None, 2 * STEP, "initiative", "Rebrand", data=InitiativeData()),
            Node("n1", "o2", STEP, "note", "Remember", data=kind("note").data()),
            Reading("r1", "o1", datetime.date(2026, 11, 1), 31.0),
            Level("l1", "i1", STEP, "Minimum", 30_000, 0.4),
            Level("l2", "i1", 2 * STEP, "Full", 60_000, 1.0),
            Level("l3", "i1", 3 * STEP, "Stretch", 80_000, 1.2),
            Level("l4", "i2", STEP, "Full", 50_000, 1.0),
            Level("l5", "i3", STEP, "Full", 15_000),
            Effect("e1", "i1", "o1", 8.0, 16.0, 24.0),
            Effect("e2", "i1", "o2", 1.0, 2.0, 3.0),
            Dependency("d1", "i2", "requires", "i1"),
            Scenario("s1", STEP, "Plan", "plan of record", 0, budget=100_000),
            Scenario("s2", 2 * STEP, "Other", "draft", 1),
            Allocation("al1", "s1", "i1", "l2", lock=True),
            Allocation("al2", "s1", "i3", "l5"),
            Allocation("al3", "s2", "i1", "l1"),
        )
    )  # fmt: skip


_BELOW = {
    "ambition": ("outcome", "outcome", "market"),
    "market": ("initiative", "opportunity", "outcome"),
    "outcome": ("outcome", "outcome", "initiative", "initiative", "opportunity", "capability", "assumption"),
    "opportunity": ("initiative", "note"),
    "capability": ("initiative", "note"),
    "initiative": ("assumption", "note"),
}
_WORDS = (
    "first office Größe Łódź insight habit weekly teams trust numbers seats growth retail guided connectors "
    "lineage streaming catalogue billing admins value metrics 東京 fresh morning"
).split()


def many(nodes: int = 5000, seed: int = 1) -> Strategy:
    """A plausible strategy of any size, the same for the same arguments, with levels, effects and three scenarios."""
    rng = random.Random(seed)
    rows: list[Entity] = [Header(HEADER_ID, f"Many {nodes}", "EUR", datetime.date(2027, 1, 1))]
    rows += [Pool(f"pool{n}", n * STEP, word, n - 1) for n, word in enumerate(("Core", "Adjacent", "New"), 1)]
    rows += [
        Scenario(f"sc{n}", n * STEP, f"Scenario {n}", colour=n - 1, budget=nodes * 10_000_000)
        for n in (1, 2, 3)
    ]
    outcomes: dict[str, str] = {}  # node -> the outcome it serves
    siblings: dict[str, int] = {}
    queue: list[tuple[str, str]] = []
    for number in range(nodes):
        node_id = f"n{number:05}"
        parent, above = queue[rng.randrange(max(0, len(queue) - 40), len(queue))] if queue else ("", "")
        word = rng.choice(_BELOW[above]) if above else "ambition"
        if number and number % 100 == 0:
            parent, word = "", rng.choice(("outcome", "initiative"))
        siblings[parent] = siblings.get(parent, 0) + 1
        rows.append(_plausible(rng, node_id, parent or None, siblings[parent], word))
        outcomes[node_id] = node_id if word == "outcome" else outcomes.get(parent, "")
        if word in _BELOW:
            queue.append((node_id, word))
        if word == "initiative":
            rows += _bets(rng, node_id, outcomes[node_id])
        elif word == "outcome":
            rows.append(
                Reading(f"r{number:05}", node_id, datetime.date(2026, 11, 1), float(rng.randint(20, 60)))
            )
    return of_rows(rows)


def crowd(bets: int = 100, scenarios: int = 6, seed: int = 7) -> Strategy:
    """As many initiatives and scenarios as a room can want: long titles, bands, quarters, unknown costs, orphans."""
    rng = random.Random(seed)
    rows: list[Entity] = [Header(HEADER_ID, "Crowd", "EUR", datetime.date(2027, 1, 1))]
    rows += [Pool(f"pool{n}", n * STEP, word, n - 1) for n, word in enumerate(("Core", "Adjacent", "New"), 1)]
    names = [f"sc{n}" for n in range(1, scenarios + 1)]
    for n, name in enumerate(names):
        title = f"{rng.choice(_WORDS).capitalize()} and the {rng.choice(_WORDS)} scenario {n + 1}"
        rows.append(
            Scenario(
                name, n * STEP, title, colour=n % 6, budget=bets * 5_000_000, quarters=(bets * 2_000_000,) * 3
            )
        )
        rows.append(Band(f"b{n}", name, "pool1", 0.5, 0.7, "budget"))
    rows += [
        Node(f"o{n}", None, n * STEP, "outcome", " ".join(rng.choices(_WORDS, k=8)), data=data)
        for n, data in enumerate(
            OutcomeData(unit="minutes a week" if n % 3 else "%", baseline=60.0, target=target, swing=10.0 * n)
            for n, target in enumerate((20.0, 90.0, 1234.5, 62.0, 5.0, 61.5, 80.0, 0.5))
        )
    ]
    for n in range(bets):
        node_id = f"i{n:03}"
        data = InitiativeData(cost_profile=(0.25,) * 4, start=float(rng.randint(0, 3)))
        parent = f"o{rng.randint(0, 7)}" if n % 9 else None
        rows.append(
            Node(
                node_id, parent, n * STEP, "initiative", " ".join(rng.choices(_WORDS, k=rng.randint(2, 14))),
                pool=f"pool{rng.randint(1, 3)}", data=data,
            )
        )  # fmt: skip
        cost = rng.randint(1, 90) * 100_000
        for level, times in enumerate((1, 2, 3), 1):
            price = None if n % 17 == 3 else cost * times
            rows.append(
                Level(f"{node_id}.l{level}", node_id, level * STEP, f"Level {level}", price, times / 3)
            )
        for name in names:
            chosen = rng.randint(0, 3)
            if chosen:
                rows.append(Allocation(f"{node_id}.{name}", name, node_id, f"{node_id}.l{chosen}"))
        if parent is not None and n % 5:  # after all else, so that what is drawn above stays as it was
            size = 0.5 + n % 7 / 4
            rows.append(Effect(f"e{n:03}", node_id, parent, 0.3 * size, 0.6 * size, size))
    return of_rows(rows)


def _plausible(rng: random.Random, node_id: str, parent: str | None, place: int, word: str) -> Node:
    data: Any = kind(word).data()
    if word == "outcome":
        data = replace(
            data, metric="Share", unit="%", baseline=float(rng.randint(10, 40)), target=float(rng.randint(50, 90)),
            deadline=datetime.date(2027, rng.randint(1, 12), 28), deadline_precision="month", contribution=0.1,
        )  # fmt: skip
    title = " ".join(rng.choices(_WORDS, k=rng.randint(2, 7))).capitalize()
    pool = f"pool{rng.randint(1, 3)}" if word == "initiative" else None
    return Node(
        node_id,
        parent,
        place * STEP,
        word,
        title,
        state=rng.choice(("draft", "agreed")),
        pool=pool,
        data=data,
    )


def _bets(rng: random.Random, node_id: str, outcome: str) -> list[Entity]:
    unit = rng.randint(1, 9) * 1_000_000
    names = ("Minimum", "Full", "Stretch")
    rows: list[Entity] = [
        Level(f"{node_id}.l{n}", node_id, n * STEP, name, unit * n, n / 2) for n, name in enumerate(names, 1)
    ]
    if outcome:
        rows.append(Effect(f"{node_id}.e", node_id, outcome, 1.0, 3.0, 6.0))
    for scenario in ("sc1", "sc2", "sc3"):
        chosen = rng.randint(0, 3)
        if chosen:
            rows.append(Allocation(f"{node_id}.{scenario}", scenario, node_id, f"{node_id}.l{chosen}"))
    return rows


# ------------------------------------------------------------------ any strategy at all

_CHARACTERS = st.characters(exclude_categories=("Cs",))
_WILD = st.one_of(
    st.text(_CHARACTERS, max_size=40),
    st.sampled_from(
        [
            "Größe",
            "Łódź first office",
            "→ €1,2",
            "e\u0301",
            "\u202eabc",
            "a\tb\r\nc",
            "=1+1",
            "\x00",
            "<b>",
            "💡🏽",
            "ﬁ",
            "null",
        ]
    ),
)
_NUMBERS = st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15
) | st.sampled_from([0.0, 1.0, 0.1, 1e300, -1e300, 5e-324, 1e16, 123456789.123456789, 1 / 3])
_MONEY = st.integers(-MONEY_LIMIT + 1, MONEY_LIMIT - 1) | st.integers(0, 10**8)
_CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "XXX", "USD"])
_IDS = st.text("ABCXYZabcxyz0123456789_.-", min_size=1, max_size=12)


@st.composite
def strategies_(draw: Callable[..., Any], sparse: bool = False) -> Strategy:
    """A whole valid strategy with rows in every table and every field of every entity set, in canonical orders.

    ``sparse`` leaves out about half of what may be unknown. Values come from small pools that hypothesis draws and
    a seed deals out, so that a strategy of some hundred values stays cheap to draw and to shrink.
    """
    pools = _Pools(
        lines=draw(st.lists(_WILD.map(text.one_line).map(lambda s: s or "x"), min_size=3, max_size=6)),
        paragraphs=draw(st.lists(_WILD.map(text.many_lines).map(lambda s: s or "y"), min_size=3, max_size=6)),
        reals=draw(st.lists(_NUMBERS, min_size=4, max_size=8)),
        shares=draw(st.lists(st.floats(0, 1), min_size=2, max_size=4)),
        moneys=draw(st.lists(_MONEY, min_size=3, max_size=6)),
        dates=draw(st.lists(st.dates(), min_size=2, max_size=4)),
        whole=draw(st.lists(st.integers(-(2**53) + 1, 2**53 - 1), min_size=2, max_size=4)),
        ids=draw(st.lists(_IDS, max_size=6, unique=True)),
    )
    return _Dealt(random.Random(draw(st.integers(0, 2**32))), pools, sparse, draw(_CURRENCIES)).strategy()


class _Pools:
    def __init__(self, **values: list[Any]) -> None:
        self.__dict__.update(values)

    lines: list[str]
    paragraphs: list[str]
    reals: list[float]
    shares: list[float]
    moneys: list[int]
    dates: list[datetime.date]
    whole: list[int]
    ids: list[str]


class _Dealt:
    """One strategy while its rows are dealt out."""

    def __init__(self, rng: random.Random, pools: _Pools, sparse: bool, currency: str) -> None:
        self.rng, self.pools, self.sparse, self.currency = rng, pools, sparse, currency
        self.ids: dict[str, list[str]] = {"header": [HEADER_ID]}
        self.kind_of: dict[str, str] = {}
        self.rows: list[Entity] = []

    def strategy(self) -> Strategy:
        self._name_everything()
        for spec in SPECS:
            made = [self._row(spec, row_id) for row_id in self.ids[spec.table]]
            self.rows += self._in_order(spec, self._distinct(spec.cls, [row for row in made if row]))
        self._rename_bare()
        return of_rows(self._valid(self.rows))

    def _name_everything(self) -> None:
        free = [name for name in self.pools.ids if name != HEADER_ID]
        used: set[str] = set()
        for spec in SPECS[1:]:
            count = self.rng.randint(1, 3)
            if spec.cls is Node:
                count = len(kinds()) + self.rng.randint(4, 9)
            names = []
            for number in range(count):
                name = free.pop() if free and self.rng.random() < 0.2 else f"{spec.prefix}-{number}"
                while name in used:
                    name += "_"
                used.add(name)
                names.append(name)
            self.ids[spec.table] = names
        always = ["outcome", "outcome", "outcome", "initiative", *kinds()]
        for number, node_id in enumerate(self.ids["node"]):
            more = list(kinds())
            self.kind_of[node_id] = always[number] if number < len(always) else self.rng.choice(more)

    def _row(self, spec: Spec, row_id: str) -> Entity | None:
        values: dict[str, Any] = {}
        for field in fields.of(spec.cls):
            if field.order or field.type is FieldType.DATA:
                continue
            value = self._value(field, row_id)
            if value is None and field.required:
                return None
            values[field.name] = value
        if spec.cls is Header:
            values["currency"] = self.currency
        if spec.cls is Node:
            values |= self._node_values(row_id)
        return spec.cls(row_id, **values)

    def _node_values(self, row_id: str) -> dict[str, Any]:
        word = self.kind_of[row_id]
        data = kind(word).data
        earlier = self.ids["node"][: self.ids["node"].index(row_id)]
        return {
            "kind": word,
            "parent": self.rng.choice([None, *earlier]) if earlier else None,
            "data": data(**{f.name: self._value(f, row_id) for f in fields.of(data)}),
        }

    def _value(self, field: Field, row_id: str) -> Any:
        rng = self.rng
        if self.sparse and not field.required and rng.random() < 0.5:
            return () if field.type in _LISTS else None
        if field.type is FieldType.REF:
            named = [
                i for i in self.ids[field.ref] if not field.ref_kinds or self.kind_of[i] in field.ref_kinds
            ]
            return rng.choice(named) if named else None
        if field.type is FieldType.CHOICE:
            return rng.choice(field.choices)
        if field.type in _LISTS:
            return tuple(self._one(_LISTS[field.type], field) for _ in range(rng.randint(1, 3)))
        return self._one(field.type, field)

    def _one(self, kind_of_value: FieldType, field: Field) -> Any:
        pool = {
            FieldType.TEXT: self.pools.lines,
            FieldType.LONG_TEXT: self.pools.paragraphs,
            FieldType.NUMBER: self.pools.reals,
            FieldType.SHARE: self.pools.shares,
            FieldType.MONEY: self.pools.moneys,
            FieldType.DATE: self.pools.dates,
            FieldType.INTEGER: self.pools.whole,
            FieldType.FLAG: [True] if not self.sparse else [True, False],
        }[kind_of_value]
        value: Any = self.rng.choice(pool)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if field.high is not None and field.low is not None:
                value = type(value)(min(max(value, field.low), field.high))
            elif field.low is not None:
                value = max(type(value)(abs(value)), type(value)(field.low))
            value += type(value)(0)  # never minus zero
        return value

    def _distinct(self, cls: type[Entity], rows: list[Entity]) -> list[Entity]:
        names = [field.name for field in key_fields(cls)]
        seen: set[tuple[Any, ...]] = set()
        kept = []
        for row in rows:
            key = tuple(getattr(row, name) for name in names)
            if not names or key not in seen:
                kept.append(row)
            seen.add(key)
        return kept

    def _in_order(self, spec: Spec, rows: list[Entity]) -> list[Entity]:
        if not is_ordered(spec.cls):
            return rows
        owner = owner_field(spec.cls)
        group_by = "parent" if spec.cls is Node else owner.name if owner else None
        counts: dict[Any, int] = {}
        placed = []
        for row in rows:
            group = getattr(row, group_by) if group_by else None
            counts[group] = counts.get(group, 0) + 1
            placed.append(replace(row, order=counts[group] * STEP))  # type: ignore[call-arg]
        return placed

    def _rename_bare(self) -> None:
        """Rows that JSON writes as a bare id carry the id that follows from what they say."""
        bare = {spec.cls: spec for spec in SPECS if spec.bare}
        for index, row in enumerate(self.rows):
            spec = bare.get(type(row))
            owner = owner_field(type(row))
            if spec and owner:
                parts = (str(getattr(row, owner.name)), str(getattr(row, spec.bare)))
                self.rows[index] = replace(row, id=derived_id(spec.prefix, *parts))

    def _valid(self, rows: list[Entity]) -> list[Entity]:
        levels = {row.id: row for row in rows if isinstance(row, Level)}
        tree = _preorder([row for row in rows if isinstance(row, Node)])
        plans = 0
        kept: list[Entity] = []
        for row in rows:
            if isinstance(row, Allocation):
                row = _fitting(row, levels)
            elif isinstance(row, Effect):
                row = replace(row, **dict.fromkeys(effects.strangers(row)))
            elif isinstance(row, Link):
                if tree.index(row.source) <= tree.index(row.target):
                    row = replace(row, source=row.target, target=row.source)
                if row.source == row.target:
                    continue
            elif isinstance(row, Scenario):
                plans += row.status == "plan of record"
                row = replace(row, status="draft") if plans > 1 and row.status == "plan of record" else row
            kept.append(row)
        links = self._distinct(Link, [row for row in kept if isinstance(row, Link)])
        return [row for row in kept if not isinstance(row, Link) or row in links]


_LISTS = {
    FieldType.NUMBERS: FieldType.NUMBER,
    FieldType.MONEYS: FieldType.MONEY,
    FieldType.WORDS: FieldType.TEXT,
}


def _preorder(nodes: list[Node]) -> list[str]:
    below: dict[str | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    order, stack = [], list(reversed(below[None]))
    while stack:
        node = stack.pop()
        order.append(node.id)
        stack.extend(reversed(below.get(node.id, [])))
    return order


def _fitting(row: Allocation, levels: dict[str, Level]) -> Allocation:
    """An allocation with a level of its own initiative or an amount, and its floor below its ceiling."""
    own = [level.id for level in levels.values() if level.initiative == row.initiative]
    row = replace(row, level=own[0], amount=None) if row.level and own else replace(row, level=None)
    if row.floor is not None and row.ceiling is not None:
        row = replace(row, floor=min(row.floor, row.ceiling), ceiling=max(row.floor, row.ceiling))
    return row
