"""A cross-encoder that the user names orders what is found; any other model is refused clearly."""

import string
from pathlib import Path

import pytest

from assistant.assess import assess
from assistant.config import AssistantConfig
from assistant.records import Question
from assistant.rerank import load, reranked
from store.errors import BackendError
from store.library import Library
from tests.contracts.test_embedders import tiny_model

TEXT = "加装电梯的费用怎么分摊？"
QUESTION = Question(text=TEXT, standalone=TEXT, own=TEXT, chinese=True)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a cross-encoder of random weights."""
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("sentence_transformers")
    folder = tmp_path_factory.mktemp("crossed")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *string.digits, *set(TEXT)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=100,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=512,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_what_is_found_comes_in_the_order_of_the_models_scores(library: Library, tiny: str) -> None:
    plain = assess(library, QUESTION, (), AssistantConfig()).hits
    hits = reranked(TEXT, plain, tiny)
    pairs = [(TEXT, hit.passage.embedded_text) for hit in hits]
    expected = load(tiny).predict(pairs, show_progress_bar=False).tolist()
    assert [hit.score for hit in hits] == pytest.approx(expected, abs=1e-5)
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in plain}
    found = assess(library, QUESTION, (), AssistantConfig(reranker=tiny))
    assert found.hits[0].passage.id == hits[0].passage.id
    assert reranked(TEXT, (), tiny) == []


def test_what_is_no_cross_encoder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for model in (str(tmp_path / "empty"), str(tiny_model(tmp_path))):
        with pytest.raises(BackendError, match=r"WENYUAN_RERANKER.*。$"):
            load(model)
