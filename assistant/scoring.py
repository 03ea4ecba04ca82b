"""How well each candidate sentence answers a question, with the reasons as figures."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer_types import AnswerType, Expectation, holds
from assistant.fitted import fitted
from assistant.lexicon import lexicon
from assistant.reading import pairs, readable
from assistant.terms import Term
from store.articles import Article, Kind, Sentence
from store.ids import ArticleId
from store.passages import Hit

_QUOTABLE = (Kind.BODY, Kind.CAPTION, Kind.DATELINE, Kind.BYLINE)
ADDED = {
    AnswerType.PHOTO: Kind.CAPTION,
    AnswerType.AUTHOR: Kind.BYLINE,
    AnswerType.PLACE: Kind.DATELINE,
}
"""What is asked for by some questions besides running text."""

_ASKS = re.compile(r"[?？][”’」』）)\s]*$")
_ALONE = (AnswerType.PHOTO, AnswerType.AUTHOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What speaks for a sentence, each 0 to 1.

    `hit`: the fused score of its best passage. `own`, `near`, `far`: weight share of the
    question's words in it, only in its neighbours and heading, only in headline and place.
    `overlap`: share of the question's character pairs in it. `typed`: it holds the kind of answer
    asked for. `anchored`: it holds the verb whose objects are asked for. `tells`: it is no question
    itself. `length`: on a log scale.
    """

    hit: float
    own: float
    near: float
    far: float
    overlap: float
    typed: float
    anchored: float
    tells: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer: `total` orders the candidates, `worth` leaves out the passage."""

    article: Article
    index: int
    features: Features
    worth: float
    total: float

    @property
    def place(self) -> tuple[ArticleId, int]:
        """Which sentence it is: its article and its index there."""
        return self.article.id, self.index

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.article.sentences[self.index]


def candidates(
    question: str,
    terms: Sequence[Term],
    expectation: Expectation,
    hits: Sequence[Hit],
    articles: dict[ArticleId, Article],
) -> list[Candidate]:
    """Score every quotable sentence of the hits' passages, best first.

    Where the question asks for a place, the datelines of the articles found join the candidates;
    where it asks for photos or authors, captions or bylines are the only ones, if there are any.
    """
    wanted = ADDED.get(expectation.kind)
    best: dict[tuple[ArticleId, int], float] = {}
    for hit in hits:
        article = articles[hit.passage.article_id]
        for index in _indexes(hit, article, wanted):
            key = (article.id, index)
            best[key] = max(best.get(key, 0.0), hit.score)
    if expectation.kind in _ALONE:
        of_kind = {
            key: hit
            for key, hit in best.items()
            if articles[key[0]].sentences[key[1]].kind is wanted
        }
        best = of_kind or best
    asked = (pairs(question) - lexicon().function_words, _anchor(question))
    scored = [
        weighed(
            articles[id_], index, _features(articles[id_], index, hit, terms, asked, expectation)
        )
        for (id_, index), hit in best.items()
    ]
    return sorted(scored, key=lambda one: -one.total)


def weighed(article: Article, index: int, features: Features) -> Candidate:
    """Weigh the features of a sentence by the fitted weights."""
    weights = fitted("ranking")["weights"]
    total = sum(weight * getattr(features, name) for name, weight in weights.items())
    worth = total - weights["hit"] * features.hit
    return Candidate(article=article, index=index, features=features, worth=worth, total=total)


def surroundings(article: Article, index: int) -> str:
    """Return the neighbours of a sentence in its paragraph, and its heading, normalised."""
    own = article.sentences[index]
    place = (own.kind, own.section, own.paragraph)
    near = [
        one.text
        for one in (
            *article.sentences[max(0, index - 1) : index],
            *article.sentences[index + 1 :][:1],
        )
        if (one.kind, one.section, one.paragraph) == place
    ]
    return readable("\n".join([*near, article.heading_of(own) or ""]))


def scope(article: Article) -> str:
    """Return what an article says of itself: headline, subheads and place, normalised."""
    place = article.location.raw if article.location else ""
    return readable("\n".join([article.headline, *article.subheads, place]))


def _indexes(hit: Hit, article: Article, wanted: Kind | None) -> list[int]:
    first, last = hit.passage.sentences
    added = [i for i, one in enumerate(article.sentences) if wanted and one.kind is wanted]
    return [i for i in range(first, last) if article.sentences[i].kind in _QUOTABLE] + added


def _features(  # noqa: PLR0913, PLR0917 - one value for each thing that is weighed
    article: Article,
    index: int,
    hit: float,
    terms: Sequence[Term],
    asked: tuple[frozenset[str], str | None],
    expectation: Expectation,
) -> Features:
    sentence = article.sentences[index]
    text, near, far = readable(sentence.text), surroundings(article, index), scope(article)
    wanted, anchor = asked
    own_share = near_share = far_share = 0.0
    total = sum(term.weight for term in terms) or 1.0
    for term in terms:
        here, beside = term.presence(text), term.presence(near)
        above = term.presence(far)
        own_share += term.weight * here / total
        near_share += term.weight * max(0.0, beside - here) / total
        far_share += term.weight * max(0.0, above - max(here, beside)) / total
    return Features(
        hit=hit,
        own=own_share,
        near=near_share,
        far=far_share,
        overlap=len(wanted & pairs(text)) / max(1, len(wanted)),
        typed=holds(expectation, sentence),
        anchored=1.0 if anchor and anchor in text else 0.0,
        tells=0.0 if _ASKS.search(text) else 1.0,
        length=min(1.0, math.log1p(len(text)) / 6),
    )


def _anchor(question: str) -> str | None:
    """Return the verb whose objects a list question asks for (发现了哪些: 发现)."""
    found = re.search(r"(?<!\d)([\u4e00-\u9fff]{2})(?:了|出|过)?(?:哪些|哪几|什么)", question)
    if not found or found.group(1) in lexicon().question_nouns:
        return None
    return found.group(1)
