"""Reports, articles, sentences and passages in the catalog: values in, values out.

Every function works inside the transaction of the connection it is given.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from store import serialise
from store.articles import Article
from store.ids import ArticleId, PassageId, ReportId
from store.passages import Filters, Passage
from store.reports import Report, ReportContents

_Item = TypeVar("_Item")
_SLICE = 500  # values per statement; SQLite allows some thousands


def sliced(items: Sequence[_Item], size: int = _SLICE) -> Iterator[Sequence[_Item]]:
    """Cut items into runs of `size` or fewer, for statements and batches."""
    return (items[start : start + size] for start in range(0, len(items), size))


def marks(items: Sequence[object]) -> str:
    """Return the question marks that stand for the items in a statement."""
    return ", ".join("?" * len(items))


def restriction(filters: Filters) -> tuple[str, list[str]]:
    """Return the condition on passage `p` and article `a` that filters ask for, and its values."""
    asked = {
        "a.community": filters.community,
        "a.district": filters.district,
        "p.report_id": filters.report_id,
    }
    given = {column: value for column, value in asked.items() if value is not None}
    conditions, values = [f"{column} = ?" for column in given], list[str](given.values())
    if filters.report_ids is not None:
        conditions.append(f"p.report_id in ({marks(filters.report_ids)})")
        values += filters.report_ids
    return " and ".join(conditions) or "1", values


def reports(connection: sqlite3.Connection) -> tuple[Report, ...]:
    """Return every report, oldest first."""
    rows = connection.execute(f"select {serialise.REPORT} from report order by added_at, rowid")
    return tuple(serialise.report_from(row) for row in rows)


def report_by(connection: sqlite3.Connection, column: str, value: str) -> Report | None:
    """Return the first report whose column (id, path or fingerprint) has the value, if any."""
    row = connection.execute(
        f"select {serialise.REPORT} from report where {column} = ? order by rowid limit 1",
        (value,),
    ).fetchone()
    return serialise.report_from(row) if row else None


def places(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the communities, then the districts, that articles are about, each once."""
    rows = connection.execute(
        "select distinct community from article where community is not null "
        "union all select distinct district from article where district is not null"
    )
    return tuple(dict.fromkeys(name for (name,) in rows))


def articles(
    connection: sqlite3.Connection, report_id: ReportId | None = None
) -> tuple[Article, ...]:
    """Return the articles of one report, or of all, in page order."""
    where, values = ("where r.id = ?", (report_id,)) if report_id else ("", ())
    order = "order by r.added_at, r.rowid, a.ordinal, a.id"
    heads = connection.execute(
        f"select {_of('a', serialise.ARTICLE)} from article a "
        f"join report r on r.id = a.report_id {where} {order}",
        values,
    ).fetchall()
    lines = connection.execute(
        f"select a.id, {_of('s', serialise.SENTENCE)} from article a "
        f"join report r on r.id = a.report_id join sentence s on s.article_id = a.id "
        f"{where} {order}, s.ordinal",
        values,
    )
    sentences = {key: [row[1:] for row in rows] for key, rows in groupby(lines, lambda r: r[0])}
    return tuple(serialise.article_from(row, sentences.get(row[0], ())) for row in heads)


def article(connection: sqlite3.Connection, article_id: ArticleId) -> Article | None:
    """Return one article, if it is there."""
    row = connection.execute(
        f"select {serialise.ARTICLE} from article where id = ?", (article_id,)
    ).fetchone()
    if not row:
        return None
    sentences = connection.execute(
        f"select {serialise.SENTENCE} from sentence where article_id = ? order by ordinal",
        (article_id,),
    )
    return serialise.article_from(row, sentences)


def passages(connection: sqlite3.Connection, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
    """Return the passages in the order of their ids; those that are not there are left out."""
    found: dict[str, Passage] = {}
    for part in sliced(ids):
        rows = connection.execute(
            f"select {serialise.PASSAGE} from passage where id in ({marks(part)})", part
        )
        found |= {row[0]: serialise.passage_from(row) for row in rows}
    return tuple(found[key] for key in ids if key in found)


def normal_texts(connection: sqlite3.Connection, ids: Sequence[PassageId]) -> dict[PassageId, str]:
    """Return what passages are searched by: context and text, normalised; of those there are."""
    found: dict[PassageId, str] = {}
    for part in sliced(ids):
        found |= dict(
            connection.execute(f"select id, normal from passage where id in ({marks(part)})", part)
        )
    return found


def all_passages(connection: sqlite3.Connection) -> tuple[Passage, ...]:
    """Return every passage, in the order of ingestion."""
    rows = connection.execute(f"select {serialise.PASSAGE} from passage order by number")
    return tuple(serialise.passage_from(row) for row in rows)


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many reports and how many articles there are."""
    row = connection.execute(
        "select (select count(*) from report), (select count(*) from article)"
    ).fetchone()
    return int(row[0]), int(row[1])


def passage_count(connection: sqlite3.Connection) -> int:
    """Return how many passages there are."""
    return int(connection.execute("select count(*) from passage").fetchone()[0])


def passing(connection: sqlite3.Connection, ids: Sequence[str], filters: Filters) -> set[PassageId]:
    """Return which of the ids are passages that are there and pass the filters."""
    condition, values = restriction(filters)
    return {
        row[0]
        for part in sliced(ids)
        for row in connection.execute(
            "select p.id from passage p join article a on a.id = p.article_id "
            f"where p.id in ({marks(part)}) and {condition}",
            (*part, *values),
        )
    }


def put(connection: sqlite3.Connection, contents: ReportContents) -> None:
    """Write a report with all that belongs to it; its vectors are then owed to the index."""
    row = serialise.report_row(contents.report)
    connection.execute(f"insert into report ({serialise.REPORT}) values ({marks(row)})", row)
    for item in contents.articles:
        serialise.insert(connection, "article", serialise.article_row(item))
        connection.executemany(
            f"insert into sentence (article_id, ordinal, {serialise.SENTENCE}) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            serialise.sentence_rows(item),
        )
    put_passages(connection, contents.passages)


def put_passages(connection: sqlite3.Connection, items: Iterable[Passage]) -> None:
    """Write passages with their full text; their vectors are then owed to the index."""
    for item in items:
        columns, indexed = serialise.passage_row(item)
        number = serialise.insert(connection, "passage", columns)
        connection.execute(
            "insert into passage_fts (rowid, tokens) values (?, ?)", (number, indexed)
        )
        connection.execute("insert or replace into owed values (?, 'upsert')", (item.id,))


def drop(connection: sqlite3.Connection, report_id: ReportId) -> list[str]:
    """Delete a report with all that belongs to it; return the text hashes that its passages had."""
    freed = _owe_deletion(connection, "where report_id = ?", (report_id,))
    connection.execute("delete from report where id = ?", (report_id,))
    return freed


def drop_passages(connection: sqlite3.Connection) -> list[str]:
    """Delete every passage, articles staying; return the text hashes that they had."""
    freed = _owe_deletion(connection, "", ())
    connection.execute("delete from passage")
    return freed


def _owe_deletion(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> list[str]:
    connection.execute(
        f"insert or replace into owed select id, 'delete' from passage {where}", values
    )
    rows = connection.execute(f"select text_hash from passage {where}", values)
    return [row[0] for row in rows]


def _of(alias: str, columns: str) -> str:
    return ", ".join(f"{alias}.{name.strip()}" for name in columns.split(","))
