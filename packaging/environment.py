"""Makes `.venv` ready for the two commands, and says in one line what is missing when it cannot."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "prodlead-stamp"
LOG = VENV / "prodlead-setup.log"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON_VERSION = "{}.{}".format(*sys.version_info)
PYTHON = BIN / f"python{EXE}"

# What Qt loads from the system on Linux, and the Debian or Ubuntu package that has it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
OFFLINE_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Max retries exceeded",
    "ConnectTimeoutError",
    "Network is unreachable",
)


class SetupError(Exception):
    """The environment cannot be made ready; the message is one line that says why and what to do."""


def say(text: str) -> None:
    """Tells the person at the terminal what is going on, at once."""
    print(f"prodlead: {text}", flush=True)


def has_display() -> bool:
    """Whether a window can be opened; only Linux and its kin can be without a screen."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_ready(*, window: bool) -> None:
    """Creates or refreshes `.venv` when the stamp is out of date; raises SetupError.

    `window` also asks for the system libraries that only a visible window needs.
    """
    wanted = _stamp()
    if not PYTHON.exists() or not STAMP.exists() or STAMP.read_text(encoding="utf-8").strip() != wanted:
        _create_venv()
        say("installing the libraries into .venv (some 600 MB, the first time and after an update) …")
        install("test")
        _import_once()
        STAMP.write_text(wanted + "\n", encoding="utf-8")
        say("ready.")
    missing = missing_packages(window=window)
    if missing:
        raise SetupError(
            f"Qt needs system libraries. Install them with: sudo apt install {' '.join(missing)}"
        )


def missing_packages(*, window: bool) -> list[str]:
    """The Debian packages whose libraries Qt would not find on this Linux machine."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = dict(QT_LIBRARIES)
    if window and os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND_LIBRARIES
    elif window and os.environ.get("DISPLAY"):
        wanted |= X11_LIBRARIES
    return [package for library, package in wanted.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _stamp() -> str:
    """What the installed set depends on: project, pinned versions, Python, machine, place of the tree."""
    digest = hashlib.sha256()
    for file in (ROOT / "pyproject.toml", ROOT / "packaging" / "constraints.txt"):
        digest.update(file.read_bytes())
    digest.update("\n".join([PYTHON_VERSION, platform.machine(), str(ROOT)]).encode())
    return digest.hexdigest()


def _create_venv() -> None:
    """A virtual environment of this Python's version; one that fits is kept, pip brings it up to date."""
    if _venv_fits():
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            f"Python's venv module is missing. On Debian or Ubuntu: sudo apt install python{PYTHON_VERSION}-venv"
        )
    if Path(sys.prefix).resolve() == VENV:
        raise SetupError("The .venv is damaged. Leave it (deactivate), delete the folder, and start again.")
    say(f"creating .venv with Python {platform.python_version()} …")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if done.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(f"Could not create .venv: {_last_line(done.stdout + done.stderr)}")


def _venv_fits() -> bool:
    """Whether `.venv` exists, runs, has pip, and is of this Python's minor version."""
    if not PYTHON.exists():
        return False
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == PYTHON_VERSION


def install(extra: str) -> None:
    """Puts the project with one of its extras into `.venv`, in the tested versions; raises SetupError."""
    constraints = ROOT / "packaging" / "constraints.txt"
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["-c", str(constraints), "-e", f"{ROOT}[{extra}]"]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    LOG.write_text(done.stdout, encoding="utf-8")
    if done.returncode == 0:
        return
    if any(sign in done.stdout for sign in OFFLINE_SIGNS):
        raise SetupError(
            "pip could not reach the package index. The first start, and one after an update, needs the internet."
        )
    raise SetupError(f"pip failed: {_last_line(done.stdout)} (all of it: {LOG.relative_to(ROOT)})")


def _import_once() -> None:
    """Fails here, in one line, rather than with a traceback later."""
    ask = "import PySide6.QtCore, sqlalchemy, matplotlib, prodlead_desktop"
    done = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, cwd=VENV)
    if done.returncode != 0:
        raise SetupError(f"The installed libraries do not load: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    """The last line that says something; pip puts its verdict there, after an ERROR: sign."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["no message"])[-1]
