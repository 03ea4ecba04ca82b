"""How far ingestion has come: what whoever waits for it is told, at the terminal or on the page."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What is being done with a file."""

    READING = "reading"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where ingestion stands.

    Attributes:
        file: the path of the file that is worked on.
        done: files finished; files: all of them (of archives, as soon as one is opened).
        step: what is done with the file.
        page: pages of it read (or passages embedded), of `pages`; both 0 before that is known.
        pages_per_second: pages read since the start, by the clock; 0 before the first.
        remaining_s: seconds that are left if all goes on as it did, by bytes; None at first.
    """

    file: str
    done: int
    files: int
    step: Step
    page: int = 0
    pages: int = 0
    pages_per_second: float = 0.0
    remaining_s: float | None = None


OnProgress = Callable[[Progress], None]


class Meter:
    """Adds up what was done, and says how long the rest may take.

    Files count by their bytes: their pages are not known before they are opened. What takes the
    time is reading, which runs ahead of the rest: bytes count when they are read. Files that had
    not changed took no time, so they count neither as read nor as left. Safe to use from the
    thread that reads and the one that keeps.
    """

    def __init__(self, sizes: int, files: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock; `sizes` is the sum of the bytes of all `files`."""
        self._clock = clock
        self._began = clock()
        self._left = sizes
        self._read = 0
        self._pages = 0
        self._files = files
        self._done = 0
        self._lock = threading.Lock()

    def found(self, files: int) -> None:
        """Count files that were found inside another one."""
        with self._lock:
            self._files += files

    def passed_over(self, size: int) -> None:
        """Count a file as one that there is nothing to read of."""
        with self._lock:
            self._left -= size

    def read(self, size: int) -> None:
        """Count a file as read."""
        with self._lock:
            self._left -= size
            self._read += size

    def finished(self) -> None:
        """Count a file as done."""
        with self._lock:
            self._done += 1

    def page_read(self) -> None:
        """Count a page."""
        with self._lock:
            self._pages += 1

    def at(self, file: str, size: int, step: Step, page: int = 0, pages: int = 0) -> Progress:
        """Say where ingestion stands, `page` of `pages` into the step of a file of `size` bytes."""
        with self._lock:
            passed = self._clock() - self._began
            within = size * page / pages if pages and step is Step.READING else 0.0
            read, left = self._read + within, max(self._left - within, 0)
            return Progress(
                file=file,
                done=self._done,
                files=self._files,
                step=step,
                page=page,
                pages=pages,
                pages_per_second=self._pages / passed if passed > 0 else 0.0,
                remaining_s=passed * left / read if read > 0 else None,
            )
