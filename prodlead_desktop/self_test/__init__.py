"""Tries every part that an installation can lack, so that a bundle says what is missing before a workshop does."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prodlead_desktop import __version__
from prodlead_desktop.domain.text import one_line
from prodlead_desktop.self_test import data, pictures, window
from prodlead_desktop.self_test.part import PartError

OK, FAILED = 0, 1

# Every folder that registry.collect reads, with its constant; a test compares this with the calls in the tree.
REGISTRIES = (
    ("node kinds", "prodlead_desktop.domain.kinds", "KIND"),
    ("lenses", "prodlead_desktop.figures.lenses", "LENS"),
    ("charts", "prodlead_desktop.figures.charts", "CHART"),
    ("exporters", "prodlead_desktop.exchange.exporters", "EXPORTER"),
    ("importers", "prodlead_desktop.exchange.importers", "IMPORTER"),
    ("action groups", "prodlead_desktop.ui.actions", "GROUP"),
    ("workspaces", "prodlead_desktop.ui.workspaces", "WORKSPACE"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One part: ``run`` works in a folder that is thrown away, raises when the part fails, says what it saw."""

    name: str
    run: Callable[[Path], str]


def run() -> int:
    """Try everything, one line each; the status is 1 when something failed, and the lines are said again at the end.

    Shows no window, needs no display and leaves nothing behind.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    qInstallMessageHandler(_qt_says)
    with tempfile.TemporaryDirectory(prefix="prodlead-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = str(Path(folder, "matplotlib"))
        application = QApplication([sys.argv[0] or "prodlead"])
        found = [_tried(check, Path(folder)) for check in checks()]
        application.processEvents()
    failures = [line for line in found if line is not None]
    if failures:
        print(
            "\n".join([f"prodlead {__version__}: {len(failures)} of {len(found)} checks failed", *failures])
        )
        return FAILED
    print(f"prodlead {__version__}: all {len(found)} checks passed")
    return OK


def checks() -> tuple[Check, ...]:
    """What is tried, in order: first what the later checks stand on."""
    return (
        *(Check(title, data.registry(package, constant)) for title, package, constant in REGISTRIES),
        Check("fonts", data.fonts),
        Check("icons", data.icons),
        Check("sample", data.sample),
        Check("document", data.document),
        Check("JSON", data.json_there_and_back),
        Check("imports", data.imports),
        Check("map as PDF", pictures.map_pdf),
        Check("map as SVG", pictures.map_svg),
        Check("map as PNG", pictures.map_png),
        Check("chart as PDF", pictures.chart_pdf),
        Check("chart as SVG", pictures.chart_svg),
        Check("solver", data.solver),
        Check("window", window.opened),
        Check("export", window.export),
        Check("print preview", window.print_preview),
        Check("licences", data.licences),
    )


def _tried(check: Check, folder: Path) -> str | None:
    """Prints the line of one check; returns it when the check failed."""
    try:
        line, failed = f"ok      {check.name:<14}  {check.run(folder)}", False
    except Exception as error:  # noqa: BLE001  a broken bundle can fail in every way there is
        said = str(error) if isinstance(error, PartError) else f"{type(error).__name__}: {error}"
        line, failed = f"FAILED  {check.name:<14}  {one_line(said)}", True
    print(line, flush=True)
    return line if failed else None


def _qt_says(kind: object, context: object, message: str) -> None:
    """What Qt complains about, but for what a platform without a screen lacks."""
    if sys.stderr is not None and not message.startswith("This plugin does not support"):
        print(f"Qt: {message}", file=sys.stderr)
