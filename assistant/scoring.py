"""How well each candidate sentence answers a question, with the reasons as figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer_types import AnswerType, Expectation, holds
from assistant.lexicon import lexicon
from assistant.terms import Term, presence
from store.records import Article, Hit, Kind, Sentence
from store.text import normalise

_NEAR = 0.6
_FAR = 0.4
_EVIDENCE_KINDS = {
    AnswerType.PHOTO: Kind.CAPTION,
    AnswerType.AUTHOR: Kind.BYLINE,
    AnswerType.PLACE: Kind.DATELINE,
}
_QUOTABLE = (Kind.BODY, Kind.CAPTION, Kind.DATELINE, Kind.BYLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer, with what speaks for it (all 0 to 1 but `total`).

    `hit` is the fused score of its best passage; `covered` the weight of the question's words in
    it or, less, in its neighbours and headings; `overlap` the share of the question's character
    pairs in it; `typed` whether it holds the kind of answer asked for.
    """

    article: Article
    index: int
    hit: float
    covered: float
    overlap: float
    typed: float
    anchored: float
    total: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.article.sentences[self.index]


def candidates(
    question: str,
    terms: Sequence[Term],
    expectation: Expectation,
    hits: Sequence[Hit],
    articles: dict[str, Article],
) -> list[Candidate]:
    """Score every quotable sentence of the hits' passages, best first.

    Where the question asks for a photo, an author or a place, the captions, bylines or datelines
    of the articles found join the candidates.
    """
    best: dict[tuple[str, int], float] = {}
    for hit in hits:
        article = articles[hit.passage.article_id]
        for index in _indexes(hit, article, expectation):
            key = (article.id, index)
            best[key] = max(best.get(key, 0.0), hit.score)
    pairs = _pairs(readable(question))
    anchor = _anchor(question)
    scored = [
        _score(articles[article_id], index, score, terms, pairs, anchor, expectation)
        for (article_id, index), score in best.items()
    ]
    return sorted(scored, key=lambda one: -one.total)


@lru_cache(maxsize=8192)
def readable(text: str) -> str:
    """Return text as the words of a question are compared with it (see store.text.normalise)."""
    return normalise(text)


def surroundings(article: Article, index: int) -> str:
    """Return the neighbours of a sentence in its paragraph, and its heading, normalised."""
    own = article.sentences[index]
    near = [
        article.sentences[other].text
        for other in (index - 1, index + 1)
        if 0 <= other < len(article.sentences)
        and article.sentences[other].kind is own.kind
        and article.sentences[other].section == own.section
        and article.sentences[other].paragraph == own.paragraph
    ]
    return readable("\n".join([*near, article.heading_of(own) or ""]))


def scope(article: Article) -> str:
    """Return what an article says of itself: headline, subheads and place, normalised."""
    place = article.location.raw if article.location else ""
    return readable("\n".join([article.headline, *article.subheads, place]))


def _indexes(hit: Hit, article: Article, expectation: Expectation) -> list[int]:
    first, last = hit.passage.sentences
    found = [i for i in range(first, last) if article.sentences[i].kind in _QUOTABLE]
    wanted = _EVIDENCE_KINDS.get(expectation.kind)
    if wanted:
        found += [i for i, one in enumerate(article.sentences) if one.kind is wanted]
    return found


def _score(  # noqa: PLR0913 - one value for each thing that is weighed
    article: Article,
    index: int,
    hit: float,
    terms: Sequence[Term],
    pairs: frozenset[str],
    anchor: str | None,
    expectation: Expectation,
) -> Candidate:
    sentence = article.sentences[index]
    text = readable(sentence.text)
    near, far = surroundings(article, index), scope(article)
    total_weight = sum(term.weight for term in terms) or 1.0
    covered = (
        sum(
            term.weight
            * max(
                presence(term.text, text),
                _NEAR * presence(term.text, near),
                _FAR * presence(term.text, far),
            )
            for term in terms
        )
        / total_weight
    )
    own_pairs = _pairs(text)
    overlap = len(pairs & own_pairs) / max(1, len(pairs))
    typed = holds(expectation, sentence)
    anchored = 1.0 if anchor and anchor in text else 0.0
    total = hit + 2 * covered + overlap + 0.6 * (typed - 1) + 0.5 * anchored
    return Candidate(
        article=article,
        index=index,
        hit=hit,
        covered=covered,
        overlap=overlap,
        typed=typed,
        anchored=anchored,
        total=total,
    )


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, without marks and question words."""
    kept = re.sub(r"\W|_", "", text)
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1)) - lexicon().function_words


def _anchor(question: str) -> str | None:
    """Return the verb whose objects a list question asks for (发现了哪些: 发现)."""
    found = re.search(r"([\u4e00-\u9fff]{2})(?:了|出|过)?(?:哪些|哪几|什么)", question)
    if not found or found.group(1) in lexicon().question_nouns:
        return None
    return found.group(1)
