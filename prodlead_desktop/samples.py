"""The sample strategy that a first visit, a demonstration and the tests begin with."""

from __future__ import annotations

from pathlib import Path

from prodlead_desktop import resources
from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy

NAME = "Tidemark 2027"


def path() -> Path:
    """Where the sample lies, as interchange JSON. ProdleadError when the installation lacks it."""
    return resources.path("samples", "tidemark-2027.json")


def load() -> Strategy:
    """A fresh copy of the sample."""
    return interchange.loads(path().read_text(encoding="utf-8"))
