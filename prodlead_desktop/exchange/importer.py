"""What an importer is: data and one function, found by what a file holds; and the one door to all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from prodlead_desktop.domain.interchange import SIZE_LIMIT
from prodlead_desktop.domain.outline import NoTitles, Outline, Remark
from prodlead_desktop.domain.planting import Wishes, strategy_of
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.errors import BadInput
from prodlead_desktop.exchange import contents
from prodlead_desktop.registry import collect


@dataclass(frozen=True)
class Source:
    """A file on its way in: its name and its bytes."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        """The ending of the name in small letters, such as ".mm"."""
        return Path(self.name).suffix.lower()

    @cached_property
    def root(self) -> str | None:
        """The name of the first element when it is XML; see ``contents.xml_root``."""
        return contents.xml_root(self.content)

    @cached_property
    def decoded(self) -> contents.Decoded:
        """The text and how it was read; BadInput when it is none."""
        return contents.decode(self.content, self.name)


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the decimal sign where numbers do not tell, and whom to tell how far it is."""

    decimal: str = "."
    step: Callable[[float | None], None] = lambda share: None


@dataclass(frozen=True, slots=True)
class Importer:
    """One format we read: a whole strategy, or an outline of which cards are made.

    ``fits`` says from the content that it can be nothing else.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    read: Callable[[Source, Reading], Strategy | Outline]
    fits: Callable[[Source], bool] = lambda source: False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held."""

    name: str  # of the file
    importer: Importer
    content: Strategy | Outline

    @property
    def outline(self) -> Outline | None:
        """The outline, when it is no whole strategy."""
        return self.content if isinstance(self.content, Outline) else None

    def strategy(self, wishes: Wishes = Wishes()) -> Strategy:  # noqa: B008  it is frozen
        """A strategy of its own."""
        if isinstance(self.content, Strategy):
            return self.content
        return strategy_of(self.content, Path(self.name).stem, wishes)[0]


@cache
def importers() -> tuple[Importer, ...]:
    """Every importer."""
    return collect("prodlead_desktop.exchange.importers", "IMPORTER")


def endings() -> tuple[str, ...]:
    """The endings of the names of files that can be imported."""
    return tuple(ending for importer in importers() for ending in importer.endings)


def importer_for(source: Source) -> Importer:
    """The importer for a file: by its content, else by its name; BadInput says what the file is instead."""
    contents.refuse_other(source.content, source.name)
    for importer in importers():
        if importer.fits(source):
            return importer
    for importer in importers():
        if source.ending in importer.endings:
            return importer
    if source.root is not None:
        raise BadInput(
            f"“{source.name}” is XML that begins with <{source.root}>: neither a mind map nor an outline.",
            "Export it as Freeplane map (.mm) or OPML.",
        )
    raise BadInput(
        f"I cannot import “{source.ending or source.name}”.", f"Known endings: {', '.join(endings())}."
    )


def load(path: Path) -> Source:
    """Read a file; BadInput when it cannot be read or is far too big."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise BadInput(f"“{path.name}” is bigger than 64 MB; a strategy is not.")
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror or error}.") from None
    if len(content) > SIZE_LIMIT:
        raise BadInput(f"“{path.name}” is bigger than 64 MB; a strategy is not.")
    return Source(path.name, content)


def read(path: Path, reading: Reading = Reading()) -> Imported:
    """What a file holds; BadInput in words, with the line where there is one."""
    source = load(path)
    importer = importer_for(source)
    try:
        content = importer.read(source, reading)
    except NoTitles as error:
        raise _nothing_in(source, error) from None
    if isinstance(content, Outline):
        content = replace(content, remarks=(*content.remarks, *_said(source, importer)))
    return Imported(source.name, importer, content)


def _nothing_in(source: Source, error: NoTitles) -> BadInput:
    """What was said about a clipboard, said about a file."""
    if not source.decoded.text.strip():
        return BadInput(f"“{source.name}” holds no text, only blanks.")
    if error.sentence.startswith("There is only"):
        return BadInput(f"“{source.name}” holds only a row of headings.", "Add the rows below it first.")
    return BadInput(f"“{source.name}” holds no titles of which cards could be made.")


def _said(source: Source, importer: Importer) -> list[Remark]:
    """What is odd about the file as a whole."""
    if source.ending in importer.endings:
        return []
    what = f"file named “{source.ending or source.name}” was read as {importer.title}"
    return [Remark(1, what, what, taken=True)]


def with_encoding(outline: Outline, decoded: contents.Decoded) -> Outline:
    """The outline with a remark when its encoding had to be guessed."""
    if not decoded.guessed:
        return outline
    what = f"file does not say its encoding and was read as {decoded.encoding}"
    return replace(outline, remarks=(*outline.remarks, Remark(1, what, what, taken=True)))
