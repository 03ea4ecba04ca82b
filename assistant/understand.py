"""From what was typed to a question that stands alone: checked, normalised, mended, resolved."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.config import AssistantConfig
from assistant.courtesy import without_courtesies
from assistant.followup import leaning, resolve
from assistant.reading import readable
from assistant.records import Question
from assistant.spelling import changes, speller
from assistant.synonyms import NONE, Synonyms, load
from assistant.terms import tagged
from store.errors import BadQuestionError
from store.library import Library
from store.text import clean, is_chinese, simplify
from store.turns import Turn

Mend = Callable[[str], str]
"""Returns a text as it was probably meant, as long as it was."""
Rewrite = Callable[[str, Sequence[Turn]], str | None]
"""Returns a question made to stand alone by what the turns before it said, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What helps to understand a question; by default nothing.

    `mend` puts mistyped Chinese right, character for character (assistant.spelling); `synonyms`
    are words that mean the same; `rewrite` makes a question stand alone where the rules are not
    certain of what it leaves to the conversation (assistant.rewriting), or gives None.
    """

    mend: Mend = str
    synonyms: Synonyms = NONE
    rewrite: Rewrite | None = None


def aids_of(library: Library, config: AssistantConfig, rewrite: Rewrite | None = None) -> Aids:
    """Return what a library and the settings know, and a chat model's rewriting where there is one.

    Raises:
        UsageError: the user's file of synonyms cannot be used.
    """
    mend = speller(library).mend
    return Aids(mend=mend, synonyms=load(config.synonyms_file), rewrite=rewrite)


NO_AIDS = Aids()
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
    if not re.search(r"[^\W_]", question):
        raise BadQuestionError("没有看懂这个问题，请用文字描述您想了解的内容。")
    return question


def readings(
    text: str,
    history: Sequence[Turn],
    known_places: Sequence[str],
    max_chars: int,
    aids: Aids = NO_AIDS,
) -> tuple[Question, ...]:
    """Return the ways a question may be read, the likelier first; one unless it may be a follow-up.

    Args:
        text: as typed.
        history: earlier turns, oldest first, as the server remembers them.
        known_places: communities and districts of the library.
        max_chars: longer questions are refused.
        aids: what else is known.

    Raises:
        BadQuestionError: see `check`.
    """
    read = _read(text, history, known_places, max_chars, aids)
    return tuple(replace(one, synonyms=_synonyms(one.standalone, aids.synonyms)) for one in read)


def _read(
    text: str, history: Sequence[Turn], known_places: Sequence[str], max_chars: int, aids: Aids
) -> tuple[Question, ...]:
    question = check(text, max_chars)
    typed = without_courtesies(simplify(question))
    plain = aids.mend(typed) if is_chinese(typed) else typed
    alone = Question(
        text=question,
        standalone=plain,
        own=plain,
        chinese=is_chinese(plain),
        mended=changes(typed, plain),
    )
    if not history or not alone.chinese:
        return (alone,)
    recent = _recent(history, max_chars)
    resolved = resolve(plain, recent, known_places)
    if resolved is not None and len(resolved.text) > 2 * max_chars:
        return (alone,)
    leans = not resolved.certain if resolved else leaning(plain, known_places)
    said = aids.rewrite(plain, recent) if aids.rewrite and leans else None
    if said is not None:
        return replace(alone, standalone=said, rewritten=True), alone
    if resolved is None:
        return (alone,)
    followed = replace(alone, standalone=resolved.text, own=resolved.own, rewritten=True)
    return (followed,) if resolved.certain else (followed, alone)


def _synonyms(question: str, known: Synonyms) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(known.among([word for word, _ in tagged(readable(question))]).items())


def _recent(history: Sequence[Turn], max_chars: int) -> list[Turn]:
    """The last turns, none longer than a question and a long answer may be."""
    return [
        Turn(
            question=turn.question[:max_chars],
            answer=turn.answer[: 10 * max_chars],
            standalone=turn.standalone[: 2 * max_chars],
        )
        for turn in history[-_HISTORY_DEPTH:]
    ]


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"
