"""What becomes of a file by its bytes alone, before it is read and without changing anything."""

import sqlite3
from functools import partial

from store import catalog, versions
from store.outcomes import IngestOutcome, IngestStatus
from store.reports import Report


def by_bytes(
    connection: sqlite3.Connection, path: str, fingerprint: str
) -> tuple[Report | None, IngestOutcome | None]:
    """Look up a file's path and bytes.

    Args:
        connection: to read.
        path: of the file, as its report is known by.
        fingerprint: the SHA-256 of its bytes.

    Returns:
        The report in force at the path, if any, and what becomes of the file: unchanged, or a
        duplicate of another report; None where it is new and must be read.
    """
    known = catalog.report_by(connection, "path", path)
    if known:
        unchanged = partial(_unchanged, connection, known)
        if known.fingerprint == fingerprint:
            return known, unchanged(None)
        if versions.is_held(connection, known, fingerprint):
            return known, unchanged(
                f"这份报道停在恢复的第 {known.version} 版，文件的内容是此前见过的，没有改动；"
                f"要换一版，见 wenyuan versions {known.id}。"
            )
    twin = catalog.report_by(connection, "fingerprint", fingerprint)
    return known, _duplicate(path, twin, known) if twin else None


def _unchanged(connection: sqlite3.Connection, known: Report, reason: str | None) -> IngestOutcome:
    articles, passages = connection.execute(
        "select (select count(*) from article where report_id = ?1), "
        "(select count(*) from passage where report_id = ?1)",
        (known.id,),
    ).fetchone()
    return IngestOutcome(
        path=known.path,
        status=IngestStatus.UNCHANGED,
        reason=reason,
        articles=articles,
        passages=passages,
    )


def _duplicate(path: str, twin: Report, known: Report | None) -> IngestOutcome:
    reason = f"内容与已收入的 {twin.path}（{twin.id}）完全相同，没有重复收入"
    if known:
        reason += f"；这里原有的内容已放下，可用 wenyuan restore {known.id} {known.version} 恢复"
    return IngestOutcome(path=path, status=IngestStatus.DUPLICATE, reason=f"{reason}。")
