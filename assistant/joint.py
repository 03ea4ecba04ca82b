"""A question with several parts: each assessed for itself, and what was found put together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant import topics
from assistant.assess import Assessment
from assistant.config import AssistantConfig
from assistant.overview import overview
from assistant.parts import MOST, Split, split
from assistant.presumed import assess_premises
from assistant.records import Question, Status
from assistant.retrieve import retrieve
from assistant.scoring import Candidate
from assistant.selection import best_of
from store.ids import ArticleId, PassageId
from store.library import Library
from store.passages import Hit

_NOT_WORSE = 0.05
_LEAST_EACH = 2


def assess_question(
    library: Library, question: Question, places: Sequence[str], config: AssistantConfig
) -> Assessment:
    """Assess a question, and each of its parts where it has several.

    Parts that the wording does not make certain are only taken where each is answered and the
    whole is not better answered; the hits are those of all parts either way.

    Args:
        library: what is searched.
        question: as understood.
        places: communities and districts of the library.
        config: how.
    """
    whole = assess_premises(library, question, places, config)
    taken = split(question.standalone, places) if question.chinese else None
    if taken is None:
        return whole
    parts = [assess_premises(library, one, places, config) for one in _asked(question, taken)]
    if taken.compares:  # of a place that is named alone, its headlines tell what it is about
        known = {topics.stem(place) for place in places}
        parts = [
            overview(library, one) if topics.stem(one.question.standalone) in known else one
            for one in parts
        ]
    hits = _hits_in_turn(whole.hits, [one.hits for one in parts])
    if not (taken.certain or _better(parts, whole)):
        return replace(whole, hits=hits)
    return replace(joined(whole, parts, taken, config.max_sentences), hits=hits)


def joined(
    whole: Assessment, parts: Sequence[Assessment], taken: Split, max_sentences: int
) -> Assessment:
    """Put the assessments of the parts together; the best band of any part is that of the whole.

    The sentences are those of the parts in that band, in the order of the parts and each once; of
    a comparison, those of every part that anything was found for. A part whose best sentence an
    earlier one has said adds nothing: that sentence answers both. Parts that nothing covers leave
    the whole as it was assessed.
    """
    status = min((one.status for one in parts), key=list(Status).index)
    if status is Status.NOT_COVERED:
        return whole if whole.status is Status.ANSWERED else replace(whole, parts=tuple(parts))
    each = max(_LEAST_EACH, max_sentences // len(parts))
    if taken.compares:
        each = max_sentences if len(parts) <= MOST else 1
    said = [
        one
        for one in parts
        if one.status is status or (taken.compares and one.status is not Status.NOT_COVERED)
    ]
    return Assessment(
        question=whole.question,
        hits=whole.hits,
        ranked=_once(one for one in chain(*zip_longest(*(part.ranked for part in parts))) if one),
        chosen=_said_in_turn([best_of(one.chosen, each) for one in said]),
        signals=whole.signals,
        probability=max(one.probability for one in said),
        status=status,
        parts=tuple(parts),
    )


def with_parts(found: Assessment, parts: Sequence[Assessment]) -> Assessment:
    """Return an assessment with its parts judged anew: what a part that fell had found falls.

    Args:
        found: as `joined` put it together.
        parts: its parts, in their order.
    """
    stand = [one for one in parts if one.status is not Status.NOT_COVERED]
    kept = {one.place for part in stand for one in part.chosen}
    fell = {one.place for part in parts if part not in stand for one in part.chosen} - kept
    ranked = chain(*zip_longest(*(part.ranked for part in stand)))
    return replace(
        found,
        parts=tuple(parts),
        ranked=_once(one for one in ranked if one and one.place not in fell),
        chosen=tuple(one for one in found.chosen if one.place in kept),
        probability=max(one.probability for one in parts),
        status=min((one.status for one in parts), key=list(Status).index),
    )


def gathered(
    library: Library, question: Question, places: Sequence[str], config: AssistantConfig
) -> tuple[Hit, ...]:
    """Return the hits that `assess_question` has for a question, without assessing anything."""

    def hits(one: Question) -> tuple[Hit, ...]:
        vector = library.embed_query(one.standalone)
        named = topics.named_places(one.standalone, places)
        return retrieve(library, one, vector, named, config)

    taken = split(question.standalone, places) if question.chinese else None
    whole = hits(question)
    return _hits_in_turn(whole, [hits(one) for one in _asked(question, taken)]) if taken else whole


def _asked(question: Question, taken: Split) -> list[Question]:
    """The parts as questions: searched for as they stand alone, shown as they were asked."""
    return [replace(question, text=part.label, standalone=part.text) for part in taken.parts]


def _hits_in_turn(whole: Sequence[Hit], parts: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The best hit of each part, then the next of each; then what only the whole question finds.

    The part whose best hit the whole question likes best begins: of the others it is less certain
    that they were read as they are meant. Each passage stands once, where it comes first.
    """
    liked = {hit.passage.id: rank for rank, hit in enumerate(whole)}
    begins = sorted(
        (one for one in parts if one), key=lambda one: liked.get(one[0].passage.id, len(liked))
    )
    first: dict[PassageId, Hit] = {}
    for hit in chain(*zip_longest(*begins), whole):
        if hit is not None:
            first.setdefault(hit.passage.id, hit)
    return tuple(first.values())


def _said_in_turn(parts: Sequence[Sequence[Candidate]]) -> tuple[Candidate, ...]:
    """The sentences of the parts, without those of a part whose best one is said before."""
    told: dict[tuple[ArticleId, int], Candidate] = {}
    for part in parts:
        if max(part, key=lambda one: one.total).place not in told:
            told.update({one.place: one for one in part if one.place not in told})
    return tuple(told.values())


def _once(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    first: dict[tuple[ArticleId, int], Candidate] = {}
    for one in found:
        first.setdefault(one.place, one)
    return tuple(first.values())


def _better(parts: Sequence[Assessment], whole: Assessment) -> bool:
    answered = all(one.status is Status.ANSWERED for one in parts)
    return answered and min(o.probability for o in parts) + _NOT_WORSE >= whole.probability
