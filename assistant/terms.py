"""The words of a question that evidence should hold, with how much each one matters."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.lexicon import lexicon

DocumentFrequency = Callable[[Sequence[str]], Sequence[int]]
"""Gives for each term the number of passages that hold it."""

_NOUN_TAGS = ("n", "j", "l", "i", "t", "s", "eng")
_CONTENT_TAGS = (*_NOUN_TAGS, "v", "a", "b", "m", "x", "z", "f", "q")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_QUOTED = re.compile(r"[“\"「『《〈]([^“”\"「」『』《》〈〉]{2,30})[”\"」』》〉]")
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%+-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word of a question.

    `weight` is 0 or more (rarer in the reports and more nominal weighs more); `noun` says that it
    names a thing, `name` that it names one particular person, place or body.
    """

    text: str
    weight: float
    noun: bool
    name: bool


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text with their part-of-speech tags (ICTCLAS letters)."""
    return tuple((word, tag) for word, tag in rjieba.tag(text))


def words_of(question: str) -> list[tuple[str, str]]:
    """Return the content words of a question with their tags, each once, in order."""
    seen: dict[str, str] = {}
    for word, tag in tagged(question):
        if _is_content(word, tag):
            seen.setdefault(word, tag)
    for quoted in _QUOTED.findall(question):
        if len(quoted) <= 8:
            seen.setdefault(quoted, "nz")
    return list(seen.items())


def question_terms(
    question: str, frequency: DocumentFrequency, passage_count: int
) -> tuple[Term, ...]:
    """Weigh the content words of a question by their rarity in the reports and their word class.

    Args:
        question: normalised text.
        frequency: document frequency of each word among the passages.
        passage_count: number of passages (0 or more).
    """
    words = words_of(question)
    if not words:
        return ()
    counts = frequency([word for word, _ in words])
    return tuple(
        Term(
            text=word,
            weight=_rarity(count, passage_count) * _class_weight(word, tag),
            noun=tag.startswith(_NOUN_TAGS) and word not in lexicon().question_nouns,
            name=tag.startswith(_NAME_TAGS),
        )
        for (word, tag), count in zip(words, counts, strict=True)
    )


def presence(term: str, text: str) -> float:
    """Say how far a term is in a text: 1 as it stands, less where nearly, 0 not.

    0.8: all but one of the character pairs of a word of four or more are there. A word of three:
    0.5 where its head is (the last two characters), 0.2 where only its beginning is. 0.5: the
    characters of a word of two with one or two between.
    """
    if term in text:
        return 1.0
    if len(term) == 2:
        split = f"{re.escape(term[0])}\\w{{1,2}}{re.escape(term[1])}"
        return 0.5 if re.search(split, text) else 0.0
    there = [term[i : i + 2] in text for i in range(len(term) - 1)]
    if not any(there) or sum(there) < len(there) - 1:
        return 0.0
    if len(term) > 3:
        return 0.8
    return 0.5 if there[-1] else 0.2


def _is_content(word: str, tag: str) -> bool:
    if not word.strip() or word in lexicon().function_words or not tag.startswith(_CONTENT_TAGS):
        return False
    if tag.startswith("x"):
        return bool(_LATIN.fullmatch(word))
    if tag.startswith(("m", "q", "f")):
        return bool(re.search(r"\d", word))
    return True


def _rarity(count: int, total: int) -> float:
    """Inverse document frequency as BM25 has it, 0.1 at least."""
    return max(0.1, math.log(1 + (total - count + 0.5) / (count + 0.5)))


def _class_weight(word: str, tag: str) -> float:
    if word in lexicon().question_nouns:
        return 0.2
    if tag.startswith(_NOUN_TAGS):
        return 1.0 if len(word) > 1 else 0.4
    return 0.6 if len(word) > 1 else 0.2
