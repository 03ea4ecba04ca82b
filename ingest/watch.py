"""Watches folders for files that are dropped there, or changed; what stands in the way passes."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.obstacles import CLEAR, Obstacles, failure_of
from ingest.sources import name_of
from ingest.walk import find_files
from store.errors import WenyuanError

logger = logging.getLogger(__name__)

INTERVAL_S = 2.0
"""Seconds between two looks. Folders are looked at, not listened to: that works on every disk."""

FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 300.0
"""Seconds until what could not be kept is tried again: twice as many each time, up to a limit."""

# Size in bytes; when the file and its permissions last changed, in nanoseconds.
_Stamp = tuple[int, int, int]


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
                has finished, it says with `finished`. After it has raised it is called again also
                where no file is left: something may still be owed, as to the vector index.
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
            met = {folder: _obstacle(folder) for folder in self._folders}
            gone, closed = (
                tuple(folder for folder, way in met.items() if way == one)
                for one in ("gone", "closed")
            )
            self._note(replace(self._obstacles, gone=gone, closed=closed))
            now = _stamps([folder for folder, way in met.items() if way is None])
            ready = {
                path: stamp
                for path, stamp in now.items()
                if self._before.get(path) == stamp and self._taken.get(path) != stamp
            }
            if (ready or self._obstacles.failure) and self._clock() >= self._again_at:
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
            failure = failure_of(exc)
            if failure is None:
                raise
            logger.info("not kept, and tried again in %.0f s: %s", self._wait_s, exc)
            self._again_at = self._clock() + self._wait_s
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            told = self._obstacles.failure
            if told is None or told.cause is not failure.cause:
                self._note(replace(self._obstacles, failure=failure))
        else:
            if stop.is_set():  # it may have done nothing
                return
            self._taken |= files
            self._wait_s = FIRST_WAIT_S
            self._note(replace(self._obstacles, failure=None))
        finally:
            self._in_hand = {}

    def _note(self, now: Obstacles) -> None:
        if now != self._obstacles:
            self._obstacles = now
            self._tell(now)


def _obstacle(folder: Path) -> str | None:
    """Say as which of the obstacles a folder stands in the way, if it does."""
    try:
        with os.scandir(folder):
            return None
    except PermissionError:
        return "closed"
    except OSError:
        return "gone"


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
