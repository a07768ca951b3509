"""Saved views: kept whole, in order, by name, and undone."""

from __future__ import annotations

import pytest
from builders import small
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import interchange, nodes, views
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import SavedView, ViewFold
from prodlead_desktop.domain.views import Look
from prodlead_desktop.errors import BadInput

LOOK = Look("o1", frozenset({"o1", "a", "gone"}), "confidence", "", 0.75, 120.5, -40.0)


def names(edit: Edit) -> list[str]:
    return [view.name for view in edit.ordered(SavedView)]


def test_a_view_remembers_everything_and_survives_the_file() -> None:
    edit = Edit(small())
    view = views.save(edit, "Habit", LOOK)
    strategy, _ = edit.result()
    again = interchange.loads(interchange.dumps(strategy))
    found = views.look_of(again, view)
    assert (found.root, found.lens, found.zoom, found.x, found.y) == ("o1", "confidence", 0.75, 120.5, -40.0)
    assert found.folded == {"o1", "a"}


def test_updating_changes_only_what_differs() -> None:
    edit = Edit(small())
    view = views.save(edit, "Habit", LOOK)
    kept = {fold.node: fold.id for fold in edit.by(ViewFold, "view", view)}
    views.update(edit, view, Look(None, frozenset({"o1"}), "capital"))
    assert {fold.node: fold.id for fold in edit.by(ViewFold, "view", view)} == {"o1": kept["o1"]}
    assert views.look_of(edit, view) == Look(None, frozenset({"o1"}), "capital")


def test_names_are_unique_and_never_empty() -> None:
    edit = Edit(small())
    first, second = views.save(edit, "Habit", LOOK), views.save(edit, " Habit ", LOOK)
    assert names(edit) == ["Habit", "Habit 2"]
    views.rename(edit, second, "Habit")
    assert names(edit) == ["Habit", "Habit 2"]
    views.rename(edit, first, "Habit")
    assert names(edit)[0] == "Habit"
    for empty in ("", "  \n"):
        with pytest.raises(BadInput, match="name"):
            views.rename(edit, first, empty)
    with pytest.raises(BadInput, match="Views here: “Habit”"):
        views.named(edit, "Nothing")
    assert views.named(edit, "Habit").id == first == views.named(edit, first).id


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), max_size=8))
def test_moving_is_moving_in_a_list(moves: list[tuple[int, int]]) -> None:
    edit = Edit(small())
    expected = [views.save(edit, f"View {number}", Look()) for number in range(5)]
    ids = list(expected)
    for which, step in moves:
        at = expected.index(ids[which])
        expected.insert(min(max(at + step, 0), 4), expected.pop(at))
        views.move(edit, ids[which], step)
        assert [view.id for view in edit.ordered(SavedView)] == expected


def test_a_deleted_node_leaves_the_view_and_takes_its_fold_along() -> None:
    edit = Edit(small())
    view = views.save(edit, "Habit", Look("o1", frozenset({"o1"})))
    nodes.delete(edit, ["o1"])
    assert views.look_of(edit, view) == Look(None, frozenset())
    views.remove(edit, view)
    assert not edit.all(SavedView) and not edit.all(ViewFold)
