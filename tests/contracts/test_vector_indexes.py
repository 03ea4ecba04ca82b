"""What every vector index promises, run on each file of store/vectors."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.errors import MissingExtraError
from store.ports import VectorIndex, Vectors

DIMENSION = 32


@pytest.fixture(params=registry.names("vectors"))
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    """An empty index of each backend."""
    config = StoreConfig(folder=tmp_path / "数据", vectors=request.param)
    try:
        opened = registry.vector_index(config, "passages_test", DIMENSION)
    except MissingExtraError as exc:
        pytest.skip(str(exc))
    yield opened
    opened.close()


def vectors(count: int) -> Vectors:
    """Return `count` unit vectors, the same every time."""
    rows = np.random.default_rng(7).standard_normal((count, DIMENSION))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.search(vectors(1)[0], 5) == []
    assert index.ids() == set()
    assert index.fetch(["p1"]) == {}
    index.delete(["p1"])


def test_each_vector_finds_itself_first_and_scores_are_cosines(index: VectorIndex) -> None:
    rows = vectors(50)
    index.upsert([f"p{n}" for n in range(50)], rows)
    for n in range(50):
        hits = index.search(rows[n], 10)
        assert hits[0][0] == f"p{n}"
        expected = [float(rows[n] @ rows[int(key[1:])]) for key, _ in hits]
        assert [score for _, score in hits] == pytest.approx(expected, abs=1e-4)
        assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)
        assert all(-1 <= score <= 1 for _, score in hits)


def test_more_may_be_asked_for_than_there_is(index: VectorIndex) -> None:
    index.upsert(["p0", "p1"], vectors(2))
    assert {key for key, _ in index.search(vectors(1)[0], 100)} == {"p0", "p1"}
    assert index.search(vectors(1)[0], 0) == []


def test_an_upsert_replaces_and_a_delete_forgets(index: VectorIndex) -> None:
    rows = vectors(3)
    index.upsert(["p0", "p1"], rows[:2])
    index.upsert(["p1"], rows[2:])
    index.delete(["p0", "unknown"])
    assert index.ids() == {"p1"}
    fetched = index.fetch(["p0", "p1"])
    assert set(fetched) == {"p1"}
    assert fetched["p1"] == pytest.approx(rows[2], abs=1e-6)
    assert fetched["p1"].dtype == np.float32
    index.upsert([], rows[:0])
    index.delete([])
    assert index.ids() == {"p1"}


def test_a_reset_forgets_all_and_the_index_goes_on(index: VectorIndex) -> None:
    index.upsert(["p0"], vectors(1))
    index.reset()
    assert index.ids() == set()
    index.upsert(["p1"], vectors(1))
    assert index.search(vectors(1)[0], 1)[0][0] == "p1"


def test_more_vectors_at_once_than_a_backend_takes_in_one_call(index: VectorIndex) -> None:
    names = [f"p{n}" for n in range(6000)]
    index.upsert(names, vectors(6000))
    assert index.ids() == set(names)
    index.delete(names[:5999])
    assert index.ids() == {"p5999"}
