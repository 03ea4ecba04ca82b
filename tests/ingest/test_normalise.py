"""Repair of characters."""

import pytest

from ingest.normalise import repair_block, repair_characters


def test_radicals_become_characters() -> None:
    assert repair_characters("⺠⽣⼯⻓") == "民生工长"


def test_page_breaks_and_line_ends_become_newlines() -> None:
    assert repair_characters("甲\r\n乙\f丙\u2028丁\x00") == "甲\n乙\n\n丙\n丁"


def test_full_width_characters_stay() -> None:
    assert repair_characters("１００％，（甲）") == "１００％，（甲）"


@pytest.mark.parametrize(
    ("given", "repaired"),
    [
        ("我为群众办**实事** 活动", "我为群众办实事 活动"),
        ("党员,群众;居民:好!对?", "党员，群众；居民：好！对？"),
        ("目前,共350余名", "目前，共350余名"),
        ("占75%,其中", "占75%，其中"),
        ("上午10:30在3,500平方米", "上午10:30在3,500平方米"),
        ("详见:https://a.cn/b?c=1", "详见：https://a.cn/b?c=1"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_blocks_are_repaired(given: str, repaired: str) -> None:
    assert repair_block(given) == repaired
