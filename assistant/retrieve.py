"""Passages for a question: lexical and dense arms, fused into one ranking."""

from collections import Counter
from collections.abc import Sequence

from assistant.config import AssistantConfig
from assistant.reading import readable
from assistant.records import Question
from store.ids import ArticleId, PassageId
from store.library import Library
from store.ports import Vector
from store.records import Hit, Kind, Passage


def retrieve(
    library: Library,
    question: Question,
    vector: Vector,
    places: Sequence[str],
    config: AssistantConfig,
) -> tuple[Hit, ...]:
    """Return the passages nearest to a question, best first, `config.passage_count` at most.

    A question without Chinese characters goes to the dense arm alone: characters of another
    script match nothing and would only add noise. It finds running text only: across languages
    the vectors of captions and other short lines are near everything.

    Args:
        library: what is searched.
        question: as understood.
        vector: its embedding, shape (dimension,).
        places: places it names, normalised; where passages found name one of them, the others
            are left out.
        config: counts and weights.
    """
    dense = library.dense(vector, config.arm_count)
    lexical = library.lexical(question.standalone, config.arm_count) if question.chinese else []
    weight = config.lexical_weight if question.chinese else 0.0
    fused = dict(fuse(lexical, dense, weight))
    passages: Sequence[Passage] = library.passages(list(fused))
    if not question.chinese:
        passages = [one for one in passages if one.kind is Kind.BODY]
    found = _told_once(library, _placed(passages, places))[: config.passage_count]
    scores, similarities = dict(lexical), dict(dense)
    return tuple(
        Hit(
            passage=passage,
            score=fused[passage.id],
            similarity=similarities.get(passage.id),
            lexical=scores.get(passage.id),
        )
        for passage in found
    )


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
