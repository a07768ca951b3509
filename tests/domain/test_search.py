"""What is found by words, what a filter matches, and the way to the objectives."""

from __future__ import annotations

from builders import many, sample, small
from hypothesis import given
from hypothesis import strategies as st

from prodlead_desktop.domain import nodes, search, sight, tree
from prodlead_desktop.domain.edit import Edit
from prodlead_desktop.domain.entities import Link, Node, Person
from prodlead_desktop.domain.search import Filter, Words, filter_of
from prodlead_desktop.domain.strategy import Strategy


def matching(strategy: Strategy, chosen: Filter) -> set[str]:
    return {node.id for node in strategy.all(Node).values() if chosen.matches(strategy, node)}


def dressed() -> Strategy:
    edit = Edit(small())
    edit.put(Person("ann", 1, "Ann"))
    nodes.set_value(edit, "o2", "owner", "ann")
    nodes.set_value(edit, "o2", "tags", ("Größe", "must"))
    nodes.set_value(edit, "i3", "note", "Agreed in Łódź\nbefore lunch")
    nodes.set_value(edit, "i3", "tags", ("must",))
    nodes.set_value(edit, "i1", "state", "agreed")
    return edit.result()[0]


def test_words_are_found_in_titles_metrics_notes_and_tags_without_case_and_accents() -> None:
    strategy, words = dressed(), Words()
    assert words.find(strategy, "insight") == ["o1"]
    assert words.find(strategy, "MEDIAN  time") == ["o1"]
    assert words.find(strategy, "GRÖSSE") == words.find(strategy, "grosse") == ["o2"]
    assert words.find(strategy, "before lunch") == ["i3"]
    assert words.find(strategy, "must") == ["o2", "i3"], "in map order"
    assert words.find(strategy, "  ") == [] and words.find(strategy, "nowhere to be seen") == []
    edit = Edit(strategy)
    nodes.rename(edit, "o1", "Slower")
    assert words.find(edit.result()[0], "insight") == [], "what was prepared is not what is"


def test_facets_add_up_and_values_are_alternatives() -> None:
    strategy = dressed()
    assert matching(strategy, Filter()) == set(strategy.all(Node))
    assert matching(strategy, Filter(kinds=("outcome",))) == {"o1", "o2"}
    assert matching(strategy, Filter(kinds=("outcome", "note"))) == {"o1", "o2", "n1"}
    assert matching(strategy, Filter(kinds=("outcome",), owners=("ann",))) == {"o2"}
    assert matching(strategy, Filter(kinds=("outcome",), owners=("",))) == {"o1"}, "nobody"
    assert matching(strategy, Filter(teams=("t1",))) == {"i1"}
    assert matching(strategy, Filter(tags=("must", "other"))) == {"o2", "i3"}
    assert matching(strategy, Filter(states=("agreed",))) == {"i1"}


def test_what_is_missing_can_be_looked_for() -> None:
    strategy = dressed()
    assert matching(strategy, Filter(findings=("vague",))) == {"o1", "o2"}
    assert matching(strategy, Filter(findings=("orphan",))) == {"i3"}
    assert matching(strategy, Filter(findings=("unmoved",))) == {"i2", "i3"}
    edit = Edit(strategy)
    added = nodes.add(edit, "initiative", "Free of charge", "o2")
    assert matching(edit.result()[0], Filter(findings=("unpriced",))) == {added}


values = st.lists(st.text('aö"\\,[]{}\n ', min_size=1, max_size=6), max_size=3).map(tuple)


@given(st.builds(Filter, values, values, values, values, values, st.just(("vague",)), st.booleans()))
def test_a_filter_comes_back_from_its_text(chosen: Filter) -> None:
    assert filter_of(chosen.text) == chosen
    assert "\n" not in chosen.text


def test_text_that_is_no_filter_looks_for_nothing() -> None:
    for text in (None, "", "{", "[1]", '"x"', '{"kinds": 3, "newer": ["a"], "findings": ["unknown"]}'):
        assert not filter_of(text)


def test_ancestors_are_kept() -> None:
    strategy = small()
    assert search.with_ancestors(strategy, ["i1", "n1"]) == {"i1", "o1", "a", "n1", "o2"}


def test_the_line_of_sight_follows_tree_effects_and_links() -> None:
    strategy = small()
    way = sight.line_of_sight(strategy, "i1")
    assert way.ids == {"i1", "o1", "o2", "a"}, "i1 moves o2 as well"
    assert way.steps == {("i1", "o1"), ("i1", "o2"), ("o1", "a"), ("o2", "a")}
    assert sight.line_of_sight(strategy, "i3").ids == {"i3"}
    edit = Edit(strategy)
    nodes.move(edit, ["o2"], None)
    edit.put(Link("k", "o1", "o2", 0.5))
    linked = edit.result()[0]
    assert sight.line_of_sight(linked, "i2").ids == {"i2", "o1", "a", "o2"}


def test_it_ends_on_every_map() -> None:
    for strategy in (sample(), many(2000)):
        for node in list(tree.preorder(strategy))[::97]:
            assert node.id in sight.line_of_sight(strategy, node.id).ids
