"""Mistyped Chinese is mended by what the reports hold; what they need not hold is left alone."""

from collections import Counter
from itertools import pairwise

import pytest
from pypinyin import Style, lazy_pinyin

from assistant.mending import Held, asking_pairs, mended

TEXT = """
加装电梯的费用由居民分摊。社区议事会每月开会，志愿者张国强负责登记。停车位共有六十个，充电桩十个。
助老食堂在桂花巷的院子里，老人每餐付三元。这是居民的主张。红星坊的巡逻队有九人。
"""


def held_by(text: str) -> Held:
    pairs = Counter(a + b for a, b in pairwise(text) if a.strip("。，\n") and b.strip("。，\n"))

    def alike(char: str) -> list[str]:
        sound = lazy_pinyin(char, style=Style.NORMAL)
        chars = sorted(set(text).union(*asking_pairs()) - set("。，\n"))
        return [
            one for one in chars if one != char and lazy_pinyin(one, style=Style.NORMAL) == sound
        ]

    return Held(pairs=pairs, alike=alike, times=text.count)


HELD = held_by(TEXT)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("佳装电梯的费用怎么分摊？", "加装电梯的费用怎么分摊？"),
        ("加装电题的费用怎么分摊？", "加装电梯的费用怎么分摊？"),
        ("充店桩有几个？", "充电桩有几个？"),
        ("助老实堂在哪里？", "助老食堂在哪里？"),
        ("桂花项在哪里？", "桂花巷在哪里？"),
        ("意识会多久开一次？", "议事会多久开一次？"),
        ("志原者是谁？", "志愿者是谁？"),
        ("张国墙负责什么？", "张国强负责什么？"),
        ("停车位有夺少个？", "停车位有多少个？"),
        ("巡逻队视谁在管？", "巡逻队是谁在管？"),
    ],
)
def test_a_character_of_the_same_sound_is_mended(typed: str, meant: str) -> None:
    assert mended(typed, HELD) == meant


def test_two_mistyped_characters_are_mended() -> None:
    assert mended("佳装电题的费用怎么分摊？", HELD) == "加装电梯的费用怎么分摊？"


def test_two_characters_that_changed_places_are_mended() -> None:
    assert mended("助老堂食在哪里？", HELD) == "助老食堂在哪里？"


@pytest.mark.parametrize(
    "question",
    [
        "这是谁的主意？",  # 主意 sounds like what is held, and is a word of its own
        "李国强是谁？",  # nobody of that name is held, and it is nobody else's name mistyped
        "红烧肉怎么炖才不腻？",
        "银杏小区的物业费是多少？",
        "有几个充电桩？",
        "都是些什么人？",
        "加装电梯的费用怎么分摊？",
        "What is the fee?",
        "",
    ],
)
def test_what_the_reports_do_not_hold_is_not_made_into_what_they_hold(question: str) -> None:
    assert mended(question, HELD) == question


@pytest.mark.parametrize("text", ["嘉" * 500, "嘉佳家" * 160, "电题" * 250])
def test_the_length_stays_whatever_was_typed(text: str) -> None:
    assert len(mended(text, HELD)) == len(text)
