"""What stands in the way of taking files in, and passes: told apart by cause, a sentence each."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from store.errors import DataFolderError, VectorIndexError


class Cause(StrEnum):
    """Why what was read could not be kept, each with the one thing to do about it."""

    FULL = "磁盘已满，暂时收不进新报道；请腾出空间，之后会自动再试。"
    DENIED = "没有写数据文件夹的权限，暂时收不进新报道；请改正它的权限，之后会自动再试。"
    GONE = "数据文件夹不见了，暂时收不进新报道；请把它放回原处，之后会自动再试。"
    DISK = "磁盘读写出错，暂时收不进新报道；请检查磁盘是否接好，之后会自动再试。"
    BUSY = "资料库正被别的程序占用，暂时收不进新报道；请关掉那个程序，之后会自动再试。"
    INDEX = "向量索引没能更新，按意思查找暂时不全；会自动再试，一直不好请重新启动问院。"
    OTHER = "暂时收不进新报道，之后会自动再试；请查看日志里的原因。"


_OVER = "又能收入新报道了，没有漏下。"
_INDEX_OVER = "向量索引补上了，按意思查找又齐全了。"

_OF_SYSTEM = {
    errno.ENOSPC: Cause.FULL,
    errno.EDQUOT: Cause.FULL,
    errno.EACCES: Cause.DENIED,
    errno.EPERM: Cause.DENIED,
    errno.EROFS: Cause.DENIED,
    errno.ENOENT: Cause.GONE,
    errno.ENOTDIR: Cause.GONE,
    errno.EIO: Cause.DISK,
}
# What an index within another program says of it: that has no number to go by.
_FULL_IN_WORDS = ("disk is full", "No space left on device", "os error 28")

# Of SQLite's codes: the few that say more than their family, then the families.
_OF_SQLITE = {
    sqlite3.SQLITE_IOERR_SHMSIZE: Cause.FULL,  # its log's index could not grow
    sqlite3.SQLITE_READONLY_DBMOVED: Cause.GONE,
    sqlite3.SQLITE_FULL: Cause.FULL,
    sqlite3.SQLITE_READONLY: Cause.DENIED,
    sqlite3.SQLITE_PERM: Cause.DENIED,
    sqlite3.SQLITE_IOERR: Cause.DISK,
    sqlite3.SQLITE_BUSY: Cause.BUSY,
    sqlite3.SQLITE_LOCKED: Cause.BUSY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What was read could not be kept.

    Attributes:
        cause: why; its text is the sentence for everybody.
        detail: why in the error's own sentence, which may name a path; for whoever runs it.
    """

    cause: Cause
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """What stands in the way just now; nothing is lost by it, and watching goes on.

    Attributes:
        gone: watched folders that are not there.
        closed: watched folders that we have no permission to look into.
        failure: why what was read could not be kept; it is tried again.
    """

    gone: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()
    failure: Failure | None = None


CLEAR = Obstacles()


def failure_of(error: Exception) -> Failure | None:
    """Return what an error means for the watching; None where it does not pass by itself."""
    causes = list(_causes(error))
    if Cause.FULL in causes:  # whatever else came of it
        return Failure(cause=Cause.FULL, detail=str(error))
    if isinstance(error, VectorIndexError):
        return Failure(cause=Cause.INDEX, detail=str(error))
    if isinstance(error, DataFolderError):
        return Failure(cause=causes[0] if causes else Cause.OTHER, detail=str(error))
    return None


def news(before: Obstacles, now: Obstacles) -> Iterator[str]:
    """Yield what has come and what is over since `before`: a sentence each, with paths."""
    was, is_now = (_of_folders(one, lambda folder: f" {folder} ") for one in (before, now))
    yield from (told for folder, told in is_now.items() if was.get(folder) != told)
    yield from (f"收件夹 {folder} 又能打开了，接着收入。" for folder in was if folder not in is_now)
    if now.failure and (before.failure is None or before.failure.cause is not now.failure.cause):
        yield _for_its_owner(now.failure)
    if before.failure and not now.failure:
        yield _OVER if before.failure.cause is not Cause.INDEX else _INDEX_OVER


def troubles(now: Obstacles) -> tuple[str, ...]:
    """Return what is wrong just now, a sentence each, for anybody: no path is told."""
    folders = _of_folders(now, lambda folder: f"“{folder.resolve().name or folder}”")
    return (*folders.values(), *([now.failure.cause] if now.failure else ()))


def _for_its_owner(failure: Failure) -> str:
    if failure.cause is not Cause.OTHER:
        return failure.cause
    return f"暂时收不进新报道：{failure.detail.removesuffix('。')}；之后会自动再试。"


def _of_folders(obstacles: Obstacles, name: Callable[[Path], str]) -> dict[Path, str]:
    gone = {
        folder: f"收件夹{name(folder)}不见了；请把它放回或重新接上，之后会接着收入。"
        for folder in obstacles.gone
    }
    closed = {
        folder: f"没有打开收件夹{name(folder)}的权限；请改正它的权限，之后会接着收入。"
        for folder in obstacles.closed
    }
    return gone | closed


def _causes(error: BaseException) -> Iterator[Cause]:
    """Yield what the system or SQLite said below an error, and what it came upon, nearest first."""
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop(0)
        if one is None:
            continue
        if any(words in str(one) for words in _FULL_IN_WORDS):
            yield Cause.FULL
        elif isinstance(one, OSError):
            yield _OF_SYSTEM.get(one.errno or 0, Cause.OTHER)
        elif isinstance(one, sqlite3.Error):
            code = getattr(one, "sqlite_errorcode", 0)  # Python's own complaints have none
            yield _OF_SQLITE.get(code) or _OF_SQLITE.get(code & 0xFF, Cause.OTHER)
        left += [one.__cause__, one.__context__ if one.__cause__ is None else None]
