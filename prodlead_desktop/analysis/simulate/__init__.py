"""The simulation of plans (model.md §5)."""
