"""The index finds what looking at every box would find, however the boxes change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.layout.box import Box
from prodlead_desktop.layout.spatial import STRIP, Index

# halves, and coordinates on the very edge of a strip, make boxes touch and share edges often
along = st.one_of(
    st.integers(-1500, 1500).map(lambda half: half / 2),
    st.sampled_from([k * STRIP for k in range(-2, 3)]),
    st.floats(-5000, 5000),
)
extent = st.one_of(st.integers(0, 600).map(float), st.floats(0, 2000))
boxes_anywhere = st.builds(Box, along, along, extent, extent)
rects = st.tuples(along, along, extent, extent)
names = st.sampled_from([f"n{i}" for i in range(30)])


def meets(box: Box, x0: float, y0: float, x1: float, y1: float) -> bool:
    return box.x <= x1 and box.x + box.w >= x0 and box.y <= y1 and box.y + box.h >= y0


def assert_finds_all(index: Index, boxes: dict[str, Box], order: list[str], rect: tuple[float, ...]) -> None:
    x, y, w, h = rect
    assert index.in_rect(x, y, x + w, y + h) == [n for n in order if meets(boxes[n], x, y, x + w, y + h)]
    under = [n for n in order if meets(boxes[n], x, y, x, y)]
    assert index.at(x, y) == (under[-1] if under else None)
    assert len(index) == len(boxes)
    assert all(n in index and index[n] == box for n, box in boxes.items())


@given(st.dictionaries(names, boxes_anywhere), st.booleans(), st.lists(rects, min_size=1, max_size=5))
def test_a_new_index_equals_looking_at_every_box(
    boxes: dict[str, Box], turned: bool, asked: list[tuple[float, ...]]
) -> None:
    for rect in asked:
        assert_finds_all(Index(boxes, turned), boxes, list(boxes), rect)


@given(st.data())
def test_an_updated_index_equals_looking_at_every_box(data: st.DataObject) -> None:
    boxes = data.draw(st.dictionaries(names, boxes_anywhere, min_size=8))
    order = list(boxes)
    index = Index(boxes, data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(1, 6))):
        changed = data.draw(st.dictionaries(names, boxes_anywhere, max_size=data.draw(st.integers(0, 8))))
        removed = data.draw(st.lists(names, max_size=3))
        removed = [n for n in removed if n not in changed]
        boxes = {n: box for n, box in boxes.items() if n not in removed} | changed
        order = [n for n in order if n in boxes] + [n for n in changed if n not in order]
        if data.draw(st.booleans()):
            order = data.draw(st.permutations(order))
            index.update(changed, removed, order)
        else:
            index.update(changed, removed)
        assert_finds_all(index, boxes, order, data.draw(rects))
        everywhere = (-10_000.0, -10_000.0, 30_000.0, 30_000.0)
        assert_finds_all(index, boxes, order, everywhere)


def test_an_order_of_other_boxes_is_refused_and_changes_nothing() -> None:
    boxes = {"a": Box(0, 0, 10, 10), "b": Box(20, 0, 10, 10)}
    index = Index(boxes)
    with pytest.raises(ValueError, match="order"):
        index.update({"a": Box(500, 0, 10, 10)}, removed=["b"], order=["a", "b"])
    assert index.in_rect(0, 0, 50, 50) == ["a", "b"]


def test_an_id_removed_and_put_back_is_painted_last() -> None:
    index = Index({"a": Box(0, 0, 10, 10), "b": Box(0, 0, 10, 10)})
    assert index.at(5, 5) == "b"
    index.update({"a": Box(1, 1, 10, 10)}, removed=["a"])
    assert index.at(5, 5) == "a"
    assert index.in_rect(5, 5, 5, 5) == ["b", "a"]


def test_a_rectangle_without_end_finds_everything() -> None:
    boxes = {str(i): Box(400.0 * i, -50.0 * i, 240, 40) for i in range(50)}
    inf = float("inf")
    assert Index(boxes).in_rect(-inf, -inf, inf, inf) == list(boxes)
    assert Index({}).in_rect(-inf, -inf, inf, inf) == []
