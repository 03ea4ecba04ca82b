"""Passages for a question: lexical and dense arms, fused into one ranking."""

from collections.abc import Sequence

from assistant.config import AssistantConfig
from assistant.reading import readable
from assistant.records import Question
from store.ids import PassageId
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
    narrowed = places or not question.chinese
    passages = library.passages(list(fused) if narrowed else list(fused)[: config.passage_count])
    if not question.chinese:
        passages = tuple(one for one in passages if one.kind is Kind.BODY)
    found = _placed(passages, places)[: config.passage_count]
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
