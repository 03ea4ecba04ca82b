"""Articles and reports as the panel gets them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from store.articles import Article, Box, Sentence
from store.ids import digest
from store.library import Library
from store.reports import PageImage, ReportContents
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
    assert report["about"] == "社区报\u00a0· 2026-05-01\u00a0· PDF"
    assert report["scan"] is None
    assert [one["headline"] for one in report["articles"]] == ["社区食堂开张", "老楼装上电梯"]
    assert "/报纸" not in str(report), "where the file lies is nobody's business"


def with_sentence(
    article: Article,
    words: str,
    *,
    boxes: tuple[Box, ...] | None = None,
    confidence: float | None = None,
) -> Article:
    """Change the sentences of an article that hold some words."""

    def changed(sentence: Sentence) -> Sentence:
        if words not in sentence.text:
            return sentence
        places = sentence.boxes if boxes is None else boxes
        return replace(sentence, boxes=places, confidence=confidence)

    return replace(article, sentences=tuple(changed(s) for s in article.sentences))


def test_a_cited_sentence_comes_with_its_boxes(make_contents: MakeContents) -> None:
    contents = make_contents()
    page = article_page(
        contents.articles[0], contents.report, [place(contents.articles[0], "一餐十二元", 3)], 1
    )
    assert page["quotes"] == [
        {
            "labels": [3],
            "text": "南湖社区食堂每天供应午餐，一餐十二元。",
            "scan": None,
            "doubtful": False,
            "boxes": [{"page": 1, "x0": 0.1, "y0": 0.2, "x1": 0.9, "y1": 0.25}],
        }
    ]
    assert page["scan"] is None


def test_the_pages_of_an_article_are_those_it_stands_on_and_that_there_are_pictures_of(
    make_contents: MakeContents,
) -> None:
    contents = make_contents()
    boxes = tuple(Box(page=page, x0=0.5, y0=0.1, x1=0.6, y1=0.2) for page in (4, 9))
    article = with_sentence(contents.articles[0], "六十岁", boxes=boxes)
    page = article_page(article, contents.report, (), 8)
    report = contents.report.id
    assert [(one["number"], one["image"]) for one in page["pages"]] == [
        (1, f"pages/{report}/1"),
        (4, f"pages/{report}/4"),
    ]
    assert page["pages"][1]["begin"]["x0"] == 0.5
    assert page["page_count"] == 8
    assert article_page(article, contents.report)["pages"] == []


def test_doubtful_words_of_a_scan_are_told_apart(make_contents: MakeContents) -> None:
    contents = make_contents()
    article = with_sentence(contents.articles[0], "食堂", confidence=0.99)
    page = article_page(article, contents.report)
    assert page["scan"] == {"mark": "扫描件", "doubtful": 0}
    article = with_sentence(article, "六十岁", confidence=0.5)
    page = article_page(
        article, contents.report, [place(article, "六十岁"), place(article, "午餐", 2)]
    )
    assert page["scan"] == {"mark": "扫描件，可能有识别错误", "doubtful": 1}
    runs = [run for block in page["blocks"] for run in block["runs"]]
    doubtful = "".join(run["text"] for run in runs if run["doubtful"])
    assert doubtful == "六十岁以上老人在食堂用餐打八折。"
    assert [(quote["labels"], quote["scan"]) for quote in page["quotes"]] == [
        ([2], "扫描件"),
        ([1], "扫描件，可能有识别错误"),
    ]


def test_the_catalogue_tells_pages_and_scans(library: Library, make_contents: MakeContents) -> None:
    contents = make_contents(stories=[("修鞋铺", ["修鞋铺每周开门五天。"])])
    (article,) = contents.articles
    library.add(
        replace(
            contents,
            articles=(with_sentence(article, "五天", confidence=0.7),),
            pages=tuple(PageImage(page=n, width=8, height=9, data=b"webp") for n in (1, 2, 3)),
        )
    )
    (report,) = catalogue(library)["reports"]
    assert report["about"].endswith("PDF 3 页")
    assert report["scan"] == "扫描件"
