"""A question taken apart: several questions in one, one asked of several things, a comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant import topics
from assistant.comparison import compared, named, without_comparing
from assistant.coordination import coordinated
from assistant.followup import resolve
from assistant.lexicon import lexicon
from assistant.persons import people
from assistant.terms import tagged
from store.turns import Turn

MOST = 4
"""Parts of a question at most; one with more is asked as it stands."""
MOST_COMPARED = 12
"""Things compared at most, for which the same holds; of each of more than `MOST` less is told."""

_PIECES = re.compile(r"[？?；;。！!，,\n]+")
_ASKS = re.compile(
    r"什么|啥|哪|谁|何时|何处|怎么|怎样|咋|如何|为何|多少|多大|多长|多久|(?<![好上十])几(?!乎|经|番)|吗$|呢$"
    r"|是不是|有没有|能不能|可不可以|是否|能否|(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)"
)
_OTHERWISE = re.compile(r"^(?:还是|或者|或是|不然|否则)")
_LEAST_CHARS = 3
_SUBJECT_TAGS = ("n", "j", "s", "eng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a question: `text` stands alone and is searched for, `label` is as it was asked."""

    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The parts of a question, two to `MOST` or `MOST_COMPARED`, in the order asked.

    `certain` where the wording leaves no doubt that each is asked; `compares` where what the parts
    have in common is to be told apart.
    """

    parts: tuple[Part, ...]
    certain: bool
    compares: bool = False


def split(question: str, known_places: Sequence[str]) -> Split | None:
    """Take a question apart, or return None where it is one, or has too many parts.

    Args:
        question: as understood, follow-ups resolved.
        known_places: communities and districts of the library.
    """
    clauses = _clauses(question, known_places)
    if clauses:
        return _taken(clauses, certain=True)
    pairs = compared(question, known_places)
    if pairs:
        parts = tuple(Part(text=text, label=name) for name, text in pairs)
        return _taken(parts, certain=True, compares=True)
    rest = without_comparing(question)  # of things that are no places: 甲卡和乙卡有什么不同
    names = (*named(question, known_places), *people(question))
    found = coordinated(rest or question, names)
    if found is None:
        return None
    parts = tuple(
        Part(text=text, label=item) for item, text in zip(found.items, found.texts, strict=True)
    )
    return _taken(parts, certain=found.certain or rest is not None, compares=rest is not None)


def _taken(parts: tuple[Part, ...], *, certain: bool, compares: bool = False) -> Split | None:
    whole = tuple({part.text: part for part in parts}.values())
    if not 1 < len(whole) <= (MOST_COMPARED if compares else MOST):
        return None
    return Split(parts=whole, certain=certain, compares=compares)


def _clauses(question: str, known_places: Sequence[str]) -> tuple[Part, ...]:
    """The pieces that ask something, each with what was said before it; none if fewer than two."""
    asking: list[str] = []
    said = ""
    for piece in filter(None, (one.strip() for one in _PIECES.split(question))):
        if asking and (_OTHERWISE.match(piece) or not _ASKS.search(piece)):
            asking[-1] += f"，{piece}"
        elif _ASKS.search(piece):
            asking.append(said + piece)
            said = ""
        else:
            said += f"{piece}，"
    if len(asking) < 2 or any(len(one) < _LEAST_CHARS for one in asking):
        return ()
    alone = asking[:1]
    for one in asking[1:]:
        before = [Turn(question=earlier, answer="", standalone=earlier) for earlier in alone]
        resolved = resolve(one, before, known_places)
        alone.append(resolved.text if resolved else _with_subject(one, alone[0], known_places))
    return tuple(Part(text=text, label=label) for text, label in zip(alone, asking, strict=True))


def _with_subject(clause: str, first: str, known_places: Sequence[str]) -> str:
    """Give a clause that names nothing what the first is about, and any other its place."""
    if any(_names(word) for word in tagged(clause)):
        place = topics.place([first], known_places)
        return clause if place is None or topics.place([clause], known_places) else place + clause
    words = takewhile(lambda word: word[1].startswith((*_SUBJECT_TAGS, "t")), tagged(first))
    return "".join(word for word, _ in words) + clause


def _names(word: tuple[str, str]) -> bool:
    """Whether a word names a thing rather than what is asked of it."""
    text, tag = word
    return len(text) > 1 and tag.startswith(_SUBJECT_TAGS) and text not in lexicon().question_nouns
