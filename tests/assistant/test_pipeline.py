"""From a question to a cited answer, by the default answerer."""

import pytest

from assistant.pipeline import Assistant
from assistant.records import Delta, EvidenceReady, Finished, Status
from store.errors import BadQuestionError
from store.library import Library
from store.turns import Turn


def quotes(assistant: Assistant, question: str, *history: Turn) -> str:
    return "\n".join(one.quote for one in assistant.ask(question, history).citations)


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("加装电梯的费用怎么分摊？", "一层不出、逐层递增"),
        ("楼道议事会开了多少场？", "12场楼道议事会"),
        ("石桥社区的助老食堂在哪里？", "设在原街道会议室"),
        ("怎么预约送餐？", "前一天下午四点前电话预约"),
        ("桂花社区在哪个街道？", "临江区柳荫街道桂花社区"),
        ("桂花社区的照片拍的是什么？", "工人正在安装电梯井道"),
        ("這些老人每餐付多少錢？", "每餐只付一元"),
        ("你好，我想请问一下居民周明怎么说的？谢谢", "以后买菜不用歇三回了"),
    ],
)
def test_the_sentence_that_answers_is_quoted(
    assistant: Assistant, question: str, gold: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert gold in "\n".join(one.quote for one in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "电梯的品牌是什么？",
        "石桥社区的物业费是多少？",
        "石桥社区装了几部电梯？",
        "食堂的电话号码是多少？",
        "明天天气怎么样？",
    ],
)
def test_what_the_reports_do_not_say_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is not Status.ANSWERED
    assert answer.text.startswith("报道中")


def test_not_covered_says_so_and_cites_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("量子计算机的价格是多少？")
    assert (answer.status, answer.text) == (Status.NOT_COVERED, "报道中没有提到。")
    assert (answer.citations, answer.sentences) == ((), ())


def test_every_quote_is_exact_and_every_label_has_its_citation(
    assistant: Assistant, library: Library
) -> None:
    answer = assistant.ask("助老食堂是怎么办的？")
    assert 1 <= len(answer.sentences) <= assistant.config.max_sentences
    labels = [label for one in answer.sentences for label in one.labels]
    assert labels == [one.label for one in answer.citations] == list(range(1, len(labels) + 1))
    for one in answer.citations:
        article = library.article(one.article_id)
        assert article.body[one.start : one.end] == one.quote


def test_sentences_stand_in_reading_order(assistant: Assistant) -> None:
    citations = assistant.ask("助老食堂怎么收费、怎么送餐？").citations
    assert [one.start for one in citations] == sorted(one.start for one in citations)


def test_a_follow_up_is_answered_from_the_history(assistant: Assistant) -> None:
    history = assistant.replayed([Turn(question="石桥社区在哪里？", answer="")])
    assert history[0].answer
    answer = assistant.ask("那里的食堂设在哪？", history)
    assert answer.question.standalone == "石桥社区的食堂设在哪？"
    assert "原街道会议室" in answer.text


def test_events_come_in_order(assistant: Assistant) -> None:
    events = list(assistant.stream("电梯惠及多少户居民？"))
    assert [type(one) for one in events] == [EvidenceReady, Finished]
    assert not any(isinstance(one, Delta) for one in events)


def test_a_bad_question_is_refused_before_anything_else(assistant: Assistant) -> None:
    with pytest.raises(BadQuestionError):
        assistant.ask("\x00")


def test_suggestions_are_questions_that_are_answered(assistant: Assistant) -> None:
    found = assistant.suggestions(4)
    assert 1 <= len(found) <= 4
    assert all(assistant.ask(question).status is Status.ANSWERED for question in found)
