"""A folder as TREC has it: topics, qrels (who judged which document how), and corpus.jsonl.

Topics are lines of id, tab, question, or <top> and <topic> elements. Qrels are lines of topic,
iteration, document, grade, or of topic, document, grade. Topics without a document judged to
answer are left out, as trec_eval does; so are judgements of topics that are not asked.
"""

import re
from collections import defaultdict
from html import unescape
from pathlib import Path

from assistant.evaluation.documents import load_documents, require_known
from assistant.evaluation.jsonl import Row, distinct, read_text
from assistant.evaluation.records import Dataset, EvalQuestion
from assistant.evaluation.sources import CORPUS, fingerprint, name_of
from store.errors import UsageError

_TOPIC = re.compile(r"<(top|topic)\b([^>]*)>(.*?)(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(?:number|num|id)\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_WORDING = tuple(
    re.compile(rf"<{name}>\s*(?:{label}:)?\s*([^<]*)", re.IGNORECASE)
    for name, label in (
        ("title", "Topic"),
        ("query", "Query"),
        ("question", "Question"),
        ("desc", "Description"),
        ("description", "Description"),
    )
)

Judged = dict[str, dict[str, int]]


def holds(path: Path) -> bool:
    """Say whether a path is a data set of this format."""
    return path.is_dir() and all(_file(path, one) for one in ("topics", "qrels", CORPUS))


def load(path: Path) -> Dataset:
    """Read the data set.

    Raises:
        UsageError: a line cannot be used, or names a document that the corpus has not.
    """
    corpus, topics, qrels = path / CORPUS, _file(path, "topics"), _file(path, "qrels")
    if topics is None or qrels is None:
        raise UsageError(f"{path} 里要有 topics、qrels 和 corpus.jsonl。")
    documents = load_documents(corpus)
    judged = _judgements(qrels, frozenset(one.id for one in documents))
    asked = distinct(_topics(topics), lambda row: _question(row, judged))
    questions = tuple(one for one in asked if one.gold)
    if not questions:
        raise UsageError(f"{qrels} 里没有 {topics.name} 中任何一题的相关文章。")
    return Dataset(
        name=name_of(path),
        questions=questions,
        documents=documents,
        fingerprint=fingerprint(corpus, topics, qrels),
    )


def _file(path: Path, name: str) -> Path | None:
    return next((one for one in sorted(path.glob(f"{name}*")) if one.is_file()), None)


def _question(row: Row, judged: Judged) -> EvalQuestion:
    key = row.text("id")
    grades = {one: grade for one, grade in judged.get(key, {}).items() if grade > 0}
    return EvalQuestion(
        id=key,
        type="",
        question=row.text("question"),
        answerable=bool(grades),
        gold=tuple(grades),
        grades=tuple(grades.values()),
    )


def _topics(path: Path) -> list[Row]:
    text = read_text(path)
    if text.lstrip().startswith("<"):
        return [_element(path, text, found) for found in _TOPIC.finditer(text)]
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        key, tab, question = line.partition("\t")
        place = f"{path} 第 {number} 行"
        if not tab:
            raise UsageError(f"{place}：应是编号、制表符和问题。")
        value = {"id": key.strip(), "question": question.strip()}
        found.append(Row(place=place, value=value))
    return found


def _element(path: Path, text: str, found: re.Match[str]) -> Row:
    attributes, inner = found[2], found[3]
    number = _NUMBER.search(inner) or _ATTRIBUTE.search(attributes)
    wordings = (one[1].strip() for way in _WORDING if (one := way.search(inner)))
    line = text.count("\n", 0, found.start()) + 1
    return Row(
        place=f"{path} 第 {line} 行",
        value={
            "id": number[1] if number else None,
            "question": " ".join(unescape(next(filter(None, wordings), "")).split()),
        },
    )


def _judgements(path: Path, known: frozenset[str]) -> Judged:
    judged: Judged = defaultdict(dict)
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        fields = line.split()
        if not fields or (number == 1 and fields[0] == "query-id"):
            continue
        row = Row(place=f"{path} 第 {number} 行", value={})
        if len(fields) not in (3, 4) or not re.fullmatch(r"-?\d+", fields[-1]):
            raise row.refused("应是题号、轮次、文章编号和等级（整数）")
        topic, document, grade = fields[0], fields[-2], int(fields[-1])
        if document in judged[topic]:
            raise row.refused(f"文章“{document}”对这一题重复")
        if grade > 0:
            require_known(row, "qrels", (document,), known)
        judged[topic][document] = grade
    return judged
