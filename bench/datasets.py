"""Question sets with gold labels, each over a library of its own, for fitting and measuring.

Questions are halved as evaluation halves them (assistant.evaluation.halves).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.assess import Assessment, assess
from assistant.config import AssistantConfig
from assistant.evaluation.corpus import Cutters, contents
from assistant.evaluation.datasets import load
from assistant.evaluation.halves import HALVES, Half, halves_of
from assistant.evaluation.questions import load_questions
from assistant.evaluation.records import Document, EvalQuestion
from assistant.matching import Match
from assistant.pipeline import Assistant
from assistant.records import Question
from assistant.retrieve import found as fused
from assistant.retrieve import matched, terms_of
from assistant.scoring import Candidate
from assistant.understand import aids_of, readings
from ingest.config import IngestConfig
from ingest.passages import make_passages
from ingest.pipeline import ingest
from ingest.sentences import split_sentences
from store import ids
from store.errors import BadQuestionError
from store.library import Library
from store.passages import Filters
from store.ports import Vector
from store.reports import ReportContents
from store.turns import Turn
from ui.evaluation import open_corpus
from ui.settings import Settings
from ui.wiring import ingest_config, store_config

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
CUTTERS = Cutters(sentences=split_sentences, passages=partial(make_passages, config=IngestConfig()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One question, assessed: `gold` says of each ranked sentence whether it answers."""

    source: str
    half: Half
    answerable: bool
    assessment: Assessment
    gold: tuple[bool, ...]

    @property
    def chosen_gold(self) -> bool:
        """Whether a sentence that would be said answers."""
        right = {one for one, gold in zip(self.assessment.ranked, self.gold, strict=True) if gold}
        return any(one in right for one in self.assessment.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """One question with the passages that were matched: their articles, and which are gold."""

    source: str
    half: Half
    matches: tuple[Match, ...]
    articles: tuple[ids.ArticleId, ...]
    gold: tuple[bool, ...]


class Without:
    """A library as if some of its articles were not there."""

    def __init__(self, library: Library, gone: Sequence[str]) -> None:
        """Hide the articles of these ids from searches."""
        self._library = library
        self._gone = frozenset(gone)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Everything but searching is the library's own."""
        return getattr(self._library, name)

    def lexical(
        self, text: str, count: int, filters: Filters | None = None
    ) -> list[tuple[ids.PassageId, float]]:
        """Search by words, as the library does."""
        return self._kept(self._library.lexical(text, count + 20, filters), count)

    def dense(
        self, vector: Vector, count: int, filters: Filters | None = None
    ) -> list[tuple[ids.PassageId, float]]:
        """Search by vector, as the library does."""
        return self._kept(self._library.dense(vector, count + 20, filters), count)

    def _kept(
        self, found: list[tuple[ids.PassageId, float]], count: int
    ) -> list[tuple[ids.PassageId, float]]:
        of = {one.id: one.article_id for one in self._library.passages([id_ for id_, _ in found])}
        return [(id_, score) for id_, score in found if of[id_] not in self._gone][:count]


@contextmanager
def pages_library(settings: Settings) -> Iterator[Library]:
    """The bundled report and the invented pages, in a library of their own."""
    own = settings.model_copy(update={"home": settings.home / "pages"})
    with Library.open(store_config(own)) as library:
        ingest([ROOT / "reports", ROOT / "bench" / "pages"], library, ingest_config(own))
        yield library


def corpus_library(settings: Settings, name: str) -> AbstractContextManager[Library]:
    """The documents of a public set, each an article: the library that `wenyuan eval` makes."""
    return open_corpus(settings, load(SHARED / "eval" / name))


def labelled_pages(library: Library, source: str, path: Path) -> Iterator[Labelled]:
    """Assess a question file over the library; gold sentences hold a piece of its evidence.

    Questions that are refused as such are left out.
    """
    assistant = Assistant(library, AssistantConfig())
    questions = load_questions(path)
    half = halves_of(questions)
    for question in questions:
        history = assistant.replayed(question.history)
        try:
            (read, *_) = understood(library, question.question, history)
        except BadQuestionError:
            continue
        found = assess(library, read, library.places(), AssistantConfig())
        right = partial(_holds, question.evidence)
        yield _labelled(source, half[question.id], question.answerable, found, right)


def labelled_corpus(library: Library, name: str, kind: str, most: int) -> Iterator[Labelled]:
    """Assess the questions of a public set; gold sentences hold an answer string.

    An answerable question is asked a second time with its gold articles hidden: not answerable.

    Args:
        library: of the set's corpus.
        name: of its folder.
        kind: the type of question that is asked ("" for all).
        most: questions of each half, the first by the hash of their ids.
    """
    for half, question in asked(name, kind, most):
        answers = [text for group in question.answers for text in group]
        right = partial(_answers, frozenset(question.gold), answers)
        (read, *_) = understood(library, question.question)
        found = assess(library, read, library.places(), AssistantConfig())
        yield _labelled(name, half, question.answerable, found, right)
        if question.answerable:
            hidden: Any = Without(library, question.gold)
            found = assess(hidden, read, library.places(), AssistantConfig())
            if not any(text in one.sentence.text for one in found.ranked for text in answers):
                yield _labelled(f"{name} hidden", half, False, found, partial(_holds, ()))


def matched_corpus(library: Library, name: str, kind: str, most: int) -> Iterator[Matched]:
    """Match passages with the questions of a public set; gold passages are of gold articles."""
    config = AssistantConfig()
    for half, question in asked(name, kind, most):
        if not question.gold:
            continue
        (read, *_) = understood(library, question.question)
        vector = library.embed_query(read.standalone)
        hits = fused(library, read, vector, (), config)[: config.match_count]
        pairs = matched(library, read, vector, terms_of(library, read), hits)
        articles = tuple(hit.passage.article_id for hit, _ in pairs)
        yield Matched(
            source=f"{name} {kind}".strip(),
            half=half,
            matches=tuple(match for _, match in pairs),
            articles=articles,
            gold=tuple(one in question.gold for one in articles),
        )


def asked(name: str, kind: str, most: int) -> list[tuple[Half, EvalQuestion]]:
    """Return up to `most` questions of each half of a public set, by the hash of their ids."""
    questions = load(SHARED / "eval" / name).questions
    half = halves_of(questions)
    kept = sorted(
        (one for one in questions if kind in ("", one.type)), key=lambda one: ids.digest(one.id)
    )
    return [
        (which, one)
        for which in HALVES
        for one in [each for each in kept if half[each.id] == which][:most]
    ]


def understood(library: Library, text: str, history: Sequence[Turn] = ()) -> tuple[Question, ...]:
    """Read a question as the assistant does."""
    config = AssistantConfig()
    limit = config.max_question_chars
    return readings(text[:limit], history, library.places(), limit, aids_of(library, config))


def _answers(gold_ids: frozenset[str], answers: Sequence[str], one: Candidate) -> bool:
    return one.article.id in gold_ids and _holds(answers, one)


def _holds(gold: Sequence[str], one: Candidate) -> bool:
    return any(part in one.sentence.text for part in gold)


def _labelled(
    source: str,
    half: Half,
    answerable: bool,
    found: Assessment,
    right: Callable[[Candidate], bool],
) -> Labelled:
    return Labelled(
        source=source,
        half=half,
        answerable=answerable,
        assessment=found,
        gold=tuple(right(one) for one in found.ranked),
    )


def contents_of(path: str, documents: Sequence[dict[str, str]]) -> ReportContents:
    """Make a report of documents (id, title, text), each an article under its own id."""
    made = [
        Document(id=one["id"], title=one.get("title") or "", text=one["text"]) for one in documents
    ]
    return contents(path, made, CUTTERS)
