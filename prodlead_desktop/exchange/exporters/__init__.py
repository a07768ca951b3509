"""Exporters: one file each with the constant EXPORTER."""
