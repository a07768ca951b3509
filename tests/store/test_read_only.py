"""Files and folders that may not be written open to be read, say so, and stay as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from store.files import leave_hot_journal, look_at, sound

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that somebody who is not root can reach."""
    folder = Path(tempfile.mkdtemp(prefix="prodlead-open-"))
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def as_somebody(path: Path, room: Path) -> dict[str, str]:
    data = room / "data"
    data.mkdir(mode=0o777)
    data.chmod(0o777)
    command = [
        sys.executable,
        str(Path(__file__).with_name("unprivileged.py")),
        str(path),
        str(data),
        str(data / "copy.prodlead"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=room)
    assert done.returncode == 0, done.stderr
    assert (data / "copy.prodlead").exists()
    said: dict[str, str] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_file_or_folder_that_may_not_be_written_opens_to_be_read(what: str, open_to_all: Path) -> None:
    path = sound(open_to_all / "theirs")
    os.chmod(path, 0o666 if what == "folder" else 0o444)
    before = look_at(path.parent)
    os.chmod(path.parent, 0o777 if what == "file" else 0o555)
    said = as_somebody(path, open_to_all)
    assert "cannot be written to" in said["read_only"]
    assert "Save a copy" in said["edit"]
    assert said["title"] == "Faster insight"
    assert look_at(path.parent) == before


def test_a_hot_journal_where_nothing_may_be_written_is_played_back_on_a_copy(open_to_all: Path) -> None:
    hot = leave_hot_journal(sound(open_to_all / "sound"), open_to_all / "theirs")
    for path in hot.parent.iterdir():
        path.chmod(0o444)
    before = look_at(hot.parent)
    os.chmod(hot.parent, 0o555)
    said = as_somebody(hot, open_to_all)
    assert "cannot be written to" in said["read_only"]
    assert said["title"] == "Faster insight"
    assert look_at(hot.parent) == before
