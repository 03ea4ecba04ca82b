"""Suggested questions come from the articles and take turns among them."""

from assistant.suggest import suggestions
from store.library import Library


def test_articles_take_turns_and_nothing_stands_twice(library: Library) -> None:
    found = suggestions(library.articles(), lambda _: True, 4)
    assert len(found) == len(set(found)) == 4
    assert {"桂花社区", "石桥社区"} <= {
        name for name in library.places() for q in found if name in q
    }


def test_what_is_not_answered_is_not_suggested(library: Library) -> None:
    assert suggestions(library.articles(), lambda _: False, 4) == ()


def test_an_empty_library_suggests_nothing() -> None:
    assert suggestions([], lambda _: True, 4) == ()
