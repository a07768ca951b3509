"""The scripts of packaging/ do what they promise: name what is missing, find what is too large."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PACKAGING / "dev.py"), *arguments], capture_output=True, text=True
    )


def test_help_names_the_two_commands() -> None:
    done = _dev("--help")
    assert done.returncode == 0
    assert {"run", "test"} <= {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}


def test_an_unknown_command_is_one_line_and_status_2() -> None:
    done = _dev("frobnicate")
    assert done.returncode == 2
    assert "frobnicate" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux takes Qt's libraries from the system"
)
def test_a_missing_system_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = _load("environment")
    assert environment.missing_packages(window=False) == []
    monkeypatch.setitem(environment.QT_LIBRARIES, "libnowhere.so.7", "libnowhere7")
    assert environment.missing_packages(window=False) == ["libnowhere7"]


def test_what_is_too_large_is_found(tmp_path: Path) -> None:
    sizes = _load("check_sizes")
    (tmp_path / "prodlead_desktop").mkdir()
    body = "    x = 1\n" * 60
    methods = "".join(f"    def do_{i}(self): ...\n    def paintEvent{i}(self): ...\n" for i in range(16))
    file = tmp_path / "prodlead_desktop" / "large.py"
    file.write_text(f"def long():\n{body}\nclass Wide:\n{methods}" + "y = 2\n" * 400, encoding="utf-8")
    found = {size.where: size.count for size in sizes.measure(tmp_path) if size.count > size.limit.most}
    assert found == {
        "prodlead_desktop/large.py": 495,
        "prodlead_desktop/large.py::long": 61,
        "prodlead_desktop/large.py::Wide": 16,
    }
