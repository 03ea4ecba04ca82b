"""Bylines: who wrote, who photographed, and what only looks like it."""

import pytest

from ingest.bylines import is_credit, parse_byline, parse_signature

BYLINES: list[tuple[str, tuple[str, ...], str | None, str | None]] = [
    ("华西社区传媒记者 沈悦 社区供图", ("沈悦",), "社区", "华西社区传媒"),
    ("记者沈悦社区供图", ("沈悦",), "社区", None),
    ("本报记者 王小明 通讯员 李红", ("王小明", "李红"), None, "本报"),
    ("记者 李明 文/图", ("李明",), "李明", None),
    ("文/图 记者 李明", ("李明",), "李明", None),
    ("文/王小明 图/李红", ("王小明",), "李红", None),
    ("王小明/文 李红/图", ("王小明",), "李红", None),
    ("记者 李明 文 王强 摄", ("李明",), "王强", None),
    ("记者 单丹 摄影 裴军", ("单丹",), "裴军", None),
    ("记者 李明 摄影报道", ("李明",), "李明", None),
    ("（记者 李明）", ("李明",), None, None),
    ("□ 本报记者 张三 李四", ("张三", "李四"), None, "本报"),
    ("作者：张三", ("张三",), None, None),
    ("2023-07-27 10:22 来源：云岭发布", (), None, "云岭发布"),
    ("記者 張聞", ("張聞",), None, None),
    ("记者羅雅文", ("羅雅文",), None, None),
    ("文/王小明 图/机务新村社区", ("王小明",), "机务新村社区", None),
    ("本报记者 李明 通讯员 王红 文/图", ("李明", "王红"), "李明、王红", "本报"),
    ("供稿/银杏社区 编辑/李敏 审核/赵强", (), None, "银杏社区"),
    ("供稿丨渔火社区　图丨阮小满", (), "阮小满", "渔火社区"),
    ("作者：望峰街道党政办公室", (), None, "望峰街道党政办公室"),
    ("撰稿：李明 责编：王强 阅读：1.2万", ("李明",), None, None),
    (
        "2023-05-09 08:41　来源：临溪新闻网　作者：李明　责编：管宁　字号：大 中 小",
        ("李明",),
        None,
        "临溪新闻网",
    ),
]
OTHERS = [
    "记者走访老旧小区", "三名小记者 走进社区", "记者手记", "社区新闻", "党建引领 社区治理",
    "特约记者团成立", "志愿服务 社区供图", "文明实践 温暖社区",
    "志愿服务中心", "文明实践中心 图书馆", "责编：王强 校对：李明",
    "记者说，社区变了。", "王小明 李红", "", "记",
]  # fmt: skip


@pytest.mark.parametrize(("line", "reporters", "photo", "outlet"), BYLINES)
def test_bylines_are_read(
    line: str, reporters: tuple[str, ...], photo: str | None, outlet: str | None
) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert (byline.raw, byline.reporters, byline.photo, byline.outlet) == (
        line,
        reporters,
        photo,
        outlet,
    )


@pytest.mark.parametrize("line", OTHERS)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    "line", ["王强 摄", "本报记者 王强 摄", "记者王强摄", "社区供图", "图片由社区提供"]
)
def test_a_picture_credit_is_told_from_a_byline(line: str) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert is_credit(byline)


def test_names_in_closing_brackets_are_a_signature() -> None:
    byline = parse_signature("关小林 习文")
    assert byline is not None
    assert byline.reporters == ("关小林", "习文")


@pytest.mark.parametrize("text", ["资料图", "完", "未完待续", "含税"])
def test_other_closing_brackets_are_no_signature(text: str) -> None:
    byline = parse_signature(text)
    assert byline is None or is_credit(byline)


def test_a_latin_byline_and_the_head_of_a_post_name_their_writers() -> None:
    latin = parse_byline("By Fang Yanqiu")
    posted = parse_byline("原创 梁雨桐 北仓发布 2023-07-12 18:30 发表于云泽")
    assert latin is not None
    assert posted is not None
    assert latin.reporters == ("Fang Yanqiu",)
    assert (posted.reporters, posted.outlet) == (("梁雨桐",), "北仓发布")


def test_marks_that_lead_are_parted_from_names_where_a_scan_lost_the_space() -> None:
    byline = parse_byline("文/穆青禾供图/三桥社区")
    assert byline is not None
    assert (byline.reporters, byline.photo) == (("穆青禾",), "三桥社区")


def test_dots_between_the_parts_of_a_byline_are_no_part_of_it() -> None:
    byline = parse_byline("2024-04-02 08:00 · 云泽网 · 记者 穆青禾")
    assert byline is not None
    assert (byline.reporters, byline.outlet) == (("穆青禾",), "云泽网")
