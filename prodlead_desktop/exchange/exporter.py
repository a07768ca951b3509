"""What an exporter is: data and one function, found by the ending of a file's name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.registry import collect

SHARE = "done "  # what a line of `prodlead export --progress` begins with; the share done follows


def _unheard(share: float) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export leaves to choose; an exporter ignores what it has no use for."""

    page: str = "auto"  # A4 … A0, own, auto, or millimetres such as 420x297
    scenario: str | None = None  # id
    lens: str = "capital"
    branch: str | None = None  # id of the node on top
    checkpoint: str | None = None  # name shown in the title block
    width: int | None = None  # pixels across, where there are pixels
    views: tuple[str, ...] = ()  # ids of saved views, each on a page of its own, instead of lens and branch
    tile: str | None = None  # the paper that a page is cut over, where there are several pages
    step: Callable[[float], object] = field(default=_unheard, compare=False, repr=False)  # told how far it is


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


def temporary_for(path: Path, process: int) -> Path:
    """What a process writes before it becomes ``path``; who kills that process takes it away."""
    path = path.resolve() if path.is_symlink() else path
    return path.with_name(f".prodlead-{process}-{path.name[-60:]}.tmp")


def replace_file(path: Path, content: bytes) -> None:
    """Put a complete file in place at once; on any failure what was there stays. BadInput in words."""
    temporary = temporary_for(path, os.getpid())
    try:
        with open(temporary, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path.resolve() if path.is_symlink() else path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadInput(
            f"“{path.name}” cannot be written: {error.strerror or error}.", "Choose another place."
        ) from None
