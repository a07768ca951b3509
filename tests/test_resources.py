"""The bundled fonts and icons are there, and are what the window, charts and PDFs rely on."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.font_manager
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtSvg import QSvgRenderer

from prodlead_desktop import resources
from prodlead_desktop.errors import ProdleadError
from prodlead_desktop.figures.theme import DARK, FONT_FAMILY, FONT_FILES, LIGHT

NEEDED = "Größe Łódź ąčéñőšžþİ → ← ↑ ↓ € £ ¥ · – — × − ± … ≥ ≤ ≈ Δ “”‘’„«»%‰?½²\u00a0\u202f\u2011"
SVGS = sorted(resources.path("icons").glob("*.svg"))
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))


@pytest.fixture(params=FONT_FILES.items(), ids=lambda item: str(item[0]))
def weight_and_font(request: pytest.FixtureRequest) -> tuple[int, TTFont]:
    weight, name = request.param
    return weight, TTFont(resources.path("fonts", name))


def test_digits_are_equally_wide(weight_and_font: tuple[int, TTFont]) -> None:
    _, font = weight_and_font
    for table in font["cmap"].tables:
        assert len({font["hmtx"][table.cmap[code]][0] for code in map(ord, "0123456789")}) == 1


def test_fonts_hold_what_europe_writes(weight_and_font: tuple[int, TTFont]) -> None:
    _, font = weight_and_font
    held = font.getBestCmap()
    assert [sign for sign in NEEDED if ord(sign) not in held] == []


def test_nothing_private_and_no_alternates_get_into_a_pdf(weight_and_font: tuple[int, TTFont]) -> None:
    _, font = weight_and_font
    codes = {code for table in font["cmap"].tables for code in table.cmap}
    assert [code for code in codes if any(code in block for block in PRIVATE)] == []
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "calt":
            assert record.Feature.LookupListIndex == []


def test_fonts_have_their_own_name_and_may_be_embedded(weight_and_font: tuple[int, TTFont]) -> None:
    weight, font = weight_and_font
    names = font["name"]
    assert (names.getDebugName(16) or names.getDebugName(1)) == FONT_FAMILY
    assert font["OS/2"].usWeightClass == weight
    assert font["OS/2"].fsType == 0
    for number in (1, 3, 4, 6, 16, 17):
        assert "Inter" not in (names.getDebugName(number) or "")
    assert "Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in resources.path("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_qt_finds_each_weight_and_keeps_digits_equal(qapp: object) -> None:
    for name in FONT_FILES.values():
        loaded = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        assert FONT_FAMILY in QFontDatabase.applicationFontFamilies(loaded)
    seen = set()
    for weight in FONT_FILES:
        font = QFont(FONT_FAMILY)
        font.setWeight(QFont.Weight(weight))
        font.setPixelSize(20)
        assert QFontInfo(font).family() == FONT_FAMILY
        raw = QRawFont.fromFont(font)
        assert raw.weight() == weight
        seen.add(raw.styleName())
        measure = QFontMetricsF(font)
        assert len({measure.horizontalAdvance(digit * 9) for digit in "0123456789"}) == 1
    assert seen == {"Regular", "Medium", "SemiBold", "Bold"}


def test_matplotlib_finds_each_weight() -> None:
    manager = matplotlib.font_manager.FontManager()
    for name in FONT_FILES.values():
        manager.addfont(resources.path("fonts", name))
    for weight, name in FONT_FILES.items():
        wanted = matplotlib.font_manager.FontProperties(family=FONT_FAMILY, weight=weight)
        assert Path(manager.findfont(wanted, fallback_to_default=False)).name == name


def test_every_icon_the_theme_names_is_there() -> None:
    for theme in (LIGHT, DARK):
        named = {style.icon for style in theme.kinds.values()}
        named |= {status.icon for status in (theme.ok, theme.warn, theme.err)}
        for icon in named:
            assert resources.path("icons", f"{icon}.svg").is_file()


@pytest.mark.parametrize("path", SVGS, ids=lambda path: path.stem)
def test_every_icon_takes_the_colour_it_is_given(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor" and root.get("stroke-width") == "2"
    colours = {element.get(name) for element in root.iter() for name in ("stroke", "fill")}
    assert colours <= {None, "none", "currentColor"}
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|style=|<script|<image|href", text)


def test_qt_draws_every_icon(qapp: object) -> None:
    assert len(SVGS) > 100
    assert [path.name for path in SVGS if not QSvgRenderer(str(path)).isValid()] == []


def test_the_licence_of_the_icons_travels_with_them() -> None:
    assert "ISC License" in resources.path("icons", "LICENSE").read_text(encoding="utf-8")


def test_the_application_icon_has_every_size() -> None:
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(resources.path("icons", "app", f"prodlead-{size}.png")) as picture:
            assert picture.size == (size, size)
            assert picture.convert("RGBA").getpixel((0, 0))[3] < 128, "corners are round"
            assert picture.convert("RGBA").getpixel((size // 2, size // 2)) == (255, 255, 255, 255)
    with Image.open(resources.path("icons", "app", "prodlead.ico")) as picture:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]


def test_a_missing_resource_is_said_in_a_sentence() -> None:
    with pytest.raises(ProdleadError, match=r"icons/no-such-icon\.svg is missing"):
        resources.path("icons", "no-such-icon.svg")
