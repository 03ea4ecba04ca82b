"""Sentences are scored by what speaks for them."""

from dataclasses import asdict

from assistant.pipeline import Assistant
from assistant.reading import readable
from assistant.scoring import scope, surroundings
from store.articles import Kind


def test_every_feature_is_a_share_and_the_best_comes_first(assistant: Assistant) -> None:
    ranked = assistant.assess("加装电梯的费用怎么分摊？").ranked
    assert ranked
    assert all(0 <= value <= 1 for one in ranked for value in asdict(one.features).values())
    totals = [one.total for one in ranked]
    assert totals == sorted(totals, reverse=True)
    assert "逐层递增" in ranked[0].sentence.text


def test_no_sentence_is_a_candidate_twice_nor_a_headline(assistant: Assistant) -> None:
    ranked = assistant.assess("桂花社区怎么装上了电梯？").ranked
    places = [(one.article.id, one.index) for one in ranked]
    assert len(places) == len(set(places))
    assert not {one.sentence.kind for one in ranked} & {Kind.HEADLINE, Kind.HEADING}


def test_only_captions_tell_of_photos(assistant: Assistant) -> None:
    ranked = assistant.assess("照片拍的是什么？").ranked
    assert {one.sentence.kind for one in ranked} == {Kind.CAPTION}


def test_neighbours_are_those_of_the_same_paragraph(assistant: Assistant) -> None:
    (one,) = [
        one for one in assistant.assess("费用怎么分摊？").ranked if "逐层递增" in one.sentence.text
    ]
    near = surroundings(one.article, one.index)
    assert "首批9部电梯" in near
    assert "费用分摊有办法" in near
    assert "27栋" not in near
    assert "桂花社区" in scope(one.article)


def test_text_is_compared_in_one_script_width_and_case() -> None:
    assert readable("電梯ＡＢ") == "电梯ab"
