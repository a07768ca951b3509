"""Keeps files, functions and classes small by watching the largest ones; the average takes care of itself."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Limit:
    """Above `goal` is worth a line of warning, above `most` fails; both in the unit of what is counted."""

    goal: int
    most: int


FILE_LINES = Limit(400, 450)
FUNCTION_LINES = Limit(40, 50)
PUBLIC_METHODS = Limit(15, 15)
TEST_FILE_LINES = Limit(500, 500)

# path, or path::name of the function or class -> why it may be larger. Meant to stay empty.
ALLOWED: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Size:
    """One measured thing: where it is, how large, and what it is held against."""

    where: str
    line: int
    count: int
    unit: str
    limit: Limit


def main() -> int:
    """Prints what is too large, failures last; 1 if anything fails."""
    large = sorted(
        (size for size in measure(ROOT) if size.count > size.limit.goal), key=lambda size: size.count
    )
    failures = [size for size in large if size.count > size.limit.most and size.where not in ALLOWED]
    for size in large:
        if size not in failures:
            print(f"  close to the limit: {_line(size)}")
    for size in failures:
        print(f"  TOO LARGE: {_line(size)}")
    unused = [where for where in ALLOWED if where not in {size.where for size in large}]
    for where in unused:
        print(f"  ALLOWED names {where}, which is not too large any more: take it out")
    return 1 if failures or unused else 0


def measure(root: Path) -> Iterator[Size]:
    """Every file, function and class of the program and its packaging; of the tests only the files."""
    for folder in ("prodlead_desktop", "packaging"):
        for path in sorted((root / folder).rglob("*.py")):
            yield from _measure_file(path, path.relative_to(root).as_posix())
    for path in sorted((root / "tests").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        yield Size(path.relative_to(root).as_posix(), 1, lines, "lines", TEST_FILE_LINES)


def _measure_file(path: Path, name: str) -> Iterator[Size]:
    text = path.read_text(encoding="utf-8")
    yield Size(name, 1, len(text.splitlines()), "lines", FILE_LINES)
    for node in ast.walk(ast.parse(text, filename=name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(f"{name}::{node.name}", node.lineno, lines, "lines", FUNCTION_LINES)
        elif isinstance(node, ast.ClassDef):
            yield Size(
                f"{name}::{node.name}", node.lineno, _public_methods(node), "public methods", PUBLIC_METHODS
            )


def _public_methods(node: ast.ClassDef) -> int:
    """Distinct public names; camelCase overrides of Qt are Qt's interface, not ours."""
    methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)}
    return sum(1 for name in methods if not name.startswith("_") and name == name.lower())


def _line(size: Size) -> str:
    reason = f"; allowed: {ALLOWED[size.where]}" if size.where in ALLOWED else ""
    where = f"{size.where} (line {size.line})" if "::" in size.where else size.where
    return f"{where}: {size.count} {size.unit}, limit {size.limit.goal}{reason}"


if __name__ == "__main__":
    sys.exit(main())
