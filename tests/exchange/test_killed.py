"""An export that is killed leaves the old file or the new one, never a piece; a control shows that pieces happen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import sample
from PySide6.QtGui import QImage

from prodlead_desktop.document import Document

OLD = b"the old one" * 1000
IN_PLACE = "import sys, time\nfor _ in range(400):\n    with open(sys.argv[1], 'r+b') as out: out.write(b'new' * 3000)"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    Document.create(folder / "plan.prodlead", sample(), data=folder / "data").close()
    return folder / "plan.prodlead"


def killed(command: list[str], when: Callable[[], bool]) -> bool:
    """Start a child and kill it the moment ``when`` holds; says whether it was still alive then."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    while child.poll() is None and not when():
        time.sleep(0.0001)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def export(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "prodlead_desktop", "export", str(source), str(target), "--width", "1600"]


def is_whole(target: Path) -> bool:
    return QImage(str(target)).width() == 1600


def test_killed_while_it_writes(strategy: Path, tmp_path: Path) -> None:
    target, caught = tmp_path / "map.png", 0
    for _ in range(8):
        target.write_bytes(OLD)
        alive = killed(
            export(strategy, target), lambda: any(tmp_path.glob("*.tmp")) or any(tmp_path.glob(".*.tmp"))
        )
        if target.read_bytes() == OLD:
            caught += alive
        else:
            assert is_whole(target)
        for left in tmp_path.glob(".*.tmp"):
            left.unlink()
        if caught:
            return
    pytest.fail("no kill met the writing")


def test_killed_at_any_time(strategy: Path, tmp_path: Path) -> None:
    target = tmp_path / "map.png"
    begun = time.monotonic()
    target.write_bytes(OLD)
    assert not killed(export(strategy, target), lambda: False) and is_whole(target)
    whole_s = time.monotonic() - begun
    for share in (0.5, 0.95):
        target.write_bytes(OLD)
        end = time.monotonic() + share * whole_s
        killed(export(strategy, target), lambda end=end: time.monotonic() > end)  # type: ignore[misc]
        assert target.read_bytes() == OLD or is_whole(target)


def test_without_the_protection_a_kill_leaves_a_piece(tmp_path: Path) -> None:
    target = tmp_path / "map.png"
    target.write_bytes(OLD)
    command = [sys.executable, "-c", IN_PLACE, str(target)]
    assert killed(command, lambda: target.read_bytes()[:3] == b"new")
    assert target.read_bytes() != OLD and not is_whole(target)
