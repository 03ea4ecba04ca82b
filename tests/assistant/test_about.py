"""Questions about the reports themselves are told apart, and answered from the catalog."""

import pytest

from assistant.about import NAME, asked, told
from assistant.pipeline import Assistant
from assistant.records import Status
from store.library import Library
from store.turns import Turn

PLACES = ("桂花社区", "石桥社区", "临江区")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("有几篇报道？", "articles"),
        ("这里一共收录了多少篇文章", "articles"),
        ("都有哪些报道", "articles"),
        ("列出所有报道目录", "articles"),
        ("有哪些社区？", "communities"),
        ("这些报道涉及哪些社区", "communities"),
        ("资料里提到了哪些地方", "communities"),
        ("是哪家报纸的？", "newspapers"),
        ("这张报纸是哪家报社出版的", "newspapers"),
        ("谁写的？", "authors"),
        ("这篇报道的记者是谁", "authors"),
        ("报道是什么时候发表的？", "dates"),
        ("这是哪年的报纸？", "dates"),
        ("作者", "authors"),
        ("一共几篇", "articles"),
        ("你们收录了哪些街道？", "streets"),
        ("你们这个系统里面一共收录了多少份报纸", "articles"),
    ],
)
def test_what_is_asked_of_the_catalog_is_understood(question: str, kind: str) -> None:
    found = asked(question, PLACES)
    assert found is not None
    assert (found.kind, found.places) == (kind, ())


def test_a_place_narrows_it() -> None:
    found = asked("石桥的报道是谁写的？", PLACES)
    assert found is not None
    assert (found.kind, found.places) == ("authors", ("石桥社区",))


@pytest.mark.parametrize(
    "question",
    [
        "有哪些社区参与了联盟？",
        "石桥社区有几个小区？",
        "社区书记是谁？",
        "石桥社区是什么时候成立的？",
        "哪家企业办的食堂？",
        "照片是谁拍的？",
        "报道里说物业费是多少？",
        "石桥在哪里？",
        "有多少居民？",
        "你是谁写的？",
        "有什么材料？",
        "总数是多少？",
        "石桥的来源是什么？",
        "石桥社区什么时候发？",
        "石桥社区有几个社区？",
        "办月卡需要什么材料？",
    ],
)
def test_what_the_reports_say_is_not_asked_of_the_catalog(question: str) -> None:
    assert asked(question, PLACES) is None


@pytest.mark.parametrize(
    ("question", "said", "quote"),
    [
        ("有几篇报道？", "旧单元楼装上电梯", "旧单元楼装上电梯 三百户居民不再爬楼"),
        ("有哪些社区？", "石桥社区，临江区柳荫街道", "走访地点：临江区柳荫街道石桥社区"),
        ("谁写的？", "林夏", "本报记者 林夏 社区供图"),
        ("是哪家报纸的？", "桂花社区报", "旧单元楼装上电梯 三百户居民不再爬楼"),
        ("报道是什么时候发表的？", "2025-03-18", "旧单元楼装上电梯 三百户居民不再爬楼"),
    ],
)
def test_it_is_answered_with_what_is_printed(
    assistant: Assistant, question: str, said: str, quote: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.model) == (Status.ANSWERED, NAME)
    assert said in answer.text
    assert quote in [one.quote for one in answer.citations]
    labels = {label for one in answer.sentences for label in one.labels}
    assert labels == {one.label for one in answer.citations}


def test_each_line_of_such_an_answer_stands_alone(assistant: Assistant) -> None:
    assert len(assistant.ask("有哪些社区？").text.splitlines()) == 3


def test_only_articles_about_the_place_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("石桥社区的报道有几篇？")
    assert "1 篇文章" in answer.lead
    assert [one.community for one in answer.citations] == ["石桥社区"]


def test_a_community_within_a_district_is_meant_alone(assistant: Assistant) -> None:
    answer = assistant.ask("临江区石桥社区的报道有几篇？")
    assert [one.community for one in answer.citations] == ["石桥社区"]


def test_two_communities_are_both_meant(assistant: Assistant) -> None:
    answer = assistant.ask("桂花和石桥的报道是谁写的？")
    assert {one.community for one in answer.citations} == {"桂花社区", "石桥社区"}


def test_two_questions_about_the_reports_are_both_answered(assistant: Assistant) -> None:
    answer = assistant.ask("这里有几篇报道，都是哪家报纸的？")
    assert answer.model == NAME
    assert "2 篇文章" in answer.lead
    assert "来源" in answer.text
    labels = [label for one in answer.sentences for label in one.labels]
    assert labels == [one.label for one in answer.citations]


def test_a_follow_up_may_ask_it_too(assistant: Assistant) -> None:
    history = [Turn(question="助老食堂在哪里？", answer="设在原街道会议室。")]
    assert assistant.ask("有几篇报道？", history).model == NAME


def test_of_an_unknown_place_nothing_is_told(library: Library) -> None:
    found = asked("有几篇报道？", PLACES)
    assert found is not None
    nowhere = told(library, [type(found)(kind="articles", places=("梧桐社区",))])
    assert (nowhere.sentences, nowhere.evidence) == ((), ())
