"""Passages are matched by words, pairs and vectors; what holds more of a question counts more."""

from dataclasses import fields, replace

import numpy as np

from assistant.matching import Found, Match, matches, weighed
from assistant.terms import question_terms

QUESTION = "食堂几点开门"
RIGHT = Found(text="食堂早上六点开门。老人先吃。", context="食堂开张", lexical=8.0)
WRONG = Found(text="电梯装好了。", context="", lexical=0.0)
VECTOR = np.array([1.0, 0.0], dtype=np.float32)
VECTORS = np.array([[0.8, 0.6], [0.6, 0.8]], dtype=np.float32)
TERMS = question_terms(QUESTION, lambda terms: [1] * len(terms), 10)


def test_a_passage_that_holds_the_question_beats_one_that_does_not() -> None:
    right, wrong = matches(QUESTION, VECTOR, TERMS, [RIGHT, WRONG], VECTORS)
    for field in fields(Match):
        assert getattr(right, field.name) > getattr(wrong, field.name)
    assert weighed(right) > weighed(wrong)


def test_words_of_the_headline_count_for_the_passage_and_not_for_its_sentences() -> None:
    bare = replace(RIGHT, text="早上六点开门。")
    titled, untitled = matches(QUESTION, VECTOR, TERMS, [bare, replace(bare, context="")], VECTORS)
    assert titled.words > untitled.words
    assert titled.sentence == untitled.sentence


def test_words_scattered_over_sentences_count_less_than_together() -> None:
    together, scattered = matches(
        QUESTION,
        VECTOR,
        TERMS,
        [RIGHT, replace(RIGHT, text="食堂开张。六点开门。")],
        VECTORS,
    )
    assert together.sentence > scattered.sentence
    assert together.words == scattered.words


def test_a_question_without_words_and_one_passage_alone_are_matched_too() -> None:
    (only,) = matches("怎么样", VECTOR, (), [WRONG], VECTORS[:1])
    assert (only.near, only.words, only.lexical) == (0.0, 0.0, 0.0)
