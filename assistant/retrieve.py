"""Passages for a question: lexical and dense arms, fused into one ranking."""

from collections.abc import Sequence

from assistant.config import AssistantConfig
from assistant.records import Question
from store.ids import PassageId
from store.library import Library
from store.ports import Vector
from store.records import Filters, Hit


def retrieve(
    library: Library,
    question: Question,
    vector: Vector,
    config: AssistantConfig,
    filters: Filters | None = None,
) -> tuple[Hit, ...]:
    """Return the passages nearest to a question, best first, `config.passage_count` at most.

    `vector` is the question's embedding.

    A question without Chinese characters goes to the dense arm alone: characters of another
    script match nothing and would only add noise.
    """
    dense = library.dense(vector, config.arm_count, filters)
    if question.chinese:
        lexical = library.lexical(question.standalone, config.arm_count, filters)
        weight = config.lexical_weight
    else:
        lexical, weight = [], 0.0
    fused = fuse(lexical, dense, weight)[: config.passage_count]
    by_id = {passage.id: passage for passage in library.passages([id_ for id_, _ in fused])}
    scores, similarities = dict(lexical), dict(dense)
    return tuple(
        Hit(
            passage=by_id[id_],
            score=score,
            similarity=similarities.get(id_),
            lexical=scores.get(id_),
        )
        for id_, score in fused
        if id_ in by_id
    )


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
