"""Evidence prepared for checking: what it says, whom it is about, whether it gives orders."""

import re

from assistant import topics
from assistant.reading import readable
from assistant.records import Evidence
from assistant.sources import Source
from assistant.statements import names_of
from assistant.terms import tagged
from assistant.wording import wording
from store.articles import Article, Kind

_SHOWS = "\n照片 图片 图中 拍摄 拍 画面 展示"
"""What may be said of a caption that does not say it itself."""

_PRONOUN = re.compile(r"(?<![其吉])[他她](?!们|人)")


def source_of(evidence: Evidence) -> Source:
    """Prepare a piece of evidence for checking.

    What follows words to whoever answers in a paragraph is theirs too.
    """
    sentence, article = evidence.sentence, evidence.article
    before = [
        one
        for one in article.sentences
        if (one.kind, one.section, one.paragraph)
        == (sentence.kind, sentence.section, sentence.paragraph)
        and one.start <= sentence.start
    ]
    text = readable(sentence.text)
    taken_up = _PRONOUN.search(text) and len(before) > 1
    return Source(
        text=text,
        scope=_places(article) + (_SHOWS if sentence.kind is Kind.CAPTION else ""),
        place=(article.id, article.sentences.index(sentence)),
        persons=names_of(tagged(readable(before[-2].text))) if taken_up else (),
        addressing=any(wording().addressing.search(readable(one.text)) for one in before),
    )


def _places(article: Article) -> str:
    """Where an article is set, as its dateline or its headlines say; no more of what they say."""
    heads = readable("\n".join([article.headline, *article.subheads]))
    place = readable(article.location.raw) if article.location else ""
    return "\n".join([place, *topics.communities(heads)])


def plain_source(text: str) -> Source:
    """Prepare a quote of which nothing else is known."""
    text = readable(text)
    return Source(text=text, addressing=bool(wording().addressing.search(text)))
