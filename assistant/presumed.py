"""A question assessed, and what it takes for granted held against the reports."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import topics
from assistant.assess import Assessment, assess
from assistant.config import AssistantConfig
from assistant.premise import contradicted, elsewhere, missing_from, weightiest
from assistant.records import Question, Status
from assistant.retrieve import terms_of
from assistant.scoring import Candidate
from store.library import Library

_SURE = 0.6


def assess_premises(
    library: Library, question: Question, places: Sequence[str], config: AssistantConfig
) -> Assessment:
    """Assess a question, and tell what the reports say otherwise than it takes for granted.

    A question that would be answered with another figure, year or person, or of another place, is
    related: it carries a sentence (`premise`) on what the reports say.

    Args:
        library: what is searched.
        question: as understood.
        places: communities and districts of the library.
        config: how.
    """
    found = assess(library, question, places, config)
    if not question.chinese or not found.chosen:
        return found
    best = max(found.chosen, key=_total)
    report = library.report(best.article.report_id)
    printed = [one for one in (report.printed_date, report.year_hint) if one]
    told = contradicted(question.standalone, terms_of(library, question), best, printed)
    if told:
        return replace(found, premise=told, status=Status.RELATED)
    return _of_another_place(library, found, places, config) or found


def _of_another_place(
    library: Library, found: Assessment, places: Sequence[str], config: AssistantConfig
) -> Assessment | None:
    """Assess the question without the one place it names; None where that tells nothing.

    A question that is surely answered is left alone; so is one whose weightiest noun some article
    about the place holds.
    """
    question = found.question
    named = topics.named_places(question.standalone, places)
    sure = found.status is Status.ANSWERED and found.probability >= _SURE
    if len(named) != 1 or sure:
        return None
    name = re.search(f"{re.escape(named[0])}(?:社区|街道|小区|区|县|镇|村)?", question.standalone)
    if name is None:
        return None
    rest = (question.standalone[: name.start()] + question.standalone[name.end() :]).lstrip("的在")
    alone = replace(question, standalone=rest, own=rest)
    terms = terms_of(library, alone)
    noun = weightiest(terms)
    if noun is None or not missing_from(noun, name.group(), found.ranked):
        return None
    other = assess(library, alone, (), config)
    if other.status is Status.NOT_COVERED:
        return None
    told = elsewhere(name.group(), terms, found.ranked, max(other.chosen, key=_total))
    if told is None:
        return None
    return replace(
        other,
        question=question,
        premise=told,
        status=Status.RELATED,
        probability=min(found.probability, other.probability),
    )


def _total(one: Candidate) -> float:
    return one.total
