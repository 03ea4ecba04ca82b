"""Figures: numbers in any writing, and no words that only look like them."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures import figures_of


def values(*numbers: float | str) -> Counter[Decimal]:
    return Counter(Decimal(str(number)).normalize() for number in numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("投入三百一十二万元", [3120000]),
        ("３１２万元，即3,120,000元", [3120000, 3120000]),
        ("3.5公里，三点五公里", [3.5, 3.5]),
        ("二〇二五年五月", [2025, 5]),
        ("三名党员，十二场，两部电梯", [3, 12, 2]),
        ("占75%，即百分之七十五；另有百分之五", [75, 75, 5]),
        ("一万零三十户", [10030]),
        ("一亿二千万元", [120000000]),
        ("十万元", [100000]),
    ],
)
def test_a_number_is_read_in_every_writing(text: str, numbers: list[float]) -> None:
    assert figures_of(text) == values(*numbers)


@pytest.mark.parametrize(
    "text", ["统一部署，一起努力", "千方百计", "万一停电", "四季如春", "十分满意"]
)
def test_words_that_look_like_numbers_are_none(text: str) -> None:
    assert not figures_of(text)


def test_a_figure_counts_as_often_as_it_occurs() -> None:
    assert figures_of("3层、3层、5层") == values(3, 3, 5)


@given(st.text(st.sampled_from("一二三十百千万亿点两〇0123456789,.元个年½²٣"), max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(value.is_finite() for value in figures_of(text))


def test_a_number_without_end_is_read_all_the_same() -> None:
    for text in ("9" * 100_000 + "万" * 100_000, "一" * 100_000, "亿" * 100_000):
        assert all(value.is_finite() for value in figures_of(text))
