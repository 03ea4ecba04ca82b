"""Healing sentences that a page broke."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, make_blocks
from ingest.classify import classify
from ingest.heal import heal
from ingest.reading import Line, Role
from store.articles import Box

OPEN = "昨天上午，物业公司的维修人员赶到现场检查水管，居民们围在一旁，大家都说这一次社"
REST = "区的动作真快，不到半个小时就把漏水的地方找到了，还顺手修好了楼道里的两盏灯。"


def healed(*texts: str) -> list[Block]:
    lines = [Line(text=text, gap=1) for text in texts]
    return heal(classify(make_blocks(lines)))


def test_a_word_cut_in_two_is_joined() -> None:
    assert [block.text for block in healed(OPEN, REST)] == [OPEN + REST]


def test_what_stands_between_the_halves_is_a_caption_within_a_sentence() -> None:
    found = healed(OPEN, "维修人员检查水管。", REST)
    assert [block.text for block in found] == [OPEN + REST, "维修人员检查水管。"]
    assert (found[1].role, found[1].mid_sentence) == (Role.CAPTION, True)


def test_a_short_second_half_is_found_however_far_apart_the_blocks_stand() -> None:
    before = OPEN[:-1] + "当，大家都说周转房可以临时居"
    texts = (before, "改造后的小游园。", "住。", REST, REST)
    gaps = (3, 7, 7, 3, 3)
    lines = [Line(text=text, gap=gap) for text, gap in zip(texts, gaps, strict=True)]
    assert next(b.text for b in heal(classify(make_blocks(lines)))) == before + "住。"


def test_a_row_cut_by_a_caption_below_a_heading_is_no_heading() -> None:
    row = "为了让扶梯“有人管”，坡上坡下各推选三名“扶梯长”，负责擦拭扶"
    found = healed(REST + REST, "装好以后，邻里轮着看", row, "图①：扶梯长示范。", "手、" + REST)
    assert [block.role for block in found[1:]] == [Role.HEAD, Role.BODY, Role.CAPTION]
    assert found[2].text == row + "手、" + REST


def test_emoji_end_a_paragraph() -> None:
    text = "去年8月起，社区用“三把钥匙”试着打开局面，请大家往下看👇"
    assert len(healed(text, "🔑 第一把：民情钥匙", REST)) == 3


def test_a_finished_paragraph_is_left_alone() -> None:
    assert len(healed(OPEN + "区好。", REST)) == 2


def test_a_paragraph_that_ends_in_a_colon_is_finished() -> None:
    assert len(healed("社区党委书记在会上对居民们郑重承诺，今年要办好下面三件实事：", REST)) == 2


@pytest.mark.parametrize("between", ["本报记者 王强", "本期走访：南湖区白杨街道白杨社区"])
def test_no_sentence_runs_over_a_byline_or_dateline(between: str) -> None:
    assert len(healed(OPEN, between, REST)) == 3


def test_speech_in_several_paragraphs_stays_in_them() -> None:
    speech = ("“以前这里到处是垃圾，夏天路过都要捂着鼻子走。", "“现在好了，社区建起了花园。”")
    assert [block.text for block in healed(*speech)] == list(speech)


def test_boxes_of_both_halves_are_kept_with_their_places() -> None:
    boxes = [Box(page=page, x0=0, y0=0, x1=1, y1=0.1) for page in (1, 2)]
    lines = [Line(text=OPEN, box=boxes[0]), Line(text=REST, gap=1, box=boxes[1])]
    [block] = heal(classify(make_blocks(lines)))
    places = [(start, spot.box) for start, spot in block.marks]
    assert places == [(0, boxes[0]), (len(OPEN), boxes[1])]


@given(
    st.lists(st.text(alphabet="社区小负责人。，“”：▲记者 a1", min_size=1, max_size=60), max_size=12)
)
def test_healing_loses_no_character(texts: list[str]) -> None:
    blocks = classify(make_blocks([Line(text=text, gap=1) for text in texts]))
    before = Counter("".join("".join(block.text.split()) for block in blocks))
    after = Counter("".join("".join(block.text.split()) for block in heal(blocks)))
    assert after == before
