"""How reports change: embed first, then one transaction, then what is derived from it.

A failure at any moment, a killed process included, leaves the catalog as it was before or after.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from sqlite3 import Connection

from store import catalog, conversations, manifest, vector_cache
from store.cached_embedder import CachedEmbedder, Progress
from store.conversations import now
from store.database import Database
from store.derived import DerivedIndex
from store.embedding import text_hash
from store.errors import NotFoundError
from store.ids import ReportId
from store.manifest import Manifest
from store.outcomes import IngestOutcome, IngestStatus
from store.ports import Vectors
from store.records import Article, Passage, Report, ReportContents

Split = Callable[[Article], Sequence[Passage]]
"""Cuts an article into its passages."""


class Changes:
    """Adds, replaces, removes and reindexes: one change at a time, its embedding included."""

    def __init__(
        self,
        database: Database,
        embedder: CachedEmbedder,
        derived: DerivedIndex,
        wanted: Manifest,
    ) -> None:
        """Keep the parts; `wanted` is the manifest of the settings in force."""
        self._database = database
        self._embedder = embedder
        self._derived = derived
        self._wanted = wanted
        self._matched = False
        self._postponed = 0  # how many are adding together just now
        self.lock = threading.Lock()

    def require_match(self) -> None:
        """Check that the passages were made with the settings in force; an empty library fits.

        Raises:
            ManifestMismatchError: they were not.
        """
        if self._matched:  # and so for good: only the manifest of these settings is ever written
            return
        with self._database.read() as connection:
            kept = manifest.read(connection)
            empty = catalog.passage_count(connection) == 0
        if kept and not empty:
            manifest.require_same(kept, self._wanted, str(self._database.path.parent))
        self._matched = True

    def add(self, contents: ReportContents, progress: Progress | None) -> IngestOutcome:
        """Take a report in: see `Library.add`."""
        with self.lock:
            self.require_match()
            _require_quotable(contents)
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
                if known:  # what this path held is no longer what it says
                    self._drop(known.id, forget=False)
                reason = f"内容与已收入的 {twin.path} 完全相同，没有重复收入。"
                return outcome(status=IngestStatus.DUPLICATE, reason=reason, articles=0, passages=0)
            texts = [passage.embedded_text for passage in contents.passages]
            vectors = self._embedder.embed_passages(texts, progress)
            self._write(contents, known, vectors)
            self._settle()
            return outcome(status=IngestStatus.REPLACED if known else IngestStatus.ADDED)

    def remove(self, report_id: ReportId) -> None:
        """Remove a report: see `Library.remove`."""
        with self.lock:
            self.require_match()
            with self._database.read() as connection:
                if not catalog.report_by(connection, "id", report_id):
                    raise NotFoundError(f"没有编号为 {report_id} 的报道。")
            self._drop(report_id, forget=True)

    def reindex(self, split: Split | None, progress: Progress | None) -> int:
        """Make all passages and vectors anew: see `Library.reindex`."""
        with self.lock:
            with self._database.read() as connection:
                if split:
                    cut = [p for article in catalog.articles(connection) for p in split(article)]
                    passages = tuple(cut)
                else:
                    passages = catalog.all_passages(connection)
            texts = [passage.embedded_text for passage in passages]
            vectors = self._embedder.embed_passages(texts, progress)
            with self._database.write() as connection:
                freed = catalog.drop_passages(connection)
                catalog.put_passages(connection, passages)
                self._keep(connection, passages, vectors)
                vector_cache.prune(connection, freed)
            self._derived.repair()
            return len(passages)

    def _drop(self, report_id: ReportId, *, forget: bool) -> None:
        with self._database.write() as connection:
            if forget:
                gone = catalog.articles(connection, report_id)
                conversations.forget(
                    connection, {one.text for article in gone for one in article.sentences}
                )
            vector_cache.prune(connection, catalog.drop(connection, report_id))
        self._settle()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Leave the index owed until the end: see `Library.together`."""
        with self.lock:
            self._postponed += 1
        try:
            yield
        finally:
            with self.lock:
                self._postponed -= 1
                self._settle()

    def _settle(self) -> None:
        if not self._postponed:
            self._derived.settle()

    def _write(self, contents: ReportContents, known: Report | None, vectors: Vectors) -> None:
        report = contents.report
        report = replace(
            report,
            version=known.version + 1 if known else 1,
            added_at=known.added_at if known else report.added_at or now(),
        )
        with self._database.write() as connection:
            freed = catalog.drop(connection, known.id) if known else []
            catalog.put(connection, replace(contents, report=report))
            self._keep(connection, contents.passages, vectors)
            vector_cache.prune(connection, freed)

    def _keep(self, connection: Connection, passages: Sequence[Passage], vectors: Vectors) -> None:
        hashes = [text_hash(passage.embedded_text) for passage in passages]
        vector_cache.put(connection, self._wanted.build, hashes, vectors)
        manifest.write(connection, self._wanted)


def _require_quotable(contents: ReportContents) -> None:
    """Check what every citation rests on: a passage is cut out of its article's body."""
    bodies = {article.id: article.body for article in contents.articles}
    for passage in contents.passages:
        if bodies[passage.article_id][passage.start : passage.end] != passage.text:
            raise ValueError(f"passage offsets do not match the body: {passage}")
