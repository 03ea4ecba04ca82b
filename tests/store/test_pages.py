"""Pages as pictures: kept with their report, version by version, and gone with it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from store.config import StoreConfig
from store.errors import NotFoundError
from store.ids import ReportId
from store.library import Library
from store.reports import PageImage, ReportContents

Make = Callable[..., ReportContents]


def picture(page: int, text: str = "") -> PageImage:
    """Return something in the place of a picture."""
    return PageImage(page=page, width=900, height=1300, data=f"RIFF {page} {text}".encode())


@pytest.fixture
def paged(make_contents: Make) -> ReportContents:
    return replace(make_contents(), pages=(picture(1), picture(2)))


def test_pages_come_back_as_they_went_in(library: Library, paged: ReportContents) -> None:
    library.add(paged)
    assert library.page_count(paged.report.id) == 2
    assert tuple(library.page(paged.report.id, n) for n in (1, 2)) == paged.pages


def test_a_page_that_is_not_there_is_told(library: Library, paged: ReportContents) -> None:
    library.add(paged)
    for number in (0, 3, -1):
        with pytest.raises(NotFoundError, match=f"第 {number} 页"):
            library.page(paged.report.id, number)
    with pytest.raises(NotFoundError, match="r0"):
        library.page(ReportId("r0"), 1)
    assert library.page_count(ReportId("r0")) == 0


def test_each_version_has_its_own_pages(
    library: Library, paged: ReportContents, make_contents: Make
) -> None:
    library.add(paged)
    changed = replace(make_contents(stories=[("新题", ["新句。"])]), pages=(picture(1, "新"),))
    library.add(changed)
    assert library.page_count(paged.report.id) == 1
    assert library.page(paged.report.id, 1) == changed.pages[0]
    assert [one.pages for one in library.versions(paged.report.id)] == [2, 1]
    library.restore(paged.report.id, 1)
    assert library.page(paged.report.id, 2) == paged.pages[1]


def test_pages_go_with_their_report(library: Library, paged: ReportContents) -> None:
    library.add(paged)
    library.remove(paged.report.id)
    assert library.page_count(paged.report.id) == 0
    with library._database.read() as connection:
        assert connection.execute("select count(*) from page_image").fetchone() == (0,)


def test_a_backup_holds_pages_and_versions(
    library: Library, paged: ReportContents, make_contents: Make, tmp_path: Path
) -> None:
    library.add(paged)
    library.add(make_contents(stories=[("新题", ["新句。"])]))
    (tmp_path / "备份").mkdir()
    library.backup(tmp_path / "备份" / "catalog.sqlite")
    copy = StoreConfig(folder=tmp_path / "备份", embedder="hashing", vectors="memory")
    with Library.open(copy) as other:
        other.restore(paged.report.id, 1)
        assert other.articles() == paged.articles
        assert other.page(paged.report.id, 2) == paged.pages[1]
