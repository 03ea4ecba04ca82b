"""The persons that a text names."""

import re
from functools import cache
from itertools import pairwise

import rjieba

from assistant.answer_types import is_person
from assistant.lexicon import lexicon
from assistant.terms import tagged

_SPEAKS = "说|表示|介绍|告诉|坦言|回忆|感慨|认为"
_GIVEN = 2
_GIVEN_TAGS = ("n", "z", "a", "t", "v")
_JOINS_TOO = frozenset("和同连")
"""Surnames that far more often join than name."""


def people(text: str) -> list[str]:
    """The persons that a text names, each once: as the tagger knows or splits them, or who speak.

    Not all are found, and what looks like a name may be none; a name is never a dictionary word.
    """
    words = tagged(text)
    found = [word for word, tag in words if is_person((word, tag))]
    for (surname, tag), (given, kind) in pairwise(words):
        split = len(surname) == 1 and tag == "nr" and surname in lexicon().surnames
        if split and len(given) <= _GIVEN and kind.startswith(_GIVEN_TAGS):
            found.append(surname + given)
    found += _speakers().findall(text)
    return [one for one in dict.fromkeys(found) if _is_name(one)]


def _is_name(text: str) -> bool:
    given = text[1:]
    if rjieba.has_word(text) or text[-1] in "地得的了着":
        return False
    return not (text[0] in _JOINS_TOO and rjieba.has_word(given))


@cache
def _speakers() -> re.Pattern[str]:
    surnames = "".join(sorted(lexicon().surnames))
    return re.compile(rf"[{surnames}][\u4e00-\u9fff]{{1,2}}?(?={_SPEAKS})")
