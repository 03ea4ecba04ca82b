"""Answers as strings: found or not, exact match, and F1 as the CMRC 2018 evaluation counts them."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

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
    """Say whether a text is one of these strings but for punctuation, width, script and case."""
    return any(segments(one) == segments(said) for one in accepted)


def f1(said: str, accepted: Sequence[str]) -> float:
    """Return the greatest F1 of a text with one of these strings, 0 to 1.

    As in cmrc2018_evaluate.py: the overlap is the longest run of segments that both share, over
    the text's length (precision) and over the string's (recall).
    """
    return max((_f1(segments(said), segments(one)) for one in accepted), default=0.0)


def _f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    if not said or not wanted:
        return 0.0
    shared = SequenceMatcher(None, said, wanted, autojunk=False).find_longest_match().size
    return 2 * shared / (len(said) + len(wanted))


def _joined(text: str) -> str:
    return "\0" + "\0".join(segments(text)) + "\0"
