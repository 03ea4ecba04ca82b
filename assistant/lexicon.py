"""The word lists and patterns of data/lexicon.toml, read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class TypePattern:
    """How a kind of answer is asked for, and how a sentence holds one (None: see answer_types)."""

    kind: str
    asked: re.Pattern[str]
    held: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """General Chinese that understanding a question rests on; names nobody and no place."""

    function_words: frozenset[str]
    question_nouns: frozenset[str]
    asking_frames: frozenset[str]
    polyphones: frozenset[str]
    refuses: re.Pattern[str]
    back_to_places: frozenset[str]
    back_to_persons: frozenset[str]
    back_to_things: frozenset[str]
    demonstratives: frozenset[str]
    openings: frozenset[str]
    takes_up: frozenset[str]
    leaning: frozenset[str]
    types: tuple[TypePattern, ...]
    number: str
    counting: re.Pattern[str]
    names_person: re.Pattern[str]
    asks_by_name: re.Pattern[str]
    surnames: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the lexicon that lies in the package."""
    raw = tomllib.loads(files("assistant").joinpath("data/lexicon.toml").read_text("utf-8"))
    naming = raw["naming"]
    surnames = naming["surnames"].split()
    number, follow = raw["counting"]["number"], raw["followup"]
    return Lexicon(
        function_words=frozenset(raw["function_words"].split()),
        question_nouns=frozenset(raw["question_nouns"].split()),
        asking_frames=frozenset(raw["asking_frames"].split()),
        polyphones=frozenset(raw["polyphones"]),
        refuses=re.compile(raw["refuses"]),
        back_to_places=frozenset(follow["places"].split()),
        back_to_persons=frozenset(follow["persons"].split()),
        back_to_things=frozenset(follow["things"].split()),
        demonstratives=frozenset(follow["demonstratives"].split()),
        openings=frozenset(follow["openings"].split()),
        takes_up=frozenset(follow["takes_up"].split()),
        leaning=frozenset(follow["leaning"].split()),
        types=tuple(
            TypePattern(
                kind=entry["kind"],
                asked=re.compile(entry["asked"]),
                held=re.compile(entry["held"].replace("NUMBER", number))
                if "held" in entry
                else None,
            )
            for entry in raw["types"]
        ),
        number=number,
        counting=re.compile(raw["counting"]["asked"]),
        names_person=re.compile(naming["person"].replace("SURNAME", f"[{''.join(surnames)}]")),
        asks_by_name=re.compile(naming["asked_by_name"]),
        surnames=frozenset(surnames),
    )
