"""Exact nearest neighbours in memory: nothing on disk, filled from the catalog when opened."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store.ports import Vector, VectorIndex, Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: the dimension of the vectors (1 or more)."""

    dimension: int


def build(config: Config) -> VectorIndex:
    """Make an empty index."""
    return MemoryIndex(config.dimension)


class MemoryIndex:
    """Compares with every vector there is: exact, and quick up to some 100,000 of them."""

    def __init__(self, dimension: int) -> None:
        """Make an empty index for vectors of a dimension (1 or more)."""
        self._lock = threading.Lock()
        self._dimension = dimension
        self.reset()

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Write vectors under their ids, replacing those that are there."""
        with self._lock:
            kept = self._without(set(ids))
            given = np.asarray(vectors, dtype=np.float32).reshape(-1, self._dimension)
            self._keep([*kept[0], *ids], np.concatenate([kept[1], given]))

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; an unknown one is passed over."""
        with self._lock:
            self._keep(*self._without(set(ids)))

    def search(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """Return up to `count` ids with their cosine similarity (-1 to 1), nearest first."""
        with self._lock:
            ids, vectors = self._ids, self._vectors
        if count < 1 or not ids:
            return []
        similarity = np.clip(vectors @ np.asarray(vector, dtype=np.float32), -1.0, 1.0)
        count = min(count, len(ids))
        nearest = np.argpartition(-similarity, count - 1)[:count]
        nearest = nearest[np.argsort(-similarity[nearest], kind="stable")]
        return [(ids[place], float(similarity[place])) for place in nearest]

    def fetch(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors of those ids that are there."""
        with self._lock:
            return {key: self._vectors[self._place[key]] for key in ids if key in self._place}

    def reset(self) -> None:
        """Forget everything."""
        self._keep([], np.empty((0, self._dimension), dtype=np.float32))

    def ids(self) -> set[str]:
        """Return every id in the index."""
        with self._lock:
            return set(self._ids)

    def close(self) -> None:
        """Let the vectors go."""
        self.reset()

    def _without(self, gone: set[str]) -> tuple[list[str], Vectors]:
        if gone.isdisjoint(self._place):
            return self._ids, self._vectors
        stay = [place for place, key in enumerate(self._ids) if key not in gone]
        return [self._ids[place] for place in stay], self._vectors[stay]

    def _keep(self, ids: list[str], vectors: Vectors) -> None:
        # New objects each time: a search that runs meanwhile keeps the ones it took.
        self._ids, self._vectors = ids, vectors
        self._place = {key: place for place, key in enumerate(ids)}
