"""The JSON format of SQuAD and CMRC: paragraphs, each with its questions and their answers.

Two shapes are read: {"data": [{"title", "paragraphs": [{"context", "qas"}]}]}, as SQuAD and CMRC
2018 have it, and CMRC's older list of {"context_id", "context_text", "title", "qas"}. Each
paragraph is a document.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.evaluation.jsonl import Row, as_row, distinct, read_text
from assistant.evaluation.records import Dataset, Document, EvalQuestion
from assistant.evaluation.sources import fingerprint, name_of
from store.errors import UsageError


def holds(path: Path) -> bool:
    """Say whether a path is a data set of this format: one JSON value over the whole file."""
    if not path.is_file():
        return False
    start = read_text(path).lstrip()
    # In a text the quotes would be escaped: it is a key, which no line of questions has.
    return start.startswith("[") or (start.startswith("{") and '"paragraphs"' in start)


def load(path: Path) -> Dataset:
    """Read the data set.

    Raises:
        UsageError: it is not such JSON, or an id stands twice; names file and line.
    """
    text = read_text(path)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path} 第 {error.lineno} 行：不是有效的 JSON。") from error
    except RecursionError as error:
        raise UsageError(f"{path} 第 1 行：JSON 套得太深。") from error
    paragraphs = tuple(_paragraphs(value, _Lines(path, text)))
    documents = distinct((row for row, _ in paragraphs), _document)
    questions = distinct((one for _, asked in paragraphs for one in asked), _question)
    if not questions:
        raise UsageError(f"{path} 里没有问题。")
    return Dataset(
        name=name_of(path),
        questions=questions,
        documents=documents,
        fingerprint=fingerprint(path),
    )


class _Lines:
    """Finds the lines of a file that values stand on, which are asked for in order."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._ascii = text.isascii()
        self._at = 0
        self._line = 1

    def place(self, value: object, inside: str) -> str:
        """Say the line of an object, by the first of its texts that is found, and what it is in."""
        texts = value.values() if isinstance(value, dict) else ()
        quoted = (json.dumps(one, ensure_ascii=self._ascii) for one in texts if _plain(one))
        at = next((at for one in quoted if (at := self._text.find(one, self._at)) >= 0), self._at)
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return f"{self._path} 第 {self._line} 行（{inside}）"


def _plain(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _paragraphs(value: object, lines: _Lines) -> Iterator[tuple[Row, tuple[Row, ...]]]:
    """Yield each paragraph as a document, with its questions, both as rows."""
    top = (
        value
        if isinstance(value, list)
        else as_row(lines.place(value, "整个文件"), value).items("data")
    )
    for number, item in enumerate(top, start=1):
        article = as_row(lines.place(item, f"第 {number} 篇"), item)
        inner = article.items("paragraphs") if "paragraphs" in article.value else [item]
        for order, part in enumerate(inner, start=1):
            inside = f"第 {number} 篇第 {order} 段"
            paragraph = as_row(lines.place(part, inside), part)
            document = {
                "id": paragraph.text("id", "context_id", default=f"{number}-{order}"),
                "title": article.text("title", default=""),
                "text": paragraph.text("context", "context_text"),
            }
            yield (
                Row(place=paragraph.place, value=document),
                tuple(_asked(paragraph, document["id"], inside, lines)),
            )


def _asked(paragraph: Row, document: str, inside: str, lines: _Lines) -> Iterator[Row]:
    for count, item in enumerate(paragraph.items("qas"), start=1):
        question = as_row(lines.place(item, f"{inside}第 {count} 题"), item)
        yield Row(place=question.place, value={**question.value, "document": document})


def _document(row: Row) -> Document:
    return Document(id=row.text("id"), title=row.text("title", default=""), text=row.text("text"))


def _question(row: Row) -> EvalQuestion:
    impossible = "is_impossible" in row.value and row.flag("is_impossible")
    answers = tuple(dict.fromkeys(_answer(row, one) for one in row.items("answers")))
    if not answers and not impossible:
        raise row.refused("没有 answers")
    return EvalQuestion(
        id=row.text("id", "query_id"),
        type="",
        question=row.text("question", "query_text"),
        answerable=not impossible,
        gold=() if impossible else (row.text("document"),),
        answers=() if impossible else (answers,),
    )


def _answer(row: Row, value: object) -> str:
    """Return the text of an answer: {"text"}, or a bare string."""
    one = value if isinstance(value, dict) else {"text": value}
    return Row(place=row.place, value={"answers": one.get("text")}).text("answers")
