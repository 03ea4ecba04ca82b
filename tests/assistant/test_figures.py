"""Figures stand for themselves, not inside others."""

import pytest

from assistant.figures import figures_of, has_figure


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("共350户，占7.5%", {"350", "7.5"}),
        ("1,200元", {"1200"}),
        ("三十二户", {"三十二"}),
        ("第一次", set()),
        ("没有", set()),
        ("万一电梯坏了", set()),
    ],
)
def test_figures_are_found(text: str, figures: set[str]) -> None:
    assert figures_of(text) == figures


@pytest.mark.parametrize(
    ("figure", "text", "there"),
    [
        ("5", "共350户", False),
        ("5", "共5户", True),
        ("7", "占7.5%", False),
        ("7.5", "占7.5%", True),
        ("三十二", "三十二户", True),
    ],
)
def test_a_figure_is_there_only_as_one_of_its_own(figure: str, text: str, there: bool) -> None:
    assert has_figure(figure, text) is there
