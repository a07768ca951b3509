"""The program without a window: look at a strategy, check it, bring it in and take it out, on any machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path

from prodlead_desktop.cli.asking import COMMANDS, command_parser, window_parser
from prodlead_desktop.errors import BadInput, ProdleadError

OK, BAD_INPUT, INTERRUPTED, PIPE_CLOSED = 0, 2, 130, 141  # and 1: check found problems
Window = Callable[[list[str], bool], int]


def main(arguments: Sequence[str], window: Window) -> int:
    """Do what the arguments say and return the exit status; ``window`` opens the window on paths or on the sample.

    Failures that a user can meet are one line on stderr, never a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _speak_utf8()
    try:
        status = _run(list(arguments), window)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except ProdleadError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains once more when it ends
        return PIPE_CLOSED
    except OSError as error:
        return _complain(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.")


def _speak_utf8() -> None:
    """Qt would complain about a locale without letters, and change it to this one itself."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "C")
    if sys.platform == "linux" and said in ("C", "POSIX"):
        os.environ["LC_ALL"] = "C.UTF-8"


def _complain(text: str) -> int:
    from prodlead_desktop.domain.text import one_line

    print(f"prodlead: {one_line(text)}", file=sys.stderr)
    return BAD_INPUT


def _run(arguments: list[str], window: Window) -> int:
    first = next((word for word in arguments if not word.startswith("-")), None)
    try:
        if first not in COMMANDS:
            opened = window_parser().parse_args(arguments)
            if opened.help:
                command_parser().print_help()
                return OK
            if opened.self_test:
                return _self_test(opened.files, opened.sample)
            return _open_window(opened.files, opened.sample, window)
        asked = command_parser().parse_args(arguments)
    except SystemExit as leave:  # --help and --version have said what there is to say
        return int(leave.code or OK)
    if asked.sample:
        raise BadInput("--sample opens the window; it goes with no command.", "See prodlead --help.")
    if asked.self_test:
        raise BadInput("--self-test goes with no command.", "See prodlead --help.")
    return int(copy_context().run(asked.run, asked))  # how numbers are written ends with the command


def _self_test(files: list[str], sample: bool) -> int:
    if files or sample:
        raise BadInput("--self-test goes with nothing else.", "See prodlead --help.")
    from prodlead_desktop import self_test

    return self_test.run()


def _open_window(files: list[str], sample: bool, window: Window) -> int:
    for name in files:
        if not os.path.exists(name):
            what = "there" if Path(name).suffix else "a command, and no file has that name"
            raise BadInput(f"“{name}” is not {what}.", "See prodlead --help.")
    if files and sample:
        raise BadInput("Open a file or the sample, not both.", "See prodlead --help.")
    unix = sys.platform not in ("win32", "darwin")
    if unix and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise ProdleadError(
            "There is no display to open a window on.", "The commands need none: see prodlead --help."
        )
    return window(files, sample)
