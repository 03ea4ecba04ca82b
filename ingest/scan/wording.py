"""Chooses between readings of a blurred line by the words of the language that they make."""

import math
from collections.abc import Sequence

Choices = Sequence[tuple[str, float]]
"""What one character may be, and how likely each is (0 to 1), the likeliest first."""

_WORD = 3.0  # a reading in one word less may be e to the power of this less likely
_MOST = 64  # readings of a line that are compared


def likeliest(line: Sequence[Choices]) -> tuple[tuple[str, float], ...]:
    """Return the reading of a line that is likely both by its looks and as Chinese.

    Characters that are misread fall apart into single ones, where the right ones make words. A
    character is only ever taken from what it looks like, and as likely as it looks.

    Args:
        line: what each of its characters may be; a single choice where there is no doubt.
    """
    import rjieba

    if all(len(choices) == 1 for choices in line):
        return tuple(choices[0] for choices in line)
    readings: list[tuple[tuple[tuple[str, float], ...], float]] = [((), 0.0)]
    for choices in line:
        longer = [
            ((*reading, choice), weight + math.log(max(choice[1], 1e-9)))
            for reading, weight in readings
            for choice in choices
        ]
        readings = sorted(longer, key=lambda each: -each[1])[:_MOST]

    def weighed(reading: tuple[tuple[tuple[str, float], ...], float]) -> float:
        text = "".join(character for character, _ in reading[0])
        return reading[1] - _WORD * len(rjieba.cut(text, False))

    return max(readings, key=weighed)[0]
