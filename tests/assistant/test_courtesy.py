"""Courtesies around a question are dropped, and nothing of the question with them."""

import time

import pytest

from assistant.courtesy import without_courtesies

QUESTION = "桂花社区的食堂几点开门？"


@pytest.mark.parametrize(
    "wording",
    [
        "您好，我想咨询一下，{}",
        "嗯，那个，我想问下{}",
        "呃……就是说，{}",
        "麻烦帮我查下{}谢谢啦",
        "我是新搬来的，想问问{}",
        "我是社区的网格员，想请教一下，{}",
        "我爸让我来问问，{}",
        "作为一名普通居民，我想问一下，{}",
        "有个问题想请教一下：{}",
        "我的问题是：{}",
        "能告诉我{}吗",
        "你能不能跟我说说{}",
        "有没有人知道{}",
        "顺便问一下，{}",
        "我一直很好奇{}",
        "报道里有没有说{}",
        "根据报道，{}",
        "好的，明白了，那请问{}",
        "{}谢谢您了，辛苦啦",
        "{}麻烦解答一下，谢谢",
        "{}求告知，急！",
        "{}有人知道吗",
        "{}我想了解一下。",
        "{}提前感谢🙏",
        "不好意思打扰一下，请问{}非常感谢您的帮助。",
    ],
)
def test_what_people_say_around_a_question_is_dropped(wording: str) -> None:
    assert without_courtesies(wording.format(QUESTION)) == QUESTION


@pytest.mark.parametrize(
    "question",
    [
        "请教授来讲课花了多少钱？",
        "感谢信是写给谁的？",
        "谢谢墙上贴了什么？",
        "老师们在哪里上课？",
        "你好街坊公众号是谁运营的？",
        "那个夜市是谁办的？",
        "就是没有电梯的楼怎么办？",
        "查违建的人是谁？",
        "说事点有几个？",
        "帮我们装电梯的公司叫什么？",
        "能不能加装电梯？",
        "知道这件事的人有多少？",
        "我是低保户，可以减免物业费吗？",
        "我家住六楼，装电梯要出多少钱？",
        "求助热线是多少？",
        "报道里的照片拍的是什么？",
        "如果方便居民的话要改哪里？",
        "物业费 标准",
    ],
)
def test_a_question_that_only_begins_or_ends_like_a_courtesy_stays_whole(question: str) -> None:
    assert without_courtesies(question) == question


@pytest.mark.parametrize("text", ["谢谢", "您好", "在吗", "请问一下"])
def test_a_text_that_is_nothing_but_courtesy_stays_as_it_is(text: str) -> None:
    assert without_courtesies(text) == text


@pytest.mark.parametrize(
    "wording",
    [
        "Could you please tell me {}",
        "Hi, {}",
        "Excuse me, do you know {}",
        "I would like to know {}",
        "I was wondering {}",
        "{} Thank you very much!",
        "{}, please",
    ],
)
def test_english_courtesies_are_dropped_too(wording: str) -> None:
    question = "where the canteen is"
    assert without_courtesies(wording.format(question)).rstrip(" ,.!") == question


@pytest.mark.parametrize("text", ["一下" * 250, "那个，" * 160, "我想问" * 160, "谢谢您" * 160])
def test_a_long_text_of_courtesies_takes_no_time(text: str) -> None:
    began = time.process_time()
    without_courtesies(text)
    assert time.process_time() - began < 1
