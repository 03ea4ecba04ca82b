"""The word lists and patterns of data/verification.toml, read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """General Chinese that checking a sentence against its evidence rests on.

    `synonyms` gives for a word those that may stand for it; `opposites` for a word those that it
    must not be taken for.
    """

    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    plan: re.Pattern[str]
    ought: re.Pattern[str]
    done: re.Pattern[str]
    says: re.Pattern[str]
    according: re.Pattern[str]
    addressing: re.Pattern[str]
    light: frozenset[str]
    synonyms: dict[str, frozenset[str]]
    opposites: dict[str, frozenset[str]]


@cache
def wording() -> Wording:
    """Read the words that lie in the package."""
    raw = tomllib.loads(files("assistant").joinpath("data/verification.toml").read_text("utf-8"))
    synonyms: dict[str, frozenset[str]] = {}
    for line in raw["synonyms"]:
        group = frozenset(line.split())
        for word in group:
            synonyms[word] = synonyms.get(word, frozenset()) | group - {word}
    opposites: dict[str, frozenset[str]] = {}
    for line in raw["opposites"]:
        sides = [frozenset(side.split()) for side in line.split("|")]
        for side in sides:
            others = frozenset().union(*(one for one in sides if one is not side))
            for word in side:
                opposites[word] = opposites.get(word, frozenset()) | others
    return Wording(
        negation=re.compile(raw["negation"]),
        not_negation=re.compile(raw["not_negation"]),
        plan=re.compile(raw["plan"]),
        ought=re.compile(raw["ought"]),
        done=re.compile(raw["done"]),
        says=re.compile(raw["says"]),
        according=re.compile(raw["according"]),
        addressing=re.compile(raw["addressing"]),
        light=frozenset(raw["light"].split()),
        synonyms=synonyms,
        opposites=opposites,
    )
