"""An embedder whose vectors of passages are kept beside the corpora, by text and build.

A corpus that is cut otherwise, or that a baseline cuts in its own way, embeds only what is new.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from store.embedding import text_hash
from store.errors import StoreError
from store.ports import Embedder, EmbedderCard, Vector, Vectors

FILE = "vectors.sqlite"
_WAIT_S = 60.0  # several evaluations may keep vectors at once


class KeptEmbedder:
    """Embeds each passage once; questions are embedded each time, since that is measured."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep vectors in a folder, which is made with the file when there is something to keep."""
        self._embedder = embedder
        self._path = folder / FILE
        self.card: EmbedderCard = embedder.card

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for; raises EmbedderError where it is blank."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched; what is kept is read.

        Raises:
            EmbedderError: a text is blank, or the model fails.
            StoreError: the file cannot be used.
        """
        if not texts:
            return self._embedder.embed_passages(texts)
        hashes = [text_hash(text) for text in texts]
        try:
            with closing(self._open()) as connection:
                known = self._read(connection, hashes)
                new = {key: t for key, t in zip(hashes, texts, strict=True) if key not in known}
                if new:
                    found = dict(
                        zip(new, self._embedder.embed_passages(list(new.values())), strict=True)
                    )
                    self._write(connection, found)
                    known |= found
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"向量写不进 {self._path}，请检查磁盘和权限。") from error
        return np.stack([known[key] for key in hashes])

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_WAIT_S)
        connection.execute("pragma journal_mode = wal")
        connection.execute(
            "create table if not exists vector (build text, text_hash text, vector blob not null, "
            "primary key (build, text_hash)) without rowid"
        )
        return connection

    def _read(self, connection: sqlite3.Connection, hashes: Sequence[str]) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        for key in hashes:
            row = connection.execute(
                "select vector from vector where build = ? and text_hash = ?",
                (self.card.build, key),
            ).fetchone()
            if row:
                found[key] = np.frombuffer(row[0], dtype="<f4")
        return found

    def _write(self, connection: sqlite3.Connection, vectors: dict[str, Vector]) -> None:
        with connection:
            connection.executemany(
                "insert or ignore into vector (build, text_hash, vector) values (?, ?, ?)",
                (
                    (self.card.build, key, one.astype("<f4").tobytes())
                    for key, one in vectors.items()
                ),
            )
