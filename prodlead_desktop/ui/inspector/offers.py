"""What a reference may refer to, as options with icons, and how a new one is added while choosing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prodlead_desktop.domain import rows, tree
from prodlead_desktop.domain.entities import SPEC_OF, Entity, Node, Pool
from prodlead_desktop.domain.fields import Field
from prodlead_desktop.domain.kind import kind as kind_of
from prodlead_desktop.domain.pools import free_colour
from prodlead_desktop.domain.strategy import Reader
from prodlead_desktop.figures.theme import Theme
from prodlead_desktop.ui.inspector import wording
from prodlead_desktop.ui.session import Notice, Session
from prodlead_desktop.ui.style.chooser import Option

ADDABLE = ("person", "team", "pool")
WORDS = {"person": "person", "team": "team", "pool": "pool", "node": "card"}


@dataclass(frozen=True, slots=True)
class Offers:
    """The rows of one table (nodes: of some kinds) as options."""

    table: str
    kinds: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The singular word for messages."""
        if len(self.kinds) == 1:
            return kind_of(self.kinds[0]).title.lower()
        return WORDS.get(self.table, SPEC_OF[self.table].title.lower())

    @property
    def article(self) -> str:
        """The word with its article: "a team", "an outcome"."""
        return f"{'an' if self.word[0] in 'aeiou' else 'a'} {self.word}"

    @property
    def can_add(self) -> bool:
        """Whether a new one needs nothing but a name."""
        return self.table in ADDABLE

    def options(self, reader: Reader, theme: Theme) -> Sequence[Option]:
        """Everything that may be chosen; nodes in map order, those of one title with the card above them."""
        if self.table != "node":
            return [
                _option(reader, theme, self.table, row) for row in reader.ordered(SPEC_OF[self.table].cls)
            ]
        nodes = [node for node in tree.preorder(reader) if not self.kinds or node.kind in self.kinds]
        same = Counter(node.title for node in nodes)
        return [_node_option(reader, theme, node, same[node.title] > 1) for node in nodes]


def offers_of(table: str, kinds: tuple[str, ...] = ()) -> Offers:
    """What a reference to ``table`` may refer to."""
    return Offers(table, kinds)


def option_of(reader: Reader, theme: Theme, table: str, row_id: str | None) -> Option | None:
    """What a reference holds; None when it holds nothing."""
    row = reader.find(SPEC_OF[table].cls, row_id)
    if row is None:
        return None
    if isinstance(row, Node):
        return _node_option(reader, theme, row, False)
    return _option(reader, theme, table, row)


def _node_option(reader: Reader, theme: Theme, node: Node, same_title: bool) -> Option:
    above = reader.find(Node, node.parent)
    words = wording.node_words(node)
    if same_title and above is not None:
        words = f"{words} · {wording.node_words(above)}"
    return Option(node.id, words, kind_of(node.kind).icon, theme.kinds[node.kind].stroke)


def _option(reader: Reader, theme: Theme, table: str, row: Entity) -> Option:
    if isinstance(row, Pool):
        return Option(row.id, row.name or wording.UNTITLED, "wallet", theme.pool(row.colour).colour)
    return Option(row.id, wording.called(row))


def add_row(session: Session, cls: type[Entity], row_id: str, field: Field, name: str) -> str:
    """Add a row called ``name`` to the table ``field`` refers to and refer to it, as one edit; returns its id."""
    target = SPEC_OF[field.ref]
    with session.edit(f"Add {target.title.lower()} “{name}”") as edit:
        values = {"colour": free_colour(edit)} if target.cls is Pool else {}
        added = rows.add(edit, target.cls, name=name, **values)
        rows.set_value(edit, cls, row_id, field.name, added)
    return added


def tell_added(session: Session, field: Field, name: str) -> None:
    """Say that leaving the field made something new, and how to take it back."""
    word = SPEC_OF[field.ref].title.lower()
    session.notice.emit(Notice(f"Added {word} “{name}”.", "info", (("Undo", session.undo),), toast=True))
