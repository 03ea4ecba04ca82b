"""A question file is read strictly, and its metrics say what they say."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.answers import evaluate
from assistant.evaluation.questions import load_questions
from assistant.pipeline import Assistant
from store.errors import NotFoundError, UsageError

GOOD: list[dict[str, Any]] = [
    {
        "id": "1",
        "type": "fact",
        "question": "加装电梯的费用怎么分摊？",
        "answerable": True,
        "evidence": ["一层不出、逐层递增"],
        "facts": [["28000", "两万八"]],
    },
    {
        "id": "2",
        "type": "followup",
        "question": "那里的食堂设在哪？",
        "history": [["石桥社区在哪里？", ""]],
        "answerable": True,
        "evidence": ["设在原街道会议室", "这句不在报道里"],
    },
    {"id": "3", "question": "量子计算机的价格是多少？", "answerable": False},
    {"id": "4", "question": "加装电梯的费用怎么分摊？", "answerable": False},
]


def written(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text(text, "utf-8")
    return path


def test_the_metrics_count_what_is_right_and_what_is_wrong(
    tmp_path: Path, assistant: Assistant
) -> None:
    found = evaluate(assistant, load_questions(written(tmp_path, *GOOD))).metrics
    assert (found["questions"], found["answerable"], found["unanswerable"]) == (4, 2, 2)
    assert (found["gold_cited"], found["gold_all_cited_share"]) == (2, 0.5)
    assert (found["refused"], found["refused_share"]) == (1, 0.5)
    assert (found["facts_share"], found["quotes_exact_share"]) == (1.0, 1.0)
    assert 0 < found["elapsed_p50_ms"] <= found["elapsed_p95_ms"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "第 1 行"),
        ([GOOD[0], GOOD[0]], "第 2 行.*重复"),
        ([{"id": "1", "question": "问？"}], "第 1 行.*answerable"),
        ([{"id": "1", "question": " ", "answerable": True}], "question 是空的"),
        ([{"id": "1", "question": "问？", "answerable": "yes"}], "true 或 false"),
        (["[1, 2]"], "第 1 行"),
        ([], "没有问题"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(
    tmp_path: Path, lines: list[object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        load_questions(written(tmp_path, *lines))


def test_what_is_no_question_counts_as_refused(tmp_path: Path, assistant: Assistant) -> None:
    line = {"id": "1", "question": "？？！", "answerable": False}
    found = evaluate(assistant, load_questions(written(tmp_path, line))).metrics
    assert (found["refused"], found["not_covered_share"]) == (1, 1.0)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="读不到"):
        load_questions(tmp_path / "none.jsonl")
