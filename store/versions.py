"""The versions of a report that were put aside: packed whole, and unpacked to be restored.

A version keeps its number for good; a new one gets the next that was never used. So a report was
restored by hand where a version put aside has a higher number than the one in force. Pictures of
pages are not packed: they stay where they are (store.pages).
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from store import catalog, pages, serialise
from store.articles import Article
from store.ids import ReportId
from store.reports import Report, ReportContents, ReportVersion

_COLUMNS = {
    "report": serialise.REPORT,
    "article": serialise.ARTICLE,
    "sentence": f"article_id, {serialise.SENTENCE}",
    "passage": serialise.PASSAGE,
}
_ROWS = {
    "report": "from report where id = ?",
    "article": "from article where report_id = ? order by ordinal, id",
    "sentence": "from sentence where article_id in (select id from article where report_id = ?) "
    "order by article_id, ordinal",
    "passage": "from passage where report_id = ? order by number",
}


def kept(connection: sqlite3.Connection, report_id: ReportId) -> tuple[ReportVersion, ...]:
    """Return every version of a report that is kept, by number, the one in force among them."""
    pictures = "select count(*) from page_image i where i.report_id = ?1 and i.version = v.version"
    rows = connection.execute(
        f"select version, title, fingerprint, articles, ({pictures}), put_aside_at from ("
        "select version, title, fingerprint, null as put_aside_at, "
        "(select count(*) from article where report_id = ?1) as articles "
        "from report where id = ?1 union all "
        "select version, title, fingerprint, put_aside_at, articles "
        "from report_version where report_id = ?1 and contents is not null"
        ") v order by version",
        (report_id,),
    )
    names = ("version", "title", "fingerprint", "articles", "pages", "put_aside_at")
    return tuple(
        ReportVersion(report_id=report_id, **dict(zip(names, row, strict=True))) for row in rows
    )


def next_number(connection: sqlite3.Connection, report_id: ReportId) -> int:
    """Return the number of a report's next version: 1, or one more than any it ever had."""
    row = connection.execute(
        "select max(version) from (select version from report where id = ?1 "
        "union all select version from report_version where report_id = ?1)",
        (report_id,),
    ).fetchone()
    return int(row[0] or 0) + 1


def is_held(connection: sqlite3.Connection, report: Report, fingerprint: str) -> bool:
    """Say whether a report was restored over the version that a file's bytes are of.

    Bytes that are those of another report count only as long as that one is there.
    """
    row = connection.execute(
        "select (select max(version) from report_version where report_id = ?1) "
        "from report_version where report_id = ?1 and fingerprint = ?2 "
        "and (contents is not null or exists (select 1 from report where fingerprint = ?2))",
        (report.id, fingerprint),
    ).fetchone()
    return row is not None and row[0] > report.version


def put_aside(connection: sqlite3.Connection, report: Report, at: str) -> list[str]:
    """Pack the version in force and take it out of force.

    Args:
        connection: inside a transaction.
        report: as it is in force.
        at: this moment, UTC ISO.

    Returns:
        The text hashes that its passages had.
    """
    rows = {
        name: connection.execute(f"select {_COLUMNS[name]} {_ROWS[name]}", (report.id,)).fetchall()
        for name in _COLUMNS
    }
    packed = {"columns": {name: _names(_COLUMNS[name]) for name in _COLUMNS}, **rows}
    contents = zlib.compress(json.dumps(packed, ensure_ascii=False).encode("utf-8"))
    _write(connection, report, len(rows["article"]), at, contents)
    return catalog.drop(connection, report.id)


def note_elsewhere(connection: sqlite3.Connection, report: Report, at: str) -> None:
    """Remember what a file said when its report was put aside for saying what another one says.

    A version restored afterwards is thus not put aside again for the same bytes.
    """
    connection.execute(
        "delete from report_version where report_id = ? and contents is null", (report.id,)
    )
    _write(connection, report, 0, at, None)


def unpacked(
    connection: sqlite3.Connection, report_id: ReportId, version: int
) -> ReportContents | None:
    """Return a version that was put aside, without its pictures, if there is one."""
    row = connection.execute(
        "select contents from report_version where report_id = ? and version = ?",
        (report_id, version),
    ).fetchone()
    return _contents(row[0]) if row and row[0] is not None else None


def articles(connection: sqlite3.Connection, report_id: ReportId) -> Iterator[Article]:
    """Yield the articles of every version of a report that was put aside."""
    for one in kept(connection, report_id):
        contents = unpacked(connection, report_id, one.version) if one.put_aside_at else None
        yield from contents.articles if contents else ()


def forget(
    connection: sqlite3.Connection, report_id: ReportId, fingerprint: str | None = None
) -> None:
    """Forget what was put aside of a report, with its pictures.

    Args:
        connection: inside a transaction.
        report_id: of the report.
        fingerprint: forget only what has it, because it is taken in anew; all without it.
    """
    found = connection.execute(
        "select version from report_version "
        "where report_id = ?1 and (?2 is null or fingerprint = ?2)",
        (report_id, fingerprint),
    ).fetchall()
    for (version,) in found:
        pages.drop(connection, report_id, version)
        unlist(connection, report_id, version)


def unlist(connection: sqlite3.Connection, report_id: ReportId, version: int) -> None:
    """Take a version off the list of those put aside; its pictures stay."""
    connection.execute(
        "delete from report_version where report_id = ? and version = ?", (report_id, version)
    )


def _write(
    connection: sqlite3.Connection, report: Report, count: int, at: str, contents: bytes | None
) -> None:
    connection.execute(
        "insert into report_version "
        "(report_id, version, title, fingerprint, articles, put_aside_at, contents) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (report.id, report.version, report.title, report.fingerprint, count, at, contents),
    )


def _contents(data: bytes) -> ReportContents:
    packed = json.loads(zlib.decompress(data))
    rows = {name: _aligned(name, packed) for name in _COLUMNS}
    sentences = {
        key: [row[1:] for row in found] for key, found in groupby(rows["sentence"], lambda r: r[0])
    }
    return ReportContents(
        report=serialise.report_from(rows["report"][0]),
        articles=tuple(
            serialise.article_from(row, sentences.get(row[0], ())) for row in rows["article"]
        ),
        passages=tuple(serialise.passage_from(row) for row in rows["passage"]),
    )


def _aligned(name: str, packed: dict[str, Any]) -> list[serialise.Row]:
    """Return rows in the columns of now; what a column of now did not hold then is None."""
    then: Sequence[str] = packed["columns"][name]
    named = (dict(zip(then, row, strict=True)) for row in packed[name])
    return [tuple(row.get(column) for column in _names(_COLUMNS[name])) for row in named]


def _names(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",")]
