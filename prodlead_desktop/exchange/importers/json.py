"""A strategy from interchange JSON."""

from __future__ import annotations

from pathlib import Path

from prodlead_desktop.domain import interchange
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange.exporter import Importer


def read(path: Path) -> Strategy:
    """Read a JSON file; BadInput with the place of the first thing that does not fit."""
    try:
        if path.stat().st_size > interchange.SIZE_LIMIT:
            raise BadInput("That file is bigger than 64 MB; a strategy is not.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"“{path.name}” is not UTF-8 text (byte {error.start}).") from None
    return interchange.loads(text)


IMPORTER = Importer("json", "Strategy (JSON)", (".json",), read, order=20)
