"""The window, what it starts to export, and the preview of a print."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from prodlead_desktop import samples
from prodlead_desktop.self_test.part import must
from prodlead_desktop.self_test.pictures import colours, embedded, plan


def opened(folder: Path) -> str:
    """A window on the sample, painted once."""
    from PySide6.QtWidgets import QApplication

    from prodlead_desktop.document import Document
    from prodlead_desktop.ui.program import Program
    from prodlead_desktop.ui.settings import memory
    from prodlead_desktop.ui.style import ProdleadStyle

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle(ProdleadStyle())
    program = Program(memory(folder / "memory"), application)
    document = Document.create(folder / "window.prodlead", samples.load(), data=folder / "data")
    window = program.show_document(document, None)
    try:
        application.processEvents()
        image = window.grab().toImage()
        must(colours(image) > 40, "the window is empty")
    finally:
        window.close_anyway()
    return f"{image.width()} × {image.height()}, {window.windowTitle()}"


def export(folder: Path) -> str:
    """As the window exports: this program again, in a process of its own."""
    from prodlead_desktop.store import creating
    from prodlead_desktop.ui.export_job import command_line

    source, target = folder / "export.prodlead", folder / "child.pdf"
    creating.create(source, samples.load(), creating.new_document_id())
    program, first = command_line()
    command = [program, *first, "export", str(source), str(target), "--page", "A3"]
    bare = os.environ | {"XDG_DATA_HOME": str(folder / "data")}
    done = subprocess.run(command, env=bare, capture_output=True, encoding="utf-8", timeout=120)
    must(done.returncode == 0, f"{Path(program).name} ended with {done.returncode}: {done.stderr}")
    return f"by {Path(program).name}, {embedded(target)}"


def print_preview(_: Path) -> str:
    """The map on a page of the preview."""
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget

    from prodlead_desktop.exchange.map_sheets import drawn
    from prodlead_desktop.ui import printing

    options = plan()
    every = drawn(samples.load(), options)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # needs no printer on this machine
    preview = QPrintPreviewWidget(printer)
    preview.resize(600, 800)
    preview.paintRequested.connect(lambda asked: printing.paint_on(asked, every, options))
    preview.show()
    preview.updatePreview()
    image = preview.grab().toImage()
    must(preview.pageCount() == 1, f"{preview.pageCount()} pages")
    must(colours(image) > 40, "the page is empty")
    return "one page painted"
