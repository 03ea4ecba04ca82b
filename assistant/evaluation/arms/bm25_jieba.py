"""Baseline: BM25 over jieba's words of whole documents, by bm25s, with Lucene's settings."""

import logging
from collections.abc import Mapping
from typing import Any

import rjieba

from assistant.evaluation.arms.ports import DEPTH, Ground
from assistant.evaluation.extras import require
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Ranking, ranking

(NAME,) = NAMES = ("bm25-jieba",)
PACKAGES = ("bm25s",)
_K1, _B = 1.2, 0.75


def build(ground: Ground) -> "Bm25":
    """Index the documents; raises MissingExtraError where bm25s is not installed."""
    return Bm25(ground)


class Bm25:
    """Ranks by words alone."""

    def __init__(self, ground: Ground) -> None:
        """Index titles and texts."""
        require(*PACKAGES)
        import bm25s

        logging.getLogger(bm25s.__name__).setLevel(logging.WARNING)  # it sets itself to debug
        self._ids = [one.id for one in ground.documents]
        self._index: Any = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        words = [_words(f"{one.title}\n{one.text}") for one in ground.documents]
        self._known = {word for text in words for word in text}
        if self._known:
            self._index.index(words, show_progress=False)

    def rank(self, question: EvalQuestion) -> Mapping[str, Ranking]:
        """Rank for the question as it was typed; what shares no word with it is not found."""
        words = [word for word in _words(question.question) if word in self._known]
        if not words:
            return {NAME: ()}
        found, scores = self._index.retrieve(
            [words], k=min(DEPTH, len(self._ids)), show_progress=False
        )
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return {NAME: ranking(((self._ids[at], s) for at, s in pairs if s > 0), DEPTH)}

    def close(self) -> None:
        """Nothing is open."""


def _words(text: str) -> list[str]:
    """Return jieba's words, the shorter ones within them too; marks are left out."""
    found = (word.lower() for word in rjieba.cut_for_search(text))
    return [word for word in found if any(char.isalnum() for char in word)]
