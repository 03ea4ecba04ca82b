"""The halves are the same everywhere, have as many questions of each sort, and share no text."""

from collections import Counter
from dataclasses import replace

import pytest

from assistant.evaluation.halves import HALVES, halved, halves_of
from assistant.evaluation.records import Dataset, EvalQuestion
from store.errors import UsageError


def ask(id_: str, *gold: str, answerable: bool = True, type_: str = "") -> EvalQuestion:
    return EvalQuestion(id=id_, type=type_, question="问？", answerable=answerable, gold=gold)


QUESTIONS = tuple(
    question
    for n in range(40)
    for question in (
        ask(f"a{n}", f"d{n}"),
        ask(f"b{n}", f"d{n}", type_="headline"),
        ask(f"u{n}", answerable=False),
    )
)
DATASET = Dataset(name="some", questions=QUESTIONS)


def test_both_halves_have_as_many_questions_of_each_sort() -> None:
    which = halves_of(QUESTIONS)
    sorts = Counter((which[one.id], one.type, one.answerable) for one in QUESTIONS)
    assert set(sorts.values()) == {20}
    assert len(sorts) == 6


def test_questions_about_the_same_document_stay_together() -> None:
    which = halves_of(QUESTIONS)
    assert all(which[f"a{n}"] == which[f"b{n}"] for n in range(40))


def test_the_order_of_the_file_does_not_matter_and_ids_always_do() -> None:
    assert halves_of(QUESTIONS[::-1]) == halves_of(QUESTIONS)
    assert halves_of([ask("q1"), ask("q2"), ask("q3"), ask("q4")]) == {
        "q1": "reporting", "q2": "development", "q3": "reporting", "q4": "development"
    }  # fmt: skip


def test_the_halves_of_a_data_set_are_the_whole_in_its_order() -> None:
    first, second = (halved(DATASET, half) for half in HALVES)
    assert set(first.questions) | set(second.questions) == set(QUESTIONS)
    assert [one for one in QUESTIONS if one in first.questions] == list(first.questions)
    assert halved(DATASET, None) == DATASET


def test_too_few_questions_have_no_second_half() -> None:
    with pytest.raises(UsageError, match="分不出两半"):
        halved(replace(DATASET, questions=QUESTIONS[:1]), "reporting")
