"""The seams of ingestion: what it needs of the library, and what a reader of a format is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ingest.reading import Reading, Unreadable
from store.ids import ReportId
from store.outcomes import IngestOutcome
from store.records import Article, Report, ReportContents


class ReportLibrary(Protocol):
    """What ingestion needs of the library; store.library.Library is one."""

    def known(self, path: str) -> Report | None:
        """Return the report kept under this path, if any."""
        ...

    def articles(self, report_id: ReportId | None = None) -> Sequence[Article]:
        """Return the articles of a report, in page order."""
        ...

    def add(self, contents: ReportContents) -> IngestOutcome:
        """Keep a report, and say whether it was added, replaced, unchanged or a duplicate."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Add several reports in one go."""
        ...


class Reader(Protocol):
    """Turns the bytes of one format into pages of lines.

    A reader is a file of ingest/readers, named as its format in ingest/detect.py, that exports
    `LABEL` (the format as told to the user), `Config` (its settings, all with defaults) and
    `build(config) -> Reader`.
    """

    def read(self, data: bytes) -> Reading | Unreadable:
        """Open a file's bytes; neither this nor reading a page raises on bad input."""
        ...
