"""Chooses between readings of a blurred line by the words of the language that they make."""

import math
from collections.abc import Sequence
from functools import lru_cache

Choices = Sequence[tuple[str, float]]
"""What one character may be, and how likely each is (0 to 1), the likeliest first."""

_LOOKS = 0.5  # of the looks' weight is that of the words: what is told of small type is too sure
_SPREAD = 1.5  # how much less sure a decision is than the weights of its two readings say
_LONGEST = 4  # characters of a word
_RAREST = 20.0  # times at least that a character is taken to be met with
_COUNTED = 60_101_967.0  # words that the dictionary's figures were counted in


def likeliest(line: Sequence[Choices]) -> tuple[tuple[str, float], ...]:
    """Return the reading of a line that is likely both by its looks and as Chinese.

    What counts for a word is how much more often its characters stand together than chance would
    have it: single characters, and so most names, are worth nothing more for being common.

    Args:
        line: what each of its characters may be; a single choice where there is no doubt.

    Returns:
        each character, and how likely it is (0 to 1): as likely as it looks where that was the
        likeliest by its looks, else its share beside that one, by looks and words.
    """
    text, weight = _best(line)
    told: list[tuple[str, float]] = []
    for at, (character, choices) in enumerate(zip(text, line, strict=True)):
        if character == choices[0][0]:
            told.append(choices[0])
            continue
        _, other = _best([*line[:at], choices[:1], *line[at + 1 :]])
        told.append((character, 1 / (1 + math.exp((other - weight) / _SPREAD))))
    return tuple(told)


def _best(line: Sequence[Choices]) -> tuple[str, float]:
    """Return the weightiest reading of a line, which is cut into words on the way."""
    looks = [[(one, math.log(max(likely, 1e-9))) for one, likely in choices] for choices in line]
    best = [("", 0.0)]
    for end in range(1, len(looks) + 1):
        endings = [("", 0.0)]
        readings: list[tuple[str, float]] = []
        for first in range(end - 1, max(end - _LONGEST, 0) - 1, -1):
            endings = [(one + rest, w + v) for one, w in looks[first] for rest, v in endings]
            text, weight = best[first]
            readings += [
                (text + word, weight + seen + _LOOKS * bond)
                for word, seen in endings
                if (bond := _bond(word)) is not None
            ]
        best.append(max(readings, key=lambda reading: reading[1]))
    return best[-1]


@lru_cache(maxsize=100_000)
def _bond(word: str) -> float | None:
    """Return how far characters stand together beyond chance, in nats; None if they are no word."""
    import rjieba

    if len(word) == 1:
        return 0.0
    if not rjieba.has_word(word):
        return None
    chance = sum(math.log(max(_times(one), _RAREST) / _COUNTED) for one in word)
    return math.log(_times(word) / _COUNTED) - chance


def _times(word: str) -> float:
    import rjieba

    return max(float(rjieba.suggest_freq(word)), 1.0)
