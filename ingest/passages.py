"""Packs the sentences of an article into passages, the units that are embedded and searched."""

from collections.abc import Sequence
from itertools import groupby

from ingest.config import IngestConfig
from store.articles import Article, Kind
from store.ids import passage_id
from store.passages import Passage

_ALONE = (Kind.SUBHEAD, Kind.DATELINE, Kind.BYLINE, Kind.CAPTION)


def make_passages(article: Article, config: IngestConfig) -> tuple[Passage, ...]:
    """Return the passages of an article in body order.

    Text is packed within its section; each subhead, dateline, caption and byline is a passage of
    its own. An article without any of these is found by its headings and headline.
    """
    ranges: list[tuple[int, int]] = []
    indexed = list(enumerate(article.sentences))
    for key, group in groupby(indexed, key=lambda item: (item[1].kind, item[1].section)):
        members = [at for at, _ in group]
        if key[0] is Kind.BODY:
            ranges += _pack(article, members, config)
        elif key[0] in _ALONE or _is_bare_heading(article, members[0]):
            ranges += [(at, at + 1) for at in members]
    if not ranges:
        ranges = [(at, at + 1) for at in range(len(article.sentences))]
    return tuple(_passage(article, order, span) for order, span in enumerate(ranges))


def _is_bare_heading(article: Article, at: int) -> bool:
    """Say whether a sentence is a heading with no text of its own below it."""
    sentence = article.sentences[at]
    return sentence.kind is Kind.HEADING and not article.sections[sentence.section].paragraphs


def _pack(article: Article, members: Sequence[int], config: IngestConfig) -> list[tuple[int, int]]:
    """Pack neighbouring sentences up to the greatest length, the last ones repeated in the next."""
    ranges: list[tuple[int, int]] = []
    first = members[0]
    for at in members:
        if at > first and _length(article, first, at + 1) > config.passage_max_chars:
            ranges.append((first, at))
            first = _overlap(article, first, at, config)
    ranges.append((first, members[-1] + 1))
    return ranges


def _overlap(article: Article, first: int, at: int, config: IngestConfig) -> int:
    """Return where the next passage begins, so that what is repeated still leaves room for `at`."""
    begin = max(at - config.passage_overlap_sentences, first + 1)
    while begin < at and _length(article, begin, at + 1) > config.passage_max_chars:
        begin += 1
    return begin


def _length(article: Article, first: int, end: int) -> int:
    return article.sentences[end - 1].end - article.sentences[first].start


def _passage(article: Article, order: int, span: tuple[int, int]) -> Passage:
    first, last = article.sentences[span[0]], article.sentences[span[1] - 1]
    text = article.body[first.start : last.end]
    context = _context(article, span[0])
    embedded = f"{context}\n{text}" if context else text
    return Passage(
        id=passage_id(article.id, first.start, last.end, embedded),
        article_id=article.id,
        report_id=article.report_id,
        ordinal=order,
        kind=first.kind,
        start=first.start,
        end=last.end,
        text=text,
        context=context,
        sentences=span,
    )


def _context(article: Article, at: int) -> str:
    """Return headline, place and heading; not the line that is the passage itself."""
    sentence = article.sentences[at]
    place = (
        article.location.raw if article.location and sentence.kind is not Kind.DATELINE else None
    )
    heading = article.heading_of(sentence) if sentence.kind is Kind.BODY else None
    headline = article.headline if sentence.kind is not Kind.HEADLINE else None
    return "｜".join(part for part in (headline, place, heading) if part)
