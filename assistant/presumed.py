"""A question assessed, and what it takes for granted held against the reports."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import topics
from assistant.answer_types import AnswerType, expected
from assistant.assess import Assessment, assess
from assistant.config import AssistantConfig
from assistant.persons import people
from assistant.premise import Otherwise, contradicted, elsewhere, missing_from, telling
from assistant.reading import readable
from assistant.records import Question, Status
from assistant.retrieve import terms_of
from assistant.scoring import Candidate
from store.library import Library

_SURE = 0.6
_POOL = 40
_KINDS = "社区|街道|小区|区|县|镇|村"
_OFFICES = frozenset({"主任", "副主任"})
"""Offices that the tagger takes for no nouns."""
_YES_OR_NO = re.compile(r"[吗嘛]|是否|(.)[不没]\1")


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
    told = _contradicted(library, found, places)
    if told:
        return _telling(found, told, config.max_sentences)
    return _of_another_place(library, found, places, config)


def _contradicted(library: Library, found: Assessment, places: Sequence[str]) -> Otherwise | None:
    """What a sentence on the place asked about, or of the best article, says otherwise."""
    question = found.question
    named = topics.named_places(question.standalone, places)
    pool = _pool(found, named)
    if not pool:
        return None
    report = library.report(pool[0].article.report_id)
    printed = [one for one in (report.printed_date, report.year_hint) if one]
    rest = _without(question, named)
    names = people(question.standalone)
    return contradicted(
        rest.standalone,
        terms_of(library, rest),
        pool,
        printed,
        placed=bool(named),
        strange=not any(library.document_frequency(names)),
    )


def _pool(found: Assessment, named: Sequence[str]) -> list[Candidate]:
    """The best sentences, those chosen first: of articles on a place that is named, else of one."""
    once = {one.place: one for one in (*sorted(found.chosen, key=_worst), *found.ranked[:_POOL])}
    if named:
        return [
            one
            for one in once.values()
            if any(place in readable(one.article.body) for place in named)
        ]
    first = next(iter(once.values())).article.id
    return [one for one in once.values() if one.article.id == first]


def _telling(found: Assessment, told: Otherwise, count: int) -> Assessment:
    """An assessment that tells what is said otherwise, with the sentence that says so first."""
    others = [one for one in found.chosen if one.place != told.by.place]
    kept = [] if found.status is Status.NOT_COVERED else others
    return replace(
        found,
        chosen=(told.by, *kept)[:count],
        premise=told.told,
        status=Status.RELATED,
    )


def _of_another_place(
    library: Library, found: Assessment, places: Sequence[str], config: AssistantConfig
) -> Assessment:
    """Assess the question without the one place it names, if no article on it holds its words.

    What is told of one other place is said to be; else the question is not answered, only related.
    A question that is surely answered is left alone. One that asks whether something is so, or for
    an office that every place has, takes nothing for granted: of it no other place is told.
    """
    question = found.question
    named = topics.named_places(question.standalone, places)
    if len(named) != 1 or (found.status is Status.ANSWERED and found.probability >= _SURE):
        return found
    alone = _without(question, named)
    terms = terms_of(library, alone)
    words = telling(terms)
    if not words or not missing_from(words, named[0], found.ranked):
        return found
    office = expected(question.standalone).kind is AnswerType.PERSON and all(
        one.noun or one.text in _OFFICES for one in terms
    )
    asks = _YES_OR_NO.search(question.standalone)
    other = None if asks or office else assess(library, alone, (), config)
    if other and other.status is not Status.NOT_COVERED:
        name = re.search(f"{re.escape(named[0])}(?:{_KINDS})?", readable(question.standalone))
        there = [max(other.chosen, key=_total), *other.ranked]
        told = elsewhere(name.group() if name else named[0], terms, found.ranked, there)
        if told:
            return replace(
                other,
                question=question,
                signals=found.signals,
                premise=told.told,
                status=Status.RELATED,
                probability=min(found.probability, other.probability),
            )
    answered = found.status is Status.ANSWERED
    return replace(found, status=Status.RELATED) if answered else found


def _without(question: Question, named: Sequence[str]) -> Question:
    """A question without the places that it names."""
    rest = question.standalone
    for place in named:
        rest = re.sub(f"{re.escape(place)}(?:{_KINDS})?的?", "", rest).lstrip("的在")
    return replace(question, standalone=rest or question.standalone, own=rest or question.own)


def _total(one: Candidate) -> float:
    return one.total


def _worst(one: Candidate) -> float:
    return -one.total
