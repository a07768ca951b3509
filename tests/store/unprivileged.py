"""Opens a file where nothing may be written, as somebody who is not root; prints what a user would see, as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import prodlead_desktop.domain.interchange  # noqa: F401  (root's modules must be there before we stop being root)
from prodlead_desktop.document import Document
from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.store import schema, tables  # noqa: F401


def main(path: Path, data: Path, copy: Path) -> dict[str, object]:
    kinds()
    schema.pieces()
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    doc = Document.open(path, data=data)
    said: dict[str, object] = {"read_only": doc.read_only, "title": doc.strategy.get(Node, "o1").title}
    try:
        with doc.edit("Rename") as edit:
            nodes.rename(edit, "o1", "Never")
    except ProdleadError as error:
        said["edit"] = str(error)
    doc.save_copy(copy)
    doc.close()
    return said


if __name__ == "__main__":
    print(json.dumps(main(*map(Path, sys.argv[1:]))))
