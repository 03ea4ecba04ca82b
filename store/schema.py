"""The catalog's tables made or brought up to date, and its version checked."""

import sqlite3
from collections.abc import Iterator, Sequence

from store.errors import CatalogDamagedError, StoreError
from store.migrations import STEPS

VERSION = len(STEPS)
"""Written to `user_version`; grows with every step of store.migrations."""


def prepare(connection: sqlite3.Connection, path: str, steps: Sequence[str] = STEPS) -> None:
    """Make the tables in an empty database, or bring those that are there up to date.

    One transaction: it is done wholly, or the catalog stays as it was.

    Args:
        connection: open in autocommit mode.
        path: of the catalog, for the message.
        steps: scripts that make each version of the one before it.

    Raises:
        StoreError: the catalog was written by a newer version of the program.
        CatalogDamagedError: the database holds tables, but not ours.
    """
    version = _version(connection)
    if version > len(steps):
        raise StoreError(
            f"目录文件 {path} 由更新版本的问院写成（格式 {version}，本程序只认到 {len(steps)}），"
            "请升级问院后再打开。"
        )
    if version == len(steps):
        return
    if version == 0:
        if connection.execute("select 1 from sqlite_master limit 1").fetchone():
            raise CatalogDamagedError(f"{path} 不是问院的目录文件，已原样保留，没有改动。")
        connection.execute("pragma journal_mode = wal")
    connection.execute("begin immediate")
    try:
        # Read again: `wenyuan config` opens a catalog beside whoever else may be opening it.
        for script in steps[_version(connection) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"pragma user_version = {len(steps)}")
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Cut a script into its statements: `executescript` would end the transaction it is run in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
