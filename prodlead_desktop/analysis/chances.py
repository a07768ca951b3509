"""How likely each future is, so that an expectation over them means something (model.md §1.1, §4.6)."""

from __future__ import annotations

import numpy as np

from prodlead_desktop.analysis.problem import Floats, Problem
from prodlead_desktop.domain.futures import MAY_BE_ROUNDED
from prodlead_desktop.errors import BadInput


def probabilities(problem: Problem) -> Floats:
    """(S,) probabilities of the futures, Σ = 1; a single future of which nobody says how likely it is counts whole.

    BadInput when one is missing, or when they do not add up to 100 % (2 % of rounding is let through and scaled).
    """
    if len(problem.futures) == 1 and problem.futures[0].probability is None:
        return np.ones(1)
    found = [future.probability for future in problem.futures]
    missing = [future.name for future, p in zip(problem.futures, found, strict=True) if p is None]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        raise BadInput(
            f"An expectation over futures needs all their probabilities; {names} "
            f"{'has' if len(missing) == 1 else 'have'} none.",
            f"State {'it' if len(missing) == 1 else 'them'}, or ask for maximin or regret.",
        )
    known = np.array(found, dtype=np.float64)
    if abs(float(known.sum()) - 1.0) > MAY_BE_ROUNDED:
        if len(found) == 1:
            raise BadInput(
                f"The only future, “{problem.futures[0].name}”, has a probability of {known.sum():.0%}, not 100 %.",
                "Add the future in which nothing special happens, or ask about this one alone.",
            )
        raise BadInput(
            f"The probabilities of the futures add up to {known.sum():.0%}, not 100 %.",
            "Correct them, or add the future in which nothing special happens.",
        )
    return np.asarray(known / known.sum())
