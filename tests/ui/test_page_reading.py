"""Articles and reports as the panel gets them."""

from collections.abc import Callable
from typing import Any

from store.ids import digest
from store.library import Library
from store.records import Article, ReportContents
from ui.web.places import Place
from ui.web.reading import article_page, catalogue

MakeContents = Callable[..., ReportContents]


def place(article: Article, words: str, label: int = 1) -> Place:
    start = article.body.index(words)
    return Place(
        label=label,
        article_id=article.id,
        start=start,
        end=start + len(words),
        check=digest(words, length=8),
    )


def text_of(block: dict[str, Any]) -> str:
    return "".join(run["text"] for run in block["runs"])


def marked(page: dict[str, Any]) -> list[tuple[str, list[int]]]:
    runs = [run for block in page["blocks"] for run in block["runs"]]
    return [(run["text"], run["labels"]) for run in runs if run["labels"]]


def test_a_whole_article_is_shown_line_by_line_with_its_kinds(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = contents.articles[0]
    page = article_page(article, contents.report)
    assert "\n".join(text_of(block) for block in page["blocks"]) == article.body
    kinds = [block["kind"] for block in page["blocks"]]
    assert kinds == ["headline", "dateline", "body", "body", "caption"]
    assert page["report"].startswith("一\u00a0· 社区报\u00a0· 2026-05-01")


def test_cited_words_are_marked_exactly(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = contents.articles[0]
    page = article_page(article, contents.report, [place(article, "一餐十二元")])
    assert marked(page) == [("一餐十二元", [1])]
    assert page["changed"] is False


def test_overlapping_citations_keep_both_labels(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = contents.articles[0]
    places = [place(article, "每天供应午餐"), place(article, "午餐，一餐", label=2)]
    page = article_page(article, contents.report, places)
    assert marked(page) == [("每天供应", [1]), ("午餐", [1, 2]), ("，一餐", [2])]


def test_a_citation_over_two_lines_is_marked_in_both(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = contents.articles[0]
    page = article_page(article, contents.report, [place(article, "十二元。\n六十岁")])
    assert [text for text, _ in marked(page)] == ["十二元。", "六十岁"]


def test_words_that_have_changed_are_not_marked_but_told(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = contents.articles[0]
    stale = Place(label=1, article_id=article.id, start=0, end=4, check="0" * 8)
    page = article_page(article, contents.report, [stale])
    assert marked(page) == []
    assert page["changed"] is True


def test_places_in_other_articles_are_passed_over(make_contents: MakeContents) -> None:
    contents = make_contents()
    first, second = contents.articles
    page = article_page(first, contents.report, [place(second, "电梯")])
    assert marked(page) == []
    assert page["changed"] is False


def test_the_catalogue_lists_reports_with_their_articles(
    library: Library, make_contents: MakeContents
) -> None:
    assert catalogue(library) == {"reports": []}
    library.add(make_contents())
    (report,) = catalogue(library)["reports"]
    assert report["title"] == "一"
    assert report["about"] == "社区报\u00a0· 2026-05-01"
    assert [one["headline"] for one in report["articles"]] == ["社区食堂开张", "老楼装上电梯"]
    assert "/报纸" not in str(report), "where the file lies is nobody's business"
