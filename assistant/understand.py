"""From what was typed to a question that stands alone: checked, normalised, resolved."""

import re
import unicodedata
from collections.abc import Sequence

from assistant import topics
from assistant.lexicon import lexicon
from assistant.records import Question
from assistant.terms import words_of
from store.errors import BadQuestionError
from store.records import Turn
from store.text import clean, is_chinese, simplify

_ELLIPSIS_WORDS = 2
_HISTORY_DEPTH = 3


def check(text: str, max_chars: int) -> str:
    """Return the question without surrounding space, or refuse it.

    Raises:
        BadQuestionError: it is empty, longer than `max_chars`, or holds control characters.
    """
    if any(_is_control(char) for char in text):
        raise BadQuestionError("问题里有无法识别的控制字符，请删去后再问。")
    question = re.sub(r"\s+", " ", clean(text)).strip()
    if not question:
        raise BadQuestionError("请先输入问题。")
    if len(question) > max_chars:
        raise BadQuestionError(f"问题太长（{len(question)} 字），请控制在 {max_chars} 字以内。")
    if not re.search(r"\w", question):
        raise BadQuestionError("没有看懂这个问题，请用文字描述您想了解的内容。")
    return question


def readings(
    text: str, history: Sequence[Turn], known_places: Sequence[str], max_chars: int
) -> tuple[Question, ...]:
    """Return the ways a question may be read, the likelier first; one unless it may be a follow-up.

    Args:
        text: as typed.
        history: earlier turns, oldest first, as the server remembers them.
        known_places: communities, streets and districts of the library.
        max_chars: longer questions are refused.

    Raises:
        BadQuestionError: see `check`.
    """
    question = check(text, max_chars)
    plain = _strip_fillers(simplify(question))
    alone = Question(text=question, standalone=plain, chinese=is_chinese(plain))
    if not history or not alone.chinese:
        return (alone,)
    resolved, certain = _resolve(plain, history[-_HISTORY_DEPTH:], known_places)
    if resolved is None or resolved == plain:
        return (alone,)
    followed = Question(text=question, standalone=resolved, chinese=True, rewritten=True)
    return (followed,) if certain else (followed, alone)


def _strip_fillers(question: str) -> str:
    """Drop politeness around a question; a question that is nothing else stays as it is."""
    stripped = question
    for pattern in lexicon().fillers:
        stripped = pattern.sub("", stripped).strip()
    return stripped if len(stripped) >= 2 else question


def _resolve(
    question: str, history: Sequence[Turn], known_places: Sequence[str]
) -> tuple[str | None, bool]:
    """Return the question with what it leaves to the conversation, and whether that is certain."""
    words = lexicon()
    question = words.takes_up.sub("", question) or question
    earlier = [turn.standalone or turn.question for turn in reversed(history)]
    said = [text for turn in reversed(history) for text in (turn.question, turn.answer) if text]
    about = next((found for text in earlier if (found := topics.topic(text))), None)
    if (swapped := _same_for_another(question, earlier[0])) is not None:
        return swapped, True
    if words.back_to_place.search(question):
        where = topics.place([*earlier, *said], known_places) or about
        return _replace(words.back_to_place, where, question), True
    if words.back_to_person.search(question):
        who = topics.person(said) or about
        return _replace(words.back_to_person, who, question), True
    if words.back_to_thing.search(question):
        named = next((found for text in earlier if (found := topics.thing(text))), None)
        return _replace(words.back_to_thing, named, question), True
    if about and about not in question and _is_elliptic(question, known_places):
        beside = topics.thing(earlier[0]) or ""
        subject = about if beside in about + question else f"{about}的{beside}"
        return subject + words.continues.sub("", question).lstrip("，, "), False
    return None, False


def _same_for_another(question: str, before: str) -> str | None:
    """Read 某某社区呢？ as the question before, asked of another place or thing."""
    found = re.fullmatch(r"(?:那么?|还有)?[，, ]?(.{2,16}?)(?:又|怎么样)?呢[？?]?", question)
    if not found:
        return None
    other, old = found.group(1), topics.topic(before)
    if old is None:
        return f"{other}{before}"
    return before.replace(old, other, 1)


def _is_elliptic(question: str, known_places: Sequence[str]) -> bool:
    """Whether a question says too little to stand alone: few content words, none of them a name."""
    if lexicon().continues.search(question):
        return True
    words = words_of(question)
    named = any(tag.startswith(("nr", "ns", "nt", "nz")) for _, tag in words)
    placed = any(topics.stem(name) in question for name in known_places if len(name) > 2)
    return len(words) <= _ELLIPSIS_WORDS and not named and not placed


def _replace(pattern: re.Pattern[str], by: str | None, question: str) -> str | None:
    """Put a name in the place of the words that point back to it, keeping 的 where it stood."""
    if by is None:
        return None
    return pattern.sub(
        lambda found: by + ("的" if found.group().endswith("的") else ""), question, count=1
    )


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"
