"""One process per user: a second start hands over its files, and nothing else comes through that door."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from prodlead_desktop.document import Document
from prodlead_desktop.ui.instance import MOST_BYTES, Instance, hand_over, name_for, paths_in
from prodlead_desktop.ui.main_window import MainWindow
from prodlead_desktop.ui.program import Program

Start = Callable[..., "subprocess.Popen[str]"]
SHOWS = "recent"


def there(home: Path) -> dict[str, str]:
    return os.environ | {
        "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip


@pytest.fixture
def start() -> Iterator[Start]:
    running = []

    def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "prodlead_desktop", *arguments]
        made = subprocess.Popen(command, env=there(home), stderr=subprocess.PIPE, text=True)
        running.append(made)
        return made

    yield started
    for each in running:
        if each.poll() is None:
            each.send_signal(signal.SIGINT)
        each.communicate(timeout=60)
        assert each.returncode == 0


def remembered(home: Path) -> str:
    settings = home / "data" / "prodlead-desktop" / "settings.ini"
    return settings.read_text(encoding="utf-8") if settings.exists() else ""


def wait_for(what: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not what() and time.monotonic() < end:
        assert running.poll() is None
        time.sleep(0.05)
    assert what()


def test_a_second_start_hands_over_its_files_and_ends(tmp_path: Path, start: Start) -> None:
    names = ("one.prodlead", "two.prodlead", "-odd name ü.prodlead")
    for name in names:
        Document.create(tmp_path / name, small()).close()
    first = start(tmp_path, str(tmp_path / names[0]))
    wait_for(lambda: names[0] in remembered(tmp_path), first)
    second = start(tmp_path, str(tmp_path / names[1]))
    assert second.wait(60) == 0
    wait_for(lambda: names[1] in remembered(tmp_path), first)
    odd = subprocess.run(
        [sys.executable, "-m", "prodlead_desktop", "--", names[2]],
        env=there(tmp_path), cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert odd.returncode == 0
    wait_for(lambda: "odd name" in remembered(tmp_path), first)
    without = start(tmp_path)
    assert without.wait(60) == 0 and first.poll() is None


def test_two_starts_at_the_same_moment_are_one_program(tmp_path: Path, start: Start) -> None:
    names = ("one.prodlead", "two.prodlead", "three.prodlead")
    for name in names:
        Document.create(tmp_path / name, small()).close()
    every = [start(tmp_path, str(tmp_path / name)) for name in names]
    end = time.monotonic() + 60
    while [each.poll() for each in every].count(None) > 1 and time.monotonic() < end:
        time.sleep(0.05)
    [stays] = [each for each in every if each.poll() is None]
    wait_for(lambda: all(name in remembered(tmp_path) for name in names), stays)
    assert sorted(str(each.poll()) for each in every) == ["0", "0", "None"]


def test_another_data_folder_is_another_program(tmp_path: Path, start: Start) -> None:
    homes = [tmp_path / "a", tmp_path / "b"]
    for home in homes:
        home.mkdir()
        Document.create(home / "plan.prodlead", small()).close()
    both = [start(home, str(home / "plan.prodlead")) for home in homes]
    for home, running in zip(homes, both, strict=True):
        wait_for(lambda home=home: "plan.prodlead" in remembered(home), running)  # type: ignore[misc]
    assert [running.poll() for running in both] == [None, None]


@pytest.fixture
def listening(qapp: object, tmp_path: Path) -> Iterator[tuple[Instance, list[tuple[str, ...]]]]:
    heard: list[tuple[str, ...]] = []
    made = Instance(name_for(tmp_path))
    made.asked.connect(heard.append)
    assert made.listens
    yield made, heard
    made.close()


def say(name: str, message: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(name)
        client.settimeout(5)
        try:
            client.sendall(message)
        except OSError:
            return
        for _ in range(20):
            QCoreApplication.processEvents()


unix_only = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket directly")


@unix_only
def test_only_the_user_may_come_in(listening: tuple[Instance, list[tuple[str, ...]]], tmp_path: Path) -> None:
    name = Path(name_for(tmp_path))
    found = name.stat()
    assert stat.S_ISSOCK(found.st_mode) and not found.st_mode & 0o077
    assert not name.parent.stat().st_mode & 0o077


@unix_only
@pytest.mark.parametrize(
    "message",
    [
        b"\n", b"[]", b"{}\n", b"[1]\n", b'["relative"]\n', b'["/nul\\u0000l"]\n', b'"/a"\n', b"\xff\xfe\n",
        b'["/a"', b"[" * 9_000 + b"\n", b'["/' + b"a" * 5_000 + b'"]\n', json.dumps(["/a"] * 51).encode() + b"\n",
        b"GET / HTTP/1.1\r\n\r\n", b"x" * (MOST_BYTES + 10), b'["--sample"]\n', b'[["/a"]]\n', b"null\n",
    ],
)  # fmt: skip
def test_anything_else_does_nothing(
    listening: tuple[Instance, list[tuple[str, ...]]], tmp_path: Path, message: bytes
) -> None:
    _, heard = listening
    say(name_for(tmp_path), message)
    assert heard == []
    say(name_for(tmp_path), b'["/a/b.prodlead"]\n')
    assert heard == [("/a/b.prodlead",)], "and it still listens"


@unix_only
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.binary(max_size=300))
def test_noise_does_nothing(
    listening: tuple[Instance, list[tuple[str, ...]]], tmp_path: Path, message: bytes
) -> None:
    _, heard = listening
    say(name_for(tmp_path), message + b"\n")
    assert heard == [] or paths_in(message.partition(b"\n")[0]) is not None
    heard.clear()


@given(message=st.binary(max_size=400) | st.text().map(lambda text: json.dumps([text]).encode()))
def test_a_message_is_a_list_of_absolute_paths_or_nothing(message: bytes) -> None:
    paths = paths_in(message)
    assert paths is None or all(os.path.isabs(path) and "\0" not in path for path in paths)


@unix_only
def test_what_a_crash_left_is_taken_away(qapp: object, tmp_path: Path) -> None:
    name = name_for(tmp_path)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
    assert not hand_over(name, ["/a"]) and os.path.exists(name)
    made = Instance(name)
    assert made.listens
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(name)
    made.close()
    assert not hand_over(name, ["/a"])


def test_the_window_comes_forward_and_says_what_cannot_be_opened(
    window: MainWindow, program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    window.showMinimized()
    program.bring_forward(())
    assert not window.isMinimized() and len(program.windows) == 1
    program.bring_forward((str(tmp_path / "is not there.prodlead"),))
    assert window.body is not None and window.body.bar.notices()[-1].level == "err"
    Document.create(tmp_path / "other.prodlead", small()).close()
    program.bring_forward((str(tmp_path / "other.prodlead"),))
    assert len(program.windows) == 2
