"""What a plan could come to, drawn (model.md §5): outcomes, value and money with their chances and their errors."""

from prodlead_desktop.analysis.simulate.risk import OutcomeRisk, Simulation, World, simulate
from prodlead_desktop.analysis.simulate.statistics import Chance, Estimate, Summary

__all__ = ["Chance", "Estimate", "OutcomeRisk", "Simulation", "Summary", "World", "simulate"]
