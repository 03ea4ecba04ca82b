"""One reading of a question against the library: passages, scored sentences, what covers it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import topics
from assistant.answer_types import Expectation, expected, without_asking
from assistant.claims import subjects
from assistant.config import AssistantConfig
from assistant.coverage import Signals, mentioned, model, signals
from assistant.reading import readable
from assistant.records import Evidence, Question, Status
from assistant.retrieve import retrieve, terms_of
from assistant.scopes import scoped
from assistant.scoring import Candidate, candidates
from assistant.selection import select
from assistant.terms import Term, words_of
from store.library import Library
from store.passages import Hit
from store.ports import Vector

_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was found for a question. `probability` (0 to 1) that `chosen` answers it.

    `parts` are those of a question with several, each assessed for itself; `premise` is a sentence
    on what the reports say otherwise than the question takes for granted, or None.
    """

    question: Question
    hits: tuple[Hit, ...]
    ranked: tuple[Candidate, ...] = ()
    chosen: tuple[Candidate, ...] = ()
    signals: Signals | None = None
    probability: float = 0.0
    status: Status = Status.NOT_COVERED
    parts: tuple["Assessment", ...] = ()
    premise: str | None = None


def assess(
    library: Library,
    question: Question,
    places: Sequence[str],
    config: AssistantConfig,
) -> Assessment:
    """Find the sentences that answer a question best and judge whether they do.

    `places` are those the library knows (store.library.Library.places). What the conversation
    lent the question helps to find sentences; only its own words must be covered. Articles that
    mention none of the places it names, or of the persons, do not answer it where others do; nor do
    reports other than those it names.
    """
    asked, filters = scoped(library, question, config.filters)
    found = _assessed(library, asked, places, replace(config, filters=filters))
    return replace(found, question=question)


def _assessed(
    library: Library, question: Question, places: Sequence[str], config: AssistantConfig
) -> Assessment:
    vector = library.embed_query(question.standalone)
    named = topics.named_places(question.standalone, places)
    terms = terms_of(library, question)
    hits = retrieve(library, question, vector, named, config, terms)
    expectation = expected(question.standalone)
    text = readable(without_asking(question.standalone, expectation))
    same = dict(question.synonyms)
    if not _asks_something(question, terms, expectation):
        return Assessment(question=question, hits=hits)
    articles = {id_: library.article(id_) for id_ in {hit.passage.article_id for hit in hits}}
    ranked = candidates(question.standalone, terms, expectation, hits, articles)
    closeness = 0.0
    if not question.chinese and ranked:
        ranked, closeness = _by_meaning(library, vector, ranked)
    ranked = _about(_about(ranked, named), subjects(readable(question.standalone)))
    chosen = select(question.standalone, terms, ranked, config.max_sentences)
    if not chosen:
        return Assessment(question=question, hits=hits)
    own = {word for word, _ in words_of(readable(question.own), same)}
    asked = [one for one in terms if one.text in own] or terms
    names = (*named, *topics.communities(question.standalone), *(o.text for o in terms if o.name))
    measured = signals(text, asked, expectation, chosen, dict.fromkeys(names), closeness)
    judge = model(chinese=question.chinese)
    probability = judge.probability(measured)
    if named and not mentioned(named, chosen):
        probability = 0.0
    return Assessment(
        question=question,
        hits=hits,
        ranked=tuple(ranked),
        chosen=chosen,
        signals=measured,
        probability=probability,
        status=judge.band(probability),
    )


def _about(ranked: list[Candidate], names: Sequence[str]) -> list[Candidate]:
    """Keep the sentences whose article mentions one of the names; all if none does."""
    bodies = {one.article.id: readable(one.article.body) for one in ranked} if names else {}
    about = {key for key, body in bodies.items() if any(name in body for name in names)}
    return [one for one in ranked if one.article.id in about] or ranked


def _asks_something(question: Question, terms: Sequence[Term], expectation: Expectation) -> bool:
    """Whether a question holds words that evidence could hold, or asks for photos or authors."""
    if not question.chinese:
        return len(re.findall(r"[^\W\d_]{2,}", question.standalone)) >= _LEAST_WORDS
    return expectation.by_kind or any(len(one.text) > 1 or one.noun for one in terms)


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


def _by_meaning(
    library: Library, vector: Vector, ranked: list[Candidate]
) -> tuple[list[Candidate], float]:
    """Order sentences by the cosine of their vectors, for a question in another script.

    Returns them with the greatest cosine. Cosines lie close together, so a sentence is worth how
    far it stands out (in standard deviations above the mean, 0 or more).
    """
    closeness = library.embed_passages([one.sentence.text for one in ranked]) @ vector
    spread = (closeness - closeness.mean()) / (closeness.std() + 1e-6)
    scored = [
        replace(one, worth=max(0.0, above), total=above)
        for one, above in zip(ranked, spread.tolist(), strict=True)
    ]
    return sorted(scored, key=lambda one: -one.total), float(closeness.max())
