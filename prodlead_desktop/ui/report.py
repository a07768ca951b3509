"""What is said about a mistake of ours: where it happened and on what, without a word of the document."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

import prodlead_desktop

MOST_FRAMES = 40


def machine() -> str:
    """The program, what it runs on, and where."""
    import platform  # not before something is to be told

    return "\n".join(
        (
            f"Prodlead Desktop {prodlead_desktop.__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()}, {QGuiApplication.platformName()}",
        )
    )


def of(error: BaseException) -> str:
    """The kind of the error and the way to it; its message may hold titles or amounts and is left out."""
    lines: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        lines += ([""] if lines else []) + [type(each).__qualname__, *_way(each)]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n".join(lines)


def _way(error: BaseException) -> Iterator[str]:
    home = Path(prodlead_desktop.__file__).parent.parent
    for frame in traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]:
        path = Path(frame.filename)
        shown = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name
        yield f"  {shown}:{frame.lineno} in {frame.name}"
