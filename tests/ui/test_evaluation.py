"""A data set's corpus is a library of its own, kept in the data folder and never the user's."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.evaluation.datasets import load, sampled
from assistant.evaluation.records import Dataset, Document, EvalQuestion
from store.errors import UsageError
from tests.shared_data import shared_data
from ui.evaluation import corpus_folder, open_corpus, run_retrieval
from ui.settings import Settings
from ui.wiring import open_library

PACKAGES = ("ir_measures", "pytrec_eval", "bm25s", "langchain_chroma")
pytestmark = pytest.mark.skipif(
    any(find_spec(one) is None for one in PACKAGES), reason="the eval extra is not installed"
)
EVAL = shared_data("eval")
DATASET = Dataset(
    name="小/题库",
    questions=(
        EvalQuestion(id="q", type="", question="食堂一餐多少钱？", answerable=True, gold=("食堂",)),
    ),
    documents=(
        Document(id="食堂", title="", text="社区食堂一餐十二元。"),
        Document(id="电梯", title="电梯", text="老楼装上了电梯。"),
    ),
    fingerprint="f",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "家", embedder="hashing", vectors="chroma")


def test_retrieval_is_measured_without_touching_the_reports(
    settings: Settings, tmp_path: Path
) -> None:
    told: list[str] = []
    with open_library(settings) as library:
        before = library.counts()
        found = run_retrieval(
            settings,
            DATASET,
            trec=tmp_path / "trec",
            build="here",
            progress=lambda what, _done, _all: told.append(what),
        )
        assert library.counts() == before
    assert found.arms["hybrid"].metrics["hit@1"].value == 1
    assert found.settings["build"] == "here"
    assert list(dict.fromkeys(told)) == ["corpus", "index", "questions"]
    assert (tmp_path / "trec" / "qrels.txt").exists()
    (folder,) = (one for one in (settings.home / "eval").iterdir() if one.is_dir())
    assert folder == corpus_folder(settings, DATASET)
    assert folder.name.startswith("小_题库-")


def test_a_second_run_finds_the_corpus_as_it_was_and_gives_the_same(settings: Settings) -> None:
    first = run_retrieval(settings, DATASET)
    with open_corpus(settings, DATASET) as library:
        generation = library.generation
    assert run_retrieval(settings, DATASET) == first
    with open_corpus(settings, DATASET) as library:
        assert library.generation == generation


def test_other_texts_or_another_way_of_cutting_get_a_library_of_their_own(
    settings: Settings,
) -> None:
    other = replace(DATASET, documents=DATASET.documents[:1])
    asked = replace(DATASET, questions=(), fingerprint="g")
    folder = corpus_folder(settings, DATASET)
    assert corpus_folder(settings, other) != folder
    assert corpus_folder(settings.model_copy(update={"passage_chars": 99}), DATASET) != folder
    assert corpus_folder(settings, asked) == folder


def test_a_corpus_that_was_put_in_half_is_completed(
    settings: Settings,
) -> None:
    many = tuple(Document(id=f"d{n}", title="", text=f"第{n}号楼装了电梯。") for n in range(150))
    dataset = replace(DATASET, documents=many)

    def stop(_what: str, done: int, _all: int) -> None:
        if done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), open_corpus(settings, dataset, stop):
        pass
    with open_corpus(settings, dataset) as library:
        assert library.counts()[1] == 150
        assert library.passage_count == 150
        assert library.dense(library.embed_query("第140号楼"), 1)


def test_a_data_set_without_documents_has_no_retrieval_to_measure(settings: Settings) -> None:
    with pytest.raises(UsageError, match="测不了检索"):
        run_retrieval(settings, replace(DATASET, documents=()))
    assert not (settings.home / "eval").exists()


@pytest.mark.data
@pytest.mark.skipif(EVAL is None, reason="the shared evaluation data is not here")
def test_words_find_the_news_that_answers(settings: Settings) -> None:
    assert EVAL is not None
    few = sampled(load(EVAL / "rgb_news"), 12, seed=2)
    near = {id_ for one in few.questions for id_ in (*one.gold, *one.noise)}
    dataset = replace(few, documents=tuple(one for one in few.documents if one.id in near))
    found = run_retrieval(settings, dataset, baselines=("bm25-jieba",))
    assert found.questions > 5
    for arm in ("lexical", "hybrid", "bm25-jieba"):
        assert found.arms[arm].metrics["hit@10"].value > 0.8, arm
