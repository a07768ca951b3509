"""`prodlead --self-test`: an installation that is whole says so, a damaged one names every part that is broken."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prodlead_desktop.self_test import REGISTRIES

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "prodlead_desktop"
Done = subprocess.CompletedProcess[str]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows starts nothing without an environment"
)


def self_test(folder: Path, *more: str, **environment: str) -> Done:
    """Run it as a bundle's user would: from somewhere else, with nothing in the environment but a home."""
    home = folder / "home"
    home.mkdir()
    return subprocess.run(
        [sys.executable, "-m", "prodlead_desktop", "--self-test", *more],
        cwd=folder, env={"HOME": str(home)} | environment,
        capture_output=True, encoding="utf-8", timeout=180, check=False,
    )  # fmt: skip


def names(lines: list[str], word: str) -> list[str]:
    return [line[8:22].strip() for line in lines if line.startswith(word)]


def test_a_whole_installation_passes_and_nothing_is_left_behind(tmp_path: Path) -> None:
    done = self_test(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[-1].endswith(f"all {len(lines) - 1} checks passed")
    tried = names(lines, "ok")
    assert len(tried) == len(lines) - 1
    assert tried[: len(REGISTRIES)] == [title for title, _, _ in REGISTRIES]
    assert {
        "fonts", "icons", "sample", "document", "JSON", "map as PDF", "map as SVG", "map as PNG", "chart as PDF",
        "chart as SVG", "solver", "window", "export", "print preview",
    } <= set(tried)  # fmt: skip
    assert [path for path in tmp_path.rglob("*") if path.name != "home"] == []


def test_a_damaged_installation_names_every_part_that_is_broken(tmp_path: Path) -> None:
    shutil.copytree(PRODUCT, tmp_path / "prodlead_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", tmp_path / "resources")
    for importer in (tmp_path / "prodlead_desktop" / "exchange" / "importers").glob("[!_]*.py"):
        importer.unlink()
    (tmp_path / "prodlead_desktop" / "store" / "schema_1.sql").unlink()
    (tmp_path / "resources" / "fonts" / "OFL.txt").unlink()
    (tmp_path / "resources" / "icons" / "target.svg").write_text("<svg/>", encoding="utf-8")
    done = self_test(tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    closing = next(n for n, line in enumerate(lines) if "checks failed" in line)
    failures = names(lines[:closing], "FAILED")
    assert {"importers", "icons", "document", "JSON", "imports", "window", "export", "licences"} == set(
        failures
    )
    assert lines[closing + 1 :] == [line for line in lines[:closing] if line.startswith("FAILED")]
    assert {"node kinds", "fonts", "map as PDF", "chart as PDF", "print preview"} <= set(names(lines, "ok"))
    said = {line[8:22].strip(): line[24:] for line in lines[closing + 1 :]}
    assert "target" in said["icons"] and "OFL.txt" in said["licences"]
    assert said["importers"].endswith("is empty.")


@pytest.mark.parametrize("more", [["info", "plan.prodlead"], ["plan.prodlead"], ["--sample"]], ids=" ".join)
def test_it_goes_with_nothing_else(tmp_path: Path, more: list[str]) -> None:
    done = self_test(tmp_path, *more)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "--self-test" in done.stderr


def test_every_registry_is_tried() -> None:
    """Whoever adds a folder of one-constant files adds a row to REGISTRIES, or a bundle could lack it unnoticed."""
    called = {
        tuple(argument.value for argument in node.args if isinstance(argument, ast.Constant))
        for path in PRODUCT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "collect"
    } - {()}
    assert called == {(package, constant) for _, package, constant in REGISTRIES}
