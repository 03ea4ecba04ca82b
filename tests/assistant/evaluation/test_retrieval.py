"""Every arm and the baselines are measured in one run, twice the same, also when broken off."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.config import AssistantConfig
from assistant.evaluation.corpus import Cutters, digest, fill
from assistant.evaluation.records import Dataset, Document, EvalQuestion
from assistant.evaluation.retrieval import evaluate_retrieval
from assistant.evaluation.retrieval_figures import RetrievalResult
from assistant.evaluation.retrieval_options import RetrievalOptions
from ingest.config import IngestConfig
from ingest.passages import make_passages
from ingest.sentences import split_sentences
from store import registry
from store.config import StoreConfig
from store.errors import MissingExtraError, UsageError
from store.library import Library
from store.ports import Embedder, Vector, Vectors

PACKAGES = ("ir_measures", "pytrec_eval", "bm25s", "langchain_chroma")
pytestmark = pytest.mark.skipif(
    any(find_spec(one) is None for one in PACKAGES), reason="the eval extra is not installed"
)
SUBJECTS = ("食堂", "电梯", "桂花", "垃圾站", "停车棚", "图书角", "篮球场", "喷泉", "凉亭", "诊所")
DOCUMENTS = (
    *(
        Document(
            id=f"d{number}",
            title="" if number % 2 else f"小区的{subject}",
            text=f"小区修好了{subject}，花费{number + 3}万元。\n居民说{subject}很方便。",
        )
        for number, subject in enumerate(SUBJECTS)
    ),
    Document(id="blank", title=" ", text="\n"),
)
QUESTIONS = (
    *(
        EvalQuestion(
            id=f"q{number}",
            type="",
            question=f"{subject}花费多少？",
            answerable=True,
            gold=(f"d{number}",),
        )
        for number, subject in enumerate(SUBJECTS)
    ),
    EvalQuestion(
        id="two",
        type="",
        question="食堂和电梯各花费多少？",
        answerable=True,
        gold=("d0", "d1"),
        groups=(("d0",), ("d1",)),
    ),
    EvalQuestion(id="none", type="", question="谁是村长？", answerable=False),
)
DATASET = Dataset(name="小", questions=QUESTIONS, documents=DOCUMENTS, fingerprint="f")
SYNONYMS = Path(str(files("assistant").joinpath("data/synonyms.toml")))
CUTTERS = Cutters(
    sentences=split_sentences, passages=lambda one: make_passages(one, IngestConfig())
)
Retrieve = Callable[..., RetrievalResult]


class Counting:
    """An embedder that counts the passages that it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.card = embedder.card
        self.passages = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.passages += len(texts)
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        return self._embedder.embed_query(text)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> StoreConfig:
    folder = tmp_path_factory.mktemp("corpus")
    return StoreConfig(folder=folder, embedder="hashing", vectors="memory")


@pytest.fixture(scope="module")
def embedder(config: StoreConfig) -> Counting:
    return Counting(registry.embedder(config))


@pytest.fixture(scope="module")
def corpus(config: StoreConfig, embedder: Counting) -> Iterator[Library]:
    with Library.open(config, embedder) as library:
        fill(library, DOCUMENTS, CUTTERS)
        yield library


@pytest.fixture
def retrieved(corpus: Library, tmp_path: Path) -> Retrieve:
    def retrieve(dataset: Dataset = DATASET, **options: object) -> RetrievalResult:
        given = {"folder": tmp_path / "eval", "resamples": 500} | options
        return evaluate_retrieval(dataset, corpus, RetrievalOptions(**given))  # type: ignore[arg-type]

    return retrieve


def test_documents_become_articles_under_their_own_ids(corpus: Library) -> None:
    articles = {str(one.id): one for one in corpus.articles()}
    assert set(articles) == {f"d{number}" for number in range(len(SUBJECTS))}
    assert articles["d0"].headline == "小区的食堂"
    assert articles["d0"].body == "小区的食堂\n小区修好了食堂，花费3万元。\n居民说食堂很方便。"
    assert [one.text for one in articles["d1"].sentences] == [
        "小区修好了电梯，花费4万元。",
        "居民说电梯很方便。",
    ]


def test_filling_again_adds_nothing_and_tells_how_far_it_is(corpus: Library) -> None:
    before, told = corpus.generation, []
    fill(corpus, DOCUMENTS, CUTTERS, lambda done, total: told.append((done, total)))
    assert corpus.generation == before
    assert told == [(10, 10)]


def test_a_corpus_is_another_when_any_of_its_texts_is() -> None:
    other = replace(DOCUMENTS[0], text="别的")
    assert digest(DOCUMENTS) != digest((other, *DOCUMENTS[1:]))


def test_every_arm_and_baseline_is_measured_over_questions_with_gold(retrieved: Retrieve) -> None:
    found = retrieved()
    assert found.questions == 11
    assert set(found.arms) == {
        "lexical", "dense", "hybrid", "bm25-jieba", "langchain", "langchain-deep"
    }  # fmt: skip
    for arm in found.arms.values():
        assert set(arm.per_question) == {one.id for one in QUESTIONS if one.gold}
        for metric in arm.metrics.values():
            assert 0 <= metric.low <= metric.value <= metric.high <= 1
    assert found.arms["lexical"].metrics["hit@1"].value == 1
    assert found.arms["bm25-jieba"].metrics["recall@10"].value == 1
    assert found.arms["hybrid"].per_question["two"]["parts@10"] == 1
    assert "parts@10" not in found.arms["hybrid"].per_question["q0"]
    pairs = {(one.arm, one.baseline) for one in found.differences}
    assert len(pairs) == 9 + 2
    assert {("hybrid", "lexical"), ("hybrid", "dense"), ("lexical", "langchain")} <= pairs
    assert all(0 < one.p <= 1 and one.low <= one.value <= one.high for one in found.differences)
    assert found.settings["fingerprint"] == "f"


def test_the_recipe_passes_on_four_chunks_and_the_same_index_is_also_measured_deeper(
    retrieved: Retrieve, tmp_path: Path
) -> None:
    retrieved(trec=tmp_path / "trec")
    found = {
        arm: (tmp_path / "trec" / f"{arm}.run").read_text("utf-8").splitlines()
        for arm in ("langchain", "langchain-deep")
    }
    assert len(found["langchain"]) == 4 * 11
    assert len(found["langchain-deep"]) == 10 * 11
    first = [one.split()[2] for one in found["langchain-deep"][:4]]
    assert first == [one.split()[2] for one in found["langchain"][:4]]


def test_figures_come_by_the_kind_of_question_too(retrieved: Retrieve) -> None:
    kinds = tuple(
        replace(one, type="even" if int(one.id[1:]) % 2 == 0 else "odd") for one in QUESTIONS[:10]
    )
    found = retrieved(replace(DATASET, questions=kinds), baselines=("bm25-jieba",))
    assert {kind: one.questions for kind, one in found.types.items()} == {"even": 5, "odd": 5}
    for arm, whole in found.arms.items():
        halves = [one.arms[arm]["mrr@10"].value for one in found.types.values()]
        assert sum(halves) / 2 == pytest.approx(whole.metrics["mrr@10"].value, abs=1e-3)
    assert {one.arm for one in found.types["even"].differences} == {"lexical", "dense", "hybrid"}


def test_changed_questions_are_ranked_in_every_arm_beside_the_same_ones_as_they_are(
    retrieved: Retrieve,
) -> None:
    english = replace(QUESTIONS[0], english="What did the canteen cost?")
    dataset = replace(DATASET, questions=(english, *QUESTIONS[1:]))
    found = retrieved(dataset, variants=("unpunctuated", "keywords", "english"))
    assert found.questions == 11
    assert {name: one.questions for name, one in found.variants.items()} == {
        "unpunctuated": 11, "keywords": 11, "english": 1
    }  # fmt: skip
    for one in found.variants.values():
        assert set(one.arms) == set(found.arms)
        pairs = {(gap.arm, gap.baseline) for gap in one.differences}
        itself = {(arm, "plain") for arm in found.arms}
        assert pairs == itself | {("hybrid", arm) for arm in found.arms if arm != "hybrid"}
    lost = {(one.arm, one.metric): one.value for one in found.variants["english"].differences}
    assert lost["lexical", "hit@1"] == -1
    assert found.settings["variants"] == ["unpunctuated", "keywords", "english"]


def test_a_result_is_plain_json(retrieved: Retrieve) -> None:
    value = json.loads(json.dumps(asdict(retrieved()), ensure_ascii=False))
    assert set(value) == {"arms", "differences", "questions", "settings", "types", "variants"}
    assert set(value["arms"]["dense"]["metrics"]["mrr@10"]) == {"value", "low", "high"}


def test_a_difference_is_that_of_the_two_arms(retrieved: Retrieve) -> None:
    found = retrieved()
    for one in found.differences:
        ours, theirs = (found.arms[name].metrics[one.metric] for name in (one.arm, one.baseline))
        assert one.value == pytest.approx(ours.value - theirs.value, abs=1e-3)


def test_a_run_twice_gives_the_same_and_embeds_no_passage(
    retrieved: Retrieve, embedder: Counting
) -> None:
    first = retrieved()
    before = embedder.passages
    assert retrieved() == first
    assert embedder.passages == before > 0


def stop_at_four(what: str, done: int, _all: int) -> None:
    if what == "questions" and done == 4:
        raise KeyboardInterrupt


def first_asked(retrieved: Retrieve, **options: object) -> tuple[int, RetrievalResult]:
    """Measure, and say with how many questions done it began."""
    told: list[int] = []

    def tell(what: str, done: int, _all: int) -> None:
        if what == "questions":
            told.append(done)

    result = retrieved(progress=tell, **options)
    return min(told), result


def test_a_run_that_was_broken_off_goes_on_and_gives_the_same(
    retrieved: Retrieve, tmp_path: Path
) -> None:
    whole = retrieved(folder=tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        retrieved(progress=stop_at_four)
    (journal,) = (tmp_path / "eval").glob("retrieval-*.jsonl")
    with journal.open("a", encoding="utf-8") as file:
        file.write('["q9", {"lexical": [["d1"')
    assert first_asked(retrieved) == (4, whole)
    assert not journal.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"build": "two"},
        {"build": "one", "config": AssistantConfig(lexical_weight=0.9)},
        {"build": "one", "config": AssistantConfig(match_count=3)},
        {"build": "one", "config": AssistantConfig(synonyms_file=SYNONYMS)},
        {"build": "one", "baselines": ()},
    ],
)
def test_what_other_code_or_settings_left_is_not_resumed(
    retrieved: Retrieve, other: dict[str, object]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        retrieved(progress=stop_at_four, build="one")
    assert first_asked(retrieved, **other)[0] == 0
    assert first_asked(retrieved, build="one")[0] == 4


def test_what_was_ranked_stays_till_the_results_are_safe(retrieved: Retrieve) -> None:
    full: list[Path] = []
    whole = retrieved(drop=full.append)
    (journal,) = full
    assert first_asked(retrieved) == (11, whole)
    assert not journal.exists()


def test_a_sample_asks_fewer_and_says_so(retrieved: Retrieve) -> None:
    found = retrieved(sample=5, seed=7)
    assert found.questions <= 5
    assert found == retrieved(sample=5, seed=7)
    assert (found.settings["sample"], found.settings["seed"]) == (5, 7)


def test_a_question_that_is_refused_finds_nothing_in_our_arms(retrieved: Retrieve) -> None:
    long = replace(QUESTIONS[0], id="long", question="食堂" * 400)
    found = retrieved(replace(DATASET, questions=(long,)), baselines=("bm25-jieba",))
    assert found.arms["hybrid"].metrics["hit@10"].value == 0
    assert found.arms["bm25-jieba"].metrics["hit@1"].value == 1


def test_a_question_without_any_known_word_is_not_found_by_words(retrieved: Retrieve) -> None:
    odd = replace(QUESTIONS[0], id="odd", question="xyzzy?")
    found = retrieved(replace(DATASET, questions=(odd,)))
    assert found.arms["bm25-jieba"].metrics["hit@10"].value == 0


def test_runs_are_written_for_trec_eval(retrieved: Retrieve, tmp_path: Path) -> None:
    retrieved(trec=tmp_path / "trec")
    names = {one.name for one in (tmp_path / "trec").iterdir()}
    assert names == {
        "qrels.txt", "lexical.run", "dense.run", "hybrid.run", "bm25-jieba.run", "langchain.run",
        "langchain-deep.run",
    }  # fmt: skip
    first = (tmp_path / "trec" / "lexical.run").read_text("utf-8").splitlines()[0].split()
    assert (first[:4], first[5]) == (["q0", "Q0", "d0", "1"], "lexical")


def test_what_cannot_be_measured_is_refused(retrieved: Retrieve) -> None:
    with pytest.raises(UsageError, match="gold_ids"):
        retrieved(replace(DATASET, questions=QUESTIONS[-1:]))
    with pytest.raises(UsageError, match="没有名为 google 的基线，可选：bm25-jieba、langchain"):
        retrieved(baselines=("google",))


@pytest.mark.parametrize("package", ["ir_measures", "bm25s", "langchain_chroma"])
def test_a_missing_extra_is_told_with_the_pip_line(
    retrieved: Retrieve, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r'pip install "wenyuan\[eval\]"'):
        retrieved()
