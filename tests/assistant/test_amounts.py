"""Amounts are read whatever their script, and compared with what they count."""

from fractions import Fraction

import pytest

from assistant.amounts import amounts, has_amount


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共350余户", [(350, "户")]),
        ("花了2.1万元", [(21000, "元")]),
        ("三百二十户", [(320, "户")]),
        ("占七成", [(Fraction(7, 10), "%")]),
        ("百分之七十五", [(Fraction(3, 4), "%")]),
        ("三分之二的业主", [(Fraction(2, 3), "%")]),
        ("一座凉亭，走访一次", [(1, "次")]),
        ("2021年5月3日晚上7点", []),
        ("万一电梯坏了，千万别慌", []),
    ],
)
def test_amounts_are_found_and_times_are_none(
    text: str, found: list[tuple[Fraction | int, str]]
) -> None:
    assert [(one.value, one.unit) for one in amounts(text)] == found


@pytest.mark.parametrize(
    ("wanted", "held", "same"),
    [
        ("12部电梯", "12台电梯", True),
        ("12部电梯", "12户居民", False),
        ("9组", "9个小组", True),
        ("26间门面", "26个摊位", False),
        ("6%", "6个百分点", False),
        ("降到5件", "减少了5件", False),
        ("由47件", "降到47件", False),
        ("46.5元", "46.5万元", False),
    ],
)
def test_the_same_amount_is_the_same_number_of_the_same_thing(
    wanted: str, held: str, same: bool
) -> None:
    assert has_amount(amounts(wanted)[0], amounts(held)[0]) is same
