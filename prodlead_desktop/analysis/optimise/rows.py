"""The rules of a scenario as rows, one group per rule, so that a rule can be left out or be made to give (§4.2)."""

from __future__ import annotations

from prodlead_desktop.analysis.limits import KEPT, MONEY, Rule
from prodlead_desktop.analysis.optimise.choices import Choices
from prodlead_desktop.analysis.optimise.milp import INFINITE, Expr, total
from prodlead_desktop.analysis.plans import due
from prodlead_desktop.analysis.problem import Problem

Row = tuple[Expr, float, float]  # low ≤ expression ≤ high


class RuleRows:
    """Rows of every rule. Rules about money hold at the costs of every future."""

    def __init__(self, choices: Choices, problem: Problem, drop: frozenset[str]) -> None:
        self.choices = choices
        self.problem = problem
        self.drop = drop
        self._different: list[int] = []  # futures, one for each set of costs
        seen = set()
        for s, future in enumerate(problem.futures):
            factors = tuple(future.cost_factor.tolist())
            if factors not in seen:
                seen.add(factors)
                self._different.append(s)
        self._carries: dict[tuple[int, int], Expr] = {}

    def of(self, rule: Rule) -> list[Row]:
        """The rows of one rule; money in units, people in people."""
        if rule.kind in MONEY:
            return [self._money(rule, s) for s in self._different]
        if rule.kind in ("mandatory", "lock", "floor", "ceiling"):
            return self._own(rule)
        if rule.kind == "capacity":
            row = self.problem.limits.capacities[rule.at]
            used = Expr()
            for i, option, amount in row.demands:
                used.add(self.choices.chosen(i, option), amount)
            return [(used, -INFINITE, row.amount)]
        if rule.kind == "at most":
            everyone = total(self.choices.funded(i) for i in range(len(self.problem.initiatives)))
            return [(everyone, -INFINITE, float(self.problem.limits.at_most or 0))]
        if rule.kind == "excludes":
            i, j = self.problem.limits.excludes[rule.at]
            return [(self.choices.funded(i).add(self.choices.funded(j)), -INFINITE, 1.0)]
        return [self._requires(rule)]

    def _requires(self, rule: Rule) -> Row:
        need = self.problem.limits.requires[rule.at]
        funded, other = self.choices.funded(need.initiative), self.problem.initiatives[need.other]
        if not need.full:
            return funded.add(self.choices.funded(need.other), -1.0), -INFINITE, 0.0
        if other.amounts is not None:
            share = (other.full_cost or 0) / self.choices.unit
            return Expr().add(funded, share).add(self.choices.money(need.other), -1.0), -INFINITE, 0.0
        for option in other.at_full:
            funded.add(self.choices.chosen(need.other, option), -1.0)
        return funded, -INFINITE, 0.0

    def _own(self, rule: Rule) -> list[Row]:
        """Mandatory and locks fix the choice; floors and ceilings count at unchanged costs."""
        i, row = rule.at, self.problem.initiatives[rule.at]
        given = self.choices.money(i)
        unit = self.choices.unit
        if rule.kind == "floor":
            return [(given, (row.floor or 0) / unit, INFINITE)]
        if rule.kind == "ceiling":
            return [(given, -INFINITE, (row.ceiling or 0) / unit)]
        option = row.full if rule.kind == "mandatory" else self.problem.current.options[i]
        rows: list[Row] = [(self.choices.chosen(i, option), 1.0, INFINITE)]
        if row.amounts is not None and rule.kind == "mandatory":
            rows.append((given, (row.full_cost or 0) / unit, INFINITE))
        elif row.amounts is not None:
            at = self.problem.current.amounts[i] / unit
            rows.append((given, at, at))
        return rows

    def _money(self, rule: Rule, future: int) -> Row:
        limits, unit = self.problem.limits, self.choices.unit
        everyone = range(len(self.problem.initiatives))
        if rule.kind == "budget":
            spent = total(self.choices.cost(i, future) for i in everyone)
            return spent, -INFINITE, ((limits.budget or 0) + self._spare(future)) / unit
        if rule.kind == "quarter":
            return self._left(rule.at, future), 0.0, INFINITE
        band = limits.bands[rule.at]
        inside = total(
            self.choices.cost(i, future) for i in everyone if self.problem.initiatives[i].pool == band.pool
        )
        share = (band.low if rule.kind == "pool low" else band.high) or 0.0
        if band.of_budget:
            whole = Expr(constant=(limits.envelope or 0) / unit)
        else:
            whole = total(self.choices.cost(i, future) for i in everyone)
        inside.add(whole, -share)
        return (inside, 0.0, INFINITE) if rule.kind == "pool low" else (inside, -INFINITE, 0.0)

    def _spare(self, future: int) -> float:
        """Minor units that a sum of whole prices may seem to be over, so that HiGHS sees a plan that spends it all."""
        whole = all(row.amounts is None for row in self.problem.initiatives)
        return KEPT if whole and bool((self.problem.futures[future].cost_factor == 1.0).all()) else 0.0

    def _left(self, quarter: int, future: int) -> Expr:
        """Money of a quarter and what came over, less what is spent in it."""
        limits = self.problem.limits
        left = Expr(constant=limits.quarters[quarter] / self.choices.unit)
        if quarter:
            left.add(self._carried(quarter - 1, future))
        for i, row in enumerate(self.problem.initiatives):
            for option in range(1, len(row.options)):
                shares = due(row, option)
                if quarter < len(shares) and shares[quarter] and option in self.choices.options[i]:
                    left.add(self.choices.cost(i, future, option), -shares[quarter])
        return left

    def _carried(self, quarter: int, future: int) -> Expr:
        """What goes into the next quarter: what is left, at most γ of the quarter's money and never below 0."""
        key = (quarter, future)
        if key not in self._carries:
            limits, milp = self.problem.limits, self.choices.milp
            most = limits.carry_over * limits.quarters[quarter] / self.choices.unit
            if most <= 0.0:
                self._carries[key] = Expr()
                return self._carries[key]
            column, left = milp.column(0.0, most), self._left(quarter, future)
            slack = Expr()
            if f"quarter {quarter}" in self.drop:  # then left may be below 0, and nothing is carried
                overdrawn, over = milp.binary(), self._overdraft(future)
                milp.row(Expr({column: 1.0, overdrawn: most}), high=most)
                slack = Expr({overdrawn: over + most})
            finer = self.choices.finer
            milp.below(Expr({column: finer}), Expr().add(left, finer).add(slack, finer))
            self._carries[key] = Expr({column: 1.0})
        return self._carries[key]

    def _overdraft(self, future: int) -> float:
        """The most that could ever be spent, in units."""
        found = 0.0
        for i, row in enumerate(self.problem.initiatives):
            prices = [option.cost for option in row.options]
            most = max(prices) if row.amounts is None else row.amounts.most
            found += most * max(float(self.problem.futures[future].cost_factor[i]), 1.0)
        return found / self.choices.unit
