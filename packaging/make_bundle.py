"""Builds the bundle with PyInstaller and tries it the way a user's machine would, away from this tree."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from environment import EXE, PYTHON, PYTHON_VERSION, ROOT, SetupError, install, say

DIST, WORK = ROOT / "dist", ROOT / "build"
FOLDER = DIST / "prodlead-desktop"
LOG = WORK / "pyinstaller.log"
WINDOW, CONSOLE = FOLDER / f"prodlead-desktop{EXE}", FOLDER / f"prodlead{EXE}"
INPUTS = ("packaging", "pyproject.toml", "resources", ".ci")
# CI sees a fresh clone of what is about to land: it cannot know where main was before. A day is longer than any
# one piece of work, so whatever a submission changed lies within it.
RECENT_S = 24 * 3600


def build(arguments: list[str]) -> int:
    """Build, check and try the bundle; ``--if-changed`` skips it when nothing it is made with changed of late."""
    if arguments not in ([], ["--if-changed"]):
        raise SetupError("build takes no argument but --if-changed.")
    if arguments and (why := reason(ROOT)) is None:
        say(f"no bundle: {', '.join(INPUTS)} are as they were a day ago (CI_FULL=1 builds it all the same).")
        return 0
    elif arguments:
        say(f"building the bundle, because {why}.")
    started = time.monotonic()
    _pyinstaller()
    say(
        f"built in {time.monotonic() - started:.0f} s: {FOLDER.relative_to(ROOT)}, {size_of(FOLDER) / 1e6:.0f} MB"
    )
    if sys.platform == "linux":
        check_libraries()
    return try_out()


def reason(root: Path, environment: Mapping[str, str] = os.environ) -> str | None:
    """Why the bundle of the tree at ``root`` should be built; None when what it is made with is as it was a day ago."""
    if environment.get("CI_FULL") == "1":
        return "CI_FULL is 1"
    if _git(root, "rev-parse", "HEAD") is None:
        return "there is no git history to ask"
    if _git(root, "status", "--porcelain", "--", *INPUTS):
        return "there are changes that are not committed"
    now = int(_git(root, "show", "-s", "--format=%ct", "HEAD") or 0)
    before = _git(root, "rev-list", "-1", f"--min-age={now - RECENT_S}", "HEAD")
    if not before:
        return "the history is younger than a day"
    changed = _git(root, "diff", "--name-only", before, "HEAD", "--", *INPUTS)
    return f"{changed.splitlines()[0]} changed within a day" if changed else None


def _git(root: Path, *arguments: str) -> str | None:
    """What git says, or None when it cannot."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _pyinstaller() -> None:
    if subprocess.run([str(PYTHON), "-c", "import PyInstaller"], capture_output=True).returncode != 0:
        install("build")
    missing = missing_packages()
    if missing:
        raise SetupError(f"PyInstaller needs more. On Debian or Ubuntu: sudo apt install {' '.join(missing)}")
    WORK.mkdir(exist_ok=True)
    command = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "INFO"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK), str(ROOT / "packaging" / "prodlead.spec")]
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    with LOG.open(
        "w", encoding="utf-8"
    ) as log:  # from WORK: PyInstaller searches the folder it is started in
        done = subprocess.run(command, cwd=WORK, env=kept, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        tail = LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        print("\n".join(tail), file=sys.stderr)
        raise SetupError(f"PyInstaller failed (all of it: {LOG.relative_to(ROOT)}).")


def missing_packages() -> list[str]:
    """The Debian packages that PyInstaller needs and this Linux machine lacks."""
    if sys.platform != "linux":
        return []
    library = str(sysconfig.get_config_var("INSTSONAME"))
    try:
        ctypes.CDLL(library)
        shared = True
    except OSError:
        shared = Path(sys.base_prefix, "lib", library).exists()
    packages = {"binutils": shutil.which("objdump"), f"libpython{PYTHON_VERSION}": shared}
    return [package for package, found in packages.items() if not found]


def check_libraries() -> None:
    """Raises SetupError when a file of the bundle asks for a library that no package is known to bring."""
    from libraries import wants_of

    unknown = wants_of(FOLDER).unknown
    if unknown:
        rows = [f"  {library}, for {files[0]}" for library, files in unknown.items()]
        text = "\n".join(rows)
        raise SetupError(f"The bundle needs libraries that packaging/libraries.py does not know:\n{text}")


def try_out() -> int:
    """Both executables test themselves from another folder, with nothing but a home in the environment."""
    with tempfile.TemporaryDirectory(prefix="prodlead-bundle-") as folder:
        bare = {"HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        if os.name == "nt":
            bare |= {"SYSTEMROOT": os.environ["SYSTEMROOT"], "USERPROFILE": folder, "APPDATA": folder}
        for program, shown in ((CONSOLE, True), (WINDOW, False)):
            started = time.monotonic()
            done = subprocess.run(
                [str(program), "--self-test"], cwd=folder, env=bare, encoding="utf-8", errors="replace",
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            if shown or done.returncode != 0:
                print(done.stdout.rstrip(), flush=True)
            if done.returncode != 0:
                say(f"{program.name} --self-test FAILED with status {done.returncode}.")
                return 1
            say(f"{program.name} --self-test passed in {time.monotonic() - started:.1f} s.")
    return 0


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder; a file with two names counts once, a link nothing."""
    found = (path.lstat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum({stat.st_ino: stat.st_size for stat in found}.values())
