"""Questions are checked, stripped of politeness, and resolved against the conversation."""

import pytest

from assistant.understand import check, readings
from store.errors import BadQuestionError
from store.turns import Turn

PLACES = ("桂花社区", "柳荫街道")


def resolved(text: str, *history: tuple[str, str]) -> str:
    turns = [Turn(question=question, answer=answer) for question, answer in history]
    return readings(text, turns, PLACES, 500)[0].standalone


@pytest.mark.parametrize("text", ["", "   ", "\u200b\ufeff", "？？！"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadQuestionError):
        check(text, 500)


def test_a_long_question_is_refused_with_both_figures() -> None:
    with pytest.raises(BadQuestionError, match=r"10000 字.*500 字"):
        check("问" * 10_000, 500)


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x9f", "\ud800"])
def test_control_characters_are_refused(char: str) -> None:
    with pytest.raises(BadQuestionError, match="控制字符"):
        check(f"电梯{char}费用", 500)


def test_zero_width_and_line_breaks_are_only_tidied() -> None:
    assert check(" 电梯\u200b\n费用？ ", 500) == "电梯 费用？"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("你好，我想请问一下电梯的费用怎么分摊？", "电梯的费用怎么分摊？"),
        ("请问桂花社区在哪里？谢谢！", "桂花社区在哪里？"),
        ("麻烦问一下，食堂几点开门", "食堂几点开门"),
        ("請問電梯費用怎麼分攤？", "电梯费用怎么分摊？"),
        ("谢谢", "谢谢"),
    ],
)
def test_politeness_is_stripped_and_script_simplified(text: str, plain: str) -> None:
    assert resolved(text) == plain


@pytest.mark.parametrize(
    ("history", "text", "standalone"),
    [
        (("桂花社区在哪里？", ""), "那里的食堂几点开门？", "桂花社区的食堂几点开门？"),
        (("谁组织了议事会？", "居民周明组织了议事会[1]"), "他是做什么的？", "周明是做什么的？"),
        (("助老食堂是谁办的？", ""), "它在哪里？", "助老食堂在哪里？"),
        (("桂花社区的电梯是谁出钱的？", ""), "柳荫街道呢？", "柳荫街道的电梯是谁出钱的？"),
        (("荧光夜市是谁办的？", ""), "利润怎么分？", "荧光夜市利润怎么分？"),
        (("桂花社区怎么样？", ""), "收费呢？", "桂花社区的收费怎么样？"),
        (("桂花社区装了几部电梯？", ""), "费用呢？", "桂花社区电梯的费用？"),
        (("为什么反对装电梯？", ""), "后来呢？", "反对装电梯后来呢？"),
        (("去年花了多少钱？", ""), "今年呢？", "今年花了多少钱？"),
        (("谁提的意见？", ""), "那桂花社区呢？", "桂花社区谁提的意见？"),
        (("谁来敲门？", "老党员常胜男挨家敲门[1]。"), "他是做什么的？", "常胜男是做什么的？"),
    ],
)
def test_a_follow_up_takes_up_what_was_named_before(
    history: tuple[str, str], text: str, standalone: str
) -> None:
    assert resolved(text, history) == standalone


def test_a_question_that_only_may_be_a_follow_up_is_read_both_ways() -> None:
    history = [Turn(question="荧光夜市是谁办的？", answer="")]
    both = readings("利润怎么分？", history, PLACES, 500)
    assert [one.rewritten for one in both] == [True, False]
    assert both[1].standalone == "利润怎么分？"


def test_a_question_that_names_its_own_place_is_left_alone() -> None:
    history = [Turn(question="荧光夜市是谁办的？", answer="")]
    (only,) = readings("桂花社区的电梯费用？", history, PLACES, 500)
    assert not only.rewritten


def test_without_history_nothing_is_resolved() -> None:
    assert resolved("那里的食堂几点开门？") == "那里的食堂几点开门？"


def test_a_question_in_another_script_is_not_chinese() -> None:
    (only,) = readings("What about the canteen?", [], PLACES, 500)
    assert not only.chinese


HISTORY = [Turn(question="桂花社区的充电桩有多少个？", answer="共有12个[1]。")]


@pytest.mark.parametrize(
    "text",
    [
        "其他社区怎么做的？",
        "因此居民有什么变化？",
        "此次改造花了多少钱？",
        "吉他班在哪里上课？",
        "应该由谁来出这笔钱？",
        "上述措施的效果好吗？",
        "再生资源回收站在哪里？",
        "前面的路灯是谁装的？",
        "潮玩夜市是谁办的呢？",
        "谁来管理这些新的停车位呢？",
    ],
)
def test_words_that_only_look_like_pronouns_are_left_alone(text: str) -> None:
    read = [one.standalone for one in readings(text, HISTORY, PLACES, 500)]
    assert text in read
    assert all(one == text or one.endswith(text) for one in read)


@pytest.mark.parametrize(
    "text",
    [
        "问题怎么解决的？",
        "问卷调查了多少人？",
        "麻烦事谁来管？",
        "咨询服务台在哪里？",
        "喂养流浪猫的人是谁？",
        "为什么这么麻烦？",
        "想想办法的人是谁？",
    ],
)
def test_nouns_that_begin_like_politeness_are_not_cut(text: str) -> None:
    assert resolved(text) == text


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("那它是谁装的？", "充电桩是谁装的？"),
        ("该社区有几个小区？", "桂花社区有几个小区？"),
        ("那柳荫街道呢？", "柳荫街道的充电桩有多少个？"),
        ("电梯呢？", "桂花社区的电梯有多少个？"),
    ],
)
def test_pronouns_and_short_forms_are_resolved(text: str, standalone: str) -> None:
    assert readings(text, HISTORY, PLACES, 500)[0].standalone == standalone
