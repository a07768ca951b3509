"""Makes a Debian package of the bundle: the folder, two commands, a desktop entry, icons and the file type."""

from __future__ import annotations

import filecmp
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from email.utils import formatdate
from pathlib import Path

from environment import ROOT, SetupError, say
from libraries import wants_of
from make_bundle import CONSOLE, DIST, FOLDER, WINDOW, WORK, build, size_of

TEXTS = ROOT / "packaging" / "debian"
ICONS = ROOT / "resources" / "icons" / "app"
STAGE = WORK / "deb"
NAME = "prodlead-desktop"
HOME = f"usr/lib/{NAME}"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def deb(arguments: list[str]) -> int:
    """Build the bundle, try it, and pack it; ``--packed-only`` takes the bundle that is there."""
    if arguments not in ([], ["--packed-only"]):
        raise SetupError("deb takes no argument but --packed-only.")
    if sys.platform != "linux" or shutil.which("dpkg-deb") is None:
        raise SetupError("A Debian package is made on Debian or Ubuntu: dpkg-deb is not here.")
    if not arguments and (status := build([])) != 0:
        return status
    if not FOLDER.is_dir():
        raise SetupError("There is no bundle yet: packaging/dev.py build makes it.")
    started = time.monotonic()
    shutil.rmtree(STAGE, ignore_errors=True)
    architecture = _said("dpkg", "--print-architecture")
    fill(STAGE)
    describe(STAGE, architecture)
    package = DIST / f"{NAME}_{version()}_{architecture}.deb"
    # zstd: whatever has the glibc that the bundle needs can read it, and xz takes 15 times as long for 17 % less
    _said("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(STAGE), str(package))
    shutil.rmtree(STAGE)
    say(
        f"packed in {time.monotonic() - started:.0f} s: {package.relative_to(ROOT)}, "
        f"{package.stat().st_size / 1e6:.0f} MB. Install it with: sudo apt install ./{package.relative_to(ROOT)}"
    )
    return 0


def version() -> str:
    """The program's version, read without importing it."""
    text = (ROOT / "prodlead_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise SetupError("prodlead_desktop/__init__.py says no version.")
    return found[1]


def fill(stage: Path) -> None:
    """Lay out everything that is installed below ``stage``."""
    shutil.copytree(FOLDER, stage / HOME, symlinks=True)
    window, console = (stage / HOME / program.name for program in (WINDOW, CONSOLE))
    if filecmp.cmp(
        window, console, shallow=False
    ):  # only Windows tells them apart; here it is one file twice
        console.unlink()
        console.hardlink_to(window)
    commands = _folder(stage, "usr/bin")
    for program in (WINDOW, CONSOLE):
        (commands / program.name).symlink_to(f"../lib/{NAME}/{program.name}")
    shutil.copy(TEXTS / f"{NAME}.desktop", _folder(stage, "usr/share/applications"))
    shutil.copy(TEXTS / f"{NAME}.xml", _folder(stage, "usr/share/mime/packages"))
    for size in SIZES:
        _icon(stage, ICONS / f"prodlead-{size}.png", f"{size}x{size}")
    _icon(stage, ICONS / "prodlead.svg", "scalable")
    papers = _folder(stage, f"usr/share/doc/{NAME}")
    shutil.copy(TEXTS / "copyright", papers)
    news = (TEXTS / "changelog").read_text(encoding="utf-8")
    filled = news.format(version=version(), date=formatdate(_built_at()))
    (papers / "changelog.gz").write_bytes(gzip.compress(filled.encode(), mtime=0))
    for path in stage.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def describe(stage: Path, architecture: str) -> None:
    """Write what dpkg wants to know: control and the sums of all files."""
    wants = wants_of(stage / HOME)
    files = [path for path in sorted(stage.rglob("*")) if path.is_file() and not path.is_symlink()]
    control = (TEXTS / "control").read_text(encoding="utf-8")
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(stage)}\n" for path in files]
    papers = _folder(stage, "DEBIAN")
    filled = control.format(
        version=version(),
        architecture=architecture,
        kilobytes=-(-size_of(stage) // 1024),
        depends=", ".join(wants.packages()),
        suggests=", ".join(wants.optional_packages()),
    )
    (papers / "control").write_text(filled, encoding="utf-8")
    (papers / "md5sums").write_text("".join(sums), encoding="utf-8")


def _icon(stage: Path, picture: Path, size: str) -> None:
    """The program's icon, and the same for its files."""
    for kind, name in (("apps", NAME), ("mimetypes", "application-x-prodlead")):
        folder = _folder(stage, f"usr/share/icons/hicolor/{size}/{kind}")
        shutil.copy(picture, folder / f"{name}{picture.suffix}")


def _folder(stage: Path, name: str) -> Path:
    path = stage / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def _built_at() -> float:
    return float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SetupError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()
