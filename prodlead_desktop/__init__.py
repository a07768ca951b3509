"""Prodlead Desktop: strategy planning workshops on one graph, in one local file."""

__version__ = "0.1.0"
