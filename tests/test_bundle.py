"""What bundle and Debian package are made of: nothing of ours left out, nothing of the desktop's taken along."""

from __future__ import annotations

import ast
import configparser
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from builders import small
from PIL import Image

from prodlead_desktop.document import Document
from prodlead_desktop.self_test import REGISTRIES

ROOT = Path(__file__).resolve().parent.parent
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
needs_debian = pytest.mark.skipif(
    shutil.which("dpkg-deb") is None or shutil.which("objdump") is None, reason="needs dpkg-deb and objdump"
)
needs_objdump = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None, reason="needs objdump"
)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> type[object]:
    """Imports scripts of packaging/ as dev.py does."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))

    class Script:
        def __class_getitem__(cls, name: str) -> ModuleType:
            return importlib.import_module(name)

    return Script


def test_every_module_of_every_registry_is_named(script: dict[str, ModuleType]) -> None:
    named = script["bundle"].own_modules()
    assert {"prodlead_desktop", "prodlead_desktop.__main__", "prodlead_desktop.self_test"} <= set(named)
    for _, package, _ in REGISTRIES:
        folder = ROOT.joinpath(*package.split("."))
        assert {f"{package}.{path.stem}" for path in folder.glob("[!_]*.py")} <= set(named)


def test_data_goes_along_with_what_the_program_says_of_itself(script: dict[str, ModuleType]) -> None:
    rows = script["bundle"].data_files()
    going = {(Path(source).name, target) for source, target in rows}
    assert {("resources", "prodlead_desktop/resources"), ("schema_1.sql", "prodlead_desktop/store")} <= going
    told = {target.split("-")[0] for name, target in going if name == "METADATA"}
    assert {"prodlead_desktop", "pyside6_essentials", "sqlalchemy", "matplotlib", "numpy"} <= told
    assert not told & {"pytest", "pyinstaller", "mypy"}, "extras are not shipped"
    licensed = {target for _, target in going if target.startswith("licences/")}
    assert {"licences/matplotlib", "licences/numpy", "licences/SQLAlchemy"} <= licensed
    assert "direct_url.json" not in {name for name, _ in going}, "it names a folder of this machine"


QT = "PySide6/Qt"


@pytest.mark.parametrize(
    ("stays", "place", "source", "kind"),
    [
        (True, f"{QT}/plugins/platforms/libqxcb.so", "/venv/libqxcb.so", "BINARY"),
        (True, f"{QT}/plugins/platforms/libqoffscreen.so", "/venv/libqoffscreen.so", "BINARY"),
        (False, f"{QT}/plugins/platforms/libqvnc.so", "/venv/libqvnc.so", "BINARY"),
        (True, "PySide6/plugins/platforms/qwindows.dll", "C:/venv/qwindows.dll", "BINARY"),
        (True, f"{QT}/plugins/imageformats/libqsvg.so", "/venv/libqsvg.so", "BINARY"),
        (False, f"{QT}/plugins/imageformats/libqwebp.so", "/venv/libqwebp.so", "BINARY"),
        (False, f"{QT}/plugins/sqldrivers/libqsqlite.so", "/venv/libqsqlite.so", "BINARY"),
        (
            False,
            f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
            "/venv/libqtvirtualkeyboardplugin.so",
            "BINARY",
        ),
        (True, f"{QT}/lib/libQt6Widgets.so.6", "/venv/libQt6Widgets.so.6", "BINARY"),
        (False, f"{QT}/lib/libQt6Qml.so.6", "/venv/libQt6Qml.so.6", "BINARY"),
        (False, "libQt6Quick.so.6", f"{QT}/lib/libQt6Quick.so.6", "SYMLINK"),
        (False, "PySide6/Qt6VirtualKeyboard.dll", "C:/venv/Qt6VirtualKeyboard.dll", "BINARY"),
        (True, f"{QT}/translations/qtbase_de.qm", "/venv/qtbase_de.qm", "DATA"),
        (False, f"{QT}/translations/assistant_de.qm", "/venv/assistant_de.qm", "DATA"),
        (True, "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf", "/venv/DejaVuSans.ttf", "DATA"),
        (False, "matplotlib/mpl-data/sample_data/goog.npz", "/venv/goog.npz", "DATA"),
        (False, "numpy-2.4.6.dist-info/RECORD", "/venv/RECORD", "DATA"),
    ],
)
def test_what_stays_and_what_goes(
    script: dict[str, ModuleType], stays: bool, place: str, source: str, kind: str
) -> None:
    assert script["bundle"].stays(place, source, kind) is stays


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has libraries that belong to the desktop")
def test_libraries_of_the_desktop_stay_with_it(script: dict[str, ModuleType]) -> None:
    found = ["libglib-2.0.so.0", "libgtk-3.so.0", "libstdc++.so.6", "libz.so.1", "libfontconfig.so.1"]
    needed = ["libpython3.11.so.1.0", "libsqlite3.so.0", "libffi.so.8", "libbz2.so.1.0", "liblzma.so.5"]
    entries = [(name, f"/lib/x86_64-linux-gnu/{name}", "BINARY") for name in (*found, *needed)]
    assert [place for place, _, _ in script["bundle"].kept(entries)] == needed


@needs_objdump
def test_a_library_nobody_brings_is_found(script: dict[str, ModuleType], tmp_path: Path) -> None:
    qt = importlib.import_module("PySide6.QtSvg").__file__
    assert qt is not None
    shutil.copy(qt, tmp_path)
    (tmp_path / "libQt6Svg.so.6").symlink_to("lib/libQt6Svg.so.6")  # what it points to was left out
    wants = script["libraries"].wants_of(tmp_path)
    assert "libQt6Svg.so.6" in wants.unknown and "libc.so.6" not in wants.unknown
    assert wants.packages()[0].startswith("libc6 (>= 2.")
    assert "libstdc++6" in wants.packages()


def test_windows_and_macos_get_version_icon_and_file_type(
    script: dict[str, ModuleType], tmp_path: Path
) -> None:
    bundle = script["bundle"]
    told = ast.unparse(ast.parse(bundle.version_info("1.2.3")))
    assert "filevers=(1, 2, 3, 0)" in told and "StringStruct('ProductVersion', '1.2.3')" in told
    with Image.open(bundle.write_icns(tmp_path / "prodlead.icns")) as picture:
        assert picture.format == "ICNS"
        assert {(16, 16, 2), (32, 32, 2), (128, 128, 1), (512, 512, 1)} <= set(picture.info["sizes"])
    plist = bundle.info_plist("1.2.3")
    (exported,) = plist["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["prodlead"]
    assert plist["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]


# ---------------------------------------------------------------- when CI builds it


def commit(root: Path, name: str, hours: float) -> None:
    """Change a file, in a commit of so many hours after some day."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{hours}", encoding="utf-8")
    when = f"{int(1_800_000_000 + hours * 3600)} +0000"
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    for words in (["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", name]):
        subprocess.run(["git", "-C", str(root), *words], check=True, env=os.environ | dates)


def test_a_bundle_is_built_when_what_it_is_made_with_changed_within_a_day(
    script: dict[str, ModuleType], tmp_path: Path
) -> None:
    def reason(**environment: str) -> str | None:
        found: str | None = script["make_bundle"].reason(tmp_path, environment)
        return found

    assert reason() == "there is no git history to ask"
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    commit(tmp_path, "packaging/prodlead.spec", 0)
    assert reason() == "the history is younger than a day"
    commit(tmp_path, "README.md", 30)
    assert reason() is None
    assert reason(CI_FULL="1") == "CI_FULL is 1"
    commit(tmp_path, "resources/icons/new.svg", 31)
    commit(tmp_path, "prodlead_desktop/app.py", 40)
    assert reason() == "resources/icons/new.svg changed within a day"
    commit(tmp_path, "README.md", 56)
    assert reason() is None
    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    assert reason() == "there are changes that are not committed"


def test_a_size_counts_every_byte_once(script: dict[str, ModuleType], tmp_path: Path) -> None:
    file = tmp_path / "below" / "file"
    file.parent.mkdir()
    file.write_bytes(bytes(1000))
    (tmp_path / "second name").hardlink_to(file)
    (tmp_path / "link").symlink_to(file)
    (tmp_path / "other").write_bytes(bytes(1000))
    assert script["make_bundle"].size_of(tmp_path) == 2000


# ---------------------------------------------------------------- on the desktop


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "packaging" / "debian" / "prodlead-desktop.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def mime_type() -> ElementTree.Element:
    tree = ElementTree.parse(ROOT / "packaging" / "debian" / "prodlead-desktop.xml")
    found = tree.find(f"{MIME}mime-type")
    assert found is not None
    return found


def test_the_desktop_opens_strategies_with_us_whatever_their_name(script: dict[str, ModuleType]) -> None:
    assert entry()["Exec"].endswith(" -- %f"), "a name that begins with a hyphen is a name"
    assert entry()["MimeType"] == f"{mime_type().get('type')};" == f"{script['bundle'].MIME_TYPE};"
    glob = mime_type().find(f"{MIME}glob")
    assert glob is not None and glob.get("pattern") == "*.prodlead"


def test_a_strategy_without_an_ending_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "plan.prodlead"
    Document.create(path, small(), data=tmp_path / "data").close()
    head = path.read_bytes()[:100]
    matches = list(mime_type().iter(f"{MIME}match"))
    assert len(matches) == 2
    for match in matches:
        wanted = match.attrib["value"].encode().replace(b"\\000", b"\0")
        at = int(match.attrib["offset"])
        assert head[at : at + len(wanted)] == wanted


@needs_debian
def test_the_package_holds_commands_entry_icons_and_file_type(
    script: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deb, stage = script["make_deb"], tmp_path / "stage"
    folder = tmp_path / "bundle"
    folder.mkdir()
    for program in (deb.WINDOW, deb.CONSOLE):
        shutil.copy(shutil.which("true") or "", folder / program.name)
    monkeypatch.setattr(deb, "FOLDER", folder)
    deb.fill(stage)
    deb.describe(stage, "all")
    package = tmp_path / "prodlead.deb"
    packing = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(stage), str(package)]
    subprocess.run(packing, check=True, capture_output=True)
    listed = subprocess.run(["dpkg-deb", "-c", str(package)], check=True, capture_output=True, text=True)
    held = {line.split(maxsplit=5)[5].split(" link to ")[0] for line in listed.stdout.splitlines()}
    assert {
        "./usr/bin/prodlead -> ../lib/prodlead-desktop/prodlead",
        "./usr/bin/prodlead-desktop -> ../lib/prodlead-desktop/prodlead-desktop",
        "./usr/share/applications/prodlead-desktop.desktop",
        "./usr/share/mime/packages/prodlead-desktop.xml",
        "./usr/share/doc/prodlead-desktop/copyright",
        f"./usr/share/icons/hicolor/48x48/apps/{entry()['Icon']}.png",
        "./usr/share/icons/hicolor/scalable/mimetypes/application-x-prodlead.svg",
    } <= held
    assert all(" root/root " in line for line in listed.stdout.splitlines())
    asked = ["dpkg-deb", "-f", str(package), "Version", "Depends", "Package", "Installed-Size"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert "Package: prodlead-desktop" in told and f"Version: {deb.version()}" in told
    assert "Depends: libc6 (>= 2." in told
    kilobytes = -(-script["make_bundle"].size_of(stage / "usr") // 1024)
    assert f"Installed-Size: {kilobytes}\n" in told
    sums = (stage / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines()
    for line in sums:
        value, name = line.split("  ", 1)
        assert hashlib.md5((stage / name).read_bytes()).hexdigest() == value
    assert len(sums) == len(
        [path for path in (stage / "usr").rglob("*") if path.is_file() and not path.is_symlink()]
    )
