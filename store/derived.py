"""The vector index as the library holds it: opened on first use, and mended where it fails."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from store import health, vector_cache
from store.catalog import passing
from store.database import Database
from store.errors import VectorIndexError
from store.health import Repair
from store.ids import PassageId
from store.passages import Filters
from store.ports import Vector, VectorIndex, Vectors

_EXACT_UP_TO = 1000  # so many passages behind a filter are compared one by one
_OVERFETCH = 5


class DerivedIndex:
    """Keeps one vector index in step with the catalog. Safe to use from several threads."""

    def __init__(
        self, database: Database, build: str, open_index: Callable[[], VectorIndex]
    ) -> None:
        """Keep how to open; nothing is opened before it is needed.

        Args:
            database: the catalog.
            build: of the embedder whose vectors these are.
            open_index: makes or opens the index; may raise VectorIndexError.
        """
        self._database = database
        self._build = build
        self._open_index = open_index
        self._index: VectorIndex | None = None
        self._broken = False  # whether mending failed: more may be missing than is owed
        self._lock = threading.RLock()

    def repair(self) -> Repair:
        """Compare the index with the catalog now and mend what differs.

        Raises:
            VectorIndexError: even a new index fails.
        """
        with self._lock:
            if self._index is None:
                self._index = self._open_index()
            self._broken = True
            found = health.repair(self._database, self._index, self._build)
            self._broken = False
            return found

    def settle(self) -> None:
        """Give the index what it is owed.

        Raises:
            VectorIndexError: even a new index fails.
        """
        with self._lock:
            index = self._opened()
            if not self._broken:
                with suppress(VectorIndexError):
                    health.settle(self._database, index, self._build)
                    return
            self.repair()

    def search(self, vector: Vector, count: int, filters: Filters) -> list[tuple[PassageId, float]]:
        """Return up to `count` passages that pass the filters, with their cosine, nearest first.

        Few passages behind a filter are compared exactly, in the catalog; for many, the index is
        asked for more than needed and the filter is applied to what it gives.
        """
        if count < 1:
            return []
        if filters != Filters():
            with self._database.read() as connection:
                few = vector_cache.behind(connection, self._build, filters, _EXACT_UP_TO)
            if few:
                return _nearest(vector, count, *few)
        return self._overfetched(vector, count, filters)

    def close(self) -> None:
        """Close the index, if it was opened."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _overfetched(
        self, vector: Vector, count: int, filters: Filters
    ) -> list[tuple[PassageId, float]]:
        asked = count if filters == Filters() else count * _OVERFETCH
        while True:
            found = self._found(vector, asked)
            with self._database.read() as connection:
                stay = passing(connection, [key for key, _ in found], filters)
            hits = [(PassageId(key), score) for key, score in found if key in stay]
            if len(hits) >= count or len(found) < asked:
                return hits[:count]
            asked *= _OVERFETCH

    def _found(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        index = self._opened()
        try:
            return index.search(vector, count)
        except VectorIndexError:
            with self._lock:
                self._broken = True
                health.rebuild(self._database, index, self._build)
                self._broken = False
            return index.search(vector, count)

    def _opened(self) -> VectorIndex:
        with self._lock:
            if self._index is None:
                self.repair()
            assert self._index is not None  # noqa: S101 opened by the repair
            return self._index


def _nearest(
    vector: Vector, count: int, ids: Sequence[PassageId], vectors: Vectors
) -> list[tuple[PassageId, float]]:
    if not ids:
        return []
    similarity = np.clip(vectors @ vector, -1.0, 1.0)
    order = np.argsort(-similarity, kind="stable")[:count]
    return [(ids[place], float(similarity[place])) for place in order]
