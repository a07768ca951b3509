"""What an exporter is: data and one function, found by the ending of a file's name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.registry import collect


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export leaves to choose; an exporter ignores what it has no use for."""

    page: str = "auto"  # A4 … A0, own, auto, or millimetres such as 420x297
    scenario: str | None = None  # id
    lens: str = "capital"
    branch: str | None = None  # id of the node on top
    checkpoint: str | None = None  # name shown in the title block
    width: int | None = None  # pixels across, where there are pixels
    views: tuple[
        str, ...
    ] = ()  # ids of saved views to show instead of lens and branch, each on a page of its own


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written and what a careful user wants to hear about it."""

    path: Path
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format we write."""

    name: str
    title: str
    endings: tuple[str, ...]
    write: Callable[[Strategy, Path, ExportOptions], ExportResult]
    order: int = 0


@cache
def exporters() -> tuple[Exporter, ...]:
    """Every exporter."""
    return collect("prodlead_desktop.exchange.exporters", "EXPORTER")


def exporter_for(path: Path) -> Exporter:
    """The exporter for a file name's ending; BadInput names the endings there are."""
    for exporter in exporters():
        if path.suffix.lower() in exporter.endings:
            return exporter
    known = ", ".join(ending for exporter in exporters() for ending in exporter.endings)
    raise BadInput(f"I cannot export to “{path.suffix or path.name}”.", f"Known endings: {known}.")


def replace_file(path: Path, content: bytes) -> None:
    """Put a complete file in place at once; on any failure what was there stays. BadInput in words."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadInput(
            f"“{path.name}” cannot be written: {error.strerror or error}.", "Choose another place."
        ) from None
