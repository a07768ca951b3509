"""A mixed-integer programme written down row by row and run by HiGHS, which no other module knows (model.md §4.8)."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from prodlead_desktop.analysis.optimise.solution import Clock, Monitor
from prodlead_desktop.analysis.problem import Floats

INFINITE = float("inf")
TOLERANCE = 1e-7  # primal and integer feasibility; columns and rows are scaled to about 1…1000
_SEED = 0
_ASKED_EACH_S, _PATIENCE_S = 0.02, 0.2
_LOST = 1e-5
LOOKING = tuple(  # for better points
    f"mip_heuristic_run_{name}" for name in ("rins", "rens", "root_reduced_cost", "feasibility_jump")
)
STARTING_AGAIN = ("mip_allow_restart",)  # at the root: in a small tree that is most of the work
_NARROW = (("mip_pscost_minreliable", 0), ("mip_allow_restart", False), ("mip_heuristic_effort", 0.0))
_AGGREGATOR = 1 << 12  # this rule of HiGHS' presolve has lost points of programmes like ours (1.15)

Ended = Literal["optimal", "stopped", "infeasible", "cancelled", "failed"]  # failed: HiGHS gave up on numbers


class Expr:
    """A linear expression over columns: ``terms`` column → coefficient, and a constant."""

    __slots__ = ("constant", "terms")

    def __init__(self, terms: Mapping[int, float] | None = None, constant: float = 0.0) -> None:
        self.terms: dict[int, float] = dict(terms or {})
        self.constant = constant

    def add(self, other: Expr | int, factor: float = 1.0) -> Expr:
        """Add another expression, or a column, times ``factor``; returns self."""
        if isinstance(other, int):
            self.terms[other] = self.terms.get(other, 0.0) + factor
            return self
        more = other.terms if factor == 1.0 else {c: factor * value for c, value in other.terms.items()}
        if not self.terms or self.terms.keys().isdisjoint(more):
            self.terms.update(more)
        else:
            for column, value in more.items():
                self.terms[column] = self.terms.get(column, 0.0) + value
        self.constant += factor * other.constant
        return self

    def plus(self, constant: float) -> Expr:
        """Add a number; returns self."""
        self.constant += constant
        return self

    def at(self, x: Floats) -> float:
        """Its value at a point (columns,)."""
        return self.constant + sum(value * float(x[column]) for column, value in self.terms.items())


def total(parts: Iterable[Expr]) -> Expr:
    """Their sum."""
    out = Expr()
    for part in parts:
        out.add(part)
    return out


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """What HiGHS found: ``x`` (columns,) or None, and a ``bound`` that no point of the programme exceeds."""

    ended: Ended
    x: Floats | None
    objective: float
    bound: float
    seconds: float


class Milp:
    """Columns and rows; always maximised."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self._starts = array("i", [0])
        self._columns = array("i")
        self._values = array("d")
        self._row_low: list[float] = []
        self._row_high: list[float] = []

    def column(self, low: float = 0.0, high: float = INFINITE, whole: bool = False) -> int:
        """A new column; its index."""
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.low) - 1

    def binary(self) -> int:
        """A new column that is 0 or 1."""
        return self.column(0.0, 1.0, True)

    def row(self, expression: Expr, low: float = -INFINITE, high: float = INFINITE) -> None:
        """low ≤ expression ≤ high; the expression's constant is moved to the other side."""
        terms = expression.terms
        if 0.0 in terms.values():
            terms = {column: value for column, value in terms.items() if value != 0.0}
        self._columns.extend(terms)
        self._values.extend(terms.values())
        self._starts.append(len(self._columns))
        self._row_low.append(low - expression.constant)
        self._row_high.append(high - expression.constant)

    def below(self, left: Expr, right: Expr) -> None:
        """left ≤ right."""
        self.row(Expr(left.terms, left.constant).add(right, -1.0), high=0.0)

    def columns(self, many: int) -> list[int]:
        """So many new columns from 0 to 1; their indices."""
        begin = len(self.low)
        self.low += [0.0] * many
        self.high += [1.0] * many
        self.whole += [False] * many
        return list(range(begin, begin + many))

    def each_below(self, columns: Sequence[int], gate: int) -> None:
        """Every one of these columns ≤ another one, row by row."""
        begin, many = len(self._columns), len(columns)
        for column in columns:
            self._columns.extend((column, gate))
        self._starts.extend(range(begin + 2, begin + 2 * many + 1, 2))
        self._values.extend((1.0, -1.0) * many)
        self._row_low += (-INFINITE,) * many
        self._row_high += (0.0,) * many

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._row_low)

    def run(
        self,
        objective: Expr,
        clock: Clock,
        gap: float = 1e-6,
        monitor: Monitor | None = None,
        start: Mapping[int, float] | None = None,
        relaxed: bool = False,
        known: float = -INFINITE,
        off: Sequence[str] = (),
        narrow: bool = False,
    ) -> Answer:
        """Maximise within the time left. ``start``: column → value of a point to begin with; ``relaxed``: no integers;
        ``known``: an objective that some point is known to reach; ``off``: what HiGHS need not do (``LOOKING``, …);
        ``narrow``: that the proof is long, so that cheap steps beat careful ones.

        Single-threaded with a fixed seed, so equal programmes give equal answers. Cancelling takes effect within a
        quarter of a second. Where HiGHS gives up on numbers it is asked again without the
        start, then without its presolve; so it is where it finds no point, or none as good as one that is known. An
        answer it does not stand by has no bound.
        """
        spent, answer = 0.0, None
        for given, presolve in ((start, True), (None, True), (None, False)):
            if answer is not None and answer.ended != "failed" and presolve:
                continue
            answer = self._run(
                objective, clock, gap, monitor, None if relaxed else given, relaxed, presolve, off, narrow
            )
            spent += answer.seconds
            lost = answer.bound < known - _LOST * max(abs(known), 1.0)
            if lost:
                answer = replace(answer, bound=INFINITE)
            if clock.left <= 0.0 or (answer.ended not in ("failed", "infeasible") and not lost):
                break
        assert answer is not None
        return replace(answer, seconds=spent)

    def _run(
        self,
        objective: Expr,
        clock: Clock,
        gap: float,
        monitor: Monitor | None,
        start: Mapping[int, float] | None,
        relaxed: bool,
        presolve: bool,
        off: Sequence[str],
        narrow: bool,
    ) -> Answer:
        import highspy

        solver = _solver(highspy, clock.left, gap)
        for name in off:
            solver.setOptionValue(name, False)
        for name, value in _NARROW if narrow else ():
            solver.setOptionValue(name, value)
        if not presolve:
            solver.setOptionValue("presolve", "off")
        solver.passModel(self._lp(highspy, objective, relaxed))
        if start:
            places = np.array(sorted(start), dtype=np.int32)
            solver.setSolution(len(places), places, np.array([start[column] for column in places.tolist()]))
        began = time.perf_counter()
        met: list[Floats] = []
        cancelled, left_behind = _watched(solver, monitor, met)
        seconds = time.perf_counter() - began
        if left_behind:
            x = met[-1] if met and len(met[-1]) == len(self.low) else None
            return Answer("cancelled", x, -INFINITE if x is None else objective.at(x), INFINITE, seconds)
        return _answer(highspy, solver, objective, cancelled, any(self.whole) and not relaxed, seconds)

    def _lp(self, highspy: Any, objective: Expr, relaxed: bool) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.low), self.rows
        cost = np.zeros(len(self.low))
        for column, value in objective.terms.items():
            cost[column] = value
        lp.col_cost_ = cost
        lp.offset_ = objective.constant
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_lower_, lp.col_upper_ = np.array(self.low), np.array(self.high)
        lp.row_lower_, lp.row_upper_ = np.array(self._row_low), np.array(self._row_high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
        lp.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self._columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._values)
        if not relaxed and any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[whole] for whole in self.whole]
        return lp


class Growing:
    """A linear programme over columns from 0 to a most, whose rows come one by one; solved again from where it was."""

    def __init__(self, columns: int, most: float = 10.0) -> None:
        import highspy

        self._solver = _solver(highspy, INFINITE, 0.0)
        self._solver.addVars(columns, np.zeros(columns), np.full(columns, most))
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._places = np.arange(columns, dtype=np.int32)
        self._optimal = highspy.HighsModelStatus.kOptimal

    def below(self, columns: Sequence[int], most: float) -> None:
        """The sum of these columns ≤ ``most``."""
        self._solver.addRow(
            -INFINITE, most, len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns))
        )

    def most(self, objective: Floats) -> Floats | None:
        """The point (columns,) of the most; None where HiGHS gives up."""
        self._solver.changeColsCost(len(self._places), self._places, objective)
        self._solver.run()
        if self._solver.getModelStatus() != self._optimal:
            return None
        return np.array(self._solver.getSolution().col_value, dtype=np.float64)


def _solver(highspy: Any, seconds: float, gap: float) -> Any:
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", _SEED),
        ("presolve_rule_off", _AGGREGATOR),
        ("time_limit", max(seconds, 0.05)),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 1e-9),
        ("mip_feasibility_tolerance", TOLERANCE),
        ("primal_feasibility_tolerance", TOLERANCE),
    ):
        solver.setOptionValue(name, value)
    return solver


def _watched(solver: Any, monitor: Monitor | None, met: list[Floats]) -> tuple[bool, bool]:
    """Run HiGHS; whether the monitor stopped it, and whether it was left behind because it would not hear. ``met``
    gets the points it finds on its way.

    HiGHS asks its callbacks only between its steps, which may take a second. So it runs in a thread of its own while
    this one asks the monitor; after a moment of patience it is not waited for, and ends by itself at the next step.
    """
    if monitor is None:
        solver.run()
        return False, False
    stop, done = threading.Event(), threading.Event()

    def ask(event: Any) -> None:
        if stop.is_set():
            event.interrupt()

    def better(event: Any) -> None:
        met[:] = [np.array(event.data_out.mip_solution, dtype=np.float64)]

    def work() -> None:
        try:
            solver.run()
        finally:
            done.set()

    solver.cbMipInterrupt += ask
    solver.cbSimplexInterrupt += ask
    solver.cbMipImprovingSolution += better
    thread = threading.Thread(target=work, name="highs")
    thread.start()
    try:
        while not done.wait(_ASKED_EACH_S):
            if monitor.cancelled():
                break
    finally:
        stopped = not done.is_set()
        if stopped:
            stop.set()
    return stopped, stopped and not done.wait(_PATIENCE_S)


def _answer(
    highspy: Any, solver: Any, objective: Expr, cancelled: bool, whole: bool, seconds: float
) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Answer("infeasible", None, -INFINITE, -INFINITE, seconds)
    ended: Ended = "failed"
    if status in (kinds.kOptimal, kinds.kModelEmpty):
        ended = "optimal"
    elif cancelled:
        ended = "cancelled"
    elif status in (kinds.kTimeLimit, kinds.kInterrupt, kinds.kIterationLimit, kinds.kSolutionLimit):
        ended = "stopped"
    x: Floats | None = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        x = np.array(solver.getSolution().col_value, dtype=np.float64)
    found = info.objective_function_value if x is not None else -INFINITE
    if ended == "failed":
        return Answer("failed", x, found, INFINITE, seconds)
    if whole:
        bound = info.mip_dual_bound
    else:
        bound = found if ended == "optimal" else INFINITE
    if ended == "optimal" and not objective.terms:
        bound = objective.constant
    return Answer(ended, x, found, bound if abs(bound) < 1e29 else INFINITE, seconds)
