"""Each part of a question is answered and covered for itself."""

from dataclasses import replace

from assistant.joint import joined
from assistant.parts import split
from assistant.pipeline import Assistant
from assistant.records import Status
from tests.assistant.conftest import MakeArticle


def test_each_part_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("楼道议事会开了多少场？助老食堂设在哪里？")
    quotes = "\n".join(one.quote for one in answer.citations)
    assert answer.status is Status.ANSWERED
    assert "12场楼道议事会" in quotes
    assert "原街道会议室" in quotes
    assert [one.status for one in answer.parts] == [Status.ANSWERED] * 2


def test_a_part_that_is_not_covered_is_told_apart(assistant: Assistant) -> None:
    answer = assistant.ask("助老食堂设在哪里？量子计算机的价格是多少？")
    assert answer.status is Status.ANSWERED
    assert [one.status for one in answer.parts] == [Status.ANSWERED, Status.NOT_COVERED]
    assert "原街道会议室" in answer.text


def test_nothing_covered_is_a_refusal(assistant: Assistant) -> None:
    answer = assistant.ask("量子计算机的价格是多少？火星基地在哪里？")
    assert answer.status is not Status.ANSWERED


def test_a_comparison_draws_on_both_places(assistant: Assistant) -> None:
    answer = assistant.ask("桂花社区和石桥社区有什么不同？")
    assert {one.community for one in answer.citations} == {"桂花社区", "石桥社区"}
    assert [one.text for one in answer.parts] == ["桂花社区", "石桥社区"]


def test_no_sentence_is_said_twice(assistant: Assistant) -> None:
    answer = assistant.ask("楼道议事会开了多少场？楼道议事会是谁牵头的？")
    quotes = [one.quote for one in answer.citations]
    assert len(quotes) == len(set(quotes)) > 0


def test_the_hits_of_the_parts_come_in_turn(assistant: Assistant) -> None:
    hits = assistant.assess("楼道议事会开了多少场？助老食堂设在哪里？").hits
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert "议事会" in hits[0].passage.text
    assert "食堂" in hits[1].passage.text


def test_a_part_that_an_earlier_sentence_answers_adds_nothing(
    assistant: Assistant, make_article: MakeArticle
) -> None:
    article = make_article(["造价500万元，由城建公司施工。", "居民都很高兴。", "雨下个不停。"])
    whole = assistant.assess("造价多少？谁施工的？")
    best = whole.ranked[0]
    said, other, more = (
        replace(best, article=article, index=index, total=total)
        for index, total in ((1, 9.0), (2, 7.0), (3, 6.0))
    )
    parts = [
        replace(whole, chosen=(said, other), ranked=(said, other), status=Status.ANSWERED),
        replace(whole, chosen=(said, more), ranked=(said, more), status=Status.ANSWERED),
    ]
    taken = split("造价多少？谁施工的？", ())
    assert taken is not None
    assert joined(whole, parts, taken, 4).chosen == (said, other)
    first = replace(more, total=9.5)
    parts[1] = replace(parts[1], chosen=(said, first))
    assert joined(whole, parts, taken, 4).chosen == (said, other, first)
