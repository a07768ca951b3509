"""Numbers of one explanation as its sentences write them (product.md §7.4, model.md §4.5)."""

from __future__ import annotations

from collections.abc import Sequence

from prodlead_desktop.analysis.explain import Explanation
from prodlead_desktop.analysis.portfolio import Change
from prodlead_desktop.domain.numerals import money, number

_TINY = 5e-4  # of the value: smaller differences are not worth a sentence


class Words:
    """Values, money, titles and changes of plans in words."""

    def __init__(self, made: Explanation) -> None:
        self.made, self.problem = made, made.problem
        self.size = max(abs(made.best.value or 0.0), 1e-9)

    def value(self, value: float) -> str:
        """A difference of V: points, or money."""
        if self.problem.in_money:
            return money(round(value), self.problem.currency)
        said = number(value, 1 if value >= 0.1 else 2)
        return f"{said} point" if said == "1" else f"{said} points"

    def cash(self, minor: float) -> str:
        """Money of minor units."""
        return money(round(minor), self.problem.currency)

    def title(self, i: int) -> str:
        """An initiative by its place."""
        return f"“{self.problem.initiatives[i].title}”"

    def counts(self, value: float | None) -> bool:
        """Whether a difference of V is worth a sentence."""
        return value is not None and value > _TINY * self.size

    def changed(self, changes: Sequence[Change]) -> str:
        """ "adds “A”, drops “B”, gives less to “C”"; empty when nothing changes."""
        words = {
            "added": "adds",
            "dropped": "drops",
            "upgraded": "gives more to",
            "downgraded": "gives less to",
        }
        groups = []
        for what, word in words.items():
            names = [self.title(change.initiative) for change in changes if change.what == what]
            if names:
                more = f" and {len(names) - 3} more" if len(names) > 3 else ""
                groups.append(f"{word} {', '.join(names[:3])}{more}")
        return ", ".join(groups)
