"""Questions to begin with, drawn from the articles and kept only where they are answered."""

import re
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from assistant.records import Status
from store.records import Article, Kind

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

_QUOTED = re.compile(r"[“「]([\u4e00-\u9fff·、]{3,10})[”」]")
_ARTICLES = 12
_TRIES = 4


def suggestions(assistant: "Assistant", count: int) -> tuple[str, ...]:
    """Return up to `count` questions that the library answers, spread over its newest articles."""
    articles = assistant.library.articles()[-_ARTICLES:]
    tried = islice(_interleaved(articles), _TRIES * count)
    answered = (one for one in tried if assistant.assess(one).status is Status.ANSWERED)
    return tuple(islice(answered, count))


def _interleaved(articles: tuple[Article, ...]) -> Iterator[str]:
    """Each article's questions, taking one of every article in turn, none twice."""
    rows = zip_longest(*(_questions(article) for article in reversed(articles)))
    return iter(dict.fromkeys(one for one in chain.from_iterable(rows) if one))


def _questions(article: Article) -> Iterator[str]:
    """Questions that an article's own words suggest: its coinages, its place, its practice."""
    place = article.community or ""
    about = f"{place}的" if place else ""
    for quoted in _coinages(article):
        yield f"{about}“{quoted}”是什么？"
    if place:
        yield f"{place}有哪些做法？"
        yield f"{place}在哪里？"


def _coinages(article: Article) -> Iterator[str]:
    """Quoted terms, those of headings first: what a report puts in quotes it goes on to explain."""
    shown = [one.text for one in article.sentences if one.kind in (Kind.HEADING, Kind.HEADLINE)]
    said = [one.text for one in article.sentences if one.kind is Kind.BODY]
    whole = "\n".join(said)
    found = dict.fromkeys(chain.from_iterable(_QUOTED.findall(text) for text in [*shown, *said]))
    return (term for term in found if term in whole)
