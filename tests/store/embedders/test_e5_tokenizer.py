"""Text is cut as the model was trained to have it: the most probable pieces, marks for spaces."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.embedders import _e5_tokenizer
from store.embedders._e5_tokenizer import E5Tokenizer
from store.embedders._e5_weights import PackedWeights

UNKNOWN = 3


@pytest.fixture(scope="module")
def tokenizer(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> E5Tokenizer:
    folder = tmp_path_factory.mktemp("pieces")
    _e5_tokenizer.write(PackedWeights(tiny_weights).pieces, folder)
    return E5Tokenizer(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [4]),
        ("社区食堂", [4, 7, 10]),
        ("社食区", [4, 5, 8, 6]),
        ("ab", [18]),
        ("aab", [4, 12, 14]),
        ("社区  食堂\n电梯", [4, 7, 4, 10, 4, 11]),
        (" 社区 ", [4, 7, 4]),
        ("社\x01区", [4, 7]),
        ("㈱", [4, UNKNOWN, UNKNOWN, UNKNOWN]),
        ("社東京西區区", [4, 5, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 6]),
        ("<s>", [4, 16, 15, 17]),
    ],
)
def test_a_text_is_cut_into_its_most_probable_pieces(
    tokenizer: E5Tokenizer, text: str, expected: list[int]
) -> None:
    assert tokenizer.ids(text) == expected


@given(text=st.text(alphabet="社区食堂电梯ab<s>mask/ \n\x01東", max_size=60))
def test_no_text_gives_a_special_piece(tokenizer: E5Tokenizer, text: str) -> None:
    found = tokenizer.ids(text)
    assert found
    assert not {0, 1, 2, 21} & set(found)
