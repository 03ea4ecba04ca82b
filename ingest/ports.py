"""The seams of ingestion: what it needs of the library, and what a reader of a format is."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ingest.reading import Reading, Unreadable
from store.articles import Article
from store.ids import ArticleId, ReportId
from store.likeness import Signature, Twin
from store.outcomes import IngestOutcome
from store.reports import Report, ReportContents


class TwinLibrary(Protocol):
    """What finding twins needs of the library; store.library.Library is one."""

    def articles(self, report_id: ReportId | None = None) -> Sequence[Article]:
        """Return the articles of a report, in page order."""
        ...

    def article(self, article_id: ArticleId) -> Article:
        """Return an article; raises NotFoundError where there is none of that id."""
        ...

    def signatures(self, method: str) -> Sequence[Signature]:
        """Return the signatures that were made by a method."""
        ...

    def unsigned(self, method: str) -> Sequence[ArticleId]:
        """Return the articles that have no signature of a method."""
        ...

    def sign(self, signatures: Sequence[Signature], twins: Sequence[Twin]) -> None:
        """Keep what was found out later about articles that are there."""
        ...


class ReportLibrary(TwinLibrary, Protocol):
    """What ingestion needs of the library; store.library.Library is one."""

    def known(self, path: str) -> Report | None:
        """Return the report kept under this path, if any."""
        ...

    def seen(self, path: str, fingerprint: str) -> IngestOutcome | None:
        """Say what becomes of a file whose bytes have this SHA-256, or None where it must be read.

        Unchanged, also where a restored version was chosen over it; or a duplicate of another.
        """
        ...

    def add(
        self, contents: ReportContents, progress: Callable[[int, int], None] | None = None
    ) -> IngestOutcome:
        """Keep a report, and say whether it was added, replaced, unchanged or a duplicate.

        `progress` is told how many passages are embedded, and of how many; where it raises,
        nothing is kept.
        """
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
