"""Reads files in a process of their own, so that a crash or a hang costs the one file alone."""

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest import codec
from ingest.config import IngestConfig
from ingest.task import FileDone, PageDone, Task
from store.outcomes import Rejection

logger = logging.getLogger(__name__)

CRASHED = "读取时出了故障，文件可能已损坏，请另存一份后再试。"
CANCELLED = "已取消。"
START_S = 60.0
"""Seconds that the process may take to come up, on a busy machine."""

WORKER = ("-m", "ingest.worker")
_LEAVE_S = 2.0  # for a process whose pipe has closed to be gone, and to say how it ended
_ROOT = Path(__file__).parents[1]

Tell = Callable[[PageDone], None]


class Isolation:
    """The reading process: begun when it is first needed, and again after each time it died.

    Files are read one after another. `cancel` may be called from another thread.
    """

    def __init__(self, config: IngestConfig, worker: Sequence[str] = WORKER) -> None:
        """Keep the settings, and what Python is told to run."""
        self._config = config
        self._worker = worker
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._ready = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.cancel()

    def cancel(self) -> None:
        """End the process at once; a file that is being read is given up, and so is any other."""
        with self._lock:
            self._cancelled = True
            self._end()

    def warm(self) -> None:
        """Begin the process now, so that the first file need not wait for it."""
        self._running()

    def read(self, path: str, data: bytes, tell: Tell | None = None) -> FileDone:
        """Read one file; pages are told as they are done.

        Args:
            path: what the report will be known by.
            data: the file's bytes.
            tell: called after each page, in the caller's thread.
        """
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return _given_up(path, CANCELLED)
        page_s = self._config.page_timeout_s
        watch = _Watch(process)
        try:
            watch.begin(page_s if self._ready else START_S + page_s)
            codec.write(Task(path=path, data=data, config=self._config), process.stdin)
            while not isinstance(said := codec.read(process.stdout), FileDone):
                watch.begin(page_s)
                self._ready = True
                if tell and isinstance(said, PageDone):
                    tell(said)
        except (OSError, codec.CodecError) as exc:
            return _given_up(path, self._why(process, watch), str(exc))
        else:
            return said
        finally:
            watch.stop()

    def _why(self, process: subprocess.Popen[bytes], watch: "_Watch") -> str:
        """Say why the process is gone, and see to it that it is."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LEAVE_S)
        with self._lock:
            cancelled = self._cancelled
            self._end()
        if cancelled:
            return CANCELLED
        if watch.expired:
            seconds = f"{self._config.page_timeout_s:g}"
            return (
                f"读取一页超过 {seconds} 秒，已放弃这个文件，"
                "请拆小、换一种格式，或调大设置 page_timeout_s 后再试。"
            )
        logger.debug("the reading process ended with %s", process.returncode)
        return CRASHED

    def _running(self) -> subprocess.Popen[bytes] | None:
        """Return the process, begun where there is none; None once it was cancelled."""
        with self._lock:
            if self._cancelled:
                return None
            if self._process is None or self._process.poll() is not None:
                self._process, self._ready = _begun(self._worker), False
            return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):  # what was not yet sent need not be
                    stream.close()


class _Watch:
    """Kills a process that says nothing for too long."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._timer: threading.Timer | None = None
        self.expired = False

    def begin(self, seconds: float) -> None:
        self.stop()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()


def _begun(worker: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the process; -P keeps files of the current folder from passing as modules."""
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(  # noqa: S603 our own interpreter and module
        [sys.executable, "-P", *worker],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for whoever asked, who then ends the process
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _given_up(path: str, reason: str, detail: str = "") -> FileDone:
    return FileDone(found=Rejection(path=path, reason=reason), detail=detail)
