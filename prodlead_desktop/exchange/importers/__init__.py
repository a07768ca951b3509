"""Importers: one file each with the constant IMPORTER."""
