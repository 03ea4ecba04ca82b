"""Everything kept, behind one door: what is added, replaced, removed, searched and remembered."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from store import manifest, registry, vector_cache
from store.cached_embedder import CachedEmbedder, Progress
from store.changes import Changes, Split
from store.config import StoreConfig
from store.database import Database
from store.derived import DerivedIndex
from store.folders import made
from store.health import Repair
from store.ids import PassageId, ReportId, digest
from store.lexical import Lexical
from store.likeness import Signature, Twin
from store.lock import FolderLock
from store.outcomes import IngestOutcome
from store.passages import Filters
from store.ports import Embedder, EmbedderCard, Vector, Vectors
from store.recorder import Recorder
from store.reports import Report, ReportContents


class Library(Recorder):
    """Everything kept, in one folder. One process owns it; its threads may share it."""

    def __init__(self, config: StoreConfig, embedder: Embedder, lock: FolderLock) -> None:
        """Put the parts together; `open` is the way in."""
        self._lock = lock
        super().__init__(Database(config.folder))
        self._lexical = Lexical(self._database)
        self._embedder = CachedEmbedder(self._database, embedder, config.embed_batch)
        card = self._embedder.card
        collection = f"passages_{digest(card.build, length=16)}"
        self._derived = DerivedIndex(
            self._database,
            card.build,
            partial(registry.vector_index, config, collection, card.dimension),
        )
        wanted = manifest.of(card, config.splitter)
        self._changes = Changes(self._database, self._embedder, self._derived, wanted)

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
            allow_mismatch: open also what was made with other settings, in order to `reindex` it.

        Raises:
            DataFolderError: the folder cannot be read or written.
            LibraryLockedError: another process has it open.
            CatalogDamagedError: the catalog is not readable; it is left as it is.
            ManifestMismatchError: it was made with another embedder or splitter.
            BackendError: a backend's name is unknown or its package is missing.
        """
        registry.require("vectors", config.vectors)  # now, not after minutes of embedding
        embedder = embedder or registry.embedder(config)
        lock = FolderLock(made(config.folder))
        try:
            library = cls(config, embedder, lock)
        except BaseException:
            lock.release()
            raise
        try:
            if not allow_mismatch:
                library._changes.require_match()
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
        """Let go of every file, once a change that is under way is done; twice does no harm."""
        with self._changes.lock:
            self._derived.close()
            self._database.close()
            self._lock.release()

    def warm(self) -> None:
        """Load the model and the index now, so that the first question need not wait."""
        self._changes.require_match()
        self._embedder.warm()
        self._derived.repair()
        self._lexical.pairs()

    # ---- what changes

    def add(self, contents: ReportContents, progress: Progress | None = None) -> IngestOutcome:
        """Take a report in, or its new version; what was there stays whole if anything fails.

        A path already here with the same fingerprint is unchanged; another path with it makes
        this a duplicate, and nothing is stored. The version that was in force is kept and can be
        restored; a restored one stays in force until the file's bytes are none of those kept.

        Args:
            contents: the report with its articles and passages.
            progress: told after each batch that was embedded.

        Raises:
            EmbedderError: a passage could not be embedded; nothing was stored.
            DataFolderError: it could not be written; nothing was stored.
            VectorIndexError: it was stored, but the index failed; that is mended when next opened.
            ManifestMismatchError: the library was opened for reindexing only.
        """
        return self._changes.add(contents, progress)

    def together(self) -> AbstractContextManager[None]:
        """Add several reports in one go: the vector index is given them at the end, all at once.

        Each is stored as it is added; if the process dies, the index is mended when next opened.
        """
        return self._changes.together()

    def restore(self, report_id: ReportId, version: int, split: Split | None = None) -> Report:
        """Put a version in force again; the one in force until then can be restored in turn.

        Args:
            report_id: of the report.
            version: its number; nothing happens where it is in force already.
            split: cuts its articles anew; without it the passages are as they were.

        Raises:
            NotFoundError: no report of that id, or no such version of it.
            EmbedderError: a passage could not be embedded; nothing was changed.
        """
        return self._changes.restore(report_id, version, split)

    def sign(self, signatures: Sequence[Signature], twins: Sequence[Twin]) -> None:
        """Keep what was found out later about articles: what they are compared by, and twins."""
        self._changes.sign(signatures, twins)

    def remove(self, report_id: ReportId) -> None:
        """Remove a report, its versions and pages too; raises NotFoundError where it is not."""
        self._changes.remove(report_id)

    def reindex(self, split: Split | None = None, progress: Progress | None = None) -> int:
        """Embed all passages with the embedder of now, and switch to them in one transaction.

        Until the switch, and if anything fails, all stays as it was. Vectors of the embedder of
        before are kept, so that going back embeds nothing.

        Args:
            split: cuts the articles anew; the passages stay as they are without it.
            progress: told after each batch that was embedded.

        Returns:
            The number of passages.

        Raises:
            EmbedderError: a passage could not be embedded; nothing was changed.
        """
        return self._changes.reindex(split, progress)

    def repair(self) -> Repair:
        """Compare the vector index with the catalog and mend it; nothing is embedded."""
        self._changes.require_match()
        return self._derived.repair()

    def check(self) -> None:
        """Read the whole catalog, looking for damage; raises CatalogDamagedError where it is."""
        self._database.check()

    def backup(self, target: Path) -> None:
        """Copy the catalog, all that needs keeping, to a new file; raises DataFolderError."""
        self._database.backup(target)

    # ---- what is read

    @property
    def card(self) -> EmbedderCard:
        """The embedder's card."""
        return self._embedder.card

    @property
    def generation(self) -> int:
        """A number that grows with every change of reports: what was derived before it is old."""
        return self._database.generation

    # ---- what is searched

    def lexical(
        self, text: str, count: int, filters: Filters | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return up to `count` passages by BM25 (0 or more), best first, for a text as typed."""
        return self._lexical.search(text, count, filters)

    def dense(
        self, vector: Vector, count: int, filters: Filters | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return up to `count` passages by cosine similarity (-1 to 1), nearest first.

        Args:
            vector: of a query, shape (dimension,), length 1.
            count: 0 or more.
            filters: restrict what is found.
        """
        self._changes.require_match()
        return self._derived.search(vector, count, filters or Filters())

    def vectors(self, ids: Sequence[PassageId]) -> tuple[list[PassageId], Vectors]:
        """Return those of the passages that have a vector, and their vectors (n, dimension)."""
        with self._database.read() as connection:
            return vector_cache.of_passages(connection, self.card.build, ids)

    def document_frequency(self, terms: Sequence[str]) -> tuple[int, ...]:
        """Return in how many passages, context included, each term occurs (words whole)."""
        return self._lexical.document_frequency(terms)

    def pairs(self) -> Mapping[str, int]:
        """Return every two neighbouring Chinese characters, with how many passages hold them."""
        return self._lexical.pairs()

    def embed_query(self, text: str) -> Vector:
        """Embed a question, shape (dimension,); raises EmbedderError where it is blank."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts, shape (n, dimension), reading those that the catalog knows."""
        return self._embedder.embed_passages(texts)
