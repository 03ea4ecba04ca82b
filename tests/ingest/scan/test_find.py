"""A picture is looked at in bands that lose nothing and find nothing twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.scan.find import bands


@given(st.integers(32, 60_000), st.integers(32, 6_000))
def test_bands_answer_for_every_row_once_and_see_beyond_what_they_answer_for(
    height: int, width: int
) -> None:
    cut = bands(height, width)
    assert (cut[0][1], cut[-1][2]) == (0, height)
    assert all(before[2] == after[1] for before, after in pairwise(cut))
    for top, upper, lower, bottom in cut:
        assert 0 <= top <= upper < lower <= bottom <= height
        assert upper == 0 or upper - top == 80
        assert lower == height or bottom - lower == 80


@given(st.integers(32, 60_000), st.integers(32, 6_000))
def test_a_band_is_never_larger_than_memory_allows(height: int, width: int) -> None:
    for top, _, _, bottom in bands(height, width):
        assert (bottom - top) * width <= max(1_500_000, 800 * width)
