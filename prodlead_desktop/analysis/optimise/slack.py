"""What the wishes are missed by, as columns: a_o + s_o ≥ ā_o (model.md §4.2)."""

from __future__ import annotations

from prodlead_desktop.analysis.optimise.milp import Expr
from prodlead_desktop.analysis.optimise.worth import Worth
from prodlead_desktop.analysis.wishes import Wished


def missed(worth: Worth, wished: Wished) -> Expr:
    """Σ s_o, shares of the way added up, where each s_o is at least what a plan misses its wish by."""
    out, futures, weights = Expr(), range(len(worth.values)), wished.weights
    for o, share in zip(wished.outcomes, wished.shares.tolist(), strict=True):
        slack = worth.milp.column()
        seen = [worth.attained(s, o) for s in futures]
        if weights is not None:
            mean = Expr()
            for weight, one in zip(weights.tolist(), seen, strict=True):
                mean.add(one, weight)
            seen = [mean]
        for one in seen:
            worth.milp.row(Expr({slack: 1.0}).add(one), low=share)
        out.add(slack)
    return out
