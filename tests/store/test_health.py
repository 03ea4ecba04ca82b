"""The vector index is mended from the catalog, whatever happened to it; nothing is embedded."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from store import registry
from store.config import StoreConfig
from store.errors import VectorIndexError
from store.health import Repair
from store.ids import digest
from store.library import Library
from store.ports import VectorIndex, Vectors
from store.reports import ReportContents
from store.vectors.memory import MemoryIndex

Make = Callable[..., ReportContents]


@pytest.fixture
def chroma(config: StoreConfig) -> StoreConfig:
    """Settings with an index on disk."""
    return replace(config, vectors="chroma")


@pytest.fixture
def filled(chroma: StoreConfig, make_contents: Make) -> ReportContents:
    """A report in a closed library with an index on disk."""
    sentences = [f"第{n}号院新添了{n * 7}个车位。" for n in range(40)]
    contents = make_contents(stories=[("停车难题", sentences)])
    with Library.open(chroma) as library:
        library.add(contents)
    return contents


def behind_the_back(config: StoreConfig) -> VectorIndex:
    """Open the index of a closed library, past the library."""
    card = registry.embedder(config).card
    return registry.vector_index(
        config, f"passages_{digest(card.build, length=16)}", card.dimension
    )


def assert_whole(library: Library, contents: ReportContents) -> None:
    for passage in contents.passages[::8]:
        vector = library.embed_passages([passage.embedded_text])[0]
        key, similarity = library.dense(vector, 1)[0]
        assert similarity == pytest.approx(1.0, abs=1e-4)
        assert key == passage.id
    assert len(library.dense(vector, 100)) == len(contents.passages)


def test_a_sound_index_needs_nothing(chroma: StoreConfig, filled: ReportContents) -> None:
    with Library.open(chroma) as library:
        assert library.repair() == Repair()
        assert_whole(library, filled)


def test_a_deleted_index_folder_is_made_again(chroma: StoreConfig, filled: ReportContents) -> None:
    shutil.rmtree(chroma.folder / "chroma")
    with Library.open(chroma) as library:
        assert library.repair().missing == 40
        assert_whole(library, filled)


def test_missing_vectors_and_orphans_are_mended(
    chroma: StoreConfig, filled: ReportContents
) -> None:
    index = behind_the_back(chroma)
    index.delete([p.id for p in filled.passages[:7]])
    index.upsert(["p-orphan"], np.eye(1, 256, dtype=np.float32))
    index.close()
    with Library.open(chroma) as library:
        assert library.repair() == Repair(missing=7, orphans=1)
        assert_whole(library, filled)


def test_wrong_vectors_under_right_ids_are_found_and_rebuilt(
    chroma: StoreConfig, filled: ReportContents
) -> None:
    index = behind_the_back(chroma)
    wrong = np.roll(np.eye(40, 256, dtype=np.float32), 1)
    index.upsert([p.id for p in filled.passages], wrong)
    index.close()
    with Library.open(chroma) as library:
        assert library.repair().rebuilt
        assert_whole(library, filled)


@pytest.mark.parametrize("victim", ["chroma.sqlite3", "*.bin"])
def test_garbage_in_the_index_files_is_survived(
    chroma: StoreConfig, filled: ReportContents, victim: str
) -> None:
    for file in (chroma.folder / "chroma").rglob(victim):
        file.write_bytes(b"garbage" * 1000)
    with Library.open(chroma) as library:
        library.warm()
        assert_whole(library, filled)
    with Library.open(chroma) as library:
        assert library.repair() == Repair()


def test_what_was_owed_when_the_process_died_is_given_at_the_next_open(
    chroma: StoreConfig, filled: ReportContents, make_contents: Make
) -> None:
    more = make_contents("/二.pdf")
    with Library.open(chroma) as library:
        # As if the process had died after the transaction and before the index was told.
        library._changes._derived = _Deaf()  # type: ignore[assignment]
        library.add(more)
        library.remove(filled.report.id)
    with Library.open(chroma) as library:
        assert len(library.dense(library.embed_query("食堂"), 50)) == len(more.passages)
        assert library.repair() == Repair()
    index = behind_the_back(chroma)
    assert index.ids() == {p.id for p in more.passages}
    index.close()


class Failing(MemoryIndex):
    """An index that takes in no more while it fails."""

    fails = False

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        if self.fails:
            raise VectorIndexError("向量索引出错。")
        super().upsert(ids, vectors)


def test_an_index_that_failed_half_way_through_its_rebuilding_is_whole_once_it_is_settled(
    library: Library, make_contents: Make
) -> None:
    index = Failing(library.card.dimension)
    library._derived._open_index = lambda: index
    first, second = make_contents("/一.pdf"), make_contents("/二.pdf", stories=[("甲", ["乙。"])])
    library.add(first)
    index.fails = True
    with pytest.raises(VectorIndexError):
        library.add(second)
    with pytest.raises(VectorIndexError), library.together():
        pass
    index.fails = False
    with library.together():
        pass
    assert index.ids() == {p.id for p in (*first.passages, *second.passages)}


class _Deaf:
    """In the place of the index: is told, and does nothing."""

    def settle(self) -> None:
        """Do nothing."""
