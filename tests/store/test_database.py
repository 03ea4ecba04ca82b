"""Bad state of the data folder: each case told in one sentence that names the path."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.config import StoreConfig
from store.database import FILE, translated
from store.errors import (
    CatalogDamagedError,
    DataFolderError,
    LibraryLockedError,
    StoreError,
    WenyuanError,
)
from store.library import Library
from store.reports import ReportContents

Make = Callable[..., ReportContents]


def one_sentence(error: pytest.ExceptionInfo[WenyuanError], path: Path) -> bool:
    """Say whether the message is one sentence of Chinese that names the path."""
    text = str(error.value)
    return str(path) in text and text.count("。") == 1 and bool(re.search("[一-鿿]", text))


@pytest.fixture
def filled(config: StoreConfig, make_contents: Make) -> Path:
    """A closed library of one report; its catalog."""
    with Library.open(config) as library:
        library.add(make_contents())
    return config.folder / FILE


def test_a_file_in_the_place_of_the_folder(config: StoreConfig) -> None:
    config.folder.write_text("不是文件夹")
    with pytest.raises(DataFolderError) as error:
        Library.open(config)
    assert one_sentence(error, config.folder)
    assert "同名的文件" in str(error.value)
    assert config.folder.read_text() == "不是文件夹"


def test_a_folder_that_cannot_be_made() -> None:
    folder = Path("/proc/version/数据")
    with pytest.raises(DataFolderError) as error:
        Library.open(StoreConfig(folder=folder, embedder="hashing", vectors="memory"))
    assert one_sentence(error, folder)


def test_a_folder_that_cannot_be_written() -> None:
    with pytest.raises(DataFolderError, match="/proc"):
        Library.open(StoreConfig(folder=Path("/proc"), embedder="hashing", vectors="memory"))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"\x93garbage" * 4000, id="garbage"),
        pytest.param(lambda whole: whole[: len(whole) // 2 + 100], id="cut in half"),
        pytest.param(lambda whole: whole[:700], id="cut in the first page"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_a_damaged_catalog_is_refused_and_left_as_it_is(
    config: StoreConfig, filled: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(filled.read_bytes())
    filled.write_bytes(damaged)
    with pytest.raises(CatalogDamagedError) as error:
        Library.open(config)
    assert one_sentence(error, filled)
    assert filled.read_bytes() == damaged


def test_a_catalog_that_is_gone_is_not_begun_anew_in_silence(
    config: StoreConfig, filled: Path
) -> None:
    filled.unlink()
    with pytest.raises(CatalogDamagedError):
        Library.open(config)
    assert not filled.exists()


def test_damage_inside_is_found_by_the_check(config: StoreConfig, filled: Path) -> None:
    with Library.open(config) as library:
        library.check()
    whole = bytearray(filled.read_bytes())
    for page in range(4096, len(whole), 4096):
        whole[page : page + 64] = b"\x55" * 64
    filled.write_bytes(whole)
    with pytest.raises(CatalogDamagedError), Library.open(config) as library:
        library.check()


def test_a_database_of_somebody_else_is_refused_and_left_as_it_is(config: StoreConfig) -> None:
    config.folder.mkdir()
    catalog = config.folder / FILE
    connection = sqlite3.connect(catalog)
    connection.execute("create table theirs (a)")
    connection.close()
    before = catalog.read_bytes()
    with pytest.raises(CatalogDamagedError) as error:
        Library.open(config)
    assert one_sentence(error, catalog)
    assert catalog.read_bytes() == before


def test_a_catalog_of_a_newer_version_is_refused(config: StoreConfig, filled: Path) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("pragma user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="升级") as error:
        Library.open(config)
    assert one_sentence(error, filled)


def test_a_second_process_is_told_who_has_the_folder(config: StoreConfig) -> None:
    script = (
        "import sys; from pathlib import Path; from store.config import StoreConfig\n"
        "from store.library import Library\n"
        "c = StoreConfig(folder=Path(sys.argv[1]), embedder='hashing', vectors='memory')\n"
        "with Library.open(c): print('open', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script, str(config.folder)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LibraryLockedError, match=str(other.pid)) as error:
            Library.open(config)
        assert one_sentence(error, config.folder)
        other.communicate()
    Library.open(config).close()


def test_two_libraries_of_one_process_do_not_share_a_folder(config: StoreConfig) -> None:
    with Library.open(config), pytest.raises(LibraryLockedError):
        Library.open(config)
    Library.open(config).close()


def test_a_full_disk_keeps_what_was_there(library: Library, make_contents: Make) -> None:
    library.add(make_contents())
    pages = library._database._writer.execute("pragma page_count").fetchone()[0]
    library._database._writer.execute(f"pragma max_page_count = {pages}")
    before = library.articles()
    long = make_contents("/长.pdf", [("长文", [f"第{n}句话说了很多事情。" for n in range(400)])])
    with pytest.raises(DataFolderError, match="磁盘"):
        library.add(long)
    assert library.articles() == before
    assert library.lexical("食堂", 3)


def test_errors_of_the_system_become_ours(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError) as error, translated(tmp_path):
        shutil.copy(tmp_path / "没有", tmp_path / "也没有")
    assert isinstance(error.value.__cause__, FileNotFoundError)
