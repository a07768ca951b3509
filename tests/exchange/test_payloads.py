"""What people can type cannot become anything but text in an SVG, whoever opens it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from builders import sample
from PySide6.QtSvg import QSvgRenderer

from prodlead_desktop.domain import nodes
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import HEADER_ID, Header, Node, Pool, Scenario
from prodlead_desktop.domain.rows import set_value
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

SVG = "{http://www.w3.org/2000/svg}"
PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</text><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "]]><script>alert(1)</script>", "--><svg onload=alert(1)>",
    "javascript:alert(1)", "url(http://evil.example/x)", "@import url(http://evil.example/x);",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "&#60;script&#62;", "<?xml-stylesheet href='x'?>",
    '<a xlink:href="http://evil.example">x</a>', "<foreignObject><body onload=alert(1)>", "a\u202eb\u2066c",
)  # fmt: skip
HARMLESS = {
    "svg",
    "title",
    "desc",
    "defs",
    "style",
    "clipPath",
    "g",
    "path",
    "rect",
    "text",
    "polyline",
    "circle",
}
HARMLESS |= {"ellipse", "line", "polygon"}


def hostile() -> Strategy:
    """The sample with a payload in every text that a map shows."""
    edit = Edit(sample())
    for number, node in enumerate(list(edit.all(Node))):
        nodes.rename(edit, node, PAYLOADS[number % len(PAYLOADS)])
    set_value(edit, Header, HEADER_ID, "name", "".join(PAYLOADS[:3]))
    for cls in (Scenario, Pool):
        for number, row in enumerate(list(edit.all(cls))):
            set_value(edit, cls, row, "name", PAYLOADS[number])
    return edit.result()[0]


@pytest.fixture(scope="module")
def made(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "map.svg"
    options = ExportOptions(scenario="sc-balanced", checkpoint=PAYLOADS[0])
    return exporter_for(path).write(hostile(), path, options).path


def test_an_svg_holds_nothing_that_runs_or_calls_home(made: Path) -> None:
    root = ElementTree.fromstring(made.read_text(encoding="utf-8"))
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in HARMLESS, element.tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on") and "href" not in name.lower(), name
            assert not re.search(r"script:|https?:|file:|data:|//", value), value
            assert "url(" not in value or re.fullmatch(r"url\(#\w+\)", value), value
    (style,) = root.iter(f"{SVG}style")
    assert len(style) == 0 and style.text is not None
    rest = re.sub(r"url\(data:font/woff;base64,[\w+/=]+\)", "", style.text)
    assert "url" not in rest and "@import" not in rest and "\\" not in rest
    assert (
        re.sub(r'@font-face\{font-family:"Prodlead Sans";font-weight:\d00;src: format\("woff"\)\}', "", rest)
        == ""
    )


def test_what_was_typed_is_there_as_text(made: Path) -> None:
    root = ElementTree.fromstring(made.read_text(encoding="utf-8"))
    words = re.sub(r"\s", "", "".join(root.itertext()))
    for payload in PAYLOADS[:-1]:
        assert re.sub(r"\s", "", payload) in words, payload
    assert QSvgRenderer(str(made)).isValid()


@pytest.mark.external
def test_a_browser_runs_nothing(made: Path, tmp_path: Path) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "no Chromium is installed"
    page = tmp_path / "page.html"
    trap = "<script>window.alert = () => document.title = 'RAN'</script>"
    body = made.read_text(encoding="utf-8").split("?>", 1)[1]
    page.write_text(f"<!DOCTYPE html><title>calm</title>{trap}{body}", encoding="utf-8")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "<title>calm</title>" in done.stdout
