"""What `ask` reads: histories, and batches of questions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.history import parse_history
from store.errors import UsageError
from store.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchQuestion:
    """One line of a batch; `error` says why the line cannot be asked, when it cannot."""

    id: object
    question: str = ""
    history: tuple[Turn, ...] = ()
    error: str | None = None


def read_history(path: Path) -> tuple[Turn, ...]:
    """Read a history file: a JSON list of turns.

    Raises:
        UsageError: the file cannot be read, or is not such a list.
    """
    try:
        return parse_history(json.loads(read_text(path)))
    except UsageError as error:
        raise UsageError(f"对话历史文件 {path} 不能用：{error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"对话历史文件 {path} 不是有效的 JSON：{error}。") from error


def read_batch(path: Path) -> Iterator[BatchQuestion]:
    """Read a batch file, one JSON object a line; a bad line becomes a question with its error.

    Raises:
        UsageError: the file cannot be read.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield _batch_question(number, line)


def read_text(path: Path) -> str:
    """Read a whole UTF-8 file, with or without a byte order mark.

    Raises:
        UsageError: it is not there, not readable, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"没有文件 {path}。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"文件 {path} 不是 UTF-8 文本。") from error
    except OSError as error:
        raise UsageError(f"文件 {path} 不能读取（{error.strerror}）。") from error


def _batch_question(number: int, line: str) -> BatchQuestion:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BatchQuestion(id=None, error=f"第 {number} 行不是有效的 JSON：{error}。")
    if not isinstance(value, dict):
        return BatchQuestion(id=None, error=f"第 {number} 行不是一个 JSON 对象。")
    identity, question = value.get("id"), value.get("question")
    if not isinstance(question, str):
        return BatchQuestion(id=identity, error=f"第 {number} 行没有文字的 question。")
    try:
        history = parse_history(value.get("history"))
    except UsageError as error:
        return BatchQuestion(id=identity, error=f"第 {number} 行：{error}")
    return BatchQuestion(id=identity, question=question, history=history)
