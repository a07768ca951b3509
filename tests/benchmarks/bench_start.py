"""From the start of the process to the first frame: our start screen and the last file, against an empty Qt window.

Wall-clock medians of alternating starts, interpreter included; ratio = ours / empty window.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ROUNDS = 11
EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget(); window.resize(1600, 1000); window.show()
application.processEvents()
"""
OURS = """
import sys
from prodlead_desktop.__main__ import main
from prodlead_desktop import app
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory
application = app.make_application()
program = Program(memory(), application)
window = program.new_window(); window.resize(1600, 1000)
app.begin(window, sys.argv[1:], False)
window.show()
application.processEvents()
heavy = {"matplotlib", "numpy", "scipy", "sqlalchemy"} & set(sys.modules)
"""
SAY = """
print("frame", *sorted(globals().get("heavy", ())), flush=True)
import os; os._exit(0)
"""


def main() -> None:
    """Print the table."""
    from builders import many, sample

    from prodlead_desktop.document import Document

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users start from compiled modules
        Document.create(home / "sample.prodlead", sample()).close()
        Document.create(home / "many.prodlead", many(5000)).close()
        cases = {
            "empty Qt window": (EMPTY, []),
            "start screen": (OURS, []),
            "last file, the sample": (OURS, [str(home / "sample.prodlead")]),
            "last file, 5,000 nodes": (OURS, [str(home / "many.prodlead")]),
        }
        times: dict[str, list[float]] = {name: [] for name in cases}
        heavy = {
            name: start(code, arguments)[1] for name, (code, arguments) in cases.items()
        }  # warm the disk
        for _ in range(ROUNDS):
            for name, (code, arguments) in cases.items():
                times[name].append(start(code, arguments)[0])
    floor = statistics.median(times["empty Qt window"])
    print(f"{'first frame':<24} {'ms':>7} {'ratio':>6}  heavy modules imported")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:<24} {median * 1e3:7.0f} {median / floor:6.2f}  {heavy[name] or '–'}")


def start(code: str, arguments: list[str]) -> tuple[float, str]:
    """Seconds until the child says that its first frame is there, and which heavy modules it had imported."""
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code + SAY, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    seconds = time.perf_counter() - begun
    child.wait()
    if not line.startswith("frame"):
        raise SystemExit("the child ended without a frame")
    return seconds, line.removeprefix("frame").strip()


if __name__ == "__main__":
    main()
