"""Allocate: the money of the active scenario, a row per initiative."""

from __future__ import annotations

from prodlead_desktop.ui.allocate.page import AllocatePage
from prodlead_desktop.ui.allocate.tools import AllocateTools
from prodlead_desktop.ui.workspace import Workspace

WORKSPACE = Workspace(
    "allocate",
    "Allocate",
    "sliders-horizontal",
    40,
    AllocatePage,
    AllocateTools,
    outline=False,
    inspector=False,
)
