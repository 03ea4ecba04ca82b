"""One reading of a question against the library: passages, scored sentences, what covers it."""

from dataclasses import dataclass, replace

from assistant import topics
from assistant.answer_types import Expectation, expected
from assistant.config import AssistantConfig
from assistant.coverage import Signals, fitted, signals
from assistant.records import Evidence, Question, Status
from assistant.retrieve import retrieve
from assistant.scoring import Candidate, candidates, readable
from assistant.selection import select
from assistant.terms import Term, question_terms
from store.library import Library
from store.ports import Vector
from store.records import Filters, Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was found for a question. `probability` (0 to 1) that `chosen` answers it."""

    question: Question
    hits: tuple[Hit, ...]
    ranked: tuple[Candidate, ...]
    chosen: tuple[Candidate, ...]
    signals: Signals | None
    probability: float
    status: Status


def assess(
    library: Library,
    question: Question,
    config: AssistantConfig,
    filters: Filters | None = None,
) -> Assessment:
    """Find the sentences that answer a question best and judge whether they do."""
    vector = library.embed_query(question.standalone)
    hits = retrieve(library, question, vector, config, filters)
    text = readable(question.standalone)
    terms = question_terms(text, library.document_frequency, library.passage_count)
    expectation = expected(question.standalone)
    articles = {hit.passage.article_id: library.article(hit.passage.article_id) for hit in hits}
    ranked = candidates(question.standalone, terms, expectation, hits, dict(articles))
    if not question.chinese:
        ranked = _by_meaning(library, vector, ranked)
    chosen = select(question.standalone, terms, ranked, config.max_sentences)
    return _judged(question, hits, tuple(ranked), chosen, (terms, expectation))


def _judged(
    question: Question,
    hits: tuple[Hit, ...],
    ranked: tuple[Candidate, ...],
    chosen: tuple[Candidate, ...],
    asked: tuple[tuple[Term, ...], Expectation],
) -> Assessment:
    """Measure the signals of what was chosen and put it in its band."""
    if not chosen:
        return Assessment(
            question=question,
            hits=hits,
            ranked=ranked,
            chosen=(),
            signals=None,
            probability=0.0,
            status=Status.NOT_COVERED,
        )
    terms, expectation = asked
    similarity = max((hit.similarity or 0.0 for hit in hits), default=0.0)
    measured = signals(terms, expectation, chosen, _names(question, terms), similarity)
    model = fitted("chinese" if question.chinese else "other")
    probability = model.probability(measured)
    return Assessment(
        question=question,
        hits=hits,
        ranked=ranked,
        chosen=chosen,
        signals=measured,
        probability=probability,
        status=model.band(probability),
    )


def evidence_of(library: Library, found: tuple[Candidate, ...]) -> tuple[Evidence, ...]:
    """Turn candidates into numbered evidence (number 1 is the first)."""
    return tuple(
        Evidence(
            sentence=one.sentence,
            article=one.article,
            report=library.report(one.article.report_id),
            score=one.total,
        )
        for one in found
    )


def _names(question: Question, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """Names and places that a question mentions, places without their administrative ending."""
    named = [term.text for term in terms if term.name and len(term.text) > 1]
    placed = [
        readable(phrase.stem) for phrase in topics.phrases(question.standalone) if phrase.place
    ]
    return tuple(dict.fromkeys([*placed, *named]))


def _by_meaning(library: Library, question: Question, ranked: list[Candidate]) -> list[Candidate]:
    """Order sentences by the cosine of their vectors: for a question in another script."""
    if not ranked:
        return ranked
    vectors = library.embed_passages([one.sentence.text for one in ranked])
    closeness = vectors @ vector
    pairs = sorted(zip(ranked, closeness.tolist(), strict=True), key=lambda pair: -pair[1])
    return [replace(one, total=value, overlap=value) for one, value in pairs]
