"""Questions to begin with, drawn from the articles and kept only where they are answered."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from store.articles import Article, Kind

_QUOTED = re.compile(r"[“「]([\u4e00-\u9fff·、]{3,10})[”」]")
_COUNTED = re.compile(r"\d+余?((?:个|名|户|家|处|部|台|座|张|场)[\u4e00-\u9fff]{2})(?=[，。、；])")
_TRIES = 4


def suggestions(
    articles: Sequence[Article], is_answered: Callable[[str], bool], count: int
) -> tuple[str, ...]:
    """Return up to `count` questions that are answered, spread over the articles.

    Args:
        articles: of the library, oldest first.
        is_answered: whether the library answers a question.
        count: 0 or more.
    """
    tried = islice(_interleaved(articles), _TRIES * count)
    return tuple(islice(filter(is_answered, tried), count))


def _interleaved(articles: Sequence[Article]) -> Iterator[str]:
    """Each article's questions, taking one of every article in turn, none twice."""
    rows = zip_longest(*(_questions(article) for article in reversed(articles)))
    return iter(dict.fromkeys(one for one in chain.from_iterable(rows) if one))


def _questions(article: Article) -> Iterator[str]:
    """Questions that an article's own words suggest: coinages, counts and its place."""
    place = article.community or ""
    about = f"{place}的" if place else ""
    coined = (f"{about}“{term}”是什么？" for term in _coinages(article))
    counted = (f"{place}有多少{noun}？" for noun in _counted(article))
    yield from (one for pair in zip_longest(coined, counted) for one in pair if one)
    if place:
        yield f"{place}在哪里？"


def _counted(article: Article) -> Iterator[str]:
    """Whatever is counted in the text, with its measure word (312户居民: 户居民)."""
    for one in article.sentences:
        if one.kind is Kind.BODY:
            yield from dict.fromkeys(_COUNTED.findall(one.text))


def _coinages(article: Article) -> Iterator[str]:
    """Quoted terms, the most frequent first: what a report puts in quotes it goes on to explain."""
    shown = [one.text for one in article.sentences if one.kind in (Kind.HEADING, Kind.HEADLINE)]
    said = [one.text for one in article.sentences if one.kind is Kind.BODY]
    whole = "\n".join(said)
    found = dict.fromkeys(chain.from_iterable(_QUOTED.findall(text) for text in [*shown, *said]))
    return iter(sorted(filter(whole.count, found), key=whole.count, reverse=True))
