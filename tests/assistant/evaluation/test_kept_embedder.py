"""Vectors of passages are kept by text and build; those of questions are not."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.kept_embedder import FILE, KeptEmbedder
from store import registry
from store.config import StoreConfig
from store.errors import StoreError
from store.ports import Embedder, Vector, Vectors


class Counting:
    """An embedder that notes what it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.card = embedder.card
        self.passages: list[str] = []
        self.questions: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.passages += texts
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        self.questions.append(text)
        return self._embedder.embed_query(text)


@pytest.fixture
def counting(tmp_path: Path) -> Counting:
    return Counting(registry.embedder(StoreConfig(folder=tmp_path, embedder="hashing")))


def test_a_text_is_embedded_once_in_whatever_order_it_comes(
    counting: Counting, tmp_path: Path
) -> None:
    kept = KeptEmbedder(counting, tmp_path / "new")
    first = kept.embed_passages(["电梯", "食堂", "电梯"])
    again = KeptEmbedder(counting, tmp_path / "new").embed_passages(["花园", "食堂", "电梯"])
    assert counting.passages == ["电梯", "食堂", "花园"]
    assert np.array_equal(again[1:], first[[1, 0]])
    assert np.array_equal(again, counting.embed_passages(["花园", "食堂", "电梯"]))
    assert kept.card == counting.card


def test_questions_are_embedded_each_time_and_no_texts_need_no_file(
    counting: Counting, tmp_path: Path
) -> None:
    kept = KeptEmbedder(counting, tmp_path)
    kept.embed_query("谁？")
    kept.embed_query("谁？")
    assert counting.questions == ["谁？", "谁？"]
    assert kept.embed_passages([]).shape == (0, counting.card.dimension)
    assert not (tmp_path / FILE).exists()


def test_a_file_that_is_no_database_is_told(counting: Counting, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("别的", "utf-8")
    with pytest.raises(StoreError, match="向量写不进"):
        KeptEmbedder(counting, tmp_path).embed_passages(["电梯"])
