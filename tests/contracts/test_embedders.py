"""What every embedder promises, run on each file of store/embedders."""

import threading
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.errors import EmbedderError, MissingExtraError
from store.ports import Embedder, Vectors
from tests.onnx_models import exported

ONNX = "a model of ONNX files only"
TEXTS = [
    "社区食堂每天供应午餐。",
    "三号楼装上了电梯。",
    "社區食堂每天供應午餐。",
    "lunch 12元 😀",
    "长" * 900,
]


@pytest.fixture(scope="module", params=[*registry.names("embedders"), ONNX])
def embedder(
    request: pytest.FixtureRequest, e5_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Embedder:
    """An embedder of each backend; the general one with a tiny model, on torch and on ONNX."""
    name = request.param
    if name in {"sentence_transformer", ONNX}:
        model = tiny_model(tmp_path_factory.mktemp("model"))
        name = str(exported(model, model.parent / "onnx" / "tiny") if name == ONNX else model)
    config = StoreConfig(folder=e5_home, embedder=name)
    try:
        made = registry.embedder(config)
        made.embed_query("预热")
    except MissingExtraError as exc:
        pytest.skip(str(exc))
    return made


def tiny_model(folder: Path) -> Path:
    """Save a sentence-transformers model of random weights, with prompts, and return its path."""
    transformers = pytest.importorskip("transformers")
    models = pytest.importorskip("sentence_transformers")
    parts = pytest.importorskip("sentence_transformers.models")
    source, target = folder / "bert", folder / "tiny"
    source.mkdir()
    letters = sorted({letter for text in TEXTS for letter in text.lower()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", *letters]
    (source / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab=str(source / "vocab.txt"))
    tokenizer.save_pretrained(source)
    config = transformers.BertConfig(
        vocab_size=200,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(source)
    word = parts.Transformer(str(source), max_seq_length=64)
    pooling = parts.Pooling(32)
    prompts = {"query": "query: ", "document": "passage: "}
    models.SentenceTransformer(modules=[word, pooling], prompts=prompts).save(str(target))
    return target


def test_vectors_have_the_shape_of_the_card_and_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.card.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    query = embedder.embed_query(TEXTS[0])
    assert query.shape == (embedder.card.dimension,)
    assert query.dtype == np.float32
    assert float(np.linalg.norm(query)) == pytest.approx(1.0, abs=1e-5)


def test_nothing_in_gives_nothing_out(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.card.dimension)


def test_the_order_of_the_texts_is_kept_whatever_the_batch(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert embedder.embed_passages([text])[0] == pytest.approx(vector, abs=1e-4)


def test_the_same_text_gives_the_same_vector_in_every_thread(embedder: Embedder) -> None:
    found: list[Vectors] = []
    threads = [
        threading.Thread(target=lambda: found.append(embedder.embed_passages(TEXTS[:3])))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.array_equal(found[0], other) for other in found)


def test_a_query_and_a_passage_of_one_text_differ_by_their_prompts(embedder: Embedder) -> None:
    if embedder.card.name == "hashing":
        pytest.skip("hashing has no prompts")
    passage = embedder.embed_passages(TEXTS[:1])[0]
    assert not np.allclose(embedder.embed_query(TEXTS[0]), passage, atol=1e-3)


def test_the_end_of_a_long_text_counts(embedder: Embedder) -> None:
    text = TEXTS[0] * 150
    one, other = (embedder.embed_passages([text + end])[0] for end in TEXTS[1:3])
    assert np.abs(one - other).max() > 1e-5


@pytest.mark.parametrize("blank", ["", " \n\t", "\u200b", "\x00", "\ud800"])
def test_a_blank_text_is_refused(embedder: Embedder, blank: str) -> None:
    with pytest.raises(EmbedderError):
        embedder.embed_query(blank)
    with pytest.raises(EmbedderError, match="2"):
        embedder.embed_passages(["食堂", blank])


def test_nul_and_lone_surrogates_do_not_cut_a_text(embedder: Embedder) -> None:
    dirty, plain = embedder.embed_passages(["社区\x00食\ud800堂", "社区食堂"])
    assert np.array_equal(dirty, plain)


def test_the_nearest_passage_to_a_question_is_the_one_about_it(embedder: Embedder) -> None:
    if embedder.card.name == "tiny":
        pytest.skip("the tiny model has random weights")
    vectors = embedder.embed_passages(TEXTS[:2])
    assert int(np.argmax(vectors @ embedder.embed_query("食堂供应什么午餐"))) == 0


def test_the_card_says_what_it_is(embedder: Embedder) -> None:
    card = embedder.card
    assert card.name
    assert card.build
    assert card.source
    assert card.licence
    assert card.max_tokens > 0
    assert not card.note or card.name == "nano_e5"
    assert card.name == "hashing" or len(bytes.fromhex(card.hash)) in {20, 32}
