"""Everything kept, behind one door: what is added, replaced, removed, searched and remembered."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from store import catalog, conversations, manifest, registry, vector_cache
from store.config import StoreConfig
from store.database import Database
from store.derived import DerivedIndex
from store.embedding import text_hash
from store.errors import DataFolderError, NotFoundError
from store.health import Repair
from store.ids import ArticleId, ConversationId, PassageId, ReportId, digest
from store.lexical import Lexical
from store.lock import FolderLock
from store.ports import Embedder, Vector, Vectors
from store.records import (
    Article,
    Conversation,
    Filters,
    IngestOutcome,
    IngestStatus,
    Passage,
    Report,
    ReportContents,
    Turn,
)

Progress = Callable[[int, int], None]
"""Called with passages done and passages in all."""

_ARTICLES_IN_MEMORY = 4096


class Library:
    """Everything kept, in one folder. One process owns it; its threads may share it."""

    def __init__(self, config: StoreConfig, embedder: Embedder, lock: FolderLock) -> None:
        """Put the parts together; `open` is the way in."""
        self._config = config
        self._embedder = embedder
        self._lock = lock
        self._changing = threading.Lock()  # one change of reports at a time, embedding included
        self._database = Database(config.folder)
        self._lexical = Lexical(self._database)
        card = embedder.card
        self._manifest = manifest.of(card, config.splitter)
        self._derived = DerivedIndex(
            self._database,
            card.build,
            partial(
                registry.vector_index,
                config,
                f"passages_{digest(card.build, length=16)}",
                card.dimension,
            ),
        )
        self._article_at = lru_cache(_ARTICLES_IN_MEMORY)(self._load_article)

    @classmethod
    def open(
        cls,
        config: StoreConfig,
        embedder: Embedder | None = None,
        *,
        allow_mismatch: bool = False,
    ) -> Self:
        """Open the library of a data folder, making it where there is none.

        The model and the vector index are loaded (and the index mended) on first use, or by `warm`.

        Args:
            config: the settings of the store.
            embedder: used instead of the one that the settings name.
            allow_mismatch: open also what was made with other settings, in order to `reindex`
                it; until then, adding and searching by vector are refused.

        Raises:
            DataFolderError: the folder cannot be read or written.
            LibraryLockedError: another process has it open.
            CatalogDamagedError: the catalog is not readable; it is left as it is.
            ManifestMismatchError: it was made with another embedder or splitter.
            BackendError: the embedder's name is unknown or its package is missing.
        """
        embedder = embedder or registry.embedder(config)
        lock = FolderLock(_made(config.folder))
        try:
            library = cls(config, embedder, lock)
        except BaseException:
            lock.release()
            raise
        try:
            if not allow_mismatch:
                library._require_match()
        except BaseException:
            library.close()
            raise
        return library

    def __enter__(self) -> Self:
        """Return the library itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of every file; waits for a change that is under way."""
        with self._changing:
            self._derived.close()
            self._database.close()
            self._lock.release()

    def add(self, contents: ReportContents, progress: Progress | None = None) -> IngestOutcome:
        """Take a report in, or its new version; what was there stays whole if anything fails.

        A path already here with the same fingerprint is unchanged; another path with it makes
        this a duplicate, and nothing is stored. A conversation is never touched.

        Args:
            contents: the report with its articles and passages.
            progress: told after each batch that was embedded.

        Raises:
            EmbedderError: a passage could not be embedded; nothing was stored.
            DataFolderError: it could not be written; nothing was stored.
            ManifestMismatchError: the library was opened for reindexing only.
        """
        with self._changing:
            self._require_match()
            report = contents.report
            with self._database.read() as connection:
                known = catalog.report_by(connection, "path", report.path)
                twin = catalog.report_by(connection, "fingerprint", report.fingerprint)
            outcome = partial(
                IngestOutcome,
                path=report.path,
                articles=len(contents.articles),
                passages=len(contents.passages),
            )
            if known and known.fingerprint == report.fingerprint:
                return outcome(status=IngestStatus.UNCHANGED)
            if twin:
                reason = f"内容与已有的 {twin.path} 完全相同，没有重复收入。"
                return outcome(status=IngestStatus.DUPLICATE, reason=reason, articles=0, passages=0)
            vectors = self._embed([p.embedded_text for p in contents.passages], progress)
            self._write(contents, known, vectors)
            self._derived.settle()
            return outcome(status=IngestStatus.REPLACED if known else IngestStatus.ADDED)

    def remove(self, report_id: ReportId) -> None:
        """Remove a report with all that belongs to it, its vectors included.

        Raises:
            NotFoundError: no report of that id.
        """
        with self._changing:
            self.report(report_id)
            with self._database.write() as connection:
                vector_cache.prune(connection, catalog.drop(connection, report_id))
            if self._matches():
                self._derived.settle()
