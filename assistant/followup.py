"""Follow-up questions made to stand alone, from what the conversation said before.

Works on whole words: 他 in 吉他 or 此 in 因此 points back to nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import topics
from assistant.answer_types import is_person
from assistant.lexicon import lexicon
from assistant.persons import people
from assistant.terms import tagged, words_of
from store.turns import Turn

_ELLIPSIS_WORDS = 2
_ASKED_AGAIN = re.compile(r"(.{2,16}?)(?:又)?(?:怎么样)?呢[？?]?")
_ASKS = re.compile(r"[几谁哪]|多少|什么|多[大长久高]")
_KINDS = ("社区", "小区", "街道", "村", "院子", "院落", "院", "地方")
_DESCRIBES = ("n", "a", "b", "j", "s", "t", "q", "m")

Word = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A question with what it left to the conversation.

    `own` is what of it is the question's own. `certain` where a word points back; a question that
    only says little may as well stand alone.
    """

    text: str
    own: str
    certain: bool


def resolve(question: str, history: Sequence[Turn], known_places: Sequence[str]) -> Resolved | None:
    """Return a question made to stand alone, or None where it leaves nothing to the conversation.

    Args:
        question: checked and normalised.
        history: earlier turns, oldest first; not empty.
        known_places: communities and districts of the library.
    """
    earlier = [turn.standalone or turn.question for turn in reversed(history)]
    plain = _without_taking_up(question, known_places)
    swapped = _same_for_another(plain, earlier[0], known_places)
    if swapped is not None:
        return Resolved(text=swapped, own=swapped, certain=True)
    pointed = _pointed(plain, history, known_places)
    if pointed is not None:
        return Resolved(text=pointed, own=plain, certain=True)
    subject = _subject(earlier)
    if subject and subject not in plain and _is_elliptic(plain, known_places):
        first = tagged(plain)[0][0]
        bare = plain.removeprefix(first) if first in lexicon().openings else plain
        bare = bare if words_of(bare) else plain
        return Resolved(text=subject + bare.lstrip("，, "), own=plain, certain=False)
    return Resolved(text=plain, own=plain, certain=True) if plain != question else None


def leaning(question: str, known_places: Sequence[str]) -> bool:
    """Say whether a question may lean on the conversation in a way that `resolve` cannot tell."""
    lists = lexicon()
    pointing = lists.back_to_places | lists.back_to_persons | lists.back_to_things | lists.leaning
    words = {word for word, _ in tagged(question)}
    return bool(words & pointing) or _is_elliptic(question, known_places)


def _without_taking_up(question: str, known_places: Sequence[str]) -> str:
    """Drop a 那 or 那么 that only takes the conversation up (那它……, 那某某社区呢)."""
    without = question.removeprefix("那")
    if without != question and without.startswith(tuple(map(topics.stem, known_places))):
        return without
    words = tagged(question)
    first = words[0][0]
    rest = question.removeprefix(first).lstrip("，, ")
    if first in lexicon().takes_up and rest:
        describes = len(words) > 1 and words[1][1].startswith(_DESCRIBES)
        return question if describes and not _ASKED_AGAIN.fullmatch(rest) else rest
    if first.startswith("那") and first not in lexicon().back_to_places:
        return without if _ASKED_AGAIN.fullmatch(without) and len(first) > 2 else question
    return question


def _same_for_another(question: str, before: str, known_places: Sequence[str]) -> str | None:
    """Read 某某社区呢？ as the question before, asked of another place or thing."""
    found = _ASKED_AGAIN.fullmatch(question)
    if not found:
        return None
    other = found.group(1)
    named = topics.phrases(other)
    is_place = any(topics.stem(name) == topics.stem(other) for name in known_places)
    if not is_place and not (len(named) == 1 and named[0].nominal and named[0].text == other):
        return None
    spoken_of = _named_place(before, known_places)
    if is_place or named[0].place:
        return before.replace(spoken_of, other, 1) if spoken_of else other + before
    return _of_another_thing(other, before, spoken_of)


def _of_another_thing(other: str, before: str, place: str | None) -> str | None:
    """Ask a question of another person, time or thing; None where it names none like it."""
    if is_person(tagged(other)[0]):
        old = _person([before])
    elif topics.is_time(other):
        old = next((word for word, tag in tagged(before) if tag == "t"), None)
    else:
        old = topics.thing(before)
    if not old or old not in before:
        return None
    if old == place:  # 某某社区怎么样 asks of the place alone, 某某的食堂几点开门 does not
        alone = len(topics.phrases(before)) == 1
        return before.replace(old, f"{old}的{other}", 1) if alone else None
    if _ASKS.search(old):  # 几部电梯 and then 费用: of the lifts is asked what they cost
        return f"{place or ''}{_without_number(old)}的{other}？"
    return before.replace(old, other, 1)


def _named_place(text: str, known_places: Sequence[str]) -> str | None:
    """The place that a text names, as it writes it."""
    place = topics.place([text], known_places)
    return (
        next((one for one in (place, topics.stem(place)) if one in text), None) if place else None
    )


def _person(texts: Sequence[str]) -> str | None:
    """The first person whom the texts name."""
    return next((name for text in texts for name in people(text)), None)


def _without_number(counted: str) -> str:
    """What is counted (几部电梯: 电梯)."""
    kept = [word for word, tag in tagged(counted) if not tag.startswith(("m", "q", "r"))]
    return "".join(kept) or counted


def _pointed(question: str, history: Sequence[Turn], known_places: Sequence[str]) -> str | None:
    """Put a name in the place of the first word that points back to one."""
    words, lists = tagged(question), lexicon()
    at = 0
    for number, (word, _) in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ("", "")
        end = at + len(word)
        name = None
        if word in lists.back_to_places:
            name = _place(history, known_places)
        elif word in lists.demonstratives and following[0] in _KINDS:
            name, end = _place(history, known_places), end + len(following[0])
        elif word in lists.back_to_persons:
            name = _person(_said(history)) or _subject(_asked(history))
        elif word in lists.back_to_things and not following[1].startswith(_DESCRIBES):
            name = next((found for text in _asked(history) if (found := topics.thing(text))), None)
        if name:
            return question[:at] + name + question[end:]
        at += len(word)
    return None


def _place(history: Sequence[Turn], known_places: Sequence[str]) -> str | None:
    """The place spoken of last, else what was spoken of."""
    return topics.place([*_asked(history), *_said(history)], known_places) or _subject(
        _asked(history)
    )


def _asked(history: Sequence[Turn]) -> list[str]:
    """Earlier questions, the last first."""
    return [turn.standalone or turn.question for turn in reversed(history)]


def _said(history: Sequence[Turn]) -> list[str]:
    """Earlier questions and answers, the last turn first."""
    return [text for turn in reversed(history) for text in (turn.question, turn.answer) if text]


def _subject(earlier: Sequence[str]) -> str | None:
    """What was spoken of: the topic, with the thing asked about where the topic is its place."""
    about = next((found for text in earlier if (found := topics.topic(text))), None)
    if about is None:
        return None
    beside = topics.thing(earlier[0]) or ""
    return f"{about}的{beside}" if beside and beside not in about else about


def _is_elliptic(question: str, known_places: Sequence[str]) -> bool:
    """Whether a question says too little to stand alone: few content words, none of them a name."""
    if tagged(question)[0][0] in lexicon().openings:
        return True
    words = words_of(question)
    named = any(tag.startswith(("nr", "ns", "nt", "nz")) for _, tag in words)
    placed = any(topics.stem(name) in question for name in known_places if len(name) > 2)
    return len(words) <= _ELLIPSIS_WORDS and not named and not placed
