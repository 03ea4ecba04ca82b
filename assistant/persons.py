"""The persons that a text names."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import rjieba

from assistant.answer_types import is_person
from assistant.lexicon import lexicon
from assistant.terms import tagged

_SPEAKS = "说|表示|介绍|告诉|坦言|回忆|感慨|认为"
_GIVEN = 2
_GIVEN_TAGS = ("n", "z", "a", "t", "v")
_NOT_GIVEN_TAGS = ("v", "p", "d", "c", "u", "x", "m", "r", "t", "f")
_FOLLOWS = frozenset("家等们说")
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
    whole = [*_split_after_a_role(words), *_speakers().findall(text)]
    return [
        one
        for one in dict.fromkeys([*found, *whole])
        if _is_name(one)
        and not any(
            one != more and more.startswith(one) for more in whole
        )  # the tagger's 赵立 of 赵立群
    ]


def _split_after_a_role(words: Sequence[tuple[str, str]]) -> list[str]:
    """Names of three characters that follow a role (老党员, 书记) and that the tagger splits."""
    return [
        begins + ends
        for (role, _), (begins, _), (ends, kind) in zip(words, words[1:], words[2:], strict=False)
        if len(begins) == _GIVEN
        and lexicon().names_person.fullmatch(role + begins + ends)
        and len(ends) == 1
        and ends not in _FOLLOWS
        and not kind.startswith(_NOT_GIVEN_TAGS)
    ]


def _is_name(text: str) -> bool:
    given = text[1:]
    if rjieba.has_word(text) or text[-1] in "地得的了着说":
        return False
    return not (text[0] in _JOINS_TOO and rjieba.has_word(given))


@cache
def _speakers() -> re.Pattern[str]:
    surnames = "".join(sorted(lexicon().surnames))
    return re.compile(rf"[{surnames}][\u4e00-\u9fff]{{1,2}}?(?={_SPEAKS})")
