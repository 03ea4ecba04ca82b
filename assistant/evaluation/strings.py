"""Answers as strings: found or not, exact match and F1, the best of the accepted strings."""

import re
from collections.abc import Sequence

from assistant.evaluation import cmrc
from store.text import HAN, normalise

# A Chinese character is a segment of its own; so is a run of anything else that is written, a
# number with its decimals and per cent sign included. Punctuation is none.
_SEGMENT = re.compile(rf"[{HAN}]|(?:\d+(?:[.,]\d+)*%?|[^\W\d_{HAN}])+")


def segments(text: str) -> tuple[str, ...]:
    """Cut a text into what is compared: characters of Chinese, words of anything else.

    Width, script and case are those of the index, punctuation is dropped, and a number has lost
    its thousands separators.
    """
    return tuple(one.replace(",", "") for one in _SEGMENT.findall(normalise(text)))


def holds(said: str, accepted: Sequence[str]) -> bool:
    """Say whether a text holds one of these strings, whole segments only (5元 is not in 15元)."""
    source = _joined(said)
    return any(segments(one) and _joined(one) in source for one in accepted)


def exact(said: str, accepted: Sequence[str]) -> bool:
    """Say whether a text is one of these strings, as CMRC counts it (assistant.evaluation.cmrc)."""
    return any(cmrc.exact(said, one) for one in accepted)


def f1(said: str, accepted: Sequence[str]) -> float:
    """Return the greatest F1 of a text with one of these strings, 0 to 1, as CMRC counts it."""
    return max((cmrc.f1(said, one) for one in accepted), default=0.0)


def _joined(text: str) -> str:
    return "\0" + "\0".join(segments(text)) + "\0"
