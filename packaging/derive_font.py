"""Makes Prodlead Sans from Inter, so that digits line up in Qt and matplotlib and PDF text can be found.

    python packaging/derive_font.py INTER_FOLDER resources/fonts

INTER_FOLDER holds static Inter TrueType files in any sub-folders and their OFL text as LICENSE_FONT
(the npm package @expo-google-fonts/inter does). Five changes: the digits' code points lead to their tabular
glyphs, private-use code points are dropped, contextual alternates (calt) are emptied, the tabulator gets a glyph
of its own, names are changed.
"""

from __future__ import annotations

import argparse
import copy
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Prodlead Sans"
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
ITALIC = 1
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
LINKED_STYLES = ("Regular", "Bold")
TAB = "uni0009"


def tabular_glyphs(font: TTFont) -> dict[str, str]:
    """Glyph name to tabular glyph name, as the font's own `tnum` feature says."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in table.LookupList.Lookup[index].SubTable:
                    found |= getattr(sub, "ExtSubTable", sub).mapping
    return found


def make_digits_tabular(font: TTFont) -> None:
    """Point the ten digits of every character map to their tabular glyphs."""
    tabular = tabular_glyphs(font)
    for table in font["cmap"].tables:
        digits = {code: tabular[table.cmap[code]] for code in map(ord, "0123456789")}
        table.cmap = table.cmap | digits  # a new one: several maps may share one dictionary


def drop_private_use(font: TTFont) -> None:
    """Forget private-use code points: Qt writes them into PDF text where an arrow should be."""
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if not any(code in r for r in PRIVATE)}


def give_tab_a_glyph(font: TTFont) -> None:
    """An empty glyph for U+0009: without one Qt takes the space's, and every space in a PDF reads as a tabulator."""
    font.setGlyphOrder([*font.getGlyphOrder(), TAB])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs[TAB] = copy.copy(font["glyf"]["space"])
    font["hmtx"].metrics[TAB] = font["hmtx"].metrics["space"]
    for table in font["cmap"].tables:
        table.cmap = table.cmap | {0x09: TAB}


def empty_calt(font: TTFont) -> None:
    """Switch contextual alternates off for good; Qt cannot do it everywhere text is drawn."""
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "calt":
            record.Feature.LookupListIndex = []
            record.Feature.LookupCount = 0


def rename(font: TTFont, style: str) -> None:
    """Give the font its own family name, one family with four weights; copyright and licence stay."""
    names = font["name"]
    version = str(names.getDebugName(5)).removeprefix("Version ").split(";")[0]
    linked = style in LINKED_STYLES
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    del font["STAT"]  # describes the axes of the family it came from
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    texts = {
        1: FAMILY if linked else f"{FAMILY} {style}",
        2: style if linked else "Regular",
        3: f"{version};{postscript}",
        4: f"{FAMILY} {style}",
        6: postscript,
        10: f"Derived from Inter {version}: tabular digits, no private-use code points, no calt.",
    }
    if not linked:
        texts |= {16: FAMILY, 17: style}
    for number, text in texts.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    names.removeUnusedNames(font)
    font["OS/2"].achVendID = "UKWN"


def derive(source: Path, target: Path) -> list[Path]:
    """Write the four weights and the licence to `target`; SystemExit if a source is missing."""
    licence = next(iter(sorted(source.rglob("LICENSE_FONT"))), None)
    if licence is None:
        raise SystemExit(f"No LICENSE_FONT under {source}.")
    target.mkdir(parents=True, exist_ok=True)
    written = [target / "OFL.txt"]
    shutil.copyfile(licence, written[0])
    missing = dict(STYLES)
    for path in sorted(source.rglob("*.ttf")):
        font = TTFont(path, recalcTimestamp=False)
        weight = font["OS/2"].usWeightClass
        if weight not in missing or font["OS/2"].fsSelection & ITALIC:
            continue
        style = missing.pop(weight)
        make_digits_tabular(font)
        drop_private_use(font)
        empty_calt(font)
        give_tab_a_glyph(font)
        rename(font, style)
        written.append(target / f"{FAMILY.replace(' ', '')}-{style}.ttf")
        font.save(written[-1])
    if missing:
        raise SystemExit(f"No file of weight {', '.join(map(str, missing))} under {source}.")
    return written


def main(arguments: list[str]) -> int:
    """Run from the command line; prints the files written."""
    parser = argparse.ArgumentParser(description="Derive Prodlead Sans from Inter.")
    parser.add_argument("source", type=Path, help="folder with static Inter TTFs and LICENSE_FONT")
    parser.add_argument("target", type=Path, help="folder to write to, such as resources/fonts")
    given = parser.parse_args(arguments)
    for path in derive(given.source, given.target):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
