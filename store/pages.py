"""Pages as pictures, kept version by version: a switch of versions moves none of them."""

import sqlite3
from collections.abc import Iterable

from store.ids import ReportId
from store.reports import PageImage, Report

_IN_FORCE = "from page_image i join report r on r.id = i.report_id and r.version = i.version"


def put(connection: sqlite3.Connection, report: Report, images: Iterable[PageImage]) -> None:
    """Write the pictures of the version that `report` is, one at a time."""
    connection.executemany(
        "insert into page_image (report_id, version, page, width, height, data) "
        "values (?, ?, ?, ?, ?, ?)",
        ((report.id, report.version, i.page, i.width, i.height, i.data) for i in images),
    )


def page(connection: sqlite3.Connection, report_id: ReportId, number: int) -> PageImage | None:
    """Return a page (from 1) of the version in force, if there is a picture of it."""
    row = connection.execute(
        f"select i.page, i.width, i.height, i.data {_IN_FORCE} where r.id = ? and i.page = ?",
        (report_id, number),
    ).fetchone()
    return PageImage(page=row[0], width=row[1], height=row[2], data=row[3]) if row else None


def count(connection: sqlite3.Connection, report_id: ReportId) -> int:
    """Return how many pages of the version in force have a picture."""
    row = connection.execute(f"select count(*) {_IN_FORCE} where r.id = ?", (report_id,)).fetchone()
    return int(row[0])


def drop(connection: sqlite3.Connection, report_id: ReportId, version: int | None = None) -> None:
    """Delete the pictures of one version of a report, or of all."""
    connection.execute(
        "delete from page_image where report_id = ?1 and (?2 is null or version = ?2)",
        (report_id, version),
    )
