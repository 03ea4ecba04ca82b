"""One thing asked of several is written out for each of them, and only where each is meant."""

import pytest

from assistant.coordination import coordinated


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("食堂的开放时间和收费标准是什么？", ("食堂的开放时间是什么？", "食堂的收费标准是什么？")),
        ("桂花社区的书记和主任分别是谁", ("桂花社区的书记是谁", "桂花社区的主任是谁")),
        (
            "2021年和2022年的收缴率分别是多少？",
            ("2021年的收缴率是多少？", "2022年的收缴率是多少？"),
        ),
        ("2021和2022年装了几部电梯", ("2021年装了几部电梯", "2022年装了几部电梯")),
        (
            "东湖社区、西湖社区和南湖社区各有多少党员",
            ("东湖社区有多少党员", "西湖社区有多少党员", "南湖社区有多少党员"),
        ),
        ("停车位和充电桩各有多少个", ("停车位有多少个", "充电桩有多少个")),
        ("2021年跟2022年装了几部电梯", ("2021年装了几部电梯", "2022年装了几部电梯")),
        ("最佳志愿者和最佳楼长是谁", ("最佳志愿者是谁", "最佳楼长是谁")),
        (
            "纪录片《老街》的导演和摄影是谁",
            ("纪录片《老街》的导演是谁", "纪录片《老街》的摄影是谁"),
        ),
    ],
)
def test_it_is_written_out_for_each(question: str, texts: tuple[str, ...]) -> None:
    found = coordinated(question)
    assert found is not None
    assert found.texts == texts


@pytest.mark.parametrize(
    "question",
    [
        "物业和居民的矛盾怎么解决？",
        "党建和治理是什么关系？",
        "社区和企业怎么合作？",
        "垃圾分类怎么做？",
        "《山和海》是谁写的？",
        "和谁商量？",
        "居民和",
    ],
)
def test_what_is_said_of_several_together_is_left_whole(question: str) -> None:
    assert coordinated(question) is None


def test_a_known_name_is_one_word() -> None:
    found = coordinated("银杏塘和高碑的文章", ["银杏塘", "高碑"])
    assert found is not None
    assert (found.items, found.texts) == (("银杏塘", "高碑"), ("银杏塘的文章", "高碑的文章"))


def test_it_is_certain_where_the_wording_says_that_each_is_meant() -> None:
    def certain(question: str) -> bool:
        found = coordinated(question)
        assert found is not None
        return found.certain

    assert certain("老人和孩子分别有什么活动？")
    assert certain("书记和主任是谁？")
    assert not certain("老人和孩子有什么活动？")
    assert not certain("怎么组织党员和居民参与改造？")
