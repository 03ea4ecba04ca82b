"""Datelines: where an article happened."""

import pytest

from ingest.places import parse_dateline

PLACES: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    ("本期走访：龙泉驿区龙泉街道平江路社区", "本期走访", "龙泉驿区", "龙泉街道", "平江路社区"),
    ("走访地点｜南湖区和平街道和平社区", "走访地点", "南湖区", "和平街道", "和平社区"),
    ("地点：望江街道望江社区", "地点", None, "望江街道", "望江社区"),
    ("本期走访 武侯区簇锦街道高碑社区", "本期走访", "武侯区", "簇锦街道", "高碑社区"),
    ("锦溪区·云台街道·云台社区", None, "锦溪区", "云台街道", "云台社区"),
    ("云州市青禾县西岭镇松林村", None, "青禾县", "西岭镇", "松林村"),
    (
        "采访地点：锦江区书院街道四圣祠社区党群服务中心",
        "采访地点",
        "锦江区",
        "书院街道",
        "四圣祠社区",
    ),
]
OTHERS = [
    "居民代表：希望社区多组织活动", "走进平江路社区", "某某区改造老旧小区", "时间：2021年",
    "社区书记：李明", "会议地点：三楼会议室", "服务对象：全体社区", "平江路社区",
    "云岭市出台老旧小区改造三年行动方案", "记者：您怎么看社区？", "",
]  # fmt: skip


@pytest.mark.parametrize(("line", "label", "district", "street", "community"), PLACES)
def test_datelines_are_read(
    line: str, label: str | None, district: str | None, street: str | None, community: str | None
) -> None:
    found = parse_dateline(line)
    assert found is not None
    place = found.location
    assert found.label == label
    assert (place.district, place.street, place.community) == (district, street, community)
    assert place.raw in line


@pytest.mark.parametrize("line", OTHERS)
def test_other_lines_are_no_datelines(line: str) -> None:
    assert parse_dateline(line) is None
