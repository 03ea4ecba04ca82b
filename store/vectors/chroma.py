"""Chroma inside the process: an HNSW index on disk, of vectors and ids only."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from store.errors import VectorIndexError
from store.folders import made
from store.ports import Vector, VectorIndex, Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

_BATCH = 2000  # Chroma takes some 5,000 at once
_HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "ef_construction": 200, "ef_search": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: the folder, the collection's name (3 to 63 of [a-z0-9_-]), the dimension."""

    folder: Path
    collection: str
    dimension: int


def build(config: Config) -> VectorIndex:
    """Open the collection, making it where there is none.

    What cannot be opened is thrown away and begun anew: the catalog holds the vectors too.

    Raises:
        DataFolderError: the folder cannot be written.
        VectorIndexError: not even a new folder can be opened.
    """
    return ChromaIndex(config)


class ChromaIndex:
    """Speaks to one collection, and turns Chroma's distances into similarities."""

    def __init__(self, config: Config) -> None:
        """Open the collection: see `build`."""
        self._folder = config.folder
        self._name = config.collection
        self._dimension = config.dimension
        self._client: ClientAPI | None = None
        try:
            self._collection = self._open()
        except VectorIndexError:
            self._collection = self._afresh()

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Write vectors under their ids, replacing those that are there."""
        with _translated():
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; an unknown one is passed over."""
        with _translated():
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def search(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """Return up to `count` ids with their cosine similarity (-1 to 1), nearest first."""
        if count < 1:
            return []
        with _translated():
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[np.newaxis],
                n_results=count,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [
            (key, max(-1.0, min(1.0, 1.0 - distance)))
            for key, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def fetch(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors of those ids that are there."""
        if not ids:
            return {}
        with _translated():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def reset(self) -> None:
        """Forget everything and start empty, also when what is there cannot be read."""
        try:
            with _translated():
                assert self._client is not None  # noqa: S101 open until closed
                self._client.delete_collection(self._name)
                self._collection = self._made(self._client)
        except VectorIndexError:
            self._collection = self._afresh()

    def ids(self) -> set[str]:
        """Return every id in the index."""
        with _translated():
            return set(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Release files; the index is not used afterwards."""
        client, self._client = self._client, None
        if client is not None:
            with _translated():
                client.close()  # type: ignore[attr-defined]  # not in the interface

    def _afresh(self) -> "Collection":
        """Begin in a folder of a new name; Chroma keeps a failed one in memory by its name."""
        old = _generation(self._folder)
        try:
            self.close()
        except VectorIndexError:
            self._client = None
        collection = self._open(old + 1)
        shutil.rmtree(self._folder / str(old), ignore_errors=True)
        return collection

    def _open(self, generation: int | None = None) -> "Collection":
        import chromadb
        from chromadb.config import Settings

        place = self._folder / str(generation or _generation(self._folder))
        made(place)
        with _translated():
            self._client = chromadb.PersistentClient(
                str(place), settings=Settings(anonymized_telemetry=False)
            )
            return self._made(self._client)

    def _made(self, client: "ClientAPI") -> "Collection":
        # Without an explicit None, Chroma attaches an embedder of its own that goes to the network.
        return client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": _HNSW}
        )


def _generation(folder: Path) -> int:
    """Return the highest number among the folder's subfolders, 1 where there is none."""
    there = [int(item.name) for item in folder.glob("*") if item.name.isdecimal()]
    return max(there, default=1)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever Chroma raises, a panic of its native part included, into our error."""
    try:
        yield
    except BaseException as exc:
        if isinstance(exc, Exception) or type(exc).__name__ == "PanicException":
            raise VectorIndexError(f"向量索引出错（{exc}），将从目录重建。") from exc
        raise
