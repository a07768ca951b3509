"""What is left of a run that ended in a segfault or an abort: the interpreter's own trace, read at the next start."""

from __future__ import annotations

import faulthandler
import os
import re
import sys
from pathlib import Path

from prodlead_desktop.ui.log import FOLDER

_FILE = re.compile(r'File "(?P<path>[^"]*)"')
MOST = 20_000


class Faults:
    """Lets a crash of the process itself leave a trace; ``former`` is what the last run left, or empty."""

    def __init__(self, data: Path) -> None:
        folder = data / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self.former = taken_from(folder)
        self._path = folder / f"fault-{os.getpid()}.txt"
        self._file = self._path.open("w", encoding="utf-8")
        faulthandler.enable(self._file)

    def close(self) -> None:
        """This run ends well."""
        faulthandler.disable()
        self._file.close()
        self._path.unlink(missing_ok=True)


def taken_from(folder: Path) -> str:
    """The traces of runs that are over, without this machine's folders; they are taken away."""
    found = []
    for path in sorted(folder.glob("fault-*.txt")):
        if not path.stat().st_size and _runs(path):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")[:MOST]
        found.append(_FILE.sub(lambda at: f'File "{_short(at["path"])}"', text).strip())
        try:
            path.unlink()
        except OSError:
            continue  # on Windows: held by a program that runs
    return "\n\n".join(text for text in found if text)


def _short(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    for start in ("prodlead_desktop", "site-packages"):
        if start in parts:
            return "/".join(parts[parts.index(start) :])
    return parts[-1]


def _runs(path: Path) -> bool:
    """Whether the process that this file is named for is still there."""
    number = path.stem.partition("-")[2]
    if not number.isdigit() or sys.platform == "win32":
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return int(number) != os.getpid()
