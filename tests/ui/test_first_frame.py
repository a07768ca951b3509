"""Opening a window imports nothing that the first frame does not need."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HEAVY = ("matplotlib", "numpy", "scipy", "sqlalchemy", "highspy", "pandas", "PIL", "asyncio")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
PROGRAM = """
import sys
import threading
from pathlib import Path

found = []

class Watch:
    # Notes what the window's thread imports; the writer's thread may prepare itself meanwhile.
    def find_spec(self, name, path=None, target=None):
        if name in {heavy} and threading.current_thread() is threading.main_thread():
            found.append(name)
        return None

sys.meta_path.insert(0, Watch())
from prodlead_desktop.app import begin, make_application
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory

folder, file = Path(sys.argv[1]), sys.argv[2:]
application = make_application()
program = Program(memory(folder))
window = program.new_window()
window.show()
begin(window, file, False)
assert window.isVisible() and (window.session is not None) == bool(file)
window.grab()
print(" ".join(found) or "light")
window.close()
"""


def heavy_modules(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("{heavy}", repr(HEAVY)), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[0]


def test_the_start_screen_is_light(tmp_path: Path) -> None:
    assert heavy_modules(str(tmp_path)) == "light"


def test_a_document_on_the_map_is_light(tmp_path: Path) -> None:
    from builders import sample

    from prodlead_desktop.document import Document

    path = tmp_path / "sample.prodlead"
    Document.create(path, sample()).close()
    assert heavy_modules(str(tmp_path), str(path)) == "light"


ENDS_WITH_A_WINDOW = """
import sys
from pathlib import Path
from prodlead_desktop.app import begin, make_application
from prodlead_desktop.ui.program import Program
from prodlead_desktop.ui.settings import memory

application = make_application()
program = Program(memory(Path(sys.argv[1])), application)
application.focusChanged.connect(program.focus_moved)
window = program.new_window()
begin(window, sys.argv[2:], False)
window.show()
window.activateWindow()
application.processEvents()
assert application.focusWidget() is not None
"""


def test_a_program_that_ends_with_its_window_open_ends_without_a_word(tmp_path: Path) -> None:
    from builders import small

    from prodlead_desktop.document import Document

    path = tmp_path / "small.prodlead"
    Document.create(path, small()).close()
    command = [sys.executable, "-c", ENDS_WITH_A_WINDOW, str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr


def test_without_a_display_one_clear_line() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    command = [sys.executable, "-m", "prodlead_desktop"]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "no display" in done.stderr


def test_the_program_opens_the_sample_and_ctrl_c_quits_it(tmp_path: Path) -> None:
    """The whole program as people start it: a real file comes to be, and leaving is clean."""
    there = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "prodlead_desktop", "--sample"]
    running = subprocess.Popen(command, env=os.environ | there, stderr=subprocess.PIPE, text=True)
    settings = tmp_path / "data" / "prodlead-desktop" / "settings.ini"
    end = time.monotonic() + 60
    while not (settings.exists() and "recent" in settings.read_text()) and time.monotonic() < end:
        assert running.poll() is None, running.stderr
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0
    assert [line for line in said.splitlines() if "This plugin does not support" not in line] == []
    assert list(tmp_path.rglob("Tidemark 2027.prodlead"))
