"""Blocks out of lines, and how a hard-wrapped file is known."""

from ingest.blocks import make_blocks, wrap_width
from ingest.reading import Line, Role
from store.articles import Box

LONG = (
    "走进社区的活动室，墙上的照片记录着这里十年来的变化，"
    "从泥泞小路到绿树成荫，居民们说这是大家一起干出来的。"
)


def lines(text: str, width: int) -> list[Line]:
    return [Line(text=text[at : at + width]) for at in range(0, len(text), width)]


def test_lines_of_equal_length_that_stop_in_mid_sentence_are_wrapped() -> None:
    assert wrap_width(lines(LONG * 3, 20)) == 20


def test_paragraphs_in_a_line_each_are_not_wrapped() -> None:
    assert wrap_width([Line(text=LONG)] * 12) is None


def test_a_list_of_equal_items_is_not_wrapped() -> None:
    assert (
        wrap_width([Line(text=f"第{at}项工作已经全部按期完成。") for at in range(10, 30)]) is None
    )


def test_wrapped_lines_make_one_block() -> None:
    assert [block.text for block in make_blocks(lines(LONG * 3, 20))] == [LONG * 3]


def test_an_indent_begins_a_paragraph() -> None:
    twice = lines("　　" + LONG, 20) + lines("　　" + LONG, 20)
    assert [block.text for block in make_blocks(twice)] == [LONG, LONG]


def test_a_short_line_without_an_end_behind_a_full_one_is_a_heading() -> None:
    text = lines(LONG * 2, 20)[:5]
    closed = Line(text="居民们在活动室里聊天下棋喝茶读报唱歌。"[:19] + "。")
    found = make_blocks([*text, closed, Line(text="老院子有了新模样"), *text])
    assert "老院子有了新模样" in [block.text for block in found]


def test_a_space_at_a_break_is_kept() -> None:
    text = "三步走 " * 3 + "共建共治"
    wrapped = [*lines(LONG * 3, 16), Line(text=text[:16], gap=1), Line(text=text[16:])]
    assert make_blocks(wrapped)[-1].text == text


def test_lines_known_to_go_on_make_one_block_whatever_their_length() -> None:
    short = [
        Line(text="社区", joins=False),
        Line(text="食堂", joins=True),
        Line(text="开张。", joins=True),
    ]
    assert [block.text for block in make_blocks([*short, Line(text="次日。", joins=False)])] == [
        "社区食堂开张。",
        "次日。",
    ]


def test_a_caption_in_a_sentence_does_not_part_it() -> None:
    found = make_blocks(
        [
            Line(text="社区召集小", joins=False),
            Line(text="居民在种花。", role=Role.CAPTION, joins=False),
            Line(text="区负责人开会。", joins=True),
        ]
    )
    assert [(block.text, block.mid_sentence) for block in found] == [
        ("社区召集小区负责人开会。", False),
        ("居民在种花。", True),
    ]


def test_a_byline_ends_a_paragraph_that_would_run_into_it() -> None:
    found = make_blocks(
        [Line(text="大家都说好。", joins=False), Line(text="本报记者 王强", joins=True)]
    )
    assert [block.text for block in found] == ["大家都说好。", "本报记者 王强"]


def test_a_word_broken_at_a_line_end_is_whole_again() -> None:
    lines = [Line(text="the commu\u00ad", joins=False), Line(text="nity hall", joins=True)]
    assert [block.text for block in make_blocks(lines)] == ["the community hall"]


def test_a_block_knows_where_each_of_its_lines_stands() -> None:
    boxes = [Box(page=1, x0=0, y0=y, x1=1, y1=y + 0.1) for y in (0.0, 0.2)]
    lines = [
        Line(text="老院子", box=boxes[0], joins=False, confidence=0.9),
        Line(text="换新颜", box=boxes[1], joins=True, confidence=0.7),
    ]
    [block] = make_blocks(lines)
    assert [(start, spot.box, spot.confidence) for start, spot in block.marks] == [
        (0, boxes[0], 0.9),
        (3, boxes[1], 0.7),
    ]


def test_a_byline_is_no_part_of_the_place_above_it() -> None:
    place = Line(text="地点：澄湖区望春街道三桥社区", joins=False)
    byline = Line(text="文/穆青禾 供图/三桥社区", joins=True)
    assert [block.text for block in make_blocks([place, byline])] == [place.text, byline.text]
