"""What `ask` reads and writes: histories, batches, and an answer for reading."""

from pathlib import Path

import pytest

from assistant.history import parse_history
from assistant.records import Answer, Question, Status
from store.errors import WenyuanError
from store.turns import Turn
from ui.commands.ask import answer_text
from ui.commands.asking import read_batch


def test_a_history_is_read_in_both_shapes() -> None:
    turns = (Turn(question="问", answer="答"), Turn(question="又问", answer=""))
    assert parse_history([{"question": "问", "answer": "答"}, ["又问", ""]]) == turns
    assert parse_history([["问", "答"], {"question": "又问", "answer": None}]) == turns
    assert parse_history(None) == ()


@pytest.mark.parametrize("value", [{}, "问", [1], [["问"]], [{"question": 1, "answer": ""}]])
def test_a_history_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(WenyuanError, match="对话历史"):
        parse_history(value)


def test_a_line_nested_too_deep_is_a_bad_line_only(tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text("[" * 100_000 + '\n{"id": 2, "question": "问"}', encoding="utf-8")
    first, second = read_batch(batch)
    assert first.error
    assert second.error is None


def test_nothing_found_is_said_in_words() -> None:
    answer = Answer(
        question=Question(text="问", standalone="问", own="问", chinese=True),
        status=Status.NOT_COVERED,
        lead="",
        sentences=(),
        citations=(),
        parts=(),
        model="extractive",
        notice="对话模型没有答完。",
    )
    assert answer_text(answer) == "报道中没有找到相关内容。\n\n提示：对话模型没有答完。"
