"""Check what is derived against the catalog, and mend it: settle, compare, probe, rebuild."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store import vector_cache
from store.catalog import sliced
from store.database import Database
from store.errors import VectorIndexError
from store.ports import VectorIndex

_BATCH = 1000  # vectors per call of an index; Chroma refuses more than some 5,000
_PROBES = 16
_SAME = 0.999  # a vector asked for itself must come back at least this near


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was found when the index was compared with the catalog, all of it mended.

    `missing` and `orphans` count passages without a vector in the index and vectors without a
    passage; `rebuilt` says that the index was broken and made anew.
    """

    missing: int = 0
    orphans: int = 0
    rebuilt: bool = False


def settle(database: Database, index: VectorIndex, build: str) -> None:
    """Give the index what the catalog owes it: deletions, then vectors of one embedder build.

    Raises:
        VectorIndexError: the index failed; what it was not given stays owed.
    """
    with database.read() as connection:
        owed = connection.execute("select passage_id, action from owed").fetchall()
    for part in sliced([key for key, action in owed if action == "delete"], _BATCH):
        index.delete(part)
        _forget(database, part, "delete")
    for part in sliced([key for key, action in owed if action == "upsert"], _BATCH):
        _upsert(database, index, build, part)
        _forget(database, part, "upsert")


def repair(database: Database, index: VectorIndex, build: str) -> Repair:
    """Bring the index in step with the catalog, and rebuild it where its vectors are not whole.

    Nothing is embedded again. An id comparison alone does not see a broken vector file, which is
    why some vectors are asked for themselves.

    Raises:
        VectorIndexError: even the rebuilt index fails.
    """
    try:
        settle(database, index, build)
        wanted, there = _wanted(database, build), index.ids()
        missing, orphans = sorted(wanted - there), sorted(there - wanted)
        for part in sliced(orphans, _BATCH):
            index.delete(part)
        for part in sliced(missing, _BATCH):
            _upsert(database, index, build, part)
        if is_sound(database, index, build, sorted(wanted)):
            return Repair(missing=len(missing), orphans=len(orphans))
    except VectorIndexError:
        pass  # mended by building it anew
    rebuild(database, index, build)
    return Repair(rebuilt=True)


def rebuild(database: Database, index: VectorIndex, build: str) -> None:
    """Empty the index and fill it from the vectors in the catalog.

    Raises:
        VectorIndexError: the index fails also when it is new.
    """
    with database.read() as connection:
        owed = [row[0] for row in connection.execute("select passage_id from owed")]
    index.reset()
    for part in sliced(sorted(_wanted(database, build)), _BATCH):
        _upsert(database, index, build, part)
    for action in ("delete", "upsert"):
        _forget(database, owed, action)


def is_sound(database: Database, index: VectorIndex, build: str, ids: Sequence[str]) -> bool:
    """Say whether a sample of the ids has its true vectors in the index, and is found by them."""
    sample = random.sample(ids, min(_PROBES, len(ids)))
    with database.read() as connection:
        known, vectors = vector_cache.of_passages(connection, build, sample)
    fetched = index.fetch(known)
    for key, vector in zip(known, vectors, strict=True):
        if key not in fetched or float(np.dot(fetched[key], vector)) < _SAME:
            return False
    found = [index.search(vector, 1) for vector in vectors]
    lost = sum(not hits or hits[0][1] < _SAME for hits in found)
    return lost <= len(known) // 8  # an approximate index may miss one now and then


def _wanted(database: Database, build: str) -> set[str]:
    with database.read() as connection:
        rows = connection.execute(
            "select p.id from passage p join vector v on v.text_hash = p.text_hash "
            "where v.build = ?",
            (build,),
        )
        return {row[0] for row in rows}


def _upsert(database: Database, index: VectorIndex, build: str, ids: Sequence[str]) -> None:
    with database.read() as connection:
        known, vectors = vector_cache.of_passages(connection, build, ids)
    if known:
        index.upsert(known, vectors)


def _forget(database: Database, ids: Sequence[str], action: str) -> None:
    with database.write(content=False) as connection:
        connection.executemany(
            "delete from owed where passage_id = ? and action = ?",
            [(key, action) for key in ids],
        )
