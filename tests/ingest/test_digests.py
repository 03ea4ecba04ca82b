"""Guides to other pages, and labels over short items."""

from dataclasses import replace

from ingest.blocks import Block
from ingest.digests import set_apart
from ingest.reading import Role

ITEM = Block(text="近日全部换成节能灯，照明时间延长一小时。", role=Role.BODY, size=1.0)


def head(text: str, size: float = 1.25) -> Block:
    return Block(text=text, role=Role.HEAD, size=size)


def test_lines_that_name_a_page_and_their_label_belong_to_the_page() -> None:
    guide = [head("导读", 1.5), head("一碗热汤留住老街坊 >>3版"), head("学校门口不再堵……A07版")]
    found = set_apart([*guide, head("楼道里的灯"), ITEM])
    assert [block.role for block in found[:3]] == [Role.FURNITURE] * 3
    assert found[3].role is Role.HEAD


def test_a_sentence_that_speaks_of_a_page_is_kept() -> None:
    block = replace(ITEM, text="详细名单见今日本报第3版，居民可到社区查看。")
    assert set_apart([block]) == [block]


def test_items_under_a_short_label_are_articles_of_their_own() -> None:
    items = [part for name in ("换新灯", "开门诊", "收旧衣") for part in (head(name), ITEM)]
    found = set_apart([head("简讯", 1.8), *items])
    assert found[0].role is Role.FURNITURE
    assert [block.ruled for block in found[1:]] == [True, False] * 3


def test_sections_of_an_article_are_no_items() -> None:
    items = [part for name in ("换新灯", "开门诊", "收旧衣") for part in (head(name), ITEM)]
    blocks = [head("一条老街的三次改造和它的居民", 2.4), *items]
    assert set_apart(blocks) == blocks


def test_two_items_are_too_few() -> None:
    blocks = [head("简讯", 1.8), head("换新灯"), ITEM, head("开门诊"), ITEM]
    assert set_apart(blocks) == blocks


def test_a_long_text_is_no_item() -> None:
    long = replace(ITEM, text=ITEM.text * 20)
    blocks = [head("老街", 1.8)]
    blocks += [part for name in ("换新灯", "开门诊", "收旧衣") for part in (head(name), long)]
    assert set_apart(blocks) == blocks
