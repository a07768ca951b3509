"""One decision problem in numbers, so that optimiser, simulation and explanations cannot disagree about it.

Made by ``formulate.formulate`` from a strategy, a scenario and futures (model.md §2–4). Conventions everywhere in
``analysis``: money is float or int *minor* units; time is in quarters from plan start, ``inf`` = "full effect";
probabilities and shares are 0..1; improvements are in the outcome's own unit, positive towards the target.
Outcomes, initiatives, effects, assumptions, futures, pools and teams are sorted by id and referred to by index.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from prodlead_desktop.analysis.curves import Curve
from prodlead_desktop.analysis.distributions import Distribution
from prodlead_desktop.analysis.timing import Timing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Overlap = Literal["headroom", "sum", "max"]
ValueMode = Literal["weight", "money", "none"]
INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the computation leaves out, or had to take as given: the rows concerned and a sentence."""

    ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A node of the value tree (model §0, §2.8). Levels are in the metric's unit, ``deadline`` in quarters."""

    id: str
    title: str
    unit: str
    baseline: float | None
    target: float | None
    limit: float | None  # L; None = no natural limit
    direction: int  # σ: +1 higher is better, −1 lower is better
    deadline: float  # inf without a deadline or a plan start
    threshold: float | None  # θ; None = none stated and φ = 0
    threshold_share: float  # φ
    over_delivery: float  # κ
    overlap: Overlap
    mode: ValueMode  # "none" = not an objective
    weight: float  # w: swing / Σ swing over the objectives in points; 0 otherwise
    money_per_unit: float  # m: minor units per unit and quarter; 0 otherwise

    @property
    def needed(self) -> float | None:
        """D = |T − b|; None while baseline or target is unknown."""
        if self.baseline is None or self.target is None:
            return None
        return abs(self.target - self.baseline)

    @property
    def headroom(self) -> float:
        """G = |L − b|, the improvement possible at all; inf without a limit."""
        if self.baseline is None or self.limit is None:
            return INFINITE
        return abs(self.limit - self.baseline)


@dataclass(frozen=True, slots=True)
class Contribution:
    """``source`` adds ``k`` units of ``target``'s improvement per unit of its own, ``lag`` quarters later."""

    source: int
    target: int
    k: float
    lag: float


@dataclass(frozen=True, slots=True)
class Option:
    """A funding level as the optimiser sees it; option 0 of every initiative is *none*.

    ``level`` is None for none and where the file gives no level row (full cost only, or a bare amount). An option
    whose cost nobody stated has ``known`` False and cost 0: it may be evaluated, never chosen.
    """

    level: str | None
    name: str
    cost: int
    known: bool
    share: float  # of the effect at full funding
    start: float
    moved: float = 0.0  # quarters by which the scenario moved that start; demands on teams move with it


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Continuous money (§3.2): nothing, or ``least`` to ``most``; the effect's share is curve(x / full cost)."""

    curve: Curve
    least: int  # smallest amount with an effect; 0 without a step
    most: int


@dataclass(frozen=True, slots=True)
class Initiative:
    """What can receive capital. ``options[choice]`` unless ``amounts`` is set: then option 1 means "an amount"."""

    id: str
    title: str
    pool: int  # index, −1 = no pool
    options: tuple[Option, ...]
    full: int  # option that counts as full funding (mandatory, requires full, force-in)
    full_cost: int | None
    amounts: AmountRange | None
    profile: tuple[float, ...]  # shares of the cost by quarter from its own start, Σ = 1
    success: float  # p
    assumptions: tuple[int, ...]
    timing: Timing
    mandatory: bool
    locked: bool
    floor: int | None
    ceiling: int | None
    cost_spread: Distribution | None  # factor on the cost, median 1; None = certain

    @property
    def at_full(self) -> tuple[int, ...]:
        """Options that satisfy "fully funded" where another one requires it: full, and any with more effect."""
        least = self.options[self.full].share
        return tuple(
            i for i, option in enumerate(self.options) if i == self.full or (i and option.share >= least)
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What an initiative does to an outcome when it works, at full funding and full ramp (model §3.3)."""

    id: str
    initiative: int
    outcome: int
    spread: Distribution
    mean: float


@dataclass(frozen=True, slots=True)
class Assumption:
    """A shared *because*: every initiative that rests on it fails with it."""

    id: str
    title: str
    probability: float


@dataclass(frozen=True, eq=False, slots=True)
class Future:
    """A state of the world: what it makes of effects (E), costs (N), baselines (O) and assumptions (A)."""

    id: str | None  # None = the unchanged future
    name: str
    probability: float | None
    effect_factor: Floats  # (E,)
    effect_value: Floats  # (E,) nan = not overridden; else the effect is this number before the factor
    cost_factor: Floats  # (N,)
    baseline: Floats  # (O,) nan = unknown
    chance: Floats  # (A,) probability that the assumption holds


@dataclass(frozen=True, slots=True)
class Band:
    """Least and most share for a pool (model §4.2)."""

    pool: int
    low: float | None
    high: float | None
    of_budget: bool  # else of spend


@dataclass(frozen=True, slots=True)
class Capacity:
    """People of a team in one quarter, less what is protected for discovery, and who asks for them.

    ``demands``: (initiative, option > 0, amount), at most one row per option.
    """

    team: int
    quarter: int
    amount: float
    demands: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Requires:
    """``initiative`` only if ``other`` is funded, or fully funded."""

    initiative: int
    other: int
    full: bool


@dataclass(frozen=True, slots=True)
class Enhances:
    """When both are funded every effect of ``other`` is multiplied by ``factor``."""

    initiative: int
    other: int
    factor: float


@dataclass(frozen=True, slots=True)
class Wish:
    """The scenario wishes that an outcome comes to ``share`` of its way by its deadline; soft (model §4.2)."""

    id: str
    outcome: int
    share: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything a plan must respect beside locks, floors, ceilings and mandatory (those stand on the initiative)."""

    budget: int | None = None
    quarters: tuple[int, ...] = ()  # money by quarter from plan start; later quarters are free
    carry_over: float = 0.0  # γ
    at_most: int | None = None
    bands: tuple[Band, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    requires: tuple[Requires, ...] = ()
    excludes: tuple[tuple[int, int], ...] = ()

    @property
    def envelope(self) -> int | None:
        """The money that shares "of budget" refer to: the budget, else the sum over quarters, else None."""
        return self.budget if self.budget is not None else sum(self.quarters) if self.quarters else None


@dataclass(frozen=True, slots=True)
class Plan:
    """One choice per initiative: option index (0 = none) and money in minor units at unchanged cost."""

    options: tuple[int, ...]
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class Problem:
    """A strategy, a scenario and futures in numbers; everything a computation needs and nothing it does not."""

    scenario: str
    scenario_name: str
    currency: str
    horizon: int  # quarters
    discount: float  # δ per quarter = (1 + r)^(−1/4)
    money_per_point: float | None  # minor units; the exchange rate of the mixed mode
    outcomes: tuple[Outcome, ...]
    contributions: tuple[Contribution, ...]
    initiatives: tuple[Initiative, ...]
    effects: tuple[Effect, ...]
    assumptions: tuple[Assumption, ...]
    enhances: tuple[Enhances, ...]
    pools: tuple[tuple[str, str], ...]  # (id, name)
    teams: tuple[tuple[str, str], ...]
    limits: Limits
    futures: tuple[Future, ...]  # at least one
    current: Plan  # the scenario's own allocation
    wishes: tuple[Wish, ...] = ()  # at most one per outcome, by outcome; its attainment is defined
    unknowns: tuple[Unknown, ...] = ()  # left out because nobody has said it
    assumed: tuple[Unknown, ...] = ()  # taken as model.md §1.1 says, where that is worth knowing
    memo: dict[str, Any] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )  # worked out once

    @cached_property
    def inputs_hash(self) -> str:
        """32 hex digits that change exactly when a number or an id of the problem does; titles do not count."""
        return hashlib.blake2b(_canonical(self).encode(), digest_size=16).hexdigest()

    @cached_property
    def objectives(self) -> tuple[int, ...]:
        """R: outcomes that carry value."""
        return tuple(i for i, outcome in enumerate(self.outcomes) if outcome.mode != "none")

    @property
    def in_money(self) -> bool:
        """Whether V is money (minor units) rather than 0–100 points."""
        return any(outcome.mode == "money" for outcome in self.outcomes)

    @cached_property
    def total_effects(self) -> Floats:
        """K (O, O): K[r, o] = improvement of r per unit of o over every path, lags and caps aside (model §2.3)."""
        size = len(self.outcomes)
        weights = np.zeros((size, size))
        for row in self.contributions:
            weights[row.target, row.source] += row.k
        return np.asarray(np.linalg.solve(np.eye(size) - weights, np.eye(size)))

    def initiative_index(self, initiative_id: str) -> int:
        """Position of an initiative; KeyError when there is none."""
        if "places" not in self.memo:
            self.memo["places"] = {row.id: i for i, row in enumerate(self.initiatives)}
        return int(self.memo["places"][initiative_id])


_WORDS = frozenset({"title", "name", "unit", "scenario_name", "sentence", "memo"})


def _canonical(value: Any) -> str:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = (
            f"{item.name}={_canonical(getattr(value, item.name))}"
            for item in dataclasses.fields(value)
            if item.name not in _WORDS
        )
        return f"{type(value).__name__}({','.join(parts)})"
    if isinstance(value, np.ndarray):
        return _canonical(tuple(value.tolist()))
    if isinstance(value, tuple):
        return f"({','.join(map(_canonical, value))})"
    return float(value).hex() if isinstance(value, float) else repr(value)
