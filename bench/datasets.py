"""Question sets with gold labels, each over a library of its own, for fitting and measuring."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.assess import Assessment
from assistant.config import AssistantConfig
from assistant.evaluation.corpus import Cutters, contents
from assistant.evaluation.questions import load_questions
from assistant.evaluation.records import Document
from assistant.pipeline import Assistant
from assistant.scoring import Candidate
from ingest.config import IngestConfig
from ingest.passages import make_passages
from ingest.pipeline import ingest
from ingest.sentences import split_sentences
from store import ids
from store.config import StoreConfig
from store.errors import BadQuestionError
from store.library import Library
from store.ports import Vector
from store.records import ReportContents

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
CUTTERS = Cutters(sentences=split_sentences, passages=partial(make_passages, config=IngestConfig()))
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One question, assessed: `gold` says of each ranked sentence whether it answers."""

    source: str
    number: int
    answerable: bool
    assessment: Assessment
    gold: tuple[bool, ...]

    @property
    def chosen_gold(self) -> bool:
        """Whether a sentence that would be said answers."""
        right = {one for one, gold in zip(self.assessment.ranked, self.gold, strict=True) if gold}
        return any(one in right for one in self.assessment.chosen)


class Without:
    """A library as if some of its articles were not there."""

    def __init__(self, library: Library, gone: Sequence[str]) -> None:
        """Hide the articles of these ids from searches."""
        self._library = library
        self._gone = frozenset(gone)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Everything but searching is the library's own."""
        return getattr(self._library, name)

    def lexical(self, text: str, count: int) -> list[tuple[ids.PassageId, float]]:
        """Search by words, as the library does."""
        return self._kept(self._library.lexical(text, count + 20), count)

    def dense(self, vector: Vector, count: int) -> list[tuple[ids.PassageId, float]]:
        """Search by vector, as the library does."""
        return self._kept(self._library.dense(vector, count + 20), count)

    def _kept(
        self, found: list[tuple[ids.PassageId, float]], count: int
    ) -> list[tuple[ids.PassageId, float]]:
        of = {one.id: one.article_id for one in self._library.passages([id_ for id_, _ in found])}
        return [(id_, score) for id_, score in found if of[id_] not in self._gone][:count]


@contextmanager
def pages_library(home: Path, store: StoreConfig) -> Iterator[Library]:
    """The bundled report and the invented pages, in a library of their own."""
    with Library.open(_at(store, home / "pages")) as library:
        ingest([ROOT / "reports", ROOT / "bench" / "pages"], library, IngestConfig())
        yield library


@contextmanager
def corpus_library(home: Path, store: StoreConfig, name: str) -> Iterator[Library]:
    """One of the public sets (corpus.jsonl), each document an article."""
    with Library.open(_at(store, home / name)) as library:
        lines = (SHARED / "eval" / name / "corpus.jsonl").read_text("utf-8").splitlines()
        documents = [one for line in lines if (one := json.loads(line))["text"].strip()]
        for start in range(0, len(documents), _BATCH):
            path = f"{name}/{start}"
            if library.known(path) is None:
                library.add(contents_of(path, documents[start : start + _BATCH]))
        yield library


def labelled_pages(library: Library, source: str, path: Path) -> Iterator[Labelled]:
    """Assess a question file over the library; gold sentences hold a piece of its evidence.

    Questions that are refused as such are left out.
    """
    assistant = Assistant(library, AssistantConfig())
    for number, question in enumerate(load_questions(path)):
        history = assistant.replayed(question.history)
        try:
            found = assistant.assess(question.question, history)
        except BadQuestionError:
            continue
        yield _labelled(
            source,
            number,
            question.answerable,
            found,
            partial(_holds, question.evidence),
        )


def labelled_corpus(library: Library, name: str, step: int) -> Iterator[Labelled]:
    """Assess every `step`-th question of a public set; gold sentences hold an answer string.

    An answerable question is asked a second time with its gold articles hidden: not answerable.
    """
    lines = (SHARED / "eval" / name / "questions.jsonl").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        raw = json.loads(line)
        if number // 2 % step:
            continue
        gold_ids, answers = raw["gold_ids"], _alternatives(raw["answers"])

        right = partial(_answers, frozenset(gold_ids), answers)
        found = Assistant(library, AssistantConfig()).assess(raw["question"][:480])
        yield _labelled(name, number, raw["answerable"], found, right)
        if raw["answerable"] and len(gold_ids) == 1:
            hidden: Any = Without(library, gold_ids)
            found = Assistant(hidden, AssistantConfig()).assess(raw["question"][:480])
            if not any(text in one.sentence.text for one in found.ranked for text in answers):
                yield _labelled(name, number, False, found, partial(_holds, ()))


def _answers(gold_ids: frozenset[str], answers: Sequence[str], one: Candidate) -> bool:
    return one.article.id in gold_ids and _holds(answers, one)


def _holds(gold: Sequence[str], one: Candidate) -> bool:
    return any(part in one.sentence.text for part in gold)


def _labelled(
    source: str,
    number: int,
    answerable: bool,
    found: Assessment,
    right: Callable[[Candidate], bool],
) -> Labelled:
    return Labelled(
        source=source,
        number=number,
        answerable=answerable,
        assessment=found,
        gold=tuple(right(one) for one in found.ranked),
    )


def _alternatives(answers: Sequence[Any]) -> list[str]:
    """Any one of these strings counts as an answer."""
    return [text for one in answers for text in (one if isinstance(one, list) else [one])]


def _at(store: StoreConfig, folder: Path) -> StoreConfig:
    return StoreConfig(
        folder=folder, vectors=store.vectors, embedder=store.embedder, threads=store.threads
    )


def contents_of(path: str, documents: Sequence[dict[str, str]]) -> ReportContents:
    """Make a report of documents (id, title, text), each an article under its own id."""
    made = [
        Document(id=one["id"], title=one.get("title") or "", text=one["text"]) for one in documents
    ]
    return contents(path, made, CUTTERS)
