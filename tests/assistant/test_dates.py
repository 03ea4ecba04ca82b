"""A time holds a coarser one, and none that differs in any part."""

import pytest

from assistant.dates import dates, has_date


@pytest.mark.parametrize(
    ("wanted", "held", "there"),
    [
        ("2021年", "2021年5月", True),
        ("2021年5月", "2021年", False),
        ("2021年5月", "2021年3月", False),
        ("2021年12月", "2021年3月动工，12月完工", True),
        ("去年冬天", "去年的冬天", True),
        ("去年", "今年", False),
        ("周三", "周二、周五", False),
        ("星期五", "周二、周五", True),
        ("晚上7点", "晚上7点30分", False),
        ("20:30", "傍晚6点至8点半", True),
        ("五月", "5月", True),
    ],
)
def test_a_time_is_there_as_closely_or_more_closely(wanted: str, held: str, there: bool) -> None:
    (one,) = dates(wanted)
    assert has_date(one, dates(held)) is there


@pytest.mark.parametrize("text", ["三个月", "80后、90后年轻人", "7号楼", "四点半课堂", "一年级"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert dates(text) == ()
