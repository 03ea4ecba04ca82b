"""Watches folders for files that are dropped there, or changed."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.walk import find_files

INTERVAL_S = 2.0
"""Seconds between two looks. Folders are looked at, not listened to: that works on every disk."""

_Stamp = tuple[int, int]  # size in bytes, and time of the last change in nanoseconds


def watch(
    folders: Sequence[Path],
    take: Callable[[Sequence[Path]], object],
    stop: threading.Event,
    interval_s: float = INTERVAL_S,
) -> None:
    """Hand over files until told to stop: those that are there, then those that come or change.

    A file is handed over when it has not changed from one look to the next, so that none is read
    while it is still being copied. What is deleted from a folder stays in the library.

    Args:
        folders: what to watch, folders within them included.
        take: is given the files, in sorted order.
        stop: ends the watching.
        interval_s: seconds between two looks.
    """
    taken: dict[Path, _Stamp] = {}
    before: dict[Path, _Stamp] = {}
    while not stop.is_set():
        now = _stamps(folders)
        ready = [
            path
            for path, stamp in now.items()
            if before.get(path) == stamp and taken.get(path) != stamp
        ]
        if ready:
            taken |= {path: now[path] for path in ready}
            take(ready)
        before = now
        stop.wait(interval_s)


def _stamps(folders: Sequence[Path]) -> dict[Path, _Stamp]:
    found: dict[Path, _Stamp] = {}
    for path, reason in find_files(folders):
        try:
            status = path.stat()
        except OSError:  # gone since it was found
            continue
        if reason is None:
            found[path] = (status.st_size, status.st_mtime_ns)
    return found
