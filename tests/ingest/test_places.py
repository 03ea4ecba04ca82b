"""Datelines: where an article happened."""

import pytest

from ingest.places import find_place, parse_dateline

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
    ("走访地点：铁桥区车站街道机务新村社区", "走访地点", "铁桥区", "车站街道", "机务新村社区"),
    ("本期社区：北仓区双塔路街道石榴园社区", "本期社区", "北仓区", "双塔路街道", "石榴园社区"),
    ("📍 走访地点：南湖区和平街道和平社区", "走访地点", "南湖区", "和平街道", "和平社区"),
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


IN_PASSING: list[tuple[str, str, str, str]] = [
    ("家住云涧区望峰街道杏林坡社区的她说", "云涧区", "望峰街道", "杏林坡社区"),
    ("下了班的护士何依依家住云涧区望峰街道杏林坡社区。", "云涧区", "望峰街道", "杏林坡社区"),
    ("72岁的阚玉兰提着米走进云涧区望峰街道和平社区3号楼", "云涧区", "望峰街道", "和平社区"),
    ("位于滨州市云涧区望峰街道杏林坡社区的老街", "云涧区", "望峰街道", "杏林坡社区"),
    ("江苏省云州市青禾县西岭镇松林村村民李四", "青禾县", "西岭镇", "松林村"),
    ("云州市西岭镇松林村昨日", "云州市", "西岭镇", "松林村"),
    ("成都龙泉驿区龙泉街道平江路社区", "龙泉驿区", "龙泉街道", "平江路社区"),
    ("乌鲁木齐市沙依巴克区友好街道北园社区", "沙依巴克区", "友好街道", "北园社区"),
    ("经济技术开发区大连街道石柱社区", "经济技术开发区", "大连街道", "石柱社区"),
    ("昨天上午记者来到望汀区松涛街道锦绣社区", "望汀区", "松涛街道", "锦绣社区"),
    ("4月12日，云涧区望峰街道办事处石桥社区", "云涧区", "望峰街道", "石桥社区"),
    ("雨下了一夜，铁桥区车站街道机务新村社区的人", "铁桥区", "车站街道", "机务新村社区"),
    ("——青枫区南浦街道柳条巷社区夜市见闻", "青枫区", "南浦街道", "柳条巷社区"),
]
NO_ADDRESS = [
    "全市各区县街道社区", "推进城区老旧街道改造社区", "老城区文殊街道石桥社区",
    "云涧区望峰街道和石桥社区", "云涧区望峰街道的石桥社区", "石桥社区登记的私家车有1130辆",
    "区、街道、社区三级", "柳条巷长不过300米", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "district", "street", "community"), IN_PASSING)
def test_an_address_in_passing_is_found_without_what_leads_up_to_it(
    text: str, district: str, street: str, community: str
) -> None:
    place = find_place([text])
    assert place is not None
    assert (place.district, place.street, place.community) == (district, street, community)
    assert place.raw in text
    assert place.raw.startswith(district)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_no_address_is_made_of_other_words(text: str) -> None:
    assert find_place([text]) is None


def test_of_two_addresses_the_one_spoken_of_most_is_the_place() -> None:
    texts = (
        "经验来自南湖区白杨街道白杨社区。",
        "云涧区望峰街道石桥社区学了去。",
        "石桥社区很满意。",
    )
    place = find_place(texts)
    assert place is not None
    assert place.community == "石桥社区"
