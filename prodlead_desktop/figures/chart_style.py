"""How matplotlib draws a chart in a theme."""

from __future__ import annotations

from collections.abc import Mapping

from prodlead_desktop.figures.theme import FONT_FAMILY, Theme

SIZES = {
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.labelsize": 10.5,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "axes.linewidth": 1,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.25,
    "lines.markersize": 8,
    "xtick.major.pad": 6,
    "ytick.major.pad": 6,
}
MANNERS: Mapping[str, object] = {
    "text.hinting": "none",
    "text.parse_math": False,  # a title may hold two dollar signs
    "axes.titleweight": 600,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "legend.frameon": False,
    **{f"{axis}tick.{which}.size": 0 for axis in "xy" for which in ("major", "minor")},
    "figure.dpi": 96,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
}


def chart_rc(theme: Theme, *, audience: bool = False, grid: str = "y") -> dict[str, object]:
    """matplotlib rcParams of a chart in `theme`; `grid` is x (intervals), y or both; for an audience × 1.7.

    Sizes are points at 96 dpi. Names the family Prodlead Sans; registering its files is the caller's.
    """
    scale = 1.7 if audience else 1.0
    colours = ", ".join(f"'{scenario.colour}'" for scenario in theme.scenarios)
    grounds = [*(f"{part}.facecolor" for part in ("figure", "axes", "savefig")), "figure.edgecolor"]
    paints = (
        (theme.text, ("text.color", "axes.titlecolor")),
        (theme.text2, ("axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor", "legend.labelcolor")),
        (theme.line2, ("axes.edgecolor", "xtick.color", "ytick.color")),
        (theme.surface, (*grounds, "savefig.edgecolor")),
    )
    return {
        **MANNERS,
        **{name: size * scale for name, size in SIZES.items()},
        **{name: colour for colour, names in paints for name in names},
        "grid.color": theme.line,
        "hatch.color": theme.hatch,
        "font.family": [FONT_FAMILY],
        "axes.grid.axis": grid,
        "axes.prop_cycle": f"cycler('color', [{colours}])",
    }
