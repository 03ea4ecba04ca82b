"""What a question takes for granted and the reports say otherwise is told, not passed over."""

import pytest

from assistant.pipeline import Assistant
from assistant.records import Status


@pytest.mark.parametrize(
    ("question", "theirs", "asked"),
    [
        ("石桥社区的楼道议事会开了几场？", "桂花社区", "石桥社区"),
        ("桂花社区的助老食堂设在哪里？", "石桥社区", "桂花社区"),
        ("首批20部电梯是什么时候投入使用的？", "9部", "20部"),
        ("居民王刚为什么说买菜不用歇三回了？", "周明", "王刚"),
        ("首批二十部电梯惠及多少户？", "9部", "二十部"),
        ("建于1996年的桂花社区有没有电梯？", "1986年", "1996年"),
    ],
)
def test_another_place_figure_or_person_is_told(
    assistant: Assistant, question: str, theirs: str, asked: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.RELATED
    assert theirs in answer.lead
    assert asked in answer.lead
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "首批9部电梯惠及多少户居民？",
        "居民周明怎么说的？",
        "石桥社区的助老食堂设在哪里？",
        "桂花社区开了12场什么会？",
        "首批九部电梯惠及多少户居民？",
        "惠及三百一十二户居民的是什么？",
        "王刚家住六楼，六层住户每户出多少钱？",
        "2025年有多少部电梯投入使用？",
    ],
)
def test_what_the_reports_say_too_contradicts_nothing(assistant: Assistant, question: str) -> None:
    assert "不同" not in assistant.ask(question).lead


def test_what_no_report_tells_of_is_no_contradiction(assistant: Assistant) -> None:
    assert "不同" not in assistant.ask("石桥社区的游泳池多大？").lead


@pytest.mark.parametrize(
    "question", ["石桥社区有没有旧单元楼和电梯？", "谁是桂花社区的居委会主任？"]
)
def test_what_takes_nothing_for_granted_is_not_said_to_be_another_place_s(
    assistant: Assistant, question: str
) -> None:
    assert "不同" not in assistant.ask(question).lead


def test_what_no_article_on_a_place_holds_a_word_of_is_not_answered(assistant: Assistant) -> None:
    assert assistant.ask("石桥社区的电梯怎么样？").status is not Status.ANSWERED


def test_what_contradicts_is_said_first(assistant: Assistant) -> None:
    answer = assistant.ask("桂花社区有40栋单元楼吗？")
    assert "27栋" in answer.lead
    assert "27栋" in answer.sentences[0].text


def test_a_question_on_a_person_is_answered_from_articles_that_name_the_person(
    assistant: Assistant,
) -> None:
    found = assistant.assess("居民周明去助老食堂吃饭吗？")
    assert found.chosen
    assert all("周明" in one.article.body for one in found.chosen)


def test_a_part_may_presume_too(assistant: Assistant) -> None:
    answer = assistant.ask("助老食堂设在哪里？首批20部电梯惠及多少户？")
    assert answer.parts[0].note is None
    assert answer.parts[1].note is not None
    assert "9部" in answer.parts[1].note
