"""What goes into the bundle and what stays out, as plain data: prodlead.spec builds with it, tests read it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "prodlead_desktop"
APP_ICONS = ROOT / "resources" / "icons" / "app"
DISTRIBUTION = "prodlead-desktop"
WINDOW, CONSOLE = "prodlead-desktop", "prodlead"
MIME_TYPE = "application/x-prodlead"

Entry = tuple[str, str, str]  # PyInstaller's: where it goes, where it comes from, what it is

# Loaded by name at run time, so that no analysis sees them.
HIDDEN = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "sqlalchemy.dialects.sqlite",
)

# Never used by what ships. No network, so neither TLS nor the library for it; QML, Quick and VirtualKeyboard (GPL)
# would come in through Qt's plugins. unittest, doctest and friends stay: numpy imports them here and there.
EXCLUDED = (
    "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "curses", "readline", "ssl", "_ssl", "_hashlib",
    "pytest", "_pytest", "pytestqt", "hypothesis", "mypy", "ruff", "importlinter", "grimp", "pypdf", "jsonschema",
    "setuptools", "pkg_resources", "pip", "wheel", "IPython", "pandas", "scipy.stats",
    "matplotlib.tests", "matplotlib.testing", "matplotlib.pyplot", "matplotlib.pylab", "mpl_toolkits.tests",
    "numpy.f2py", "numpy.distutils", "numpy.tests", "PIL.ImageTk", "PIL.ImageQt", "PIL._avif", "PIL._webp",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2", "PySide6.QtSql",
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools", "PySide6.QtTest", "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets", "PySide6.QtConcurrent",
)  # fmt: skip

# Qt plugins by folder; a folder that is not here stays out altogether.
PLUGINS = {
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("gtk3", "xdgdesktopportal"),
    "printsupport": ("cupsprintersupport", "cocoaprintersupport", "windowsprintersupport"),
    "styles": ("modernwindowsstyle", "macstyle"),
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "ico", "icns"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell", "xdg-shell-plugin"),
}
QT_LIBRARIES_OUT = re.compile(
    r"Qt6?(Qml|Quick|VirtualKeyboard|Labs|Designer|Help|UiTools|Test|Sql|Pdf|Lottie|OpenGL|EglF[sS]|"
    r"WaylandCompositor|WaylandEgl|3D|Web|ShaderTools|Concurrent)|pyside6qml|opengl32sw|d3dcompiler",
)
TRANSLATIONS = re.compile(r"translations/qtbase_[a-zA-Z_]+\.qm$")

# What only Python needs, and other distributions have in another version or under another name. The rest of what lies
# in the system's folders belongs to the desktop and comes from there: mixing two versions of it is what breaks
# (libraries.py checks that each has a known package).
FROM_SYSTEM = re.compile(r"lib(python3|ffi|bz2|lzma|sqlite3|uuid|mpdec)[\d.]*(-\w+)?\.so")
SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/")
DATA_OUT = re.compile(
    r"mpl-data/(sample_data|images|fonts/(afm|pdfcorefonts))/|(^|/)tests?/|\.(pyi|pxd|h|lib|a|qml)$|"
    r"\.dist-info/(INSTALLER|RECORD|REQUESTED|WHEEL|direct_url\.json|entry_points\.txt|top_level\.txt)$"
)


def own_modules(package: Path = PACKAGE) -> list[str]:
    """Every module of the program by its full name: registries and late imports are found by name only."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def data_files() -> list[tuple[str, str]]:
    """(file or folder, folder in the bundle) of everything that is not code, with each part's licence."""
    found = [(str(ROOT / "resources"), "prodlead_desktop/resources"), (str(ROOT / "LICENSE"), "licences")]
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix in (".sql", ".json", ".typed"):
            found.append((str(path), path.parent.relative_to(ROOT).as_posix()))
    for part in shipped():
        found += _said_of(part)
    for name in ("LGPL-3", "GPL-3"):  # of Qt; a Debian machine has the texts
        text = Path("/usr/share/common-licenses", name)
        if text.is_file():
            found.append((str(text), "licences/Qt for Python"))
    return found


def _said_of(part: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """What a distribution says of itself: its metadata without the places of this machine, and its licences."""
    for file in part.files or ():
        inside = PurePosixPath(file.as_posix())
        if not inside.parts[0].endswith(".dist-info"):
            continue
        if inside.name == "METADATA":
            yield str(file.locate()), inside.parts[0]
        elif re.search(r"licen|copying|notice", "/".join(inside.parts[1:]), re.IGNORECASE):
            yield str(file.locate()), f"licences/{part.metadata['Name']}"


def shipped(name: str = DISTRIBUTION) -> list[metadata.Distribution]:
    """The program's own distribution and all that it needs on this platform, without extras."""
    from packaging.requirements import Requirement

    found: dict[str, metadata.Distribution] = {}
    wanted = [name]
    while wanted:
        key = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if key in found:
            continue
        found[key] = metadata.distribution(key)
        for line in found[key].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                wanted.append(requirement.name)
    return [found[key] for key in sorted(found)]


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """The files that PyInstaller found, without those that nothing uses and those that belong to the desktop."""
    return [entry for entry in entries if stays(*entry)]


def stays(place: str, source: str, kind: str) -> bool:
    """Whether one file goes into the bundle; ``place`` is where it would lie there."""
    place, source = place.replace("\\", "/"), source.replace("\\", "/")
    name = place.rsplit("/", 1)[-1]
    if (plugin := re.search(r"/plugins/([\w-]+)/(?:lib)?q?([\w-]+)\.\w+$", place)) is not None:
        return plugin[2] in PLUGINS.get(plugin[1], ())
    if place.startswith("PySide6/") and "/translations/" in place:
        return TRANSLATIONS.search(place) is not None
    if place.startswith("PySide6/") and ("/qml/" in place or "/libexec/" in place):
        return False
    if QT_LIBRARIES_OUT.search(name):
        return False
    if kind == "BINARY" and sys.platform == "linux" and source.startswith(SYSTEM_FOLDERS):
        return FROM_SYSTEM.match(name) is not None
    return kind != "DATA" or DATA_OUT.search(place) is None


# ---------------------------------------------------------------- Windows and macOS
# Written for them and checked as text and pictures by the tests, but not run here: there is only Linux here.


def version_info(version: str) -> str:
    """What Windows shows in a program's properties, in PyInstaller's notation."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    words = {
        "CompanyName": "Prodlead Desktop contributors",
        "FileDescription": "Prodlead Desktop",
        "FileVersion": version,
        "InternalName": WINDOW,
        "LegalCopyright": "MIT licence",
        "ProductName": "Prodlead Desktop",
        "ProductVersion": version,
    }
    rows = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, "
        f"fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', [{rows}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def write_icns(target: Path) -> Path:
    """The application icon for macOS, from the pictures that make_icons.py draws."""
    from PIL import Image

    sizes = (512, 256, 128, 64, 32, 16)
    largest, *others = (Image.open(APP_ICONS / f"prodlead-{size}.png").convert("RGBA") for size in sizes)
    largest.save(target, format="ICNS", append_images=others)
    return target


def info_plist(version: str) -> dict[str, object]:
    """What macOS wants to know: the version, and that strategy files open with us."""
    identifier = "io.prodlead.strategy"
    return {
        "CFBundleShortVersionString": version,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Prodlead strategy",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [identifier],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": identifier,
                "UTTypeDescription": "Prodlead strategy",
                "UTTypeConformsTo": ["public.database"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["prodlead"],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
    }
