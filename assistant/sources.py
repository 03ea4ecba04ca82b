"""What a claim may rest on: a text with its place, and how far it holds a word or a clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.statements import Clause, clauses
from assistant.terms import presence
from assistant.wording import wording

HELD = 0.5
"""From this on (0 to 1) a text holds a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that may support a claim, normalised, with where its article is set (`scope`).

    `place` is where it stands: its article and its index there, or None. `persons` are those whom
    its pronouns stand for, as far as the sentence before tells. `addressing`: it speaks
    to whoever answers, so that nothing but its words in quotation marks can rest on it. `others`
    are the sources beside it, where what a claim exchanges may stand.
    """

    text: str
    scope: str = ""
    place: tuple[str, int] | None = None
    persons: tuple[str, ...] = ()
    addressing: bool = False
    others: Sequence["Source"] = field(default=(), repr=False, compare=False)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of its text."""
        return clauses(self.text)

    def names(self, person: str) -> bool:
        """Whether it names a person, or takes one up."""
        return person in self.text or person in self.persons


def held(word: str, text: str) -> float:
    """Say how far a text holds a word, 0 to 1; 队长 is not in 副队长, and 钢梯 is no 木梯."""
    if word not in text or (not word.startswith("副") and not _own(word, text)):
        if any(other in text for other in wording().synonyms.get(word, ())):
            return 0.9
        if word in text:
            return 0.2
    found = presence(word, text) if len(word) > 1 else float(word in text)
    if found >= HELD:
        return found
    if len(word) == 4:
        return max(found, min(held(word[:2], text), held(word[2:], text)))
    there = [character in text for character in word]
    return max(found, 0.6 * sum(there) / len(word)) if there[0] or len(word) > 3 else found


def overlap(words: Sequence[tuple[str, str]], text: str) -> float:
    """How much of some words a text holds; longer words weigh more."""
    return sum(min(len(word), 3) * held(word, text) for word, _ in words)


def nearest(clause: Clause, source: Source) -> list[int]:
    """The clauses of the source that say most of this one; none where none says a third of it."""
    whole = sum(min(len(word), 3) for word, _ in clause.words)
    best = [overlap(clause.words, one.text) for one in source.clauses]
    if not best or not whole or max(best) < whole / 3:
        return []
    return [index for index, one in enumerate(best) if one >= 0.75 * max(best)]


def _own(word: str, text: str) -> bool:
    return bool(re.search(f"(?<!副){re.escape(word)}", text))
