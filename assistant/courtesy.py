"""The courtesies around a question dropped: how people open and close a request.

The wording lies in data/courtesy.toml. Nothing is cut inside a word, and what would leave no
question is left as it is.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import rjieba

from assistant.terms import tagged

_ROUNDS = 8  # courtesies in a row at either end
_LEAST_CHARS = 2
_NAME = re.compile(r" ?(?<![A-Za-z\\])([A-Z]{2,})(?![A-Za-z]) ?")
_END = r"(?:(?<=[吗么嘛不没讲说])[？?])?\s*$"
_MARKS = re.compile(r"[^\w？?）)”\"》」％%]+$")
_ASKED_WHETHER = re.compile(r"([？?]?)\s*(?:吗|么|不|没有|没|呗|吧|嘛|呢)([？?]?)\s*$")
_BEFORE_A_CLOSING = re.compile(r"[^\w]$|[吗呢么啊呀]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Courtesies:
    openings: tuple[re.Pattern[str], ...]
    pleas: tuple[re.Pattern[str], ...]
    closings: tuple[re.Pattern[str], ...]
    clauses: tuple[re.Pattern[str], ...]
    asks: re.Pattern[str]


def without_courtesies(text: str) -> str:
    """Return a question without its greetings, apologies, requests and thanks.

    Args:
        text: normalised; a text that is nothing but courtesy is returned as it is.
    """
    question = text
    for _ in range(_ROUNDS):
        shorter = _closed(_opened(question))
        if shorter == question:
            break
        question = shorter
    return question if len(re.sub(r"[\W_]", "", question)) >= _LEAST_CHARS else text


def _opened(text: str) -> str:
    """Drop one courtesy at the start."""
    known = _courtesies()
    for pattern in known.pleas:
        if (found := pattern.match(text)) and _between_words(text, found.end()):
            rest = text[found.end() :]
            bare = _ASKED_WHETHER.sub("", rest)
            return f"{bare}？" if bare != rest and known.asks.search(bare) else rest
    for pattern in known.openings:
        if (found := pattern.match(text)) and _between_words(text, found.end()):
            return text[found.end() :]
    return text


def _closed(text: str) -> str:
    """Drop one courtesy at the end."""
    known = _courtesies()
    whole = _MARKS.sub("", text)
    for pattern in (*known.closings, *known.clauses):
        found = pattern.search(whole)
        if not found or not _between_words(whole, found.start()):
            continue
        rest = whole[: found.start()]
        asked = pattern in known.closings and known.asks.search(rest)
        if asked or _BEFORE_A_CLOSING.search(rest):
            return _MARKS.sub("", rest)
    return text


def _between_words(text: str, place: int) -> bool:
    """Whether no word of the dictionary stands across a place of the text."""
    at = 0
    for word, _ in tagged(text):
        if at < place < at + len(word):
            return not rjieba.has_word(word)
        at += len(word)
    return True


@cache
def _courtesies() -> _Courtesies:
    """Read the patterns that lie in the package."""
    raw = tomllib.loads(files("assistant").joinpath("data/courtesy.toml").read_text("utf-8"))
    named = {name: _any_of(words.split()) for name, words in raw["words"].items()}
    named["ANY"] = _any_of([one for words in raw["words"].values() for one in words.split()])
    for name, piece in raw["pieces"].items():
        named[name] = f"(?:{_spelled(piece, named)})"

    def compiled(kind: str, ending: str = "") -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(f"(?:{_spelled(one, named)}){ending}") for one in raw["patterns"][kind]
        )

    return _Courtesies(
        openings=compiled("openings"),
        pleas=compiled("pleas"),
        closings=compiled("closings", ending=_END),
        clauses=compiled("clauses", ending=_END),
        asks=re.compile(named["QUESTION"]),
    )


def _any_of(words: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in sorted(words, key=len, reverse=True))})"


def _spelled(pattern: str, named: Mapping[str, str]) -> str:
    """Put what the names in capitals stand for in their places."""
    return _NAME.sub(lambda found: named[found.group(1)], pattern)
