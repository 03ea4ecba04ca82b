"""Questions are mended by what the library holds, and whoever asked is shown how."""

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.retrieve import by_words
from assistant.spelling import changes, speller
from assistant.understand import aids_of, readings
from store.library import Library


def test_a_mistyped_question_is_answered_and_shown_as_it_was_read(assistant: Assistant) -> None:
    answer = assistant.ask("石桥社区的助老实堂设在哪里？")
    assert answer.status is Status.ANSWERED
    assert answer.question.text == "石桥社区的助老实堂设在哪里？"
    assert answer.question.understood == "石桥社区的助老食堂设在哪里？"
    assert answer.question.mended == (("实堂", "食堂"),)


def test_a_question_typed_rightly_is_shown_as_nothing_else(assistant: Assistant) -> None:
    assert assistant.ask("石桥社区的助老食堂设在哪里？").question.understood is None


def test_the_words_as_typed_are_searched_beside(library: Library) -> None:
    (read,) = readings("助老实堂", [], [], 500, aids_of(library, AssistantConfig()))
    assert read.as_typed == "助老实堂"
    found = dict(by_words(library, read, AssistantConfig()))
    assert set(found) >= {id_ for id_, _ in library.lexical("助老实堂", 10)}


def test_the_speller_of_a_library_is_made_once(library: Library) -> None:
    assert speller(library) is speller(library)


def test_the_changes_are_the_words_that_differ() -> None:
    assert changes("佳装电题要多少", "加装电梯要多少") == (("佳装", "加装"), ("电题", "电梯"))
    assert changes("同样", "同样") == ()
