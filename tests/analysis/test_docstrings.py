"""Who calls the analysis reads what goes in and comes out: shapes, errors, and where the formulas are from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from prodlead_desktop import analysis

ROOT = Path(analysis.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
ARRAYS = re.compile(r"\b(Floats|Ints|Bools|Reals)\b")
SHAPE = re.compile(r"\([A-ZπΛ…a-z][^()]*[,)]|\bshape\b")
NO_FORMULA = {"remarks.py", "simulate/ahead.py", "ledger.py", "result_schema.py"}  # and the lists of names
SOURCE = re.compile(r"§\d|Keelin|DiDonato|Robyn")


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_public_functions_say_shapes_and_errors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree, found = ast.parse(text), []
    for name, node in _public(tree):
        said, result = ast.get_docstring(node) or "", ast.unparse(node.returns) if node.returns else ""
        if not said:
            found.append(f"{name} says nothing")
        if ARRAYS.search(result) and not SHAPE.search(said):
            found.append(f"{name} gives {result} of no stated shape")
        if "raise BadInput" in ast.unparse(node) and "BadInput" not in said:
            found.append(f"{name} refuses and does not say so")
    if any(_public(tree)) and str(path.relative_to(ROOT)) not in NO_FORMULA and not SOURCE.search(text):
        found.append("no source: which section of the model is it?")
    assert found == []
