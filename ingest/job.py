"""Ingestion in the background: begun, looked at and cancelled from anywhere, as from the page."""

import logging
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.config import IngestConfig
from ingest.pipeline import Ingestion
from ingest.ports import ReportLibrary
from ingest.progress import Progress
from ingest.watch import INTERVAL_S, watch
from store.errors import WenyuanError
from store.outcomes import IngestOutcome, IngestStatus

logger = logging.getLogger(__name__)

_REMEMBERED = 50  # outcomes that are told to whoever looks


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """Where a job stands: `progress` is None while it waits, `recent` holds the newest last.

    `failure` is one sentence where it had to give up, else None.
    """

    running: bool
    progress: Progress | None = None
    recent: tuple[IngestOutcome, ...] = ()
    failure: str | None = None


class WatchJob:
    """Takes in what is dropped into folders until it is cancelled.

    After the process was killed, a new job on the same folders goes on where the last one was.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        library: ReportLibrary,
        config: IngestConfig,
        interval_s: float = INTERVAL_S,
    ) -> None:
        """Prepare the job; `start` begins it."""
        self._folders = folders
        self._library = library
        self._config = config
        self._interval_s = interval_s
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._running: Ingestion | None = None
        self._progress: Progress | None = None
        self._recent: deque[IngestOutcome] = deque(maxlen=_REMEMBERED)
        self._failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop, and wait for it; the file that is worked on is left as it was."""
        self._stop.set()
        with self._lock:
            if self._running:
                self._running.cancel()
        if self._thread.is_alive():
            self._thread.join()

    def status(self) -> JobStatus:
        """Say where the job stands."""
        with self._lock:
            return JobStatus(
                running=self._thread.is_alive() and not self._stop.is_set(),
                progress=self._progress,
                recent=tuple(self._recent),
                failure=self._failure,
            )

    def _run(self) -> None:
        try:
            watch(self._folders, self._take, self._stop, self._interval_s)
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
        if outcome.status is IngestStatus.REJECTED:
            logger.warning("%s 没有收入：%s", outcome.path, outcome.reason)
        with self._lock:
            self._recent.append(outcome)

    def _note(self, progress: Progress) -> None:
        with self._lock:
            self._progress = progress

    def _fail(self, sentence: str) -> None:
        logger.error("不再收入新报道：%s", sentence)
        with self._lock:
            self._failure = sentence
