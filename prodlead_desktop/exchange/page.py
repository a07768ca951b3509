"""Which sheet of paper a map goes on, how big, and on how many pages, so that its smallest text can be read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from prodlead_desktop.domain import numerals
from prodlead_desktop.errors import BadInput
from prodlead_desktop.figures.measures import CARD
from prodlead_desktop.layout.box import Box

POINTS_PER_MM = 72 / 25.4
PAPERS = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1189.0),
}
OWN, AUTO = "own", "auto"
LEAST_TEXT_PT = 6.5
FULL_SIZE = 0.75  # points per map unit at 100 %: 1 u = 1 px of 96 to the inch
FRAME_PT = 10 * POINTS_PER_MM
FOOT_PT = 23 * POINTS_PER_MM
AIR_PT = 5 * POINTS_PER_MM  # between frame and map
NARROW_PT = 620.0  # inside a frame narrower than this the foot has two rows
LONGEST_PT = 14_400.0  # no PDF reader must open a longer page
MOST_PAGES = 200
LEAST_MM, MOST_MM = 100, 5080  # sides of a typed page
_SMALLEST_U = CARD.chip_text.size
_OVERLAP = (CARD.width + 20, 180.0)  # u: every card is whole on one of two neighbouring pages


@dataclass(frozen=True, slots=True)
class Sheet:
    """One size of page for all windows; lengths in points, `scale` in points per map unit."""

    name: str  # "A3", or "own" for a size of its own
    width: float
    height: float
    scale: float
    windows: tuple[Box, ...]  # the part of the map on each page, in map units

    @property
    def text_pt(self) -> float:
        """Height of the smallest text of the map."""
        return _SMALLEST_U * self.scale

    @property
    def foot(self) -> float:
        """Height of the foot."""
        return foot_height(self.width)

    @property
    def percent(self) -> int:
        """The scale as people say it; 100 % is the map on the screen."""
        return round(self.scale / FULL_SIZE * 100)


def foot_height(page_width: float) -> float:
    """Height of the foot on a page `page_width` wide."""
    return FOOT_PT * (2 if page_width - 2 * FRAME_PT < NARROW_PT else 1)


def sheet_for(page: str, bounds: Box) -> Sheet:
    """The sheet for a map of these bounds.

    "auto" takes the smallest paper on which all text is at least 6.5 pt, else a size of its own; a paper that is
    named is used even if the text gets smaller; "own" is the map at 100 %. A map longer than a PDF page may be
    goes on several pages that overlap. BadInput for an unknown page.
    """
    if page in PAPERS:
        return _on_paper(page, bounds)
    if page == AUTO:
        for name in PAPERS:
            sheet = _on_paper(name, bounds)
            if sheet.text_pt >= LEAST_TEXT_PT:
                return sheet
        return _own(bounds, LEAST_TEXT_PT / _SMALLEST_U)
    if page == OWN:
        return _own(bounds, FULL_SIZE)
    return _fitted(page, *typed_size(page), bounds)


def one_sheet(page: str, bounds: Box) -> Sheet:
    """``sheet_for``, but never cut up: for forms that have one page of any length."""
    return whole(FULL_SIZE, bounds) if page in (AUTO, OWN) else sheet_for(page, bounds)


def whole(scale: float, bounds: Box) -> Sheet:
    """One page as big as the map at ``scale``, however long."""
    air = 2 * (FRAME_PT + AIR_PT)
    width = max(bounds.w * scale + air, PAPERS["A4"][0] * POINTS_PER_MM)
    return Sheet(OWN, width, bounds.h * scale + air + foot_height(width), scale, (bounds,))


def typed_size(page: str) -> tuple[float, float]:
    """Width and height in mm of a typed size such as "420x297". BadInput in words."""
    match = re.fullmatch(r"\s*(\d{1,5})\s*[x×]\s*(\d{1,5})\s*(mm)?\s*", page)
    if match is None:
        choices = ", ".join((AUTO, *PAPERS, OWN))
        raise BadInput(
            f"There is no page called “{page}”.", f"Choose one of {choices}, or mm such as 420x297."
        )
    width, height = float(match[1]), float(match[2])
    if min(width, height) < LEAST_MM or max(width, height) > MOST_MM:
        raise BadInput(
            f"A page of {page.strip()} mm cannot be.", f"Sides lie between {LEAST_MM} and {MOST_MM} mm."
        )
    return width, height


def _on_paper(name: str, bounds: Box) -> Sheet:
    """The map on one page, upright or across, whichever shows it bigger."""
    short, long = PAPERS[name]
    across, upright = _fitted(name, long, short, bounds), _fitted(name, short, long, bounds)
    return upright if upright.scale > across.scale else across


def _fitted(name: str, width_mm: float, height_mm: float, bounds: Box) -> Sheet:
    """The map on one page of this size: never bigger than 100 % on A4, and on bigger paper by as much bigger."""
    width, height = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
    room_x, room_y = _room(width, height)
    most = FULL_SIZE * max(1.0, min(width_mm, height_mm) / PAPERS["A4"][0])
    scale = min(room_x / max(bounds.w, 1.0), room_y / max(bounds.h, 1.0), most)
    return Sheet(name, width, height, scale, (bounds,))


def _own(bounds: Box, scale: float) -> Sheet:
    """A page as big as the map at `scale`; several when that is longer than a page may be."""
    air = 2 * (FRAME_PT + AIR_PT)
    longest_x = (LONGEST_PT - air) / scale
    longest_y = (LONGEST_PT - air - FOOT_PT) / scale
    across = pieces(bounds.w, longest_x, _OVERLAP[0])
    down = pieces(bounds.h, longest_y, _OVERLAP[1])
    if across * down > MOST_PAGES:
        raise BadInput(
            f"The map would need {numerals.number(across * down)} pages.",
            f"Choose a branch, or one of {', '.join(PAPERS)}.",
        )
    columns = _stretches(bounds.x, bounds.w, across, _OVERLAP[0])
    rows = _stretches(bounds.y, bounds.h, down, _OVERLAP[1])
    windows = tuple(Box(x, y, w, h) for y, h in rows for x, w in columns)
    least_width, least_height = (side * POINTS_PER_MM for side in reversed(PAPERS["A4"]))
    width = max(columns[0][1] * scale + air, least_width)
    height = max(rows[0][1] * scale + air + foot_height(width), least_height)
    return Sheet(OWN, width, height, scale, windows)


def pieces(length: float, longest: float, overlap: float) -> int:
    """Into how many overlapping stretches of at most `longest` a `length` must be cut."""
    return 1 if length <= longest else math.ceil((length - overlap) / (longest - overlap))


def _stretches(start: float, length: float, count: int, overlap: float) -> list[tuple[float, float]]:
    """`length` cut into `count` equal stretches that overlap: start and length of each."""
    each = (length + overlap * (count - 1)) / count
    return [(start + number * (each - overlap), each) for number in range(count)]


def _room(width: float, height: float) -> tuple[float, float]:
    """What a page leaves for the map."""
    inside = 2 * (FRAME_PT + AIR_PT)
    return width - inside, height - inside - foot_height(width)
