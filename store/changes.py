"""How reports change: embed first, then one transaction, then what is derived from it.

A failure at any moment, a killed process included, leaves the catalog as it was before or after.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from sqlite3 import Connection

from store import catalog, conversations, manifest, pages, seen, twins, vector_cache, versions
from store.articles import Article
from store.cached_embedder import CachedEmbedder, Progress
from store.conversations import now
from store.database import Database
from store.derived import DerivedIndex
from store.embedding import text_hash
from store.errors import NotFoundError
from store.ids import ReportId
from store.likeness import Signature, Twin
from store.manifest import Manifest
from store.outcomes import IngestOutcome, IngestStatus
from store.passages import Passage
from store.ports import Vectors
from store.reports import Report, ReportContents

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
                known, fate = seen.by_bytes(connection, report.path, report.fingerprint)
            if fate:
                if known and fate.status is IngestStatus.DUPLICATE:
                    self._put_aside(known, report)  # what this path held is not what it says now
                return fate
            texts = [passage.embedded_text for passage in contents.passages]
            vectors = self._embedder.embed_passages(texts, progress)
            notes = self._write(contents, known, vectors)
            self._settle()
            return IngestOutcome(
                path=report.path,
                status=IngestStatus.REPLACED if known else IngestStatus.ADDED,
                articles=len(contents.articles),
                passages=len(contents.passages),
                notes=notes,
            )

    def restore(self, report_id: ReportId, version: int, split: Split | None) -> Report:
        """Put an earlier version in force: see `Library.restore`."""
        with self.lock:
            self.require_match()
            with self._database.read() as connection:
                current = catalog.report_by(connection, "id", report_id)
                contents = versions.unpacked(connection, report_id, version)
            if current and current.version == version:
                return current
            if contents is None:
                raise NotFoundError(f"没有编号为 {report_id} 的报道，或它没有第 {version} 版。")
            if split:
                cut = tuple(p for article in contents.articles for p in split(article))
                contents = replace(contents, passages=cut)
            texts = [passage.embedded_text for passage in contents.passages]
            vectors = self._embedder.embed_passages(texts)
            with self._database.write() as connection:
                versions.unlist(connection, report_id, version)
                self._switch(connection, current, contents, vectors)
            self._settle()
            return contents.report

    def remove(self, report_id: ReportId) -> None:
        """Remove a report: see `Library.remove`."""
        with self.lock:
            self.require_match()
            with self._database.write() as connection:
                if not versions.kept(connection, report_id):
                    raise NotFoundError(f"没有编号为 {report_id} 的报道。")
                gone = catalog.articles(connection, report_id)
                before = versions.articles(connection, report_id)
                conversations.forget(
                    connection,
                    {one.text for article in chain(gone, before) for one in article.sentences},
                )
                versions.forget(connection, report_id)
                pages.drop(connection, report_id)
                vector_cache.prune(connection, catalog.drop(connection, report_id))
            self._settle()

    def sign(self, signatures: Sequence[Signature], found: Sequence[Twin]) -> None:
        """Keep signatures and twins of articles that are there: see `Library.sign`."""
        with self.lock, self._database.write(content=False) as connection:
            twins.put(connection, signatures, found)

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

    def _put_aside(self, known: Report, incoming: Report) -> None:
        with self._database.write() as connection:
            number = versions.next_number(connection, known.id)
            freed = versions.put_aside(connection, known, now())
            # Under the id that is kept here: a path's id is always the same.
            elsewhere = replace(incoming, id=known.id, version=number)
            versions.note_elsewhere(connection, elsewhere, now())
            vector_cache.prune(connection, freed)
        self._settle()

    def _write(
        self, contents: ReportContents, known: Report | None, vectors: Vectors
    ) -> tuple[str, ...]:
        with self._database.write() as connection:
            report = replace(
                contents.report,
                version=versions.next_number(connection, contents.report.id),
                added_at=known.added_at if known else contents.report.added_at or now(),
            )
            # The same bytes are kept once: a file that goes back and forth does not pile up.
            versions.forget(connection, report.id, report.fingerprint)
            self._switch(connection, known, replace(contents, report=report), vectors)
            pages.put(connection, report, contents.pages)
            twins.put(connection, contents.signatures, contents.twins)
            return twins.notes(connection, contents.twins)

    def _switch(
        self, connection: Connection, current: Report | None, to: ReportContents, vectors: Vectors
    ) -> None:
        freed = versions.put_aside(connection, current, now()) if current else []
        catalog.put(connection, to)
        self._keep(connection, to.passages, vectors)
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
