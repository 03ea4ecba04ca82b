"""Pages put together into one report: what they say of it together."""

from collections.abc import Sequence

from ingest.compose import compose
from ingest.config import IngestConfig
from ingest.reading import Line, ReadPage
from store.reports import Report

STORY = "居民昨天在车棚里开会，商量怎样停放自行车，一共来了二十三户人家。"


def report(*pages: Sequence[str]) -> Report:
    """Put pages together, each of them some lines at its head and a story."""
    read = [
        ReadPage(
            lines=(
                *(Line(text=text, size=0.9, joins=False) for text in head),
                Line(text=f"第{at}件事有了结果", gap=1, size=2.0, level=1),
                Line(text=STORY, gap=1, size=1.0, joins=False),
            )
        )
        for at, head in enumerate(pages, start=1)
    ]
    found = compose("/paper.pdf", b"", "pdf", read, IngestConfig())
    assert found is not None
    return found.report


def test_one_page_of_a_paper_is_named_with_its_label() -> None:
    found = report(["江浦社区报 2024年3月1日 第02版：邻里"])
    assert found.page_label is not None
    assert found.title == f"江浦社区报｜2024-03-01｜{found.page_label}"


def test_a_paper_of_several_pages_is_not_named_by_one_of_them() -> None:
    date = "江浦社区报 2024年3月1日"
    found = report([f"{date} 第01版：要闻"], [f"{date} 第02版：邻里"], [f"{date} 第03版：副刊"])
    assert (found.title, found.page_label) == ("江浦社区报｜2024-03-01", None)


def test_a_label_that_all_pages_share_is_kept() -> None:
    found = report(*[["江浦社区报 2024年3月1日 第02版：邻里"]] * 2)
    assert found.page_label is not None


def test_what_one_page_of_several_calls_itself_is_not_the_name_of_the_report() -> None:
    date, series = "江浦社区报 2024年3月1日", "2024 邻里故事 特别报道"
    pages = [[f"{date} 第0{at}版：副刊"] for at in range(1, 5)]
    assert report(*pages[:2], [series, *pages[2]], pages[3]).series is None
    assert report(*([series, *page] for page in pages)).series == series
    assert report([series, date]).series == series
