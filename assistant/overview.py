"""What an article says in its own headlines: for a question that names a thing and asks no more."""

from dataclasses import fields, replace

from assistant import topics
from assistant.assess import Assessment
from assistant.reading import readable
from assistant.records import Status
from assistant.scoring import Candidate, Features
from store.articles import Article, Kind
from store.library import Library

_DISPLAYED = (Kind.HEADLINE, Kind.SUBHEAD, Kind.HEADING)
_MOST = 4
_NOTHING = Features(**{field.name: 0.0 for field in fields(Features)})


def overview(library: Library, found: Assessment) -> Assessment:
    """Answer with the headlines of the best article that is about what the question names.

    Args:
        library: what was searched.
        found: what was found for a question that is a name alone.
    """
    name = readable(topics.stem(found.question.standalone))
    for hit in found.hits:
        article = library.article(hit.passage.article_id)
        place = article.location.raw if article.location else ""
        if name in readable(f"{article.headline}\n{place}"):
            lines = _lines(article)
            return replace(
                found, ranked=lines, chosen=lines, probability=1.0, status=Status.ANSWERED
            )
    return found


def _lines(article: Article) -> tuple[Candidate, ...]:
    shown = [n for n, one in enumerate(article.sentences) if one.kind in _DISPLAYED][:_MOST]
    return tuple(
        Candidate(article=article, index=index, features=_NOTHING, worth=1.0, total=1.0)
        for index in shown
    )
