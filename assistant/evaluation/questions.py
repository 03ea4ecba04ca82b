"""Reads a question file over the library: one JSON object a line."""

import json
from pathlib import Path
from typing import Any

from assistant.evaluation.records import EvalQuestion
from assistant.history import parse_history
from store.errors import NotFoundError, UsageError


def load_questions(path: Path) -> tuple[EvalQuestion, ...]:
    """Read a question file: one JSON object a line.

    Keys: `id`, `question`, `answerable`; optional `type`, `history` (earlier turns as
    [question, answer], an empty answer meaning whatever the assistant said), `evidence` (gold
    sentences or parts of them), `facts` (of each inner list one string is to be found).

    Raises:
        NotFoundError: there is no such file.
        UsageError: a line is not such an object, or an id stands twice; names file and line.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(f"读不到问题文件：{path}") from error
    found: dict[str, EvalQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _parsed(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError, UsageError) as error:
            raise UsageError(f"{path} 第 {number} 行不是一个合格的问题：{error}") from error
        if question.id in found:
            raise UsageError(f"{path} 第 {number} 行的 id “{question.id}”重复。")
        found[question.id] = question
    if not found:
        raise UsageError(f"{path} 里没有问题。")
    return tuple(found.values())


def _parsed(raw: dict[str, Any]) -> EvalQuestion:
    answerable = raw["answerable"]
    if not isinstance(answerable, bool):
        raise TypeError("answerable 应为 true 或 false")
    if not str(raw["question"]).strip():
        raise ValueError("question 是空的")
    return EvalQuestion(
        id=str(raw["id"]),
        type=str(raw.get("type", "")),
        question=str(raw["question"]),
        answerable=answerable,
        history=parse_history(raw.get("history")),
        evidence=tuple(map(str, raw.get("evidence", ()))),
        facts=tuple(tuple(map(str, one)) for one in raw.get("facts", ())),
    )
