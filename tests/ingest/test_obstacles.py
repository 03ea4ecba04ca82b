"""What is told of what stands in the way: one sentence a trouble, one thing to do, that fits it."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.obstacles import CLEAR, Cause, Failure, Obstacles, failure_of, news, troubles
from store.database import translated
from store.errors import CatalogDamagedError, DataFolderError, VectorIndexError, WenyuanError

PLACE = Path("/srv/数据/catalog.sqlite")
INBOX = Path("/srv/收件夹")


def from_system(number: int) -> DataFolderError:
    """Return what the store makes of an error of the system."""
    with pytest.raises(DataFolderError) as told, translated(PLACE):
        raise OSError(number, "what the system says")
    return told.value


def from_sqlite(code: int) -> DataFolderError:
    """Return what the store makes of an error of SQLite."""
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    with pytest.raises(DataFolderError) as told, translated(PLACE):
        raise error
    return told.value


@contextmanager
def settled_after() -> Iterator[None]:
    """Fail at the end, as the index does whose files find no room either."""
    try:
        yield
    finally:
        raise VectorIndexError("向量索引出错（no room），将从目录重建。")


def index_after(error: Exception) -> VectorIndexError:
    with pytest.raises(VectorIndexError) as told, settled_after():
        raise error
    return told.value


CASES = [
    (from_system(errno.ENOSPC), Cause.FULL),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), Cause.FULL),
    (from_sqlite(sqlite3.SQLITE_FULL), Cause.FULL),
    (from_sqlite(sqlite3.SQLITE_IOERR_SHMSIZE), Cause.FULL),
    (index_after(from_sqlite(sqlite3.SQLITE_FULL)), Cause.FULL),
    (VectorIndexError("向量索引出错（(code: 13) database or disk is full）。"), Cause.FULL),
    (from_system(errno.EACCES), Cause.DENIED),
    (from_system(errno.EROFS), Cause.DENIED),
    (from_sqlite(sqlite3.SQLITE_READONLY), Cause.DENIED),
    (from_system(errno.ENOENT), Cause.GONE),
    (from_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), Cause.GONE),
    (from_system(errno.EIO), Cause.DISK),
    (from_sqlite(sqlite3.SQLITE_IOERR_READ), Cause.DISK),
    (from_sqlite(sqlite3.SQLITE_BUSY), Cause.BUSY),
    (VectorIndexError("向量索引出错（broken），将从目录重建。"), Cause.INDEX),
    (index_after(from_system(errno.EACCES)), Cause.INDEX),
    (from_sqlite(sqlite3.SQLITE_CANTOPEN), Cause.OTHER),
    (from_system(errno.ENAMETOOLONG), Cause.OTHER),
    (DataFolderError("文件夹 /srv/数据 无法使用。"), Cause.OTHER),
]


@pytest.mark.parametrize(("error", "cause"), CASES)
def test_one_trouble_is_one_sentence_with_one_thing_to_do_that_fits_its_cause(
    error: Exception, cause: Cause
) -> None:
    failure = failure_of(error)
    assert failure is not None
    assert failure.cause is cause
    now = Obstacles(failure=failure)
    for told in (*news(CLEAR, now), *troubles(now)):
        assert told.count("。") == 1
        assert told.endswith("。")
        assert told.count("请") <= 1
        assert "自动再试" in told
        assert ("磁盘已满" in told or "腾出空间" in told) == (cause is Cause.FULL)
    [private], [public] = news(CLEAR, now), troubles(now)
    assert "/srv" not in public
    assert ("/srv" in private) == (cause is Cause.OTHER)


def test_every_cause_asks_for_something_else() -> None:
    orders = [re.findall("请[^，。；]+", cause) for cause in Cause]
    assert all(len(order) == 1 for order in orders)
    assert len({order[0] for order in orders}) == len(Cause)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EACCES, "not of what is kept"),
        WenyuanError("别的错误。"),
        CatalogDamagedError("目录文件已损坏。"),
    ],
)
def test_what_does_not_pass_is_no_obstacle(error: Exception) -> None:
    assert failure_of(error) is None


def test_a_folder_that_is_gone_and_one_that_is_closed_are_told_apart() -> None:
    gone, closed = Obstacles(gone=(INBOX,)), Obstacles(closed=(INBOX,))
    [away], [shut] = news(CLEAR, gone), news(CLEAR, closed)
    assert away == f"收件夹 {INBOX} 不见了；请把它放回或重新接上，之后会接着收入。"
    assert shut == f"没有打开收件夹 {INBOX} 的权限；请改正它的权限，之后会接着收入。"
    assert list(news(gone, closed)) == [shut]
    assert list(news(closed, closed)) == []
    assert list(news(closed, CLEAR)) == [f"收件夹 {INBOX} 又能打开了，接着收入。"]
    assert troubles(gone) == ("收件夹“收件夹”不见了；请把它放回或重新接上，之后会接着收入。",)


def test_what_is_over_is_told_once_as_what_it_was() -> None:
    full = Obstacles(failure=Failure(cause=Cause.FULL, detail="磁盘已满。"))
    index = Obstacles(failure=Failure(cause=Cause.INDEX, detail="向量索引出错。"))
    assert list(news(full, CLEAR)) == ["又能收入新报道了，没有漏下。"]
    assert list(news(index, CLEAR)) == ["向量索引补上了，按意思查找又齐全了。"]
    assert list(news(full, replace(full, gone=(INBOX,)))) == list(
        news(CLEAR, Obstacles(gone=(INBOX,)))
    )
    assert list(news(full, index)) == [Cause.INDEX.value]
    assert list(news(index, index)) == []
