"""One object per file of a folder, so that adding a file with one constant is the whole job of adding a feature."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any


def collect(package: str, constant: str) -> tuple[Any, ...]:
    """Return ``constant`` of every module in ``package``, sorted by its ``order`` (else by module name).

    Raises RuntimeError when a module lacks the constant or the folder is empty: a frozen program that forgot
    to collect sub-modules must fail loudly, not run without its features.
    """
    home = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(home.__path__) if not info.name.startswith("_"))
    found: list[tuple[float, str, Any]] = []
    for name in names:
        module = importlib.import_module(f"{package}.{name}")
        if not hasattr(module, constant):
            raise RuntimeError(f"{package}.{name} has no {constant}")
        thing = getattr(module, constant)
        found.append((float(getattr(thing, "order", 0.0)), name, thing))
    if not found:
        raise RuntimeError(f"The registry {package} is empty.")
    return tuple(thing for _, _, thing in sorted(found, key=lambda row: row[:2]))
