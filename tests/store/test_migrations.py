"""A catalog of any earlier version opens, and keeps everything."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store import migrations, schema
from store.config import StoreConfig
from store.database import FILE
from store.ids import ConversationId
from store.library import Library
from store.outcomes import IngestStatus
from store.reports import ReportContents
from store.turns import Turn

Make = Callable[..., ReportContents]
DATA = Path(__file__).parent / "data"
PARK = ("公园新添步道", ["湖边新修了四公里健身步道。"])


@pytest.fixture(params=sorted(DATA.glob("catalog-*.sqlite.gz")), ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, config: StoreConfig) -> Path:
    """A catalog that an earlier program wrote: two reports, one in its second version."""
    config.folder.mkdir()
    catalog = config.folder / FILE
    with gzip.open(request.param) as packed, catalog.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return catalog


def shape(catalog: Path) -> dict[str, str]:
    """Return what the tables of a catalog are, by name."""
    connection = sqlite3.connect(catalog)
    found = dict(connection.execute("select name, sql from sqlite_master where sql is not null"))
    columns = {
        name: str(connection.execute(f"pragma table_info({name})").fetchall())
        for name, sql in found.items()
        if sql.startswith("CREATE TABLE")
    }
    connection.close()
    return {name: columns.get(name, sql) for name, sql in found.items()}


@pytest.mark.usefixtures("old")
def test_an_old_catalog_keeps_its_reports_articles_passages_and_conversations(
    config: StoreConfig, make_contents: Make
) -> None:
    first = make_contents()
    second = make_contents("/报纸/二.pdf", [PARK], community="花家地社区")
    with Library.open(config, allow_mismatch=True) as library:
        library.check()
        assert [(r.path, r.version) for r in library.reports()] == [
            (first.report.path, 1),
            (second.report.path, 2),
        ]
        assert library.articles() == first.articles + second.articles
        assert library.passages([p.id for p in first.passages]) == first.passages
        turns = library.conversation(ConversationId("c")).turns
        assert turns == (Turn(question="问", answer="答"),)
        assert library.lexical("健身步道", 1)[0][0] == second.passages[0].id
        assert library.page_count(first.report.id) == 0
        assert len(library.unsigned("any")) == 3
        library.reindex()
        assert library.dense(library.embed_query("健身步道"), 5)


@pytest.mark.usefixtures("old")
def test_an_old_catalog_takes_new_versions(config: StoreConfig, make_contents: Make) -> None:
    with Library.open(config, allow_mismatch=True) as library:
        library.reindex()
        before = library.articles(make_contents("/报纸/二.pdf").report.id)
        outcome = library.add(make_contents("/报纸/二.pdf", [("新题", ["新句。"])]))
        assert outcome.status is IngestStatus.REPLACED
        report = library.known("/报纸/二.pdf")
        assert report is not None
        assert [one.version for one in library.versions(report.id)][-2:] == [2, 3]
        library.restore(report.id, 2)
        assert library.articles(report.id) == before


def test_an_old_catalog_has_the_tables_of_a_new_one(
    old: Path, config: StoreConfig, tmp_path: Path
) -> None:
    Library.open(config, allow_mismatch=True).close()
    new = StoreConfig(folder=tmp_path / "新", embedder="hashing", vectors="memory")
    Library.open(new).close()
    assert shape(old) == shape(new.folder / FILE)


def test_a_step_that_fails_leaves_the_catalog_as_it_was(old: Path) -> None:
    before = shape(old)
    connection = sqlite3.connect(old, isolation_level=None)
    version = connection.execute("pragma user_version").fetchone()
    broken = (*migrations.STEPS, "create table more (a);\ninsert into nowhere values (1);\n")
    with pytest.raises(sqlite3.OperationalError):
        schema.prepare(connection, str(old), broken)
    assert connection.execute("pragma user_version").fetchone() == version
    connection.close()
    assert shape(old) == before


def test_the_next_step_is_run_on_a_catalog_of_now(config: StoreConfig) -> None:
    Library.open(config).close()
    connection = sqlite3.connect(config.folder / FILE, isolation_level=None)
    steps = (*migrations.STEPS, "create table more (a);\n")
    schema.prepare(connection, "", steps)
    schema.prepare(connection, "", steps)
    assert connection.execute("pragma user_version").fetchone() == (len(steps),)
    assert connection.execute("select count(*) from more").fetchone() == (0,)
    connection.close()
