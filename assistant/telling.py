"""What the catalog tells of the reports that are asked about, and what the assistant of itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant import topics
from assistant.about import Asked, sayings
from assistant.catalog_lines import Line, date_of, lines_of, signers
from assistant.reading import readable
from assistant.records import AnswerSentence, Evidence, Status
from assistant.terms import words_of
from store.articles import Article
from store.library import Library
from store.reports import Report
from store.text import is_chinese

NAME = "catalog"
"""What such an answer gives as its model."""

_SHOWN = 20
_BROAD = re.compile(r"(?<![社小])区$|[县市镇]$|街道$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the catalog says: a line before the rest, and sentences that cite `evidence`."""

    lead: str
    status: Status
    sentences: tuple[AnswerSentence, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def told(library: Library, asks: Sequence[Asked]) -> Told | None:
    """Answer from the catalog, one line for each article, report or place, each with its quote.

    Args:
        library: whose catalog it is.
        asks: what is asked for; what is told of the second follows that of the first.

    Returns:
        None where one of them turns out to be asked of the reports.
    """
    found = [_told(library, what) for what in asks]
    whole = [one for one in found if one is not None]
    if not whole or len(whole) < len(found):
        return None
    lead, *more = {one.lead: one for one in whole}.values()
    sentences, evidence = list(lead.sentences), list(lead.evidence)
    for one in more:
        sentences.append(AnswerSentence(text=one.lead))
        sentences += (
            replace(said, labels=tuple(len(evidence) + label for label in said.labels))
            for said in one.sentences
        )
        evidence += one.evidence
    return replace(lead, sentences=tuple(sentences), evidence=tuple(evidence))


def _told(library: Library, what: Asked) -> Told | None:
    said = sayings().get(what.kind)
    if said:
        asks = what.word and _may_be_reported(library, what.word)
        return None if asks else Told(lead=said, status=Status.NOT_COVERED)
    reports = {one.id: one for one in library.reports()}
    every = [
        (article, reports[article.report_id]) for article in library.articles() if article.sentences
    ]
    if what.word and any(what.word in signers(article) for article, _ in every):
        what = replace(what, author=what.word, word=None)
    listed = [one for one in every if _is_meant(*one, what)]
    if not listed:
        narrow = every and (what.known or what.paper)
        lead = "报道库里没有这样的报道。" if every else "报道库里还没有报道。"
        return None if narrow else Told(lead=lead, status=Status.NOT_COVERED)
    return _shown(what, *lines_of(what.kind, listed))


def _shown(what: Asked, lead: str, lines: Sequence[Line]) -> Told:
    """The first of the lines, and what is told before them."""
    shown = [(text, _quoting(evidence, what.word or "")) for text, evidence in lines[:_SHOWN]]
    if what.kind == "articles" and (what.author or what.word):
        which = f"“{what.author}”署名" if what.author else f"提到“{what.word}”"
        lead = f"{which}的{lead}"
    if not what.certain:
        lead = f"没有看懂要找的是哪些报道。报道库里{lead}"
    if len(lines) > _SHOWN:
        lead = f"{lead.rstrip('：')}，以下是前 {_SHOWN} 条："
    found = Status.ANSWERED if what.certain else Status.RELATED
    return Told(
        lead=lead,
        status=found if shown else Status.NOT_COVERED,
        sentences=tuple(
            AnswerSentence(text=text, labels=(number,))
            for number, (text, _) in enumerate(shown, start=1)
        ),
        evidence=tuple(evidence for _, evidence in shown),
    )


def _quoting(evidence: Evidence, word: str) -> Evidence:
    """Quote the first sentence that says a word, where one does."""
    says = (one for one in evidence.article.sentences if readable(word) in readable(one.text))
    return replace(evidence, sentence=next(says, evidence.sentence)) if word else evidence


def _may_be_reported(library: Library, text: str) -> bool:
    """Whether a report holds any content word of a text; of one in another script, always."""
    words = [word for word, _ in words_of(readable(text))]
    return not is_chinese(text) or any(library.document_frequency(words))


def _is_meant(article: Article, report: Report, what: Asked) -> bool:
    """Whether an article is one of those that the question keeps itself to."""
    return (
        _is_about(article, what.places)
        and (what.paper is None or _is_called(article, report, readable(what.paper)))
        and (what.date is None or date_of(report).startswith(what.date))
        and (what.author is None or what.author in signers(article))
        and (what.word is None or _says(article, what.word))
    )


def _is_called(article: Article, report: Report, name: str) -> bool:
    """Whether a report has a name, or the better part of an article's headline is that name."""
    headline = readable(article.headline)
    named = (report.title, report.publisher or "", PurePath(report.path).stem)
    return any(name in readable(one) for one in named) or (
        name in headline and 2 * len(name) >= len(headline)
    )


def _says(article: Article, word: str) -> bool:
    """Whether an article holds every content word of a text."""
    words = [one for one, _ in words_of(readable(word))] or [readable(word)]
    body = readable(article.body)
    return all(one in body for one in words)


def _is_about(article: Article, places: Sequence[str]) -> bool:
    """Whether an article is about one of the communities, and in one of the districts, if named."""
    shown = f"{article.location.raw if article.location else ''}\n{article.headline}"
    broad = [one for one in places if _BROAD.search(one)]
    narrow = [one for one in places if one not in broad]
    return all(
        not group or any(topics.stem(place) in shown for place in group)
        for group in (broad, narrow)
    )
