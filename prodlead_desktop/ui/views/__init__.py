"""Saved views of the map: kept, shown again, put in order and played."""
