"""The best plan with a proof (model.md §4): what can be asked and answered, and how it is found."""

from prodlead_desktop.analysis.optimise.solution import Ask, Cheapest, Monitor, Objective, Solution, Status
from prodlead_desktop.analysis.optimise.solve import Asker, solve

__all__ = ["Ask", "Asker", "Cheapest", "Monitor", "Objective", "Solution", "Status", "solve"]
