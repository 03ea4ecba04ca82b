"""Vectors in the catalog, one per text and embedder build, so that nothing is embedded twice."""

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np

from store.catalog import marks, restriction, sliced
from store.ids import PassageId
from store.passages import Filters
from store.ports import Vector, Vectors


def get(connection: sqlite3.Connection, build: str, hashes: Sequence[str]) -> dict[str, Vector]:
    """Return the vectors that one build has for these text hashes; others are left out."""
    found: dict[str, Vector] = {}
    for part in sliced(hashes):
        rows = connection.execute(
            "select text_hash, vector from vector "
            f"where build = ? and text_hash in ({marks(part)})",
            (build, *part),
        )
        found |= {key: np.frombuffer(blob, dtype="<f4") for key, blob in rows}
    return found


def put(
    connection: sqlite3.Connection, build: str, hashes: Sequence[str], vectors: Vectors
) -> None:
    """Keep the vectors, row by row, under the hashes of their texts; known ones stay."""
    connection.executemany(
        "insert or ignore into vector (text_hash, build, vector) values (?, ?, ?)",
        (
            (key, build, row.astype("<f4").tobytes())
            for key, row in zip(hashes, vectors, strict=True)
        ),
    )


def prune(connection: sqlite3.Connection, hashes: Iterable[str]) -> None:
    """Forget the vectors, of every build, of those texts that no passage has any more."""
    connection.executemany(
        "delete from vector where text_hash = ?1 "
        "and not exists (select 1 from passage where text_hash = ?1)",
        ((key,) for key in hashes),
    )


def of_passages(
    connection: sqlite3.Connection, build: str, ids: Sequence[str]
) -> tuple[list[PassageId], Vectors]:
    """Return those passages that have a vector of this build, and their vectors (n, dimension)."""
    rows = [
        row
        for part in sliced(ids)
        for row in connection.execute(
            "select p.id, v.vector from passage p join vector v on v.text_hash = p.text_hash "
            f"where v.build = ? and p.id in ({marks(part)})",
            (build, *part),
        )
    ]
    return _stacked(rows)


def behind(
    connection: sqlite3.Connection, build: str, filters: Filters, limit: int
) -> tuple[list[PassageId], Vectors] | None:
    """Return the passages that pass the filters with their vectors; None for more than `limit`."""
    condition, values = restriction(filters)
    passing = f"from passage p join article a on a.id = p.article_id where {condition}"
    found = f"select p.id, p.text_hash {passing}"
    more = connection.execute(f"select 1 {passing} limit 1 offset ?", (*values, limit)).fetchone()
    if more:
        return None
    return _stacked(
        connection.execute(
            f"select p.id, v.vector from ({found}) p "
            "join vector v on v.text_hash = p.text_hash and v.build = ?",
            (*values, build),
        ).fetchall()
    )


def _stacked(rows: Sequence[tuple[PassageId, bytes]]) -> tuple[list[PassageId], Vectors]:
    if not rows:
        return [], np.empty((0, 0), dtype=np.float32)
    vectors = np.stack([np.frombuffer(blob, dtype="<f4") for _, blob in rows])
    return [key for key, _ in rows], vectors
