"""Lines read in a picture become runs of the size and at the place they were printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout.recognised import Recognised, printed


def line(  # noqa: PLR0917 - as if set in type of `em` from `x0` on, with blanks (em) before some characters
    text: str,
    x0: float = 100,
    em: float = 20,
    blanks: dict[int, float] | None = None,
    ink: float | None = None,
    vertical: bool = False,
) -> Recognised:
    at, middles = 0.0, []
    for place, character in enumerate(text):
        wide = 0.5 if character.isascii() else 1.0
        at += (blanks or {}).get(place, 0.0)
        middles.append(at + wide / 2)
        at += wide
    start, end = x0 - 0.1 * em, x0 + (at + 0.1) * em
    length = end - start
    places = tuple((x0 + middle * em - start) / length for middle in middles)
    thick = 48.0, 72.0
    return Recognised(
        text=text,
        places=places,
        x0=thick[0] if vertical else start,
        y0=start if vertical else thick[0],
        x1=thick[1] if vertical else end,
        y1=end if vertical else thick[1],
        ink=0.92 * em if ink is None else ink,
        confidence=0.9,
        vertical=vertical,
    )


def test_a_run_is_as_large_and_as_wide_as_its_type() -> None:
    (run,) = printed([line("社区食堂每天供应午餐")])
    assert run.em == pytest.approx(20, rel=0.02)
    assert (run.x0, run.x1) == pytest.approx((100, 300), abs=1)
    assert (run.y0, run.y1) == pytest.approx((50, 70), abs=0.5)
    assert run.confidence == 0.9


def test_a_line_set_wide_is_not_taken_for_large_type() -> None:
    wide = line("社区食堂每天午餐", em=26, ink=18.4)
    runs = printed([*[line("社区食堂每天供应午餐")] * 5, wide])
    assert runs[-1].em == pytest.approx(20, rel=0.07)


def test_a_short_line_has_the_size_that_its_ink_tells() -> None:
    runs = printed([*[line("社区食堂每天供应午餐")] * 3, line("午餐", em=40)])
    assert runs[-1].em == pytest.approx(40, rel=0.05)


def test_sizes_measured_a_little_differently_are_one() -> None:
    runs = printed([line("社区食堂每天供应午餐", em=em) for em in (19.4, 20, 20, 20, 20.7)])
    assert len({run.em for run in runs}) == 1


def test_a_line_read_across_two_columns_is_parted_where_the_second_one_begins() -> None:
    second = [line("居民都说好", x0=420) for _ in range(3)]
    across = line("社区食堂每天供应午餐十二元一份居民议事", blanks={15: 1.0})
    runs = printed([across, *second])
    assert [run.text for run in runs[:2]] == ["社区食堂每天供应午餐十二元一份", "居民议事"]
    assert runs[0].x1 == pytest.approx(400, abs=4)
    assert runs[1].x0 == pytest.approx(420, abs=4)


def test_a_blank_is_a_space_within_a_line_and_a_wide_one_parts_it() -> None:
    assert [run.text for run in printed([line("社区记者沈悦通讯员", blanks={4: 0.9})])] == [
        "社区记者 沈悦通讯员"
    ]
    assert [run.text for run in printed([line("社区记者沈悦通讯员", blanks={4: 3})])] == [
        "社区记者",
        "沈悦通讯员",
    ]


def test_spaces_of_latin_words_are_kept_and_narrow_ones_of_chinese_are_not() -> None:
    latin = line("WeChatmini社区食堂供应")
    given_spaces = Recognised(
        text="WeChat mini 社区食堂 供应",
        places=latin.places,
        x0=latin.x0,
        y0=latin.y0,
        x1=latin.x1,
        y1=latin.y1,
        ink=latin.ink,
        confidence=1,
    )
    assert [run.text for run in printed([given_spaces])] == ["WeChat mini 社区食堂供应"]


def test_marks_read_too_narrow_between_chinese_characters_are_widened_and_others_are_not() -> None:
    texts = [run.text for run in printed([line("记者:张三,李四"), line("比分3:2和9:30", x0=500)])]
    assert texts == ["记者：张三，李四", "比分3:2和9:30"]


def test_a_vertical_line_is_measured_downwards() -> None:
    (run,) = printed([line("社区食堂开张了", vertical=True)])
    assert run.vertical
    assert (run.y0, run.y1) == pytest.approx((100, 240), abs=1)
    assert run.x1 - run.x0 == pytest.approx(20, rel=0.05)


@given(st.lists(st.text("社区食堂，。“”12a ", min_size=1, max_size=12), max_size=4))
def test_no_character_is_lost_whatever_is_read(texts: list[str]) -> None:
    found = [line("".join(text.split())) for text in texts if text.strip()]
    runs = printed(found)
    kept = "".join("".join(run.text.split()) for run in runs)
    assert kept == "".join(each.text for each in found)
    assert all(run.x0 <= run.x1 and run.y0 <= run.y1 and run.em > 0 for run in runs)


def test_brackets_at_chinese_characters_are_wide_and_others_are_not() -> None:
    texts = ["(一）意愿征集", "面积(平方米)", "B(2)组"]
    read = [run.text for text in texts for run in printed([line(text)])]
    assert read == ["（一）意愿征集", "面积（平方米）", "B(2)组"]
