"""Watches folders for files that are dropped there, or changed; what stands in the way passes."""

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.sources import name_of
from ingest.walk import find_files
from store.errors import DataFolderError, VectorIndexError, WenyuanError

INTERVAL_S = 2.0
"""Seconds between two looks. Folders are looked at, not listened to: that works on every disk."""

FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 300.0
"""Seconds until what could not be kept is tried again: twice as many each time, up to a limit."""

_PASSING = (DataFolderError, VectorIndexError)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM = "磁盘已满。"

# Size in bytes; when the file and its permissions last changed, in nanoseconds.
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """What stands in the way just now; nothing is lost by it, and watching goes on.

    Attributes:
        gone: watched folders that are not there, or cannot be looked into.
        failure: why what was read could not be kept, in one sentence; it is tried again.
    """

    gone: tuple[Path, ...] = ()
    failure: str | None = None


CLEAR = Obstacles()


def news(before: Obstacles, now: Obstacles) -> Iterator[str]:
    """Yield what has come and what is over since `before`, one sentence each."""
    for folder in now.gone:
        if folder not in before.gone:
            yield f"收件夹 {folder} 不见了或打不开，请放回原处或重新接上，之后会接着收入。"
    for folder in before.gone:
        if folder not in now.gone:
            yield f"收件夹 {folder} 又在了，接着收入。"
    if now.failure and not before.failure:
        told = now.failure.removesuffix("。")
        yield f"暂时收不进新报道：{told}；请腾出空间或检查权限，之后会自动再试。"
    if before.failure and not now.failure:
        yield "又能收入新报道了，没有漏下。"


class Watch:
    """Hands over files: those that are there, then those that come or change.

    A file is handed over when it has not changed from one look to the next, so that none is read
    while it is still being copied. What is deleted from a folder stays in the library. What was
    finished is remembered from one run to the next, and handed over once.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        take: Callable[[Sequence[Path]], object],
        tell: Callable[[Obstacles], object] = lambda _: None,
        interval_s: float = INTERVAL_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is looked at before `run`.

        Args:
            folders: what to watch, folders within them included.
            take: is given files, in sorted order. Of those it has not finished when it raises, or
                when the watching is told to stop meanwhile, each is handed over again; which it
                has finished, it says with `finished`.
            tell: is told what stands in the way, each time that changes.
            interval_s: seconds between two looks.
            clock: says how late it is, in seconds.
        """
        self._folders = folders
        self._take = take
        self._tell = tell
        self._interval_s = interval_s
        self._clock = clock
        self._taken: dict[Path, _Stamp] = {}
        self._before: dict[Path, _Stamp] = {}
        self._in_hand: dict[str, tuple[Path, _Stamp]] = {}
        self._obstacles = CLEAR
        self._wait_s = FIRST_WAIT_S
        self._again_at = -float("inf")

    def run(self, stop: threading.Event) -> None:
        """Watch until told to stop; may be begun again then.

        Raises:
            WenyuanError: taking files in failed, and not in a way that may be over by itself.
        """
        while not stop.is_set():
            gone = tuple(folder for folder in self._folders if not _is_there(folder))
            self._note(gone, self._obstacles.failure)
            now = _stamps([folder for folder in self._folders if folder not in gone])
            ready = {
                path: stamp
                for path, stamp in now.items()
                if self._before.get(path) == stamp and self._taken.get(path) != stamp
            }
            if not ready:
                self._note(gone, None)
            elif self._clock() >= self._again_at:
                self._hand_over(ready, stop)
            self._before = now
            stop.wait(self._interval_s)

    def finished(self, name: str) -> None:
        """Say that a file which was handed over is done with, by the name its report has."""
        if name in self._in_hand:
            path, stamp = self._in_hand[name]
            self._taken[path] = stamp

    def _hand_over(self, files: dict[Path, _Stamp], stop: threading.Event) -> None:
        self._in_hand = {name_of(path): (path, stamp) for path, stamp in files.items()}
        try:
            self._take(list(files))
        except (WenyuanError, OSError) as exc:
            if not _may_pass(exc):
                raise
            self._again_at = self._clock() + self._wait_s
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            self._note(
                self._obstacles.gone, str(exc) if isinstance(exc, WenyuanError) else _NO_ROOM
            )
        else:
            self._wait_s = FIRST_WAIT_S
            self._note(self._obstacles.gone, None)
            if not stop.is_set():
                self._taken |= files
        finally:
            self._in_hand = {}

    def _note(self, gone: tuple[Path, ...], failure: str | None) -> None:
        """Keep what stands in the way; a failure is told as it was first until it is over."""
        failure = failure and (self._obstacles.failure or failure)
        now = Obstacles(gone=gone, failure=failure)
        if now != self._obstacles:
            self._obstacles = now
            self._tell(now)


def _may_pass(error: BaseException) -> bool:
    """Say whether it may be over by itself or once somebody made room: a full disk above all."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return True
        cause = cause.__cause__
    return isinstance(error, _PASSING)


def _is_there(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _stamps(folders: Sequence[Path]) -> dict[Path, _Stamp]:
    found: dict[Path, _Stamp] = {}
    for path, reason in find_files(folders):
        try:
            status = path.stat()
        except OSError:  # gone since it was found
            continue
        if reason is None:
            found[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found
