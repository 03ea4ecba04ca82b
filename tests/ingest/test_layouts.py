"""Pages kept as they are printed (lines, rules, pictures), each read into what it is known to say.

The pages are invented: a newspaper of four pages, an official document, a magazine, a newsletter.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.pages_truth import score_articles
from ingest.compose import compose
from ingest.config import IngestConfig
from ingest.layout.lines import lines_of
from ingest.layout.printed import Printed, PrintedPage, Rectangle
from ingest.read import parse_report
from ingest.reading import Line, ReadPage, Role
from store.reports import ReportContents

FOLDER = Path(__file__).parents[1] / "fixtures" / "layouts"


def rectangles(found: list[list[float]]) -> tuple[Rectangle, ...]:
    return tuple(Rectangle(x0=x0, y0=y0, x1=x1, y1=y1) for x0, y0, x1, y1 in found)


def printed(line: list[Any]) -> Printed:
    text, x0, y0, x1, y1, em, *more = line
    return Printed(text=text, x0=x0, y0=y0, x1=x1, y1=y1, em=em, **(more[0] if more else {}))


def furniture(texts: list[str]) -> tuple[Line, ...]:
    return tuple(Line(text=text, gap=2, role=Role.FURNITURE, joins=False) for text in texts)


def read(name: str) -> tuple[ReportContents, list[dict[str, Any]]]:
    """Lay out the pages of a fixture and make a report of them; return it with the truth."""
    told = json.loads((FOLDER / name).read_text("utf-8"))
    pages: list[ReadPage] = []
    for number, page in enumerate(told["pages"], start=1):
        lines = lines_of(
            PrintedPage(
                number=number,
                width=page["width"],
                height=page["height"],
                lines=tuple(map(printed, page["lines"])),
                frames=rectangles(page["frames"]),
                pictures=rectangles(page["pictures"]),
            )
        )
        pages.append(ReadPage(lines=(*furniture(page["above"]), *lines, *furniture(page["below"]))))
    found = compose("/report.pdf", b"", "pdf", pages, IngestConfig())
    assert found is not None
    return found, told["articles"]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.json")))
def test_a_page_is_read_into_its_articles_without_an_error(name: str) -> None:
    found, truths = read(name)
    score = score_articles(found.articles, truths)
    assert score.extra == ()
    assert {one.headline: dict(one.wrong) for one in score.articles if one.wrong} == {}
    assert score.cer == 0.0


def test_paper_and_date_are_known_from_what_every_page_repeats() -> None:
    found, _ = read("newspaper.json")
    assert (found.report.publisher, found.report.printed_date) == ("澄湖晚报", "2023-05-26")


def test_a_guide_to_other_pages_and_the_editors_stand_in_no_article() -> None:
    found, _ = read("newspaper.json")
    bodies = "\n".join(article.body for article in found.articles)
    for words in ("导读", "版>>", ">>", "责任编辑", "新闻热线", "今日4版", "简讯"):
        assert words not in bodies


def test_who_issues_a_document_and_its_number_belong_to_the_page() -> None:
    found, _ = read("official.json")
    assert "签发人" not in found.articles[0].body
    assert found.report.series is not None
    assert "〔2023〕31号" in found.report.series


def test_an_old_edition_of_tables_has_its_headline_by_the_size_of_its_type() -> None:
    path = FOLDER / "old_edition.html"
    found = parse_report(path, path.read_bytes(), IngestConfig())
    assert isinstance(found, ReportContents)
    [article] = found.articles
    assert article.headline == "旧菜场里长出会客厅"
    assert article.byline is not None
    assert article.byline.reporters == ("白子墨",)
    assert [part.heading for part in article.sections] == [None, "摊主也要有面子"]
