"""The answer explains itself, in words for the panel beside the table (product.md §7.4); worked out in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.domain.text import briefly
from prodlead_desktop.errors import BadInput

SECONDS = 120.0
GROUPS = {
    "What clashes": ("clash",),
    "What becomes of your wishes": ("wish",),
    "What holds it up": ("rule", "more money", "less money"),
    "What to move": ("broken", "move", "same money", "same value", "calm"),
    "What each bet is worth": ("leave out", "force in"),
    "What to think about": ("loss", "hope", "cascade", "counted twice"),
}
LEFT_OUT, ASSUMED = "Left out", "Assumed"
_IN_THE_WORST = "The futures have no probabilities, so that all of this is about the worst of them."


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known of one scenario of one strategy: a verdict, and sentences under headings, none of them empty."""

    verdict: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def reasons(strategy: Strategy, scenario: str, cancelled: Callable[[], bool]) -> Reasons:
    """The best plan under a scenario's rules, why it is the best, and what was left out and assumed for that.

    Over all futures by probability; without probabilities, in the worst. BadInput in words as for ``formulate``.
    """
    from prodlead_desktop.analysis import explain as explaining
    from prodlead_desktop.analysis.chances import probabilities
    from prodlead_desktop.analysis.findings import findings, verdict
    from prodlead_desktop.analysis.formulate import formulate
    from prodlead_desktop.analysis.optimise import Ask, Monitor

    problem = formulate(strategy, scenario)
    try:
        probabilities(problem)
        ask = Ask(time_limit_s=SECONDS)
    except BadInput:
        ask = Ask("maximin", time_limit_s=SECONDS)
    made = explaining.explain(problem, ask, Monitor(cancelled))
    found = findings(made)
    groups = [
        (title, tuple(one.sentence for kind in kinds for one in found if one.kind == kind))
        for title, kinds in GROUPS.items()
    ]
    told = {one.sentence for one in found}
    assumed = [row.sentence for row in problem.assumed if row.sentence not in told]
    if ask.objective == "maximin":
        assumed.insert(0, _IN_THE_WORST)
    left_out = [row.sentence for row in problem.unknowns]
    groups += [(LEFT_OUT, tuple(briefly(left_out))), (ASSUMED, tuple(briefly(assumed)))]
    return Reasons(verdict(made), tuple((title, rows) for title, rows in groups if rows))
