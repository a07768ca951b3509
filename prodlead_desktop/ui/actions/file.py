"""Files: how a strategy comes in, is marked, copied and handed out. There is no Save."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prodlead_desktop.ui import opening
from prodlead_desktop.ui.action_table import ActionGroup, Choice, Context, Row
from prodlead_desktop.ui.notice import Notice
from prodlead_desktop.ui.reveal import reveal

if TYPE_CHECKING:
    from prodlead_desktop.ui.export_job import ExportJob


def is_open(ctx: Context) -> bool:
    """Whether the window shows a document."""
    return ctx.session is not None


def _recent(ctx: Context) -> Iterator[Choice]:
    for entry in ctx.window.program.recent.all():
        yield Choice(f"{entry.name} – {entry.place}", partial(ctx.window.open_path, entry.path))
    yield Choice("Clear this list", ctx.window.program.forget_recent)


def _stem(ctx: Context) -> str:
    return Path(ctx.open.document.path).stem


def _ask_copy(ctx: Context, to_send: bool) -> None:
    title, ending = ("Save a copy to send", " to send") if to_send else ("Save a copy", " copy")
    name = f"{_stem(ctx)}{ending}{opening.ENDING}"
    path = opening.ask_where(ctx.window, title, name, opening.OURS, opening.ENDING)
    if path is not None:
        save_copy(ctx, path, to_send)


def save_copy(ctx: Context, path: Path, to_send: bool = False) -> None:
    """Write a copy and say where it is."""
    document = ctx.open.document
    (document.save_copy_to_send if to_send else document.save_copy)(path)
    actions = (("Show in folder", lambda: reveal(path.parent)),)
    left_out = " without journal, checkpoints and answers" if to_send else ""
    ctx.window.tell(Notice(f"{path.name} is written{left_out}.", "ok", actions))


def _ask_export(ctx: Context, title: str, kind: str, ending: str) -> None:
    path = opening.ask_where(ctx.window, title, f"{_stem(ctx)}{ending}", f"{kind} (*{ending})", ending)
    if path is not None:
        export(ctx, path)


# Boxes are imported when they are wanted: the first window is faster.


def _checkpoint(ctx: Context) -> None:
    from prodlead_desktop.ui.checkpoint import CheckpointBox

    CheckpointBox.ask(ctx.window)


def _checkpoints(ctx: Context) -> None:
    from prodlead_desktop.ui.checkpoints.box import CheckpointsBox

    CheckpointsBox(ctx.window).open()


def _export_box(ctx: Context) -> None:
    from prodlead_desktop.ui.export_box import ExportBox

    ExportBox(ctx.window, ctx.open).open()


def _import(ctx: Context) -> None:
    from prodlead_desktop.ui import importing  # left until it is wanted

    importing.ask(ctx.window)


def _print(ctx: Context) -> None:
    from prodlead_desktop.ui.printing import preview

    preview(ctx.window)


def export(ctx: Context, path: Path) -> ExportJob:
    """Start an export in a child process; the bottom bar shows it."""
    from prodlead_desktop.ui.export_job import ExportJob

    session, options = ctx.open, []
    if path.suffix.lower() == ".pdf":
        options = ["--lens", session.lens]
        if session.scenario is not None:
            options += ["--scenario", session.scenario]
    window = ctx.window
    job = ExportJob(session, path, options, lambda outcome: window.tell(outcome.notice), window.tasks)
    job.start()
    ctx.window.tasks.show(job)
    return job


GROUP = ActionGroup(
    "Files",
    0,
    (
        Row("file.new", "New strategy…", lambda ctx: opening.ask_new(ctx.window), ("Ctrl+N",), menu="File",
            section="open", icon="file-plus"),
        Row("file.open", "Open…", lambda ctx: opening.ask_open(ctx.window), ("Ctrl+O",), menu="File",
            section="open", icon="folder-open"),
        Row("file.recent", "Open recent", lambda ctx: None, menu="File", section="open", choices=_recent,
            icon="history", enabled=lambda ctx: bool(ctx.window.program.recent.all())),
        Row("file.sample", "Open the sample", lambda ctx: opening.open_sample(ctx.window), ("Ctrl+Shift+O",),
            menu="File", section="open", icon="play"),
        Row("file.import", "Import…", lambda ctx: _import(ctx), ("Ctrl+I",), menu="File", section="open",
            icon="download", tip="Freeplane and FreeMind maps, OPML, Markdown, indented text, tables, JSON."),
        Row("file.checkpoint", "Name a checkpoint…", _checkpoint, ("Ctrl+S",),
            menu="File", section="mark", icon="bookmark-plus", enabled=is_open,
            tip="There is no Save: every change is already on disk."),
        Row("file.checkpoints", "Checkpoints…", _checkpoints, ("Ctrl+H",), menu="File",
            section="mark", icon="bookmark", enabled=is_open, tip="Compare a named state with now, or restore it."),
        Row("file.copy", "Save a copy…", lambda ctx: _ask_copy(ctx, False), ("Ctrl+Shift+S",), menu="File",
            section="copy", icon="copy", enabled=is_open),
        Row("file.send", "Save a copy to send…", lambda ctx: _ask_copy(ctx, True), menu="File", section="copy",
            icon="mail", enabled=is_open, tip="Without journal, checkpoints and answers."),
        Row("file.export", "Export the map…", _export_box, ("Ctrl+Alt+E",),
            menu="File", section="export", icon="file-image", enabled=is_open,
            tip="PDF, SVG or PNG, the whole map or a branch, on any page."),
        Row("file.pdf", "Export the map as PDF now…", lambda ctx: _ask_export(ctx, "Export map", "PDF", ".pdf"),
            ("Ctrl+Shift+P",), menu="File", section="export", icon="file-down", enabled=is_open),
        Row("file.print", "Print the map…", _print, ("Ctrl+P",), menu="File",
            section="export", icon="printer", enabled=is_open),
        Row("file.json", "Export strategy as JSON…",
            lambda ctx: _ask_export(ctx, "Export strategy", "Strategy as JSON", ".json"), ("Ctrl+E",), menu="File",
            section="export", icon="file-code", enabled=is_open),
        Row("file.close", "Close window", lambda ctx: ctx.window.close(), ("Ctrl+W",), menu="File", section="end",
            icon="x"),
        Row("file.quit", "Quit", lambda ctx: ctx.window.program.quit(), ("Ctrl+Q",), menu="File", section="end",
            icon="log-out"),
    ),
)  # fmt: skip
