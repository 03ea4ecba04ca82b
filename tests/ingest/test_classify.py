"""Roles that are judged by what stands beside a block."""

from dataclasses import replace

from ingest.articles import read_page
from ingest.blocks import Block
from ingest.classify import classify
from ingest.reading import Line, Role

TEXT = Block(
    text="走进社区的活动室，墙上的照片记录着这里十年来的变化，居民们说这是大家一起干出来的。" * 2,
    size=1.0,
)


def roles(*blocks: Block) -> list[Role]:
    return [block.role for block in classify(blocks)]


def short(text: str) -> Block:
    return replace(TEXT, text=text)


def test_names_alone_in_brackets_below_a_text_are_its_byline() -> None:
    assert roles(TEXT, short("（白子墨）"))[-1] is Role.BYLINE
    assert roles(TEXT, short("（白子墨 李明）"))[-1] is Role.BYLINE


def test_other_brackets_below_a_text_are_no_byline() -> None:
    assert roles(TEXT, short("（下篇）"))[-1] is not Role.BYLINE


def test_who_signed_a_document_is_text_though_a_footnote_stands_below() -> None:
    note = replace(TEXT, text="抄送：区民政局。", role=Role.CAPTION, told=True)
    found = roles(TEXT, short("望春街道办事处"), short("2023年6月19日"), note)
    assert Role.HEAD not in found


def test_a_line_that_hangs_on_the_next_paragraph_is_no_heading() -> None:
    assert roles(TEXT, short("小程序上线以后，问题的处理时间从"), TEXT)[1] is Role.BODY


def test_larger_type_heads_the_list_below_it() -> None:
    lines = [
        Line(text="三桥社区工作汇报", size=2.0, gap=2, joins=False, role=Role.HEAD),
        Line(text=TEXT.text, size=1.0, gap=1, joins=False),
        Line(text="四、取得成效", size=1.5, gap=2, joins=False),
        Line(text="新装电梯6台", size=1.0, gap=1, joins=False),
        Line(text="投诉降到3件", size=1.0, gap=1, joins=False),
    ]
    [draft] = read_page(lines).drafts
    last = draft.sections[-1]
    assert last.heading is not None
    assert last.heading.text == "四、取得成效"
    assert [block.text for block in last.paragraphs] == ["新装电梯6台", "投诉降到3件"]
