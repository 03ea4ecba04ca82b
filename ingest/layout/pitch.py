"""How far apart the characters of a line stand, and what that tells of its type and its blanks."""

import statistics
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

STOPS = frozenset("，。、；：！？”’」』）》】〉〕")
"""Marks that stand at the left of their cell, and end what they belong to."""
OPENERS = frozenset("“‘「『（《【〈〔")
"""Marks that stand at the right of their cell, and begin what they belong to."""

_EVEN = 1.35  # times the middle distance: what stands farther apart has a blank between


def pitch_of(letters: str, places: Sequence[float]) -> float | None:
    """Return the width of a full-width character as a line is set, if it has two characters.

    Blanks inside the line do not count.

    Args:
        letters: the characters of the line, without spaces.
        places: the middle of each of them along the line; None is returned where they do not fit.
    """
    if len(letters) != len(places) or len(letters) < 2:
        return None
    steps = [
        (right - left, distance(a, b))
        for (left, right), (a, b) in zip(pairwise(places), pairwise(letters), strict=True)
    ]
    middle = statistics.median(gap / usual for gap, usual in steps)
    even = [(gap, usual) for gap, usual in steps if gap / usual < _EVEN * middle]
    if middle <= 0 or not even:
        return None
    return sum(gap for gap, _ in even) / sum(usual for _, usual in even)


def blank_between(letters: str, places: Sequence[float], at: int, pitch: float) -> float:
    """Return how much farther than usual a character is from the one before it, in em."""
    return (places[at] - places[at - 1]) / pitch - distance(letters[at - 1], letters[at])


def distance(left: str, right: str) -> float:
    """Return how far apart the middles of two neighbours are, in em."""
    return (cell(left) + cell(right)) / 2 + _offset(right) - _offset(left)


def cell(character: str) -> float:
    """Return how wide the cell of a character is, in em."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _offset(character: str) -> float:
    """Return where the ink of a stop or bracket lies from the middle of its cell, in em."""
    if character in STOPS:
        return -0.25
    return 0.25 if character in OPENERS else 0.0
