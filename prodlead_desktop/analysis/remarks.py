"""Gathers, while a problem is formulated, what was left out and what was taken as given."""

from __future__ import annotations

from dataclasses import dataclass, field

from prodlead_desktop.analysis.problem import Unknown


@dataclass(slots=True)
class Remarks:
    """Two lists that grow; ``sealed`` gives them in a fixed order."""

    unknowns: list[Unknown] = field(default_factory=list)
    assumptions: list[Unknown] = field(default_factory=list)

    def unknown(self, sentence: str, *ids: str) -> None:
        """Something is left out because nobody has said it."""
        self.unknowns.append(Unknown(ids, sentence))

    def assumed(self, sentence: str, *ids: str) -> None:
        """Something was taken as model.md §1.1 says."""
        self.assumptions.append(Unknown(ids, sentence))

    def sealed(self) -> tuple[tuple[Unknown, ...], tuple[Unknown, ...]]:
        """(unknowns, assumed), by ids and sentence."""
        first, second = (
            {(row.ids, row.sentence): row for row in rows} for rows in (self.unknowns, self.assumptions)
        )
        return tuple(first[key] for key in sorted(first)), tuple(second[key] for key in sorted(second))
