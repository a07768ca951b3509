"""The only way to change a strategy: open a Document, edit it, and hear from it what is on disk."""

from prodlead_desktop.document.document import Document
from prodlead_desktop.document.status import DiskStatus
from prodlead_desktop.store.reading import CheckpointInfo

__all__ = ["CheckpointInfo", "DiskStatus", "Document"]
