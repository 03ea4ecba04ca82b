"""Ingestion in the background: begun, looked at, stopped and gone on with, as from the page."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.config import IngestConfig
from ingest.obstacles import CLEAR, Obstacles, news
from ingest.pipeline import Ingestion
from ingest.ports import ReportLibrary
from ingest.progress import Progress
from ingest.watch import INTERVAL_S, Watch
from store.errors import WenyuanError
from store.outcomes import IngestOutcome, IngestStatus

logger = logging.getLogger(__name__)

_REMEMBERED = 50  # files whose outcome is told to whoever looks


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """Where a job stands.

    Attributes:
        running: whether it watches; else it was stopped, or has given up.
        progress: None while it waits for files.
        recent: what became of the last files, the newest last, each file once. One that had not
            changed is no news.
        failure: one sentence where it had to give up, else None.
        obstacles: what stands in its way, and passes.
        folders: what it watches.
    """

    running: bool
    progress: Progress | None = None
    recent: tuple[IngestOutcome, ...] = ()
    failure: str | None = None
    obstacles: Obstacles = CLEAR
    folders: tuple[Path, ...] = ()


class WatchJob:
    """Takes in what is dropped into folders until it is cancelled; may be started again then.

    What is finished, down to the pages of a file, is not read again: neither after a cancel, nor
    by a new job on the same folders after the process was killed.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        library: ReportLibrary,
        config: IngestConfig,
        interval_s: float = INTERVAL_S,
    ) -> None:
        """Prepare the job; `start` begins it."""
        self._folders = tuple(folders)
        self._library = library
        self._config = config
        self._watch = Watch(self._folders, self._take, self._meet, interval_s)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._switching = threading.Lock()  # one start or cancel at a time
        self._lock = threading.Lock()
        self._running: Ingestion | None = None
        self._progress: Progress | None = None
        self._recent: dict[str, IngestOutcome] = {}
        self._failure: str | None = None
        self._obstacles = CLEAR

    def start(self) -> None:
        """Begin, or go on, in a thread of its own; one that runs already goes on running."""
        with self._switching:
            if self._is_alive():
                return
            self._stop.clear()
            with self._lock:
                self._failure = None
            self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Stop, and wait for it; the file that is worked on is left as it was."""
        with self._switching:
            self._stop.set()
            with self._lock:
                if self._running:
                    self._running.cancel()
            if self._thread:
                self._thread.join()

    def status(self) -> JobStatus:
        """Say where the job stands."""
        with self._lock:
            return JobStatus(
                running=self._is_alive() and not self._stop.is_set(),
                progress=self._progress,
                recent=tuple(self._recent.values()),
                failure=self._failure,
                obstacles=self._obstacles,
                folders=self._folders,
            )

    def _is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._watch.run(self._stop)
        except WenyuanError as exc:
            self._fail(str(exc))
        except Exception as exc:  # the thread's end is told, and never a traceback
            logger.debug("the job ended", exc_info=exc)
            self._fail(f"收入报道时出了没有料到的错误（{type(exc).__name__}）：{exc}")

    def _take(self, files: Sequence[Path]) -> None:
        ingestion = Ingestion(files, self._library, self._config, self._add, self._note)
        with self._lock:
            if self._stop.is_set():
                return
            self._running = ingestion
        try:
            ingestion.run()
        finally:
            with self._lock:
                self._running = self._progress = None

    def _add(self, outcome: IngestOutcome) -> None:
        self._watch.finished(outcome.path)
        if outcome.status is IngestStatus.UNCHANGED and not outcome.reason:
            return
        if outcome.status is IngestStatus.REJECTED:
            logger.warning("%s 没有收入：%s", outcome.path, outcome.reason)
        with self._lock:
            self._recent.pop(outcome.path, None)
            self._recent[outcome.path] = outcome
            while len(self._recent) > _REMEMBERED:
                del self._recent[next(iter(self._recent))]

    def _note(self, progress: Progress) -> None:
        with self._lock:
            self._progress = progress

    def _meet(self, obstacles: Obstacles) -> None:
        with self._lock:
            before, self._obstacles = self._obstacles, obstacles
        for sentence in news(before, obstacles):
            logger.warning("%s", sentence)

    def _fail(self, sentence: str) -> None:
        logger.error("不再收入新报道：%s", sentence)
        with self._lock:
            self._failure = sentence
