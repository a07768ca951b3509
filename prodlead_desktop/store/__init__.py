"""A strategy in one SQLite file: opened with care, written in one transaction per edit, never half."""
