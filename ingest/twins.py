"""Finds articles that are alike: by their signatures first, then by their texts, exactly.

Every article is compared with every other by MinHash, as one row of numbers with a table of rows:
ten thousand rows take some milliseconds, and unlike a hash index it misses none and needs no
time to be built. What may be alike is then read and compared run of characters by run.
"""

import logging
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ingest.figures import figures_of
from ingest.ports import TwinLibrary
from store.articles import Article, Kind, spans_text
from store.errors import NotFoundError
from store.ids import ArticleId
from store.likeness import Signature, Twin, TwinKind
from store.reports import ReportContents

logger = logging.getLogger(__name__)

METHOD = "minhash affine32 128/4"
"""How signatures are made; another name makes all of them anew."""

_PERMUTATIONS = 128
_GRAM = 4  # characters
_GRAMS_TOGETHER = 10_000
_ALIKE = 0.7  # share of the shorter text's runs that are in the other one
_SHORT = 60  # characters: what is shorter is often a form filled in, and must agree both ways
_ABRIDGED = 0.9  # with so much of the other's runs or less, a text is a shortened one
# Of candidates: estimates stray by some 0.05, so they are let through well below _ALIKE.
_MAYBE_ALIKE = 0.5
_LEAST_JACCARD = 0.1
_MOST_CANDIDATES = 50
_CAUGHT_UP_TOGETHER = 200  # articles whose signatures are written in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """An article's text as it is compared."""

    plain: str
    grams: frozenset[str]


def find_twins(contents: ReportContents, library: TwinLibrary) -> tuple[Twin, ...]:
    """Return the articles in a library that those of a report are like; for one report only.

    Whoever takes in several makes one `TwinFinder` and asks it again and again.
    """
    return TwinFinder(library).with_twins(contents).twins


class TwinFinder:
    """Compares reports with a library while they are taken in, one after the other."""

    def __init__(self, library: TwinLibrary) -> None:
        """Read the signatures of a library, making those that are missing first.

        They are missing of articles from before there were signatures, and of restored versions;
        their twins are found, too, and kept.
        """
        self._library = library
        self._table = _Table()
        for signature in library.signatures(METHOD):
            self._table.put(signature)
        self._catch_up()

    def with_twins(self, contents: ReportContents) -> ReportContents:
        """Return a report with its articles' signatures and twins, ready to be added.

        Articles of the report's version in force are passed over, for they are to be replaced.
        """
        for article in self._library.articles(contents.report.id):
            self._table.drop(article.id)
        own = {article.id: article for article in contents.articles}
        found = [self._compared(article, own) for article in contents.articles]
        return replace(
            contents,
            signatures=tuple(signature for signature, _ in found),
            twins=tuple(twin for _, twins in found for twin in twins),
        )

    def _compared(
        self, article: Article, own: dict[ArticleId, Article]
    ) -> tuple[Signature, tuple[Twin, ...]]:
        """Compare one article with all before it, and remember it for those after it."""
        text = _text(article)
        signature = _signature(article.id, text)
        twins = []
        for candidate in self._table.candidates(signature):
            other = own.get(candidate) or self._stored(candidate)
            if other and (twin := _twin(article, text, other)):
                twins.append(twin)
        self._table.put(signature)
        return signature, tuple(twins)

    def _stored(self, article_id: ArticleId) -> Article | None:
        try:
            return self._library.article(article_id)
        except NotFoundError:  # of a report that turned out not to be kept
            return None

    def _catch_up(self) -> None:
        missing = self._library.unsigned(METHOD)
        if missing:
            logger.info("comparing %d articles for the first time", len(missing))
        for start in range(0, len(missing), _CAUGHT_UP_TOGETHER):
            part = missing[start : start + _CAUGHT_UP_TOGETHER]
            articles = [article for key in part if (article := self._stored(key))]
            found = [self._compared(article, {}) for article in articles]
            self._library.sign(
                [signature for signature, _ in found],
                [twin for _, twins in found for twin in twins],
            )


class _Table:
    """Signatures as rows of numbers, all of them compared with one at a time."""

    def __init__(self) -> None:
        self._ids: list[ArticleId | None] = []
        self._place: dict[ArticleId, int] = {}
        self._rows: NDArray[np.uint32] = np.empty((256, _PERMUTATIONS), dtype=np.uint32)
        self._grams: NDArray[np.float64] = np.empty(256)

    def put(self, signature: Signature) -> None:
        """Remember a signature in the place of the article's own; an empty one says nothing."""
        if not signature.values:
            return
        self.drop(signature.article_id)
        place = len(self._ids)
        if place == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._grams = np.concatenate([self._grams, np.empty_like(self._grams)])
        self._ids.append(signature.article_id)
        self._place[signature.article_id] = place
        self._rows[place] = np.frombuffer(signature.values, dtype="<u4")
        self._grams[place] = signature.grams

    def drop(self, article_id: ArticleId) -> None:
        """Forget an article, if it is there."""
        place = self._place.pop(article_id, None)
        if place is not None:
            self._ids[place] = None

    def candidates(self, signature: Signature) -> list[ArticleId]:
        """Return the articles that may be alike, the likeliest first."""
        count = len(self._ids)
        if not signature.values or not count:
            return []
        row = np.frombuffer(signature.values, dtype="<u4")
        jaccard = np.count_nonzero(self._rows[:count] == row, axis=1) / _PERMUTATIONS
        grams = self._grams[:count]
        common = jaccard / (1 + jaccard) * (grams + signature.grams)
        containment = common / np.minimum(grams, signature.grams)
        maybe = np.flatnonzero((jaccard >= _LEAST_JACCARD) & (containment >= _MAYBE_ALIKE))
        order = maybe[np.argsort(-containment[maybe], kind="stable")]
        keys = (self._ids[place] for place in order)
        alive = [key for key in keys if key and key != signature.article_id]
        return alive[:_MOST_CANDIDATES]


def _twin(article: Article, text: _Text, other: Article) -> Twin | None:
    """Compare two articles exactly."""
    second = _text(other)
    common = len(text.grams & second.grams)
    fewer, more = sorted((len(text.grams), len(second.grams)))
    short = min(len(text.plain), len(second.plain)) < _SHORT
    if not fewer or common < _ALIKE * (more if short else fewer):
        return None
    kind = TwinKind.CORRECTION
    if _figures_agree(article, other, fewer / more):
        kind = TwinKind.SAME if article.fingerprint == other.fingerprint else TwinKind.NEAR
    return Twin(article_id=article.id, other_id=other.id, kind=kind, containment=common / fewer)


def _figures_agree(article: Article, other: Article, share: float) -> bool:
    """Say whether two articles have the same figures; a shortened one may lack some."""
    first, second = sorted(
        (figures_of(_words(article)), figures_of(_words(other))), key=lambda found: found.total()
    )
    return first == second or (share <= _ABRIDGED and first <= second)


def _words(article: Article) -> str:
    """Return headline and paragraphs, which are the story; captions and byline are the paper's.

    A headline that is not printed is the file's name, and no part of the story.
    """
    paragraphs = [
        text for section in article.sections for text in spans_text(article, section.paragraphs)
    ]
    heads = [one.text for one in article.sentences if one.kind is Kind.HEADLINE]
    return "\n".join([*heads, *paragraphs])


def _text(article: Article) -> _Text:
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", _words(article)))
    grams = frozenset(plain[at : at + _GRAM] for at in range(len(plain) - _GRAM + 1))
    return _Text(plain=plain, grams=grams)


def _signature(article_id: ArticleId, text: _Text) -> Signature:
    values = b""
    if text.grams:
        from datasketch import MinHash

        minhash = MinHash(num_perm=_PERMUTATIONS, scheme="affine32")
        grams = iter(text.grams)
        while part := list(islice(grams, _GRAMS_TOGETHER)):  # a table of 128 numbers for each
            minhash.update_batch([gram.encode("utf-8", "surrogatepass") for gram in part])
        values = minhash.hashvalues.astype("<u4").tobytes()
    return Signature(article_id=article_id, method=METHOD, grams=len(text.grams), values=values)
