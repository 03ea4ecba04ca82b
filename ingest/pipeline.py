"""Takes files in: found, read in a process of their own, embedded and kept; the order of it all."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ingest import spool
from ingest.ahead import Ahead
from ingest.compose import fingerprint
from ingest.config import IngestConfig
from ingest.isolation import Isolation
from ingest.ports import ReportLibrary
from ingest.progress import Meter, OnProgress, Step
from ingest.sources import Source, name_of, sources_of
from ingest.task import UNEXPECTED, FileDone, PageDone
from ingest.twins import TwinFinder
from ingest.walk import find_files
from store.errors import WenyuanError
from store.outcomes import IngestOutcome, IngestStatus, Rejection
from store.reports import ReportContents

logger = logging.getLogger(__name__)

_TOGETHER = 64  # files after which the vector index is given what was added

OnOutcome = Callable[[IngestOutcome], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A file looked at: what became of it already, or what is to be kept.

    `source` is without its bytes. `file` is what it was read from: itself, or its archive. `lost`
    are sentences on pages that could not be read.
    """

    source: Source
    found: IngestOutcome | ReportContents
    fingerprint: str = ""
    file: Path | None = None
    lost: tuple[str, ...] = ()


class _CancelledError(Exception):
    """Ingestion was told to stop."""


def ingest(
    paths: Sequence[Path],
    library: ReportLibrary,
    config: IngestConfig,
    on_outcome: OnOutcome | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[IngestOutcome, ...]:
    """Take files and folders into the library; see `Ingestion`."""
    return Ingestion(paths, library, config, on_outcome, on_progress).run()


class Ingestion:
    """One run over files and folders; a file that cannot be read does not stop the others.

    What is finished is kept: a run that was cancelled or killed goes on where it was when it is
    begun again with the same paths, down to the pages of a file.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        library: ReportLibrary,
        config: IngestConfig,
        on_outcome: OnOutcome | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        """Prepare a run; nothing is read before `run`.

        Args:
            paths: files, or folders, which are walked in sorted order.
            library: where the reports are kept.
            config: how they are read.
            on_outcome: called with the outcome of each file as soon as it is known.
            on_progress: called now and then, from any thread, one call at a time.
        """
        self._paths = paths
        self._library = library
        self._config = config
        self._on_outcome = on_outcome
        self._on_progress = on_progress
        self._isolation = Isolation(config)
        self._stop = threading.Event()
        self._telling = threading.Lock()
        self._meter = Meter(0, 0)
        self._twins: TwinFinder | None = None  # made for the first file that is read
        self._duplicates: dict[int, _Prepared] = {}  # by their place among the outcomes

    @property
    def cancelled(self) -> bool:
        """Whether the run was told to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Stop the run, from any thread; the file that is worked on is left as it was."""
        self._stop.set()
        self._isolation.cancel()

    def run(self) -> tuple[IngestOutcome, ...]:
        """Take the files in; return the outcome of each that was finished, in order."""
        files = list(find_files(self._paths))
        self._meter = Meter(sum(_size(path) for path, reason in files if not reason), len(files))
        outcomes: list[IngestOutcome] = []
        try:
            self._take(files, outcomes)
            self._take_again(outcomes)
        except _CancelledError:
            return tuple(outcomes)
        finally:
            self._isolation.cancel()
        spool.prune(self._config.spool)
        return tuple(outcomes)

    def _take(
        self, files: Sequence[tuple[Path, str | None]], outcomes: list[IngestOutcome]
    ) -> None:
        """Take files in; the vector index is given what was added a number of files at a time.

        It is given what it is owed from before, too, also where there is no file.
        """
        ahead = Ahead(self._prepared(files))
        try:
            more = True
            while more:
                more = False
                with self._library.together():
                    for one in islice(ahead, _TOGETHER):
                        more = True
                        outcome = self._settled(one)
                        if outcome.status is IngestStatus.DUPLICATE:
                            self._duplicates[len(outcomes)] = one
                        elif self._on_outcome:
                            self._on_outcome(outcome)
                        outcomes.append(outcome)
        except BaseException:
            self._isolation.cancel()  # before the thread that waits for it is waited for
            raise
        finally:
            ahead.close()

    def _take_again(self, outcomes: list[IngestOutcome]) -> None:
        """Look at duplicates once more: what they were like may have become another text since.

        So it is where files were given each other's names.
        """
        for place, one in self._duplicates.items():
            path = outcomes[place].path
            if one.file and self._library.seen(path, one.fingerprint) is None:
                again = (found for found in sources_of(one.file, self._config))
                source = next((found for found in again if found.path == path), None)
                if source:
                    outcomes[place] = self._settled(self._prepare(source))
            if self._on_outcome:
                self._on_outcome(outcomes[place])

    def _settled(self, one: _Prepared) -> IngestOutcome:
        """Keep what was read from a file, and tell its outcome."""
        if self.cancelled:
            raise _CancelledError
        found = one.found
        if isinstance(found, ReportContents):
            self._twins = self._twins or TwinFinder(self._library)
            found = self._library.add(
                self._twins.with_twins(found),
                lambda done, total: self._tell(one.source, Step.EMBEDDING, done, total),
            )
            found = replace(found, notes=(*one.lost, *found.notes))
        self._meter.finished()
        spool.Spool(self._config.spool, one.fingerprint).drop()
        return found

    def _prepared(self, files: Sequence[tuple[Path, str | None]]) -> Iterator[_Prepared]:
        """Look at each file in turn; runs ahead of what is being kept, in a thread of its own."""
        for path, reason in files:
            if reason:
                yield self._refused(Source(path=str(path), reason=reason))
                continue
            try:
                for number, source in enumerate(sources_of(path, self._config)):
                    if self.cancelled:
                        return
                    self._meter.found(1 if number else 0)
                    yield replace(self._prepare(source), file=path)
            except (_CancelledError, WenyuanError):
                raise
            except Exception:  # whatever a file brings about, the others are taken in
                logger.exception("%s could not be opened", path)
                yield self._refused(Source(path=name_of(path), reason=UNEXPECTED))

    def _prepare(self, source: Source) -> _Prepared:
        """Read one file; one that is refused or has not changed since it was read is not parsed."""
        if source.reason:
            self._meter.passed_over(source.size)
            return self._refused(source)
        bare, key = replace(source, data=b""), fingerprint(source.data)
        fate = self._library.seen(source.path, key)
        if fate:
            self._meter.passed_over(source.size)
            return _Prepared(source=bare, found=fate, fingerprint=key)

        def tell(page: PageDone) -> None:
            self._meter.page_read()
            self._tell(bare, Step.READING, page.page, page.pages)

        self._tell(bare, Step.READING)
        done = self._isolation.read(source.path, source.data, tell)
        self._meter.read(source.size)
        _log(source.path, done)
        if isinstance(done.found, Rejection):
            return self._refused(replace(bare, reason=done.found.reason), key)
        return _Prepared(source=bare, found=done.found, fingerprint=key, lost=done.lost)

    def _tell(self, source: Source, step: Step, done: int = 0, total: int = 0) -> None:
        if self.cancelled:
            raise _CancelledError
        if self._on_progress:
            with self._telling:
                self._on_progress(self._meter.at(source.path, source.size, step, done, total))

    def _refused(self, source: Source, key: str = "") -> _Prepared:
        outcome = IngestOutcome(
            path=source.path, status=IngestStatus.REJECTED, reason=source.reason
        )
        return _Prepared(source=replace(source, data=b""), found=outcome, fingerprint=key)


def _log(path: str, done: FileDone) -> None:
    for note in done.notes:
        logger.warning("%s：%s", path, note)
    if done.detail:
        logger.debug("%s could not be read: %s", path, done.detail)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
