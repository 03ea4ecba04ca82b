"""Mistyped Chinese: a character of the same sound for another, or two that changed places.

What the reports hold decides. A piece of a question that no passage holds and no dictionary knows
is mistyped where, read otherwise, both know it. Whoever asked is shown how it was read.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

import rjieba

from assistant.lexicon import lexicon
from assistant.terms import tagged
from store.text import HAN

_RUN = re.compile(rf"[{HAN}]+")
_MOST_CHANGES = 3
_NOW_AND_THEN = 0.1
_NAME_TAG = "nr"
_UNITS = frozenset("年月日天次位名家种条项")
_POINTERS = frozenset("这那我你您他她它们每各某该本此其")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the reports hold: pairs of characters with how often; `times` tells it of longer pieces.

    `alike` gives for a character those of the reports that sound the same, tones aside.
    """

    pairs: Mapping[str, int]
    alike: Callable[[str], Sequence[str]]
    times: Callable[[str], int]

    def often(self, pair: str) -> int:
        """In how many passages a pair is; one that is a word of asking counts as in one."""
        return self.pairs.get(pair, 0) or int(pair in asking_pairs())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A run of characters read otherwise, and how much speaks for it."""

    text: str
    score: float


def mended(text: str, held: Held) -> str:
    """Return a text with what is mistyped in it read as what is held; the length stays.

    Args:
        text: normalised.
        held: what the reports hold.
    """
    return _RUN.sub(lambda run: _mended(run.group(), held), text)


def _mended(run: str, held: Held) -> str:
    for _ in range(_MOST_CHANGES):
        before = _Segmented(run, held)
        best = max(_readings(before), key=lambda one: one.score, default=None)
        if best is None:
            return run
        run = best.text
    return run


class _Segmented:
    """A run of characters in its words, and what of it is held."""

    def __init__(self, text: str, held: Held) -> None:
        self.text = text
        self.held = held
        self.word_at: list[str] = []
        self.tag_at: list[str] = []
        self.start_at: list[int] = []
        for word, tag in tagged(text):
            start = len(self.word_at)
            self.word_at += [word] * len(word)
            self.tag_at += [tag] * len(word)
            self.start_at += [start] * len(word)

    def says_little(self, at: int) -> bool:
        """Whether a character belongs to a word that may stand beside any other."""
        return self.word_at[at] in _little() or self.tag_at[at][0] in "rpcu"

    def doubtful(self, at: int) -> bool:
        """Whether a character may be mistyped: neither its word nor its neighbours are known."""
        if self.text[at] in _little() or self.says_little(at) or self.holds_word(at):
            return False
        beside = self.beside(range(at, at + 1))
        return bool(beside) and not any(self.held.often(pair) for pair in beside)

    def real(self, places: range) -> bool:
        """Whether characters belong to a word of the dictionary, or begin a person's name."""
        return any(
            (len(self.word_at[at]) > 1 and rjieba.has_word(self.word_at[at]))
            or (self.tag_at[at].startswith(_NAME_TAG) and at == self.start_at[at])
            for at in places
        )

    def holds_word(self, at: int) -> bool:
        """Whether a character's word is one of the dictionary that the reports hold."""
        word = self.word_at[at]
        if len(word) < 2 or not rjieba.has_word(word):
            return False
        return word in _asking() or all(self.held.often(a + b) for a, b in pairwise(word))

    def asks(self, at: int) -> bool:
        """Whether a character begins or ends a way of asking (是多少, 在哪)."""
        return any(
            self.text.startswith(frame, at - place)
            for frame in lexicon().asking_frames
            for place, char in enumerate(frame)
            if char == self.text[at] and at >= place
        )

    def beside(self, places: range) -> list[str]:
        """The pairs that these characters are part of, but for those with words that say little."""
        first, last = max(0, places.start - 1), min(len(self.text) - 1, places.stop)
        own = {self.start_at[each] for each in places}
        return [
            self.text[at : at + 2]
            for at in range(first, last)
            if not any(
                self.says_little(each) and self.start_at[each] not in own for each in (at, at + 1)
            )
        ]


def _readings(before: _Segmented) -> Iterator[_Reading]:
    """All other readings of a run that enough speaks for."""
    run, held = before.text, before.held
    doubtful = [at for at in range(len(run)) if before.doubtful(at)]
    for at in doubtful:
        for other in held.alike(run[at]):
            yield from _judged(before, at, other)
        if at + 1 in doubtful:
            both = map(held.alike, run[at : at + 2])
            for pair in map("".join, product(*both)):
                if held.often(pair):
                    yield from _judged(before, at, pair)
    for first in sorted({each for at in doubtful for each in (at - 1, at)}):
        if 0 <= first < len(run) - 1 and run[first] != run[first + 1]:
            yield from _judged(before, first, run[first + 1] + run[first])


def _judged(before: _Segmented, at: int, other: str) -> Iterator[_Reading]:
    """Give a reading, with its score, if enough speaks for it."""
    places, often = range(at, at + len(other)), before.held.often
    if any(map(often, before.beside(places))):
        return
    text = before.text[:at] + other + before.text[places.stop :]
    if not any(often(text[i : i + 2]) for i in range(max(0, at - 1), places.stop)):
        return
    after = _Segmented(text, before.held)
    beside = after.beside(places)
    counts = [often(pair) for pair in beside]
    share = sum(map(bool, counts)) / max(1, len(counts))
    worded = all(after.holds_word(each) or after.asks(each) for each in places)
    swapped = (
        len(other) == 2 and other == before.text[places.stop - 1 : at - 1 if at else None : -1]
    )
    in_context = _in_context(after, places)
    if not (worded or in_context) or not _keeps_words(before, after, places):
        return
    if (swapped or before.real(places)) and (share < 1 or len(counts) < 2):
        return
    if swapped and not (worded and in_context):
        return
    changes = 1 if swapped else len(other)
    least = min(filter(None, counts), default=0)
    score = 3 * share + 2 * worded + 0.3 * math.log1p(least) - 1.5 * changes
    yield _Reading(text=text, score=score)


def _in_context(after: _Segmented, places: range) -> bool:
    """Whether the reports hold three characters in a row, what was read otherwise among them.

    The other two must be followed (or led to) so more than now and then: after 书记 many names
    stand, and each of them seldom.
    """
    text = after.text
    first, last = max(0, places.start - 2), min(len(text) - 3, places.stop - 1)
    for at in range(first, last + 1):
        whole = text[at : at + 3]
        if any(after.says_little(each) for each in range(at, at + 3)):
            continue
        halves = [
            text[each : each + 2]
            for each in (at, at + 1)
            if each not in places and each + 1 not in places
        ]
        if all(after.held.often(a + b) for a, b in pairwise(whole)):
            usual = max((after.held.often(pair) for pair in halves), default=0)
            if after.held.times(whole) > _NOW_AND_THEN * usual:
                return True
    return False


def _keeps_words(before: _Segmented, after: _Segmented, places: range) -> bool:
    """Whether the words of the dictionary around what was read otherwise are still in one piece."""
    for at, word in enumerate(before.word_at):
        start = before.start_at[at]
        apart = start >= places.stop or start + len(word) <= places.start
        if apart and at == start and len(word) > 1 and rjieba.has_word(word):
            whole = after.word_at[at]
            if after.start_at[at] + len(whole) < start + len(word):
                return False
    return True


@cache
def _asking() -> frozenset[str]:
    """The words of asking, which no report need hold."""
    return lexicon().function_words | lexicon().question_nouns


@cache
def asking_pairs() -> frozenset[str]:
    """Return the pairs of characters in the words of asking, which count as held."""
    words = _asking() | lexicon().asking_frames
    return frozenset(a + b for word in words for a, b in pairwise(word))


@cache
def _little() -> frozenset[str]:
    """Words that may stand beside any other; units, which belong to what they count, are none."""
    return (lexicon().function_words | _POINTERS) - _UNITS
