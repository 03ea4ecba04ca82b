"""Passages for a question: both arms fused, the best matched word by word, repeats put behind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer_types import expected, without_asking
from assistant.config import AssistantConfig
from assistant.matching import Found, Match, matches, weighed
from assistant.reading import pairs, readable
from assistant.records import Question
from assistant.rerank import reranked
from assistant.terms import Term, question_terms
from store.articles import Kind
from store.ids import ArticleId, PassageId
from store.library import Library
from store.passages import Hit, Passage
from store.ports import Vector

_SYNONYM_WEIGHT = 0.3
_REPEATED = 0.3  # what a passage loses that repeats an earlier one word for word


def retrieve(  # noqa: PLR0913, PLR0917 - what is asked, and where
    library: Library,
    question: Question,
    vector: Vector,
    places: Sequence[str],
    config: AssistantConfig,
    terms: Sequence[Term] | None = None,
) -> tuple[Hit, ...]:
    """Return the passages nearest to a question, best first, `config.passage_count` at most.

    A question without Chinese characters goes to the dense arm alone: characters of another
    script match nothing and would only add noise. It finds running text only: across languages
    the vectors of captions and other short lines are near everything. A reranker that the user
    has named takes the place of matching.

    Args:
        library: what is searched.
        question: as understood.
        vector: its embedding, shape (dimension,).
        places: places it names, normalised; where passages found name one of them, the others
            are left out.
        config: counts and weights.
        terms: its weighed words; None: they are worked out here.

    Raises:
        BackendError: the reranker that the user has named cannot be used.
    """
    hits = found(library, question, vector, places, config)
    first, rest = hits[: config.match_count], hits[config.match_count :]
    if config.reranker:
        first = reranked(question.standalone, first, config.reranker)
    elif question.chinese:
        terms = terms_of(library, question) if terms is None else terms
        first = [
            replace(hit, score=weighed(match))
            for hit, match in matched(library, question, vector, terms, first)
        ]
    else:
        return tuple(hits[: config.passage_count])
    # What was not matched comes after what was, in the order it had.
    after = (replace(hit, score=hit.score - 2) for hit in rest)
    return (*varied(first, config.passage_count), *after)[: config.passage_count]


def found(
    library: Library,
    question: Question,
    vector: Vector,
    places: Sequence[str],
    config: AssistantConfig,
) -> list[Hit]:
    """Return the passages that either arm finds, by their fused scores (0 to 1), best first.

    Takes what `retrieve` takes.
    """
    dense = library.dense(vector, config.arm_count, config.filters)
    lexical = by_words(library, question, config) if question.chinese else []
    weight = config.lexical_weight if question.chinese else 0.0
    fused = dict(fuse(lexical, dense, weight))
    passages: Sequence[Passage] = library.passages(list(fused))
    if not question.chinese:
        passages = [one for one in passages if one.kind is Kind.BODY]
    scores, similarities = dict(lexical), dict(dense)
    return [
        Hit(
            passage=passage,
            score=fused[passage.id],
            similarity=similarities.get(passage.id),
            lexical=scores.get(passage.id),
        )
        for passage in _told_once(library, _placed(passages, places))
    ]


def terms_of(library: Library, question: Question) -> tuple[Term, ...]:
    """Return the weighed words of a question, without those that ask for a photo or an author."""
    text = readable(without_asking(question.standalone, expected(question.standalone)))
    same = dict(question.synonyms)
    return question_terms(text, library.document_frequency, library.passage_count, same)


def matched(
    library: Library, question: Question, vector: Vector, terms: Sequence[Term], hits: Sequence[Hit]
) -> list[tuple[Hit, Match]]:
    """Return hits with how well they match a question; those gone meanwhile are left out."""
    by_id = {hit.passage.id: hit for hit in hits}
    ids, vectors = library.vectors(list(by_id))
    if not ids:
        return []
    normal = library.normal_texts(ids)
    stay = [at for at, key in enumerate(ids) if key in normal]
    there = [by_id[ids[at]] for at in stay]
    passages = [_as_found(hit, normal[hit.passage.id]) for hit in there]
    measured = matches(readable(question.standalone), vector, terms, passages, vectors[stay])
    return list(zip(there, measured, strict=True))


def varied(hits: Sequence[Hit], count: int) -> list[Hit]:
    """Return the best `count` hits, those that repeat an earlier one put behind; best first.

    Scores are scaled to 0..1; each loses in proportion to the greatest share of character pairs
    that its passage has in common (of those of both) with one before it.
    """
    alone = _scaled([(hit.passage.id, hit.score) for hit in hits])
    left = sorted(hits, key=lambda hit: -alone[hit.passage.id])
    ordered: list[Hit] = []
    repeated: dict[PassageId, tuple[int, float]] = {}
    while left and len(ordered) < count:
        best: Hit | None = None
        for hit in left:
            key = hit.passage.id
            if best and alone[key] <= best.score:
                break  # none of those after it can be better
            seen, most = repeated.get(key, (0, 0.0))
            most = max([most, *(_shared(hit, other) for other in ordered[seen:])])
            repeated[key] = len(ordered), most
            score = alone[key] - _REPEATED * most
            if best is None or score > best.score:
                best = replace(hit, score=score)
        ordered += [best] if best else []
        left = [hit for hit in left if hit.passage.id != ordered[-1].passage.id]
    return ordered


def by_words(
    library: Library, question: Question, config: AssistantConfig
) -> list[tuple[PassageId, float]]:
    """Return up to `config.arm_count` passages by words, best first, as read and as typed.

    Where no passage holds a word, those that mean the same count, less than its other words do.
    """
    count = config.arm_count
    found = dict(library.lexical(question.standalone, count, config.filters))
    if question.mended:
        for id_, score in library.lexical(question.as_typed, count, config.filters):
            found[id_] = max(score, found.get(id_, 0.0))
    known = {word: same for word, same in question.synonyms if word in question.standalone}
    held = library.document_frequency(list(known))
    unheld = (same for same, times in zip(known.values(), held, strict=True) if not times)
    others = " ".join(dict.fromkeys(chain.from_iterable(unheld)))
    if others:
        for id_, score in library.lexical(others, count, config.filters):
            found[id_] = found.get(id_, 0.0) + _SYNONYM_WEIGHT * score
    return sorted(found.items(), key=lambda one: -one[1])[:count]


def _placed(passages: Sequence[Passage], places: Sequence[str]) -> Sequence[Passage]:
    """Keep the passages that name one of the places, in text or context; all if none does."""
    kept = [
        passage
        for passage in passages
        if any(place in readable(passage.embedded_text) for place in places)
    ]
    return kept or passages


def _told_once(library: Library, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Keep one copy of what several reports print word for word, else it would crowd out the rest.

    It is that of the newest printed date, then of the best hit; a story is thus quoted from one
    report as far as that one was found. Only copies of the whole story are left out: a sentence
    that two different articles share says something of both.
    """
    times = Counter(one.text for one in passages)
    copies = [one for one in passages if times[one.text] > 1]
    articles = {key: library.article(key) for key in {one.article_id for one in copies}}
    dates = {
        key: library.report(article.report_id).printed_date or ""
        for key, article in articles.items()
    }
    chosen: dict[tuple[str, str], ArticleId] = {}
    for one in sorted(copies, key=lambda one: dates[one.article_id], reverse=True):
        chosen.setdefault((articles[one.article_id].fingerprint, one.text), one.article_id)
    return [
        one
        for one in passages
        if times[one.text] == 1
        or chosen[articles[one.article_id].fingerprint, one.text] == one.article_id
    ]


def fuse(
    lexical: Sequence[tuple[PassageId, float]],
    dense: Sequence[tuple[PassageId, float]],
    lexical_weight: float,
) -> list[tuple[PassageId, float]]:
    """Sum the min-max scaled scores of both arms; each score is 0 to 1, best first.

    A passage that an arm did not return counts 0 there. Ties keep the dense order.
    """
    left, right = _scaled(lexical, floor=0.0), _scaled(dense)
    ids = list(dict.fromkeys([*right, *left]))
    total = [
        (id_, lexical_weight * left.get(id_, 0.0) + (1 - lexical_weight) * right.get(id_, 0.0))
        for id_ in ids
    ]
    return sorted(total, key=lambda pair: -pair[1])


def _scaled(
    scores: Sequence[tuple[PassageId, float]], floor: float | None = None
) -> dict[PassageId, float]:
    """Scale scores to 0..1 between the least (or `floor`) and the greatest."""
    if not scores:
        return {}
    values = [score for _, score in scores]
    low, high = (min(values) if floor is None else floor), max(values)
    if high <= low:
        return {id_: 1.0 for id_, _ in scores}
    return {id_: (score - low) / (high - low) for id_, score in scores}


def _as_found(hit: Hit, normal: str) -> Found:
    """What is matched of a hit, from the normalised text that was embedded."""
    context, _, text = normal.partition("\n") if hit.passage.context else ("", "", normal)
    return Found(text=text, context=context, lexical=hit.lexical or 0.0)


def _shared(hit: Hit, other: Hit) -> float:
    """Share of the character pairs of two passages that they have in common, 0 to 1."""
    left, right = pairs(hit.passage.text), pairs(other.passage.text)
    common = len(left & right)
    return common / max(1, len(left) + len(right) - common)
