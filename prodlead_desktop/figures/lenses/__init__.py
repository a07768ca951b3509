"""Lenses: one file each with the constant LENS."""
