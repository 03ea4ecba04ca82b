"""Models that have an ONNX graph and no weights for torch: the vectors that torch would give."""

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.embedders._onnx_files import best
from store.embedders.sentence_transformer import SentenceTransformerEmbedder
from store.errors import EmbedderError, WenyuanError
from store.ports import Vectors
from tests.contracts.test_embedders import TEXTS, tiny_model
from tests.onnx_models import FREE, NAMES, exported, made_graph, with_data_beside

GRAPH = "onnx/model.onnx"


@pytest.fixture(scope="module")
def torch_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of random weights for torch."""
    return tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def onnx_model(torch_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same model with an ONNX graph in place of the weights."""
    return exported(torch_model, tmp_path_factory.mktemp("onnx") / "tiny")


@pytest.fixture
def copy(onnx_model: Path, tmp_path: Path) -> Path:
    """A copy of the ONNX model, to be changed."""
    return Path(shutil.copytree(onnx_model, tmp_path / "copy"))


def named(name: Path | str, threads: int = 2) -> SentenceTransformerEmbedder:
    config = StoreConfig(folder=Path("unused"), embedder=str(name), threads=threads)
    made = registry.embedder(config)
    assert isinstance(made, SentenceTransformerEmbedder)
    return made


def vectors(name: Path | str, threads: int = 2) -> Vectors:
    embedder = named(name, threads)
    return np.stack([*embedder.embed_passages(TEXTS), embedder.embed_query(TEXTS[0])])


def cosines(one: Vectors, other: Vectors) -> Vectors:
    return np.asarray((one * other).sum(axis=1))


def changed(file: Path, **values: object) -> None:
    """Change some of a file's settings; None takes one out."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    found = {name: value for name, value in (kept | values).items() if value is not None}
    file.write_text(json.dumps(found), encoding="utf-8")


def in_a_folder(model: Path) -> None:
    """Move the first module to a folder of its own, as models were laid out once."""
    inner = model / "0_Transformer"
    inner.mkdir()
    for file in [*model.glob("*.json"), *model.glob("*.txt"), model / "onnx"]:
        if file.name not in {"modules.json", "config_sentence_transformers.json"}:
            file.rename(inner / file.name)
    made_of = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    made_of[0] |= {"path": "0_Transformer", "type": "sentence_transformers.models.Transformer"}
    made_of[1] |= {"type": "sentence_transformers.models.Pooling"}
    (model / "modules.json").write_text(json.dumps(made_of), encoding="utf-8")
    (inner / "sentence_bert_config.json").write_text('{"max_seq_length": 64}', encoding="utf-8")


def rebuilt(torch_model: Path, target: Path, *modules: object) -> Path:
    """Save the model of random weights with other modules after its first."""
    models = pytest.importorskip("sentence_transformers")
    first = models.SentenceTransformer(str(torch_model))
    models.SentenceTransformer(modules=[first[0], *modules], prompts=first.prompts).save(
        str(target)
    )
    return target


def test_a_model_of_onnx_files_only_gives_the_vectors_that_torch_gives(
    torch_model: Path, onnx_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "optimum", None)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("went to the network"))
    assert not list(onnx_model.rglob("*.safetensors"))
    assert cosines(vectors(torch_model), vectors(onnx_model)).min() > 0.9999


@pytest.mark.parametrize("pooling", ["cls", "max", "mean_sqrt_len_tokens", ("mean", "lasttoken")])
def test_the_modules_after_the_first_are_those_of_the_model(
    torch_model: Path, tmp_path: Path, pooling: str | tuple[str, ...]
) -> None:
    torch = pytest.importorskip("torch")
    parts = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    pooled = parts.Pooling(32, pooling)
    dense = parts.Dense(pooled.pooling_output_dimension, 24, activation_function=torch.nn.Tanh())
    source = rebuilt(torch_model, tmp_path / "torch", pooled, dense, parts.Normalize())
    target = exported(source, tmp_path / "onnx")
    assert named(target).card.dimension == 24
    assert cosines(vectors(source), vectors(target)).min() > 0.9999


def test_a_pooling_that_leaves_the_prompt_out_leaves_it_out(
    torch_model: Path, tmp_path: Path
) -> None:
    parts = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    pooled = parts.Pooling(32, "mean", include_prompt=False)
    source = rebuilt(torch_model, tmp_path / "torch", pooled)
    target = exported(source, tmp_path / "onnx")
    assert cosines(vectors(source), vectors(target)).min() > 0.9999
    assert cosines(vectors(torch_model), vectors(target)).max() < 0.9999


def test_the_card_is_that_of_the_models_own_files_and_its_build_names_the_graph(
    torch_model: Path, onnx_model: Path
) -> None:
    card, of_torch = named(onnx_model).card, named(torch_model).card
    assert (card.dimension, card.max_tokens) == (32, 64)
    assert card.name == "tiny"
    assert card.source == f"{onnx_model}（model.onnx）"
    assert card.build.endswith(f"+{GRAPH}")
    assert "onnx" not in of_torch.build
    model, _ = named(onnx_model)._loaded()
    assert model.prompts == {"query": "query: ", "document": "passage: "}


def test_the_settings_of_the_tokenizer_are_those_of_the_model(
    torch_model: Path, tmp_path: Path
) -> None:
    source = Path(shutil.copytree(torch_model, tmp_path / "torch"))
    changed(source / "sentence_bert_config.json", max_seq_length=20, do_lower_case=True)
    changed(source / "tokenizer_config.json", do_lower_case=False)
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["normalizer"] = None
    (source / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    target = exported(source, tmp_path / "onnx")
    assert named(target).card.max_tokens == 20
    upper, lower = named(target).embed_passages(["LUNCH", "lunch"])
    assert np.array_equal(upper, lower)
    assert cosines(vectors(source), vectors(target)).min() > 0.9999


def test_an_older_layout_with_a_folder_for_the_first_module_loads(
    onnx_model: Path, copy: Path
) -> None:
    in_a_folder(copy)
    assert np.array_equal(vectors(copy), vectors(onnx_model))


def test_without_modules_json_the_mean_over_the_tokens_is_taken_as_on_torch(
    torch_model: Path, tmp_path: Path
) -> None:
    source = Path(shutil.copytree(torch_model, tmp_path / "torch"))
    (source / "modules.json").unlink()
    target = exported(source, tmp_path / "onnx")
    for folder in (source, target):
        assert not (folder / "modules.json").exists()
    assert cosines(vectors(source), vectors(target)).min() > 0.9999
    last = Path(shutil.copytree(target, tmp_path / "last"))
    changed(last / "config.json", architectures=["SomeForCausalLM"])
    assert cosines(vectors(last), vectors(target)).max() < 0.9999


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_of_an_int8_graph_too_a_vector_is_that_of_its_text_alone(copy: Path, threads: int) -> None:
    quantization = pytest.importorskip("onnxruntime.quantization")
    graph = copy / GRAPH
    quantization.quantize_dynamic(graph, graph.with_name("model_quantized.onnx"))
    graph.unlink()
    embedder = named(copy, threads)
    assert embedder.card.build.endswith("model_quantized.onnx")
    together = embedder.embed_passages(TEXTS * 3)
    alone = [named(copy, 1).embed_passages([text])[0] for text in TEXTS]
    assert np.array_equal(together, np.stack(alone * 3))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["onnx/model_fp16.onnx", "onnx/model.onnx", "config.json"], "onnx/model.onnx"),
        (["onnx/model.onnx", "model.onnx"], "model.onnx"),
        (["onnx/model_quantized.onnx"], "onnx/model_quantized.onnx"),
        (
            ["onnx/model_O4.onnx", "onnx/model_O2.onnx", "onnx/model_int8.onnx"],
            "onnx/model_O2.onnx",
        ),
        (["model_fp16.onnx", "model_uint8.onnx", "model_q4f16.onnx"], "model_fp16.onnx"),
        (
            ["model_qint8_arm64.onnx", "model_quantized.onnx", "model_q4.onnx"],
            "model_quantized.onnx",
        ),
        (["decoder_model.onnx", "encoder_model.onnx"], "encoder_model.onnx"),
        (["model_bnb4.onnx", "model_quint8_avx2.onnx"], "model_quint8_avx2.onnx"),
        (["config.json"], None),
    ],
)
def test_of_several_graphs_the_plain_one_is_run_then_the_finest(
    files: list[str], expected: str | None
) -> None:
    assert best(files) == best(files[::-1]) == expected


def test_a_graph_is_run_when_its_own_path_is_named_whatever_lies_beside_it(
    torch_model: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(torch_model / "model.safetensors", copy / "model.safetensors")
    made_graph(copy / "onnx" / "other.onnx")
    assert "onnx" not in named(copy).card.build
    monkeypatch.chdir(copy)
    for name, last in ((copy / GRAPH, GRAPH), ("onnx/other.onnx", "onnx/other.onnx")):
        card = named(name).card
        assert card.build.endswith(f"+{last}")
        assert card.name == "copy"
    assert cosines(vectors(copy / GRAPH), vectors(torch_model)).min() > 0.9999
    assert cosines(vectors("onnx/other.onnx"), vectors(torch_model)).max() < 0.9999


def test_a_graph_that_belongs_to_no_model_is_told(tmp_path: Path) -> None:
    graph = made_graph(tmp_path / "alone" / "onnx" / "model.onnx")
    with pytest.raises(
        EmbedderError, match=r"model\.onnx 不在嵌入模型的文件夹里.*WENYUAN_EMBEDDER。$"
    ):
        named(graph)


def test_a_graph_with_the_pooling_in_it_stands_for_the_whole_model(copy: Path) -> None:
    made_graph(copy / GRAPH, outputs=(), whole="sentence_embedding", width=16)
    embedder = named(copy)
    assert embedder.card.dimension == 16
    assert embedder.embed_passages(TEXTS).shape == (len(TEXTS), 16)


def test_who_says_how_to_pool_decides_the_model_before_the_graph_and_the_graph_before_us(
    copy: Path,
) -> None:
    made_graph(copy / GRAPH, whole="sentence_embedding")
    by_the_model = vectors(copy)
    (copy / "modules.json").unlink()
    by_the_graph = vectors(copy)
    made_graph(copy / GRAPH)
    by_us = vectors(copy)
    assert cosines(by_the_model, by_the_graph).max() < 0.9999
    assert cosines(by_the_graph, by_us).max() < 0.9999


@pytest.mark.parametrize("kind", ["INT64", "INT32"])
@pytest.mark.parametrize("texts", ["texts", 1])
@pytest.mark.parametrize("name", ["last_hidden_state", "token_embeddings", "output_0"])
def test_a_graph_may_call_and_count_its_tokens_in_several_ways(
    copy: Path, name: str, texts: str | int, kind: str
) -> None:
    inputs = dict.fromkeys(NAMES, (texts, "tokens"))
    made_graph(copy / GRAPH, inputs=inputs, outputs=[name], kind=kind)
    assert vectors(copy).shape == (len(TEXTS) + 1, 32)


def test_numbers_that_lie_in_a_file_of_their_own_are_found_and_missed(
    onnx_model: Path, copy: Path
) -> None:
    data = with_data_beside(copy / GRAPH)
    assert np.array_equal(vectors(copy), vectors(onnx_model))
    os.truncate(data, 500)
    for _ in range(2):
        with pytest.raises(EmbedderError, match=r"model\.onnx_data.*下载完整。$"):
            vectors(copy)
        data.unlink(missing_ok=True)


@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1\n", b"\x08\x0a\x12\xff" * 99]
)
def test_a_graph_that_is_none_is_told(copy: Path, content: bytes) -> None:
    (copy / GRAPH).write_bytes(content)
    with pytest.raises(EmbedderError, match=r"model\.onnx 打不开.*重新下载.*WENYUAN_EMBEDDER.*。$"):
        vectors(copy)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"inputs": {"input_ids": FREE, "pixel_values": FREE}}, "pixel_values"),
        ({"inputs": {"input_ids": FREE, "past_key_values.0.key": FREE}}, "past_key_values"),
        ({"inputs": {"tokens": FREE}}, "tokens"),
        ({"inputs": {"attention_mask": FREE}}, "没有输入 input_ids"),
        ({"inputs": {"input_ids": (1, 128)}}, "固定长度"),
        ({"inputs": {"input_ids": (8, "tokens")}}, "固定长度"),
        ({"outputs": ["logits"]}, "last_hidden_state 或 sentence_embedding"),
        ({"outputs": ["one", "two"]}, "last_hidden_state 或 sentence_embedding"),
        ({"width": 48}, "维数与模型的其余部分不符"),
    ],
)
def test_a_graph_that_cannot_be_run_is_told_what_it_lacks(
    copy: Path, made: dict[str, Any], told: str
) -> None:
    made_graph(copy / GRAPH, **made)
    with pytest.raises(EmbedderError, match=rf"model\.onnx.*{told}.*。$"):
        vectors(copy)


@pytest.mark.parametrize(
    ("place", "part", "told"),
    [
        (0, {"type": "own.Transformer"}, "自带的程序"),
        (1, {"type": "own.Pooling"}, "自带的程序"),
        (0, {"type": "sentence_transformers.models.StaticEmbedding"}, "ONNX 不能代替它"),
        (1, {"type": "sentence_transformers.util.import_from_string"}, "不是模型的一部分"),
        (1, {"path": "../1_Pooling"}, "文件夹之外"),
        (1, {"path": "/etc"}, "文件夹之外"),
        (1, {"path": None}, "读不懂"),
        (1, {"type": "sentence_transformers.models.Nothing"}, "不全或已损坏"),
    ],
)
def test_what_a_model_is_made_of_is_looked_at_before_anything_is_made(
    copy: Path, place: int, part: dict[str, Any], told: str
) -> None:
    (copy / "own.py").write_text(f"open({str(copy / 'ran')!r}, 'w')", encoding="utf-8")
    file = copy / "modules.json"
    made_of = json.loads(file.read_text(encoding="utf-8"))
    made_of[place] = {name: one for name, one in (made_of[place] | part).items() if one is not None}
    file.write_text(json.dumps(made_of), encoding="utf-8")
    with pytest.raises(EmbedderError, match=f"{told}.*。$"):
        vectors(copy)
    assert not (copy / "ran").exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"query_length": 8},
        {"transformer_task": "fill-mask"},
        {"processing_kwargs": {"text": {"padding": "max_length"}}},
        {"modality_config": {"text": {"method": "forward", "method_output_name": "pooler_output"}}},
    ],
)
def test_a_setting_that_a_graph_cannot_follow_is_told_and_not_passed_over(
    copy: Path, settings: dict[str, Any]
) -> None:
    changed(copy / "sentence_bert_config.json", **settings)
    with pytest.raises(EmbedderError, match=rf"{next(iter(settings))}.*用 ONNX 时不起作用.*。$"):
        vectors(copy)


def test_a_model_that_is_no_embedder_is_told(copy: Path) -> None:
    changed(copy / "config_sentence_transformers.json", model_type="CrossEncoder")
    with pytest.raises(EmbedderError, match=r"CrossEncoder，不是嵌入模型.*。$"):
        vectors(copy)


def test_a_tokenizer_that_is_code_is_not_run_and_one_that_is_missing_is_told(
    copy: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(copy, bare, ignore=shutil.ignore_patterns("tokenizer*", "vocab*", "special*"))
    with pytest.raises(EmbedderError, match=r"词表是空的.*tokenizer\.json.*。$"):
        vectors(bare)
    changed(
        copy / "tokenizer_config.json",
        auto_map={"AutoTokenizer": ["own.Own", "own.Own"]},
        tokenizer_class="Own",
    )
    changed(copy / "config.json", model_type="own")
    (copy / "own.py").write_text(f"open({str(copy / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(EmbedderError, match=r"自带的程序.*不予运行.*。$"):
        vectors(copy)
    assert not (copy / "ran").exists()


def test_an_architecture_that_transformers_does_not_know_runs_since_the_graph_is_all_of_it(
    onnx_model: Path, copy: Path
) -> None:
    changed(
        copy / "config.json",
        model_type="new",
        architectures=["NewModel"],
        auto_map={"AutoModel": "own.Own"},
    )
    assert np.array_equal(vectors(copy), vectors(onnx_model))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "没有安装.*pip install onnxruntime$"),
        ("raise OSError('no such symbol')", "onnxruntime 无法载入.*重新安装.*。$"),
    ],
)
def test_it_is_onnxruntime_that_is_told_where_it_is_missing_or_broken(
    onnx_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str | None,
    told: str,
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "onnxruntime"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "store.embedders._session", raising=False)
    monkeypatch.delattr("store.embedders._session", raising=False)
    if content is None:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
    else:
        (tmp_path / "onnxruntime.py").write_text(content, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WenyuanError, match=told):
        vectors(onnx_model)


def test_one_of_the_e5_family_gets_its_prompts(copy: Path) -> None:
    changed(copy / "config_sentence_transformers.json", prompts={})
    e5 = copy.rename(copy.with_name("e5-tiny"))
    model, _ = named(e5)._loaded()
    assert model.prompts["query"] == "query: "


def pooled_by_torch(copy: Path) -> Path:
    return copy


def numbers_beside(copy: Path) -> Path:
    with_data_beside(copy / GRAPH)
    return copy


def pooling_in_the_graph(copy: Path) -> Path:
    made_graph(copy / GRAPH, whole="sentence_embedding")
    (copy / "modules.json").unlink()
    return copy


def no_modules(copy: Path) -> Path:
    (copy / "modules.json").unlink()
    return copy


def graph_beside_weights(copy: Path) -> Path:
    (copy / "model.safetensors").write_bytes(b"for torch")
    made_graph(copy / "onnx" / "model_O2.onnx")
    return copy / "onnx" / "model_O2.onnx"


def older_layout(copy: Path) -> Path:
    in_a_folder(copy)
    changed(copy / "0_Transformer" / "sentence_bert_config.json", do_lower_case=True)
    return copy


@pytest.mark.parametrize(
    "made",
    [
        pooled_by_torch,
        numbers_beside,
        pooling_in_the_graph,
        no_modules,
        graph_beside_weights,
        older_layout,
    ],
)
def test_a_saved_model_opens_again_with_the_same_vectors(
    copy: Path, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    models = pytest.importorskip("sentence_transformers")
    source, saved = made(copy), tmp_path / "saved"
    (copy / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    before = vectors(source)
    model, _ = named(source)._loaded()
    model.save(str(saved))
    copy.rename(tmp_path / "gone")
    assert np.array_equal(vectors(saved), before)
    assert named(saved).card.licence == "mit"
    with pytest.raises(ValueError, match="trust_remote_code"):
        models.SentenceTransformer(str(saved), device="cpu")
    trusted = models.SentenceTransformer(str(saved), device="cpu", trust_remote_code=True)
    assert trusted.prompts == model.prompts
    assert np.array_equal(trusted.encode([TEXTS[0]]), model.encode([TEXTS[0]]))


@pytest.mark.parametrize("length", [0, 2, 3])
def test_a_model_that_reads_nothing_of_a_text_is_told_by_the_setting_to_mend(
    torch_model: Path, onnx_model: Path, tmp_path: Path, length: int
) -> None:
    for name, source in (("torch", torch_model), ("onnx", onnx_model)):
        target = Path(shutil.copytree(source, tmp_path / name))
        changed(target / "sentence_bert_config.json", max_seq_length=length)
        with pytest.raises(
            EmbedderError, match=rf"只读 {length} 个词元.*改正它的 max_seq_length.*。$"
        ):
            vectors(target)


def test_a_model_that_nobody_told_how_to_pool_is_told(copy: Path) -> None:
    file = copy / "modules.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))[:1]), encoding="utf-8")
    with pytest.raises(EmbedderError, match=r"没有 Pooling.*没有 sentence_embedding.*补上.*。$"):
        vectors(copy)
    made_graph(copy / GRAPH, whole="sentence_embedding")
    assert vectors(copy).shape == (len(TEXTS) + 1, 32)
