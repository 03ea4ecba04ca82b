"""The words of a question that evidence should hold, with how much each one matters."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import rjieba

from assistant.lexicon import lexicon

DocumentFrequency = Callable[[Sequence[str]], Sequence[int]]
"""Gives for each term the number of passages that hold it."""
NO_SYNONYMS: Mapping[str, Sequence[str]] = MappingProxyType({})

_NOUN_TAGS = ("n", "j", "l", "i", "t", "s", "eng")
_CONTENT_TAGS = (*_NOUN_TAGS, "v", "a", "b", "m", "x", "z", "f", "q")
_AS_ANOTHER = 0.9
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_QUOTED = re.compile(r"[“\"「『《〈]([^“”\"「」『』《》〈〉]{2,30})[”\"」』》〉]")
_HOUSE = re.compile(r"\d{1,4}(?:号楼|号院|栋|幢|单元)")
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%+-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word of a question.

    `weight` is 0 or more (rarer in the reports and more nominal weighs more); `noun` says that it
    names a thing, `name` that it names one particular person, place or body. `others` are words
    that mean the same.
    """

    text: str
    weight: float
    noun: bool
    name: bool
    others: tuple[str, ...] = ()

    def presence(self, text: str) -> float:
        """Say how far a normalised text holds the term or, nearly as well, one of the others."""
        held = presence(self.text, text)
        if self.others and held < _AS_ANOTHER and any(other in text for other in self.others):
            return _AS_ANOTHER
        return held


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text with their part-of-speech tags (ICTCLAS letters)."""
    return tuple((word, tag) for word, tag in rjieba.tag(text))


def words_of(question: str, joined: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the content words of a question with their tags, each once, in order.

    `joined` are words that count as one where the question holds them, as nouns.
    """
    seen: dict[str, str] = {}
    houses = _HOUSE.findall(question)
    for word, tag in _joined(tagged(_HOUSE.sub("，", question)), joined):
        if _is_content(word, tag):
            seen.setdefault(word, tag)
    for house in houses:  # one of many: its number alone, or the word, says nothing
        seen.setdefault(house, "nz")
    for quoted in _QUOTED.findall(question):
        if len(quoted) <= 8:
            seen.setdefault(quoted, "nz")
    return list(seen.items())


def question_terms(
    question: str,
    frequency: DocumentFrequency,
    passage_count: int,
    synonyms: Mapping[str, Sequence[str]] = NO_SYNONYMS,
) -> tuple[Term, ...]:
    """Weigh the content words of a question by their rarity in the reports and their word class.

    Args:
        question: normalised text.
        frequency: document frequency of each word among the passages.
        passage_count: number of passages (0 or more).
        synonyms: words of the question that have others which mean the same, with these.
    """
    words = words_of(question, synonyms)
    if not words:
        return ()
    counts = frequency([word for word, _ in words])
    return tuple(
        Term(
            text=word,
            weight=_rarity(count, passage_count) * _class_weight(word, tag),
            noun=tag.startswith(_NOUN_TAGS) and word not in lexicon().question_nouns,
            name=tag.startswith(_NAME_TAGS),
            others=tuple(synonyms.get(word, ())),
        )
        for (word, tag), count in zip(words, counts, strict=True)
    )


def _joined(words: Sequence[tuple[str, str]], wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Put words together that make one of those wanted, as a noun."""
    at = 0
    while at < len(words):
        whole = ""
        for beyond in range(at, len(words)):
            whole += words[beyond][0]
            if beyond > at and whole in wanted:
                yield whole, "n"
                at = beyond + 1
                break
        else:
            yield words[at]
            at += 1


def presence(term: str, text: str) -> float:
    """Say how far a term is in a text: 1 as it stands, less where nearly, 0 not.

    0.8: all but one of the character pairs of a word of four or more are there. A word of three:
    0.5 where its head is (the last two characters), 0.2 where only its beginning is. 0.5: the
    characters of a word of two with one or two between.
    """
    if term[0].isdigit():  # 500 is not in 1500
        return 1.0 if re.search(rf"(?<![\d.]){re.escape(term)}(?![\d]|\.\d)", text) else 0.0
    if term in text:
        return 1.0
    if len(term) == 2:
        apart = term[0] in text and term[1] in text and _apart(term).search(text)
        return 0.5 if apart else 0.0
    there = [term[i : i + 2] in text for i in range(len(term) - 1)]
    if not any(there) or sum(there) < len(there) - 1:
        return 0.0
    if len(term) > 3:
        return 0.8
    return 0.5 if there[-1] else 0.2


@lru_cache(maxsize=4096)
def _apart(term: str) -> re.Pattern[str]:
    """Find the two characters of a word with one or two between."""
    return re.compile(rf"{re.escape(term[0])}\w{{1,2}}{re.escape(term[1])}")


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
