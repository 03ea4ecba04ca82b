"""A question may keep itself to the reports of a date or of a paper."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assess import assess
from assistant.config import AssistantConfig
from assistant.records import Question
from assistant.scopes import scoped, within
from store.config import StoreConfig
from store.library import Library
from store.passages import Filters
from store.reports import ReportContents

Make = Callable[..., ReportContents]
PRICES = {"2021-03-02": "八元", "2023-05-01": "十二元"}


def question(text: str) -> Question:
    return Question(text=text, standalone=text, own=text, chinese=True)


@pytest.fixture
def papers(tmp_path: Path, make_contents: Make) -> Iterator[Library]:
    """Two papers on the canteen, of different years, which name different prices."""
    config = StoreConfig(folder=tmp_path, vectors="memory", embedder="hashing")
    with Library.open(config) as library:
        for (date, price), title in zip(PRICES.items(), ("南湖日报", "东城晚报"), strict=True):
            story = ("社区食堂开张", [f"南湖社区食堂的午餐一餐{price}。"])
            made = make_contents(f"/{date}", [story])
            report = replace(
                made.report, printed_date=date, title=title, publisher=title, fingerprint=date
            )
            library.add(replace(made, report=report))
        yield library


@pytest.mark.parametrize(
    ("text", "rest", "date"),
    [
        ("2021年的报道里，食堂的午餐多少钱？", "食堂的午餐多少钱？", "2021-03-02"),
        ("2023年5月的报纸上说食堂午餐多少钱？", "食堂午餐多少钱？", "2023-05-01"),
        ("2023年5月1日的新闻里食堂午餐多少钱？", "食堂午餐多少钱？", "2023-05-01"),
        ("《南湖日报》的报道中食堂午餐多少钱？", "食堂午餐多少钱？", "2021-03-02"),
        ("东城晚报上说食堂午餐多少钱？", "食堂午餐多少钱？", "2023-05-01"),
    ],
)
def test_a_date_or_a_paper_keeps_the_search_to_its_reports(
    papers: Library, text: str, rest: str, date: str
) -> None:
    asked, filters = scoped(papers, question(text), Filters())
    assert asked.standalone == asked.own == rest
    assert [papers.report(one).printed_date for one in filters.report_ids or ()] == [date]
    found = assess(papers, question(text), (), AssistantConfig())
    assert found.question.standalone == text
    assert [one.sentence.text for one in found.chosen] == [
        f"南湖社区食堂的午餐一餐{PRICES[date]}。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "食堂是2021年建的吗？",  # says when it happened, not when it was printed
        "1999年的报道里食堂午餐多少钱？",
        "《北山周报》里食堂午餐多少钱？",
        "媒体报道了食堂的什么事？",
        "2021年的报道",
    ],
)
def test_what_names_no_report_of_the_library_stays_in_the_question(
    papers: Library, text: str
) -> None:
    assert scoped(papers, question(text), Filters()) == (question(text), Filters())


def test_filters_that_apply_anyway_still_do(papers: Library) -> None:
    old, new = (
        within(papers.reports(), "2000-01-01", "2021-12-31"),
        within(papers.reports(), "2022-01-01", "2023-05-01"),
    )
    assert (len(old), len(new)) == (1, 1)
    _, filters = scoped(papers, question("2021年的报道里食堂多少钱？"), Filters(report_ids=new))
    assert filters.report_ids == ()
    for ids in (old, new, ()):
        config = AssistantConfig(filters=Filters(report_ids=ids))
        hits = assess(papers, question("食堂的午餐多少钱？"), (), config).hits
        assert {hit.passage.report_id for hit in hits} == set(ids)
