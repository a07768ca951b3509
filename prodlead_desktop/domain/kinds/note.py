"""A remark that belongs on the map and claims nothing."""

from __future__ import annotations

from dataclasses import dataclass

from prodlead_desktop.domain.kind import Kind, KindData


@dataclass(frozen=True, slots=True)
class NoteData(KindData):
    """A note is its title and text."""


KIND = Kind(
    name="note",
    title="Note",
    plural="Notes",
    order=7,
    data=NoteData,
    icon="sticky-note",
    shape="note",
    usual_child="note",
    usual_parents=("ambition", "market", "outcome", "opportunity", "capability", "initiative", "assumption"),
    hint="What should we remember?",
)
