"""Watches the tree itself: what may be written in it, and where single modules may be used."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "prodlead_desktop"
NOT_OURS = re.compile(r"(^|/)(\.(?!ci/|gitignore$)[^/]+|__pycache__|build|dist|shots|prodlead-demo)(/|$)")

# Written in two halves, so that this file does not find itself.
FORBIDDEN = re.compile(
    rb"(?<![\w.])/(?:"
    rb"work/|root/|opt/pypi)"
    rb"|pypi\.(?:org|python\.org)"
    rb"|python"
    rb"hosted\.org|registry\.npm"
    rb"js|index-"
    rb"url|find-"
    rb"links"
)

# module -> where it may be imported; a folder ends in a slash, "figures/paint_" covers the painters
ALLOWED_PLACES = {
    "PySide6.QtWidgets": ("ui/", "app.py", "self_test/"),
    "PySide6.QtPrintSupport": ("ui/", "self_test/"),
    "PySide6.QtGui": ("ui/", "app.py", "cli.py", "self_test/", "exchange/", "figures/paint_"),
    "PySide6.QtSvg": ("ui/", "app.py", "self_test/", "exchange/", "figures/paint_"),
    "sqlalchemy": ("store/",),
    "sqlite3": ("store/",),
    "matplotlib.pyplot": (),
    "matplotlib.pylab": (),
    "pickle": (),
    "shelve": (),
    "marshal": (),
}


def _tracked() -> list[Path]:
    """The files that git would give to somebody else, or all of them where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS.search(path.relative_to(ROOT).as_posix())]
    return [path for path in paths if path.is_file()]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module of a file with its line, `from a import b` as both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_no_file_holds_a_registry_address_or_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in _tracked()
        for match in FORBIDDEN.finditer(path.read_bytes())
    ]
    assert not found


@pytest.mark.parametrize("module", ALLOWED_PLACES)
def test_a_module_is_imported_only_where_it_belongs(module: str) -> None:
    elsewhere = [
        f"{name}:{line} imports {imported}"
        for path in sorted(PRODUCT.rglob("*.py"))
        if not (name := path.relative_to(PRODUCT).as_posix()).startswith(ALLOWED_PLACES[module] or ("\0",))
        for line, imported in _imports(path)
        if imported == module or imported.startswith(module + ".")
    ]
    assert not elsewhere


def test_constraints_are_versions_only() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert not [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+(; python_version .*)?", line)]


def test_packaging_is_a_folder_of_scripts() -> None:
    """As a package it would hide the library of the same name, and matplotlib would not load."""
    assert not (ROOT / "packaging" / "__init__.py").exists()
