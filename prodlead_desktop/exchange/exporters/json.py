"""The whole strategy as interchange JSON."""

from __future__ import annotations

from pathlib import Path

from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import Exporter, ExportOptions, ExportResult, replace_file


def write(strategy: Strategy, path: Path, options: ExportOptions) -> ExportResult:
    """Write everything undoable, lossless; see ``prodlead schema``."""
    replace_file(path, interchange.dumps(strategy).encode("utf-8"))
    return ExportResult(path)


EXPORTER = Exporter("json", "Strategy (JSON)", (".json",), write, order=20)
