"""A library made with other settings is refused, and a reindex mends it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from store import manifest
from store.articles import Article
from store.config import StoreConfig
from store.database import Database
from store.embedders import hashing
from store.errors import ManifestMismatchError
from store.library import Library
from store.passages import Passage
from store.reports import ReportContents

Make = Callable[..., ReportContents]
WIDER = hashing.Config(dimension=512)


def test_another_embedder_is_refused_in_a_sentence_that_says_how_to_mend_it(
    config: StoreConfig, make_contents: Make
) -> None:
    with Library.open(config) as library:
        library.add(make_contents())
    with pytest.raises(ManifestMismatchError, match="reindex") as error:
        Library.open(config, hashing.build(WIDER))
    assert "512" in str(error.value)
    with pytest.raises(ManifestMismatchError, match="切分"):
        Library.open(replace(config, splitter="2"))
    Library.open(config).close()


def test_an_empty_library_takes_any_embedder(config: StoreConfig, make_contents: Make) -> None:
    contents = make_contents()
    with Library.open(config) as library:
        library.add(contents)
        library.remove(contents.report.id)
    with Library.open(config, hashing.build(WIDER)) as library:
        library.add(contents)
        assert library.dense(library.embed_query("食堂"), 1)
    with pytest.raises(ManifestMismatchError):
        Library.open(config)


@pytest.mark.parametrize("vectors", ["memory", "chroma"])
def test_a_reindex_switches_to_the_new_embedder_and_back_without_embedding(
    config: StoreConfig, make_contents: Make, vectors: str
) -> None:
    config = replace(config, vectors=vectors)
    contents = make_contents()
    with Library.open(config) as library:
        library.add(contents)
    wider = hashing.build(WIDER)
    with Library.open(config, wider, allow_mismatch=True) as library:
        with pytest.raises(ManifestMismatchError):
            library.add(make_contents("/二.pdf"))
        with pytest.raises(ManifestMismatchError):
            library.dense(library.embed_query("食堂"), 1)
        assert library.reindex() == 3
        assert library.passages([p.id for p in contents.passages]) == contents.passages
        assert len(library.dense(library.embed_query("食堂"), 9)) == 3
    with Library.open(config, wider) as library:
        assert library.card.dimension == 512
        assert library.lexical("食堂", 3)
    told: list[tuple[int, int]] = []
    with Library.open(config, allow_mismatch=True) as library:
        library.reindex(progress=lambda done, total: told.append((done, total)))
        assert len(library.dense(library.embed_query("食堂"), 9)) == 3
    assert told == [(3, 3)]


def test_a_reindex_cuts_the_articles_anew_where_it_is_told_how(
    config: StoreConfig, make_contents: Make, split: Callable[[Article], tuple[Passage, ...]]
) -> None:
    with Library.open(config) as library:
        library.add(make_contents())
    newer = replace(config, splitter="2")
    with Library.open(newer, allow_mismatch=True) as library:
        assert library.reindex(lambda article: split(article)[:1]) == 2
        assert len(library.lexical("食堂 电梯", 9)) == 2
        assert len(library.dense(library.embed_query("食堂"), 9)) == 2
    Library.open(newer).close()


def test_the_manifest_tells_where_the_weights_are_from_and_nothing_hangs_on_it(
    config: StoreConfig,
) -> None:
    with Library.open(config) as library:
        now = manifest.of(library.card, "1")
    assert (now.max_tokens, now.licence, now.source) == ("1000000", "Apache-2.0", "wenyuan")
    assert manifest.of(replace(library.card, hash="ab"), "1").hash == "ab"
    before = manifest.Manifest(
        embedder=now.embedder,
        build=now.build,
        dimension=now.dimension,
        splitter=now.splitter,
        text=now.text,
    )
    manifest.require_same(before, now, "数据")


def test_a_library_of_before_the_hash_was_kept_opens_as_ever(
    config: StoreConfig, make_contents: Make
) -> None:
    with Library.open(config) as library:
        library.add(make_contents())
    catalog = Database(config.folder)
    with catalog.write() as connection:
        connection.execute("delete from manifest where name = 'hash'")
    catalog.close()
    with Library.open(config) as library:
        assert library.dense(library.embed_query("食堂"), 1)
        with library._database.read() as connection:
            kept = manifest.read(connection)
    assert kept
    assert kept.hash == ""
