"""What a clause denies, plans and reports as said."""

import pytest

from assistant.statements import denied, is_plan, names_of, speeches
from assistant.terms import tagged


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("施工方没有按图纸施工", ("图纸", "施工")),
        ("社区不罚款", ("罚款",)),
        ("不少居民参加，效果不错", ()),
        ("栏杆是不锈钢的", ()),
    ],
)
def test_what_is_denied_follows_its_negation(text: str, words: tuple[str, ...]) -> None:
    assert denied(text)[:2] == words


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("方案将在北门公示", True),
        ("社区将党支部建到院落", False),
        ("计划明年加装电梯", True),
        ("被列入老旧小区改造计划", False),
        ("施工要损坏圈梁", True),
        ("社区要求返工", False),
        ("已有12部电梯投入使用", False),
    ],
)
def test_a_plan_is_told_from_a_fact(text: str, plan: bool) -> None:
    assert is_plan(text) is plan


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("“买菜不用歇三回了。”居民周明说。", "居民周明", "“买菜不用歇三回了。”"),
        ("经理罗启东表示,年底换灯。", "经理罗启东", ",年底换灯。"),
        ("她坦言,系统会出错。", "", ",系统会出错。"),
        ("画图的是设计师戴维宁,她说,孩子要沙子。", "戴维宁", ",孩子要沙子。"),
        ("据街道统计,投诉少了。", "街道", ",投诉少了。"),
    ],
)
def test_words_are_given_to_whoever_says_them(text: str, who: str, said: str) -> None:
    (one,) = speeches(text)
    assert (one.who, text[one.start : one.end]) == (who, said)


@pytest.mark.parametrize(
    "text", ["督导员介绍了分类方法。", "说明书贴在墙上。", "“楼道茶话会”开了47场。"]
)
def test_a_verb_of_saying_alone_reports_no_speech(text: str) -> None:
    assert speeches(text) == ()


def test_names_are_found_in_one_piece_and_places_are_none() -> None:
    assert names_of(tagged("党委书记陶景阳介绍")) == ("陶景阳",)
    assert names_of(tagged("金桥社区的老人餐")) == ()
