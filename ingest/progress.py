"""How far ingestion has come: what whoever waits for it is told, at the terminal or on the page."""

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

    Files count by their bytes: their pages are not known before they are opened. Files that had
    not changed took no time, so they count neither as done nor as left.
    """

    def __init__(self, sizes: int, files: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock; `sizes` is the sum of the bytes of all `files`."""
        self._clock = clock
        self._began = clock()
        self._left = sizes
        self._worked = 0
        self._pages = 0
        self._files = files
        self._done = 0

    def found(self, files: int) -> None:
        """Count files that were found inside another one."""
        self._files += files

    def finished(self, size: int, *, worked: bool) -> None:
        """Count a file as done; `worked` is False where there was nothing to do."""
        self._done += 1
        self._left -= size
        self._worked += size if worked else 0

    def page_read(self) -> None:
        """Count a page."""
        self._pages += 1

    def at(self, file: str, size: int, step: Step, page: int = 0, pages: int = 0) -> Progress:
        """Say where ingestion stands, `page` of `pages` into the step of a file of `size` bytes."""
        passed = self._clock() - self._began
        worked = self._worked + (size * page / pages if pages else 0)
        left = max(self._left - (worked - self._worked), 0)
        return Progress(
            file=file,
            done=self._done,
            files=self._files,
            step=step,
            page=page,
            pages=pages,
            pages_per_second=self._pages / passed if passed > 0 else 0.0,
            remaining_s=passed * left / worked if worked > 0 else None,
        )
