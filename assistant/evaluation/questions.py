"""Reads questions: one JSON object a line, over the library or over a data set's own corpus."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from assistant.evaluation.jsonl import Row, distinct, rows
from assistant.evaluation.records import EvalQuestion
from assistant.history import parse_history
from store.errors import UsageError
from store.turns import Turn

FEEDBACK = "feedback"
"""The key of what a question was made of that a visitor's vote brought in, for who completes it."""

_PLACES = ("evidence", "gold_ids", "gold_groups")
_RIGHT = (*_PLACES, "facts", "answers", "answer_groups")
_KEYS = (
    *("id", "question", "answerable", "type", "history", "noise_ids", "question_en", "forbidden"),
    *(*_RIGHT, FEEDBACK),
)
_SLIP = 0.85  # how alike (difflib) an unknown key is to one of these, to be taken for it


def load_questions(path: Path) -> tuple[EvalQuestion, ...]:
    """Read a question file: one JSON object a line.

    Keys: `id`, `question`, `answerable`; optional `type`, `history` (earlier turns as
    [question, answer], an empty answer meaning whatever the assistant said), `evidence` (gold
    sentences or parts of them), `facts` (of each inner list one string is to be found), and over
    a corpus `gold_ids`, `gold_groups`, `noise_ids`, `answers`, `answer_groups`; `question_en` (the
    question in English), `forbidden` (strings that are not to be said). With `feedback`
    (how the question came up) a line is refused until it is told what is right. Other keys are
    notes, but one that is nearly one of these is taken for a slip.

    Raises:
        NotFoundError: there is no such file.
        UsageError: a line is not such an object, contradicts itself, or an id stands twice; names
            file and line.
    """
    return questions_of(path, rows(path))


def questions_of(path: Path, found: Sequence[Row]) -> tuple[EvalQuestion, ...]:
    """Make questions of the rows of a file.

    Strings of `answers` are spellings of one answer, as in SQuAD; in a file that lists spellings
    as lists within `answers`, or has `answer_groups`, each item is an answer of its own, and all
    are to be found, as in RGB.

    Raises:
        UsageError: as `load_questions`.
    """
    all_count = any(
        row.value.get("answer_groups") or any(isinstance(one, list) for one in row.items("answers"))
        for row in found
    )
    questions = distinct(found, lambda row: _question(row, all_count=all_count))
    if not questions:
        raise UsageError(f"{path} 里没有问题。")
    return questions


def require_told(row: Row) -> None:
    """Refuse a question to be measured that can be answered, but does not say what is right.

    Raises:
        UsageError: it is such; names file and line.
    """
    if row.flag("answerable") and not any(row.items(key) for key in _RIGHT):
        raise row.refused(f"answerable 是 true，却没有写什么是对的（{'、'.join(_RIGHT)} 之一）")


def _question(row: Row, *, all_count: bool) -> EvalQuestion:
    if row.value.get(FEEDBACK) is not None:
        _require_completed(row)
    _require_known_keys(row)
    groups = row.groups("gold_groups")
    made = EvalQuestion(
        id=row.text("id"),
        type=row.text("type", default=""),
        question=row.text("question"),
        answerable=row.flag("answerable"),
        history=_history(row),
        evidence=row.texts("evidence"),
        facts=row.groups("facts"),
        gold=_once(row.texts("gold_ids") or (one for group in groups for one in group)),
        groups=tuple(_once(group) for group in groups),
        answers=_answers(row, all_count=all_count),
        noise=_once(row.texts("noise_ids")),
        english=row.text("question_en", default=""),
        forbidden=row.texts("forbidden"),
    )
    _require_consistent(row, made)
    return made


def _require_known_keys(row: Row) -> None:
    for key in row.value:
        near = [] if key in _KEYS else get_close_matches(key, _KEYS, n=1, cutoff=_SLIP)
        if near:
            raise row.refused(f"不认识 {key}，是不是 {near[0]}")


def _require_consistent(row: Row, question: EvalQuestion) -> None:
    """Refuse what cannot all be right: figures of it would mean nothing."""
    against = [key for key in _PLACES if row.items(key)]
    if not question.answerable and against:
        raise row.refused(f"answerable 是 false，却写了 {against[0]}，请改正其中一样")
    named = {one for group in question.groups for one in group}
    if named and set(question.gold) != named:
        raise row.refused("gold_ids 和 gold_groups 说的不是同样的文章")


def _require_completed(row: Row) -> None:
    """Refuse a question that came out of feedback and still does not say what is right."""
    right = any(row.items(key) for key in ("evidence", "facts", "answers", "gold_ids"))
    if not isinstance(row.value.get("answerable"), bool):
        missing = "answerable（报道答得了写 true，答不了写 false）"
        missing += "" if right else "；答得了的，再写 evidence（该引的原句）或 facts（要点）"
    elif row.flag("answerable") and not right:
        missing = "evidence（该引的原句）或 facts（要点），至少写一样"
    else:
        return
    raise row.refused(f"由评价导出的题还没有补完，缺 {missing}")


def _answers(row: Row, *, all_count: bool) -> tuple[tuple[str, ...], ...]:
    answers = row.groups("answer_groups") or row.groups("answers")
    if all_count or not answers:
        return answers
    return (_once(one for group in answers for one in group),)


def _history(row: Row) -> tuple[Turn, ...]:
    try:
        turns = parse_history(row.value.get("history"))
    except UsageError as error:
        raise row.refused(str(error).rstrip("。")) from error
    for one in turns:
        row.whole("history", one.question + one.answer)
    return turns


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
