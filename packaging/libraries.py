"""Knows what the bundle takes from the system it runs on, so that nothing is missing there that was there here."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from environment import QT_LIBRARIES, WAYLAND_LIBRARIES, X11_LIBRARIES

# Every Linux has these; the Debian package of each.
C_LIBRARIES = {
    "libc.so.6": "libc6", "libm.so.6": "libc6", "libdl.so.2": "libc6", "libpthread.so.0": "libc6",
    "librt.so.1": "libc6", "libutil.so.1": "libc6", "libresolv.so.2": "libc6", "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6", "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6",
    "libcrypt.so.1": "libcrypt1",
}  # fmt: skip
# A plugin of Qt that finds these missing stays out, and something else takes its place: it only is less at home.
OPTIONAL_LIBRARIES = {
    "libcups.so.2": "libcups2",
    "libgtk-3.so.0": "libgtk-3-0",
    "libgdk-3.so.0": "libgtk-3-0",
    "libgdk_pixbuf-2.0.so.0": "libgtk-3-0",
    "libatk-1.0.so.0": "libgtk-3-0",
    "libcairo.so.2": "libgtk-3-0",
    "libcairo-gobject.so.2": "libgtk-3-0",
    "libharfbuzz.so.0": "libgtk-3-0",
    "libpango-1.0.so.0": "libgtk-3-0",
    "libpangocairo-1.0.so.0": "libgtk-3-0",
}
# What the packages above stand on.
COMPANIONS = {
    "libgio-2.0.so.0": "libglib2.0-0", "libgobject-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0", "libxcb.so.1": "libxcb1", "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-render.so.0": "libxcb-render0",
    "libexpat.so.1": "libexpat1", "libz.so.1": "zlib1g", "libzstd.so.1": "libzstd1",
    "libbrotlidec.so.1": "libbrotli1", "libbrotlicommon.so.1": "libbrotli1", "libxcb-util.so.1": "libxcb-util1",
    "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0",
}  # fmt: skip
REQUIRED = QT_LIBRARIES | X11_LIBRARIES | WAYLAND_LIBRARIES | C_LIBRARIES | COMPANIONS
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_2\.(\d+)")
_ELF = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class Wants:
    """What the files of a bundle ask of the system: library -> the files that ask, and glibc 2.``glibc``."""

    libraries: dict[str, list[str]]
    glibc: int

    @property
    def unknown(self) -> dict[str, list[str]]:
        """Libraries that are neither inside nor known to come with a package."""
        known = REQUIRED | OPTIONAL_LIBRARIES
        return {library: files for library, files in self.libraries.items() if library not in known}

    def packages(self) -> list[str]:
        """The Debian packages to depend on, the C library with the version asked for."""
        found = {REQUIRED[library] for library in self.libraries if library in REQUIRED} - {"libc6"}
        return [f"libc6 (>= 2.{self.glibc})", *sorted(found)]

    def optional_packages(self) -> list[str]:
        """The Debian packages that make it more at home."""
        return sorted({OPTIONAL_LIBRARIES[name] for name in self.libraries if name in OPTIONAL_LIBRARIES})


def wants_of(folder: Path) -> Wants:
    """Reads every ELF file below ``folder``; needs objdump (binutils)."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_elf(path)]
    inside = {path.name for path in folder.rglob("*.so*") if path.exists()}  # a link may point to nothing
    libraries: defaultdict[str, list[str]] = defaultdict(list)
    glibc = 0
    for path in files:
        said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        glibc = max([glibc, *(int(minor) for minor in _GLIBC.findall(said))])
        for library in _NEEDED.findall(said):
            if library not in inside:
                libraries[library].append(path.relative_to(folder).as_posix())
    return Wants(dict(sorted(libraries.items())), glibc)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _ELF
