"""Knows where icons, fonts, samples and templates lie, so that wheel, bundle and editable agree."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from prodlead_desktop.errors import ProdleadError

# In a wheel and in the bundle the files lie in the folder `prodlead_desktop/resources`. It shares its name
# with this module; the module wins as long as that folder holds no `__init__.py`.


def path(*parts: str) -> Path:
    """The file or folder `parts` below `resources/`, for example `path("icons", "target.svg")`.

    Raises ProdleadError if it is missing, which means a broken installation.
    """
    package = Path(str(importlib.resources.files("prodlead_desktop")))
    packed = package / "resources"
    root = packed if packed.is_dir() else package.parent / "resources"
    found = root.joinpath(*parts)
    if not found.exists():
        name = "/".join(("resources", *parts))
        raise ProdleadError(f"Prodlead's own file {name} is missing.", "Install Prodlead again.")
    return found
