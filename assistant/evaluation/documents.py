"""Reads a corpus: one JSON object a line, each a document of a data set."""

from collections.abc import Iterable
from pathlib import Path

from assistant.evaluation.jsonl import Row, distinct, rows
from assistant.evaluation.records import Document
from store.errors import UsageError


def load_documents(path: Path) -> tuple[Document, ...]:
    """Read a corpus file: one JSON object a line with `id` (or `_id`), `text`, optional `title`.

    Raises:
        NotFoundError: there is no such file.
        UsageError: a line is not such an object, or an id stands twice; names file and line.
    """
    documents = distinct(rows(path), _document)
    if not documents:
        raise UsageError(f"{path} 里没有文章。")
    return documents


def require_known(row: Row, what: str, ids: Iterable[str], known: frozenset[str]) -> None:
    """Check that the documents that a row names are in the corpus.

    Args:
        row: names them.
        what: the key they stand under.
        ids: of the documents.
        known: the ids of the corpus.

    Raises:
        UsageError: one is not; names file and line.
    """
    for one in ids:
        if one not in known:
            raise row.refused(f"{what} 里的“{one}”不在 corpus.jsonl 里")


def _document(row: Row) -> Document:
    return Document(
        id=row.text("id", "_id"),
        title=row.text("title", default=""),
        text=row.text("text", default="") if "text" in row.value else row.text("text"),
    )
