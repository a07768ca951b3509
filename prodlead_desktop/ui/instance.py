"""One process per user: a second start hands its files to the first one and ends.

The socket lies in a folder that only the user may enter, takes one short message of absolute paths, and nothing else.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

MOST_BYTES, MOST_PATHS, MOST_LETTERS = 64_000, 50, 4_096
CONNECT_MS, ANSWER_MS, READ_MS = 300, 4_000, 2_000
STARTING_S, AGAIN_S = 8.0, 0.05  # how long another one may take to start, and how often it is asked
TAKEN = b"taken\n"


def name_for(data: Path) -> str:
    """The address of the program that works with this data folder on this display."""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    told = f"{os.path.realpath(data)}\0{display}".encode("utf-8", "surrogateescape")
    name = f"prodlead-{zlib.crc32(told):08x}{zlib.adler32(told):08x}"
    folder = _folder()
    return str(folder / name) if folder is not None else name


def lock_for(name: str, data: Path) -> QLockFile:
    """Held by the program that runs, from its very beginning; that of a program that died counts as free."""
    path = Path(f"{name}.lock") if os.path.isabs(name) else data / "instance.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock


def hand_over(name: str, paths: Sequence[str], wait_s: float = 0.0) -> bool:
    """Give the files to the program that runs or is just starting; False when none takes them in ``wait_s``."""
    message = json.dumps([os.path.abspath(path) for path in paths]).encode() + b"\n"
    end = time.monotonic() + wait_s
    while not _said(name, message):
        if time.monotonic() >= end:
            return False
        time.sleep(AGAIN_S)
    return True


def _said(name: str, message: bytes) -> bool:
    """Say something and wait until it is taken; False when nobody listens."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.write(message)
    socket.waitForBytesWritten(ANSWER_MS)
    answer = b""
    while TAKEN not in answer and socket.waitForReadyRead(ANSWER_MS):
        answer += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return TAKEN in answer


def paths_in(message: bytes) -> tuple[str, ...] | None:
    """The paths of one message; None when it is anything but a short list of absolute paths."""
    try:
        found = json.loads(message.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or len(found) > MOST_PATHS:
        return None
    return tuple(found) if all(_is_path(each) for each in found) else None


def _is_path(each: object) -> bool:
    return (
        isinstance(each, str) and 0 < len(each) <= MOST_LETTERS and "\0" not in each and os.path.isabs(each)
    )


def _folder() -> Path | None:
    """Where only this user may come; None where sockets have names instead of places, or no such folder is found."""
    if sys.platform == "win32":
        return None
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if runtime.is_absolute() and len(str(runtime)) < 60 and _is_private(runtime):
        return runtime
    mine = Path(tempfile.gettempdir()) / f"prodlead-{os.getuid()}"
    try:
        mine.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return mine if _is_private(mine) else None


def _is_private(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


class Instance(QObject):
    """Listens for later starts; ``asked`` carries the files they were given, none when they were given none."""

    asked = Signal(tuple)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer  # left until the first frame is shown

        super().__init__(parent)
        self._heard: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # nobody answered before: what lies there was left by a crash
            self._server.listen(name)

    @property
    def listens(self) -> bool:
        """Whether later starts find this one."""
        return self._server.isListening()

    def close(self) -> None:
        """Let the next start be a program of its own."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(partial(self._listen, socket))
            socket.disconnected.connect(partial(self._forget, socket))
            QTimer.singleShot(READ_MS, socket, socket.abort)
            self._listen(socket)

    def _listen(self, socket: QLocalSocket) -> None:
        if socket not in self._heard:
            return
        heard = self._heard[socket] + bytes(socket.read(MOST_BYTES + 1).data())
        self._heard[socket] = heard
        line, whole, _ = heard.partition(b"\n")
        paths = paths_in(line) if whole else None
        if paths is not None:
            socket.write(TAKEN)
            socket.flush()
            socket.disconnectFromServer()
            self._heard.pop(socket, None)
            self.asked.emit(paths)
        elif whole or len(heard) > MOST_BYTES:
            socket.abort()

    def _forget(self, socket: QLocalSocket) -> None:
        self._heard.pop(socket, None)
        socket.deleteLater()
