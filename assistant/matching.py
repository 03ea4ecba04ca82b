"""How well each passage found matches a question, as figures; a fitted model weighs them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.fitted import fitted
from assistant.lexicon import lexicon
from assistant.reading import pairs
from assistant.terms import Term
from store.ports import Vector, Vectors

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_SPREADS = 4  # standard deviations that weigh as much as a share of 1
_NEAREST, _MOVED = 3, 0.3  # the question is moved by so much towards the mean of so many passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What speaks for a passage: shares of 0 to 1 but for the first two.

    `near`: how far its cosine stands out among the passages found, in four standard deviations.
    `echo`: likewise, to the question moved towards the passages nearest to it. `lexical`: its BM25
    score, of the greatest. `words`: weight share of the question's words that it holds, headline
    and heading included. `sentence`, `pairs`: share of the question's words, and of its character
    pairs, that the one sentence of it which holds most of them does.
    """

    near: float
    echo: float
    lexical: float
    words: float
    sentence: float
    pairs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage as the arms know it: its normalised text without context, that, and its score."""

    text: str
    context: str
    lexical: float


def weighed(match: Match) -> float:
    """Weigh a match by the fitted weights; comparable within one question only."""
    weights: Mapping[str, float] = fitted("passages")["weights"]
    total: float = sum(weight * getattr(match, name) for name, weight in weights.items())
    return total


def matches(
    question: str, vector: Vector, terms: Sequence[Term], found: Sequence[Found], vectors: Vectors
) -> list[Match]:
    """Measure how well passages match a question, in their order.

    Args:
        question: normalised.
        vector: its embedding, shape (dimension,).
        terms: its weighed words.
        found: passages of both arms, one or more.
        vectors: theirs, shape (passages, dimension).
    """
    near = vectors @ vector
    nearest = np.argsort(-near, kind="stable")[:_NEAREST]
    echo = vectors @ (vector + _MOVED * vectors[nearest].mean(axis=0))
    most = max(one.lexical for one in found) or 1.0
    asked = pairs(question) - lexicon().function_words
    return [
        Match(
            near=standing,
            echo=moved,
            lexical=one.lexical / most,
            words=_share(terms, f"{one.context}\n{one.text}"),
            sentence=max(_share(terms, part) for part in parts),
            pairs=max(sum(pair in part for pair in asked) for part in parts) / max(1, len(asked)),
        )
        for one, standing, moved in zip(found, _standing(near), _standing(echo), strict=True)
        for parts in [_SENTENCE.findall(one.text) or [""]]
    ]


def _share(terms: Sequence[Term], text: str) -> float:
    """Weight share of the terms that a text holds."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.presence(text) for term in terms) / total if total else 0.0


def _standing(values: Vector) -> list[float]:
    """How far each value stands above the mean, in `_SPREADS` standard deviations."""
    spread = _SPREADS * (float(values.std()) + 1e-9)
    above: list[float] = ((values - values.mean()) / spread).tolist()
    return above
