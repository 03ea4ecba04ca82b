"""Histories as others write them, read into turns."""

from store.errors import UsageError
from store.turns import Turn


def parse_history(value: object) -> tuple[Turn, ...]:
    """Read the earlier turns of a conversation, oldest first.

    Args:
        value: a list of {"question", "answer"} objects or [question, answer] pairs; None is none.

    Raises:
        UsageError: it is something else.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        raise UsageError("对话历史要写成列表，每项有 question 和 answer。")
    return tuple(_turn(number, item) for number, item in enumerate(value, start=1))


def _turn(number: int, item: object) -> Turn:
    match item:
        case {"question": str(question), "answer": str(answer)} | [str(question), str(answer)]:
            return Turn(question=question, answer=answer)
        case {"question": str(question), "answer": None} | [str(question), None]:
            return Turn(question=question, answer="")
        case _:
            raise UsageError(f"对话历史的第 {number} 项要有文字的 question 和 answer。")
