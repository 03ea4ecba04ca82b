"""From what was typed to a question that stands alone: checked, normalised, resolved."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant.followup import resolve
from assistant.lexicon import lexicon
from assistant.records import Question
from store.errors import BadQuestionError
from store.records import Turn
from store.text import clean, is_chinese, simplify

_HISTORY_DEPTH = 3
_FILLERS_IN_A_ROW = 3


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
    text: str, history: Sequence[Turn], known_places: Sequence[str], max_chars: int
) -> tuple[Question, ...]:
    """Return the ways a question may be read, the likelier first; one unless it may be a follow-up.

    Args:
        text: as typed.
        history: earlier turns, oldest first, as the server remembers them.
        known_places: communities and districts of the library.
        max_chars: longer questions are refused.

    Raises:
        BadQuestionError: see `check`.
    """
    question = check(text, max_chars)
    plain = _strip_fillers(simplify(question))
    alone = Question(text=question, standalone=plain, own=plain, chinese=is_chinese(plain))
    if not history or not alone.chinese:
        return (alone,)
    resolved = resolve(plain, _recent(history, max_chars), known_places)
    if resolved is None or len(resolved.text) > 2 * max_chars:
        return (alone,)
    followed = replace(alone, standalone=resolved.text, own=resolved.own, rewritten=True)
    return (followed,) if resolved.certain else (followed, alone)


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


def _strip_fillers(question: str) -> str:
    """Drop politeness around a question; a question that is nothing else stays as it is."""
    stripped = question
    for _ in range(_FILLERS_IN_A_ROW):
        for pattern in lexicon().fillers:
            stripped = pattern.sub("", stripped).strip()
    return stripped if len(stripped) >= 2 else question


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"
