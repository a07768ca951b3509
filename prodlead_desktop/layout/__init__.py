"""Positions from sizes: where every card of the map stands, found again by place, and the curves between."""
