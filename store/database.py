"""The SQLite connections: one that writes, as many that read as needed, errors put plainly."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store import schema
from store.errors import CatalogDamagedError, DataFolderError, StoreError
from store.folders import why

FILE = "catalog.sqlite"
MADE = "catalog.made"
_BUSY_MS = 5000
_LOG_BYTES = 16_000_000  # the log is cut to this once a large report is in the catalog


class Database:
    """The catalog file. Readers see a consistent snapshot and never wait for the writer."""

    def __init__(self, folder: Path) -> None:
        """Open the catalog of a folder, making it where there is none.

        Raises:
            CatalogDamagedError: the file is not a catalog, or is gone though it was made; it is
                left as it is.
            DataFolderError: the file cannot be read or written.
            StoreError: the catalog is of a newer version.
        """
        self.path = folder / FILE
        self.generation = 0
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._pool_lock = threading.Lock()
        self._write_lock = threading.RLock()
        made = folder / MADE
        with translated(self.path):
            if made.exists() and not (self.path.exists() and self.path.stat().st_size):
                raise CatalogDamagedError(
                    f"目录文件 {self.path} 不见了或是空的，但这里曾有资料；请从备份恢复它。"
                )
            self._writer = self._connect()
            try:
                # Looked at before it is touched: a file that is not ours stays as it is.
                schema.prepare(self._writer, str(self.path))
                made.touch()
            except BaseException:
                self._writer.close()
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading; all that is read inside is of one moment."""
        with translated(self.path):
            connection = self._borrow()
            try:
                connection.execute("begin")
                yield connection
            finally:
                connection.rollback()
                self._give_back(connection)

    @contextmanager
    def write(self, *, content: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection for one transaction: all of it is kept, or nothing.

        Args:
            content: whether reports change, which makes `generation` grow, so that whoever
                keeps something in memory knows that it is old.
        """
        with self._write_lock, translated(self.path):
            self._require_open()
            self._writer.execute("begin immediate")
            try:
                yield self._writer
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.rollback()
                raise
            self.generation += content

    def backup(self, target: Path) -> None:
        """Copy the catalog as it is now into a new file, while others go on reading and writing.

        Raises:
            DataFolderError: the target is there already, or cannot be written.
        """
        if target.exists():
            raise DataFolderError(f"备份文件 {target} 已经存在，没有覆盖它。")
        with translated(target):
            copy = sqlite3.connect(target)
            try:
                with self.read() as connection:
                    connection.backup(copy)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
            finally:
                copy.close()

    def check(self) -> None:
        """Read the whole catalog and its full text, looking for damage; takes time.

        Raises:
            CatalogDamagedError: there is some.
        """
        with self.write(content=False) as connection:
            found = connection.execute("pragma quick_check(1)").fetchone()[0]
            connection.execute("insert into passage_fts (passage_fts) values ('integrity-check')")
        if found != "ok":
            raise CatalogDamagedError(f"目录文件 {self.path} 已损坏（{found}），请从备份恢复。")

    def close(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        with self._pool_lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._write_lock:
            self._writer.close()

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError("资料库已经关闭。")

    def _borrow(self) -> sqlite3.Connection:
        with self._pool_lock:
            self._require_open()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._pool_lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"pragma busy_timeout = {_BUSY_MS}")
            connection.execute("pragma synchronous = full")
            connection.execute(f"pragma journal_size_limit = {_LOG_BYTES}")
            connection.execute("pragma foreign_keys = on")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about `path` into our errors, in one place."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
        undecodable = str(exc).startswith("Could not decode")  # a damaged page holds no UTF-8
        if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT} or undecodable:
            raise CatalogDamagedError(
                f"目录文件 {path} 已损坏，无法读取；文件已原样保留，请从备份恢复。"
            ) from exc
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            raise DataFolderError(f"写不进 {path}，磁盘可能已满；原有资料没有改动。") from exc
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
            raise DataFolderError(f"无法打开或写入 {path}，请检查它的位置和权限。") from exc
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise DataFolderError(f"{path} 正被别的程序占用，请稍后再试。") from exc
        raise
    except OSError as exc:
        raise DataFolderError(f"无法读写 {path}：{why(exc)}。") from exc
