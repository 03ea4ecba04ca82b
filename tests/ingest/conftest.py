"""Fixtures of the page tests: reading a page, and laying a report out as its ground truth is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.config import IngestConfig
from ingest.read import parse_report
from store.articles import Article, Byline, Location
from store.reports import ReportContents

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "fixtures" / "pages"
SEED = next((ROOT / "reports").glob("*.txt"))


def load_truth(name: str) -> dict[str, Any]:
    """Return the ground truth of a page."""
    loaded: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def read_bytes(data: bytes, name: str = "page.txt") -> ReportContents:
    """Read bytes as a report that is not rejected."""
    contents = parse_report(Path("/pages") / name, data, IngestConfig())
    assert isinstance(contents, ReportContents), contents
    return contents


def lay_out_page(contents: ReportContents) -> dict[str, str | None]:
    """Return the masthead as it stands in a ground truth."""
    report = contents.report
    return {
        "publisher": report.publisher,
        "series": report.series,
        "date": report.printed_date,
        "page_label": report.page_label,
        "year_hint": report.year_hint,
    }


def lay_out_article(article: Article) -> dict[str, Any]:
    """Return an article as it stands in a ground truth."""
    return {
        "headline": article.headline,
        "subheads": list(article.subheads),
        "label": article.label,
        "location": _location(article.location),
        "byline": _byline(article.byline),
        "sections": [
            {
                "heading": part.heading,
                "paragraphs": [article.text(span) for span in part.paragraphs],
            }
            for part in article.sections
        ],
        "captions": [
            {"text": article.text(caption.span), "mid_sentence": caption.mid_sentence}
            for caption in article.captions
        ],
    }


def expect_article(given: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a ground truth's article that `lay_out_article` tells."""
    byline = given["byline"]
    kept = {key: given[key] for key in ("headline", "subheads", "label", "location")}
    kept["byline"] = byline and {key: byline[key] for key in ("reporters", "photo", "outlet")}
    kept["sections"] = given["sections"]
    kept["captions"] = given["captions"]
    return kept


def _location(location: Location | None) -> dict[str, str | None] | None:
    if location is None:
        return None
    return {key: getattr(location, key) for key in ("raw", "district", "street", "community")}


def _byline(byline: Byline | None) -> dict[str, Any] | None:
    if byline is None:
        return None
    return {"reporters": list(byline.reporters), "photo": byline.photo, "outlet": byline.outlet}


@pytest.fixture
def truth() -> Callable[[str], dict[str, Any]]:
    """What is to be found on a page, by its name."""
    return load_truth


@pytest.fixture
def parse() -> Callable[..., ReportContents]:
    """What reads bytes (and a file name) as a report."""
    return read_bytes


@pytest.fixture
def differences() -> Callable[[ReportContents, dict[str, Any]], list[Any]]:
    """What tells where a report is not as its ground truth says."""
    return compare


@pytest.fixture
def seed_text() -> str:
    """The text of the sample report."""
    return SEED.read_text(encoding="utf-8")


def compare(contents: ReportContents, given: dict[str, Any]) -> list[Any]:
    """Return each difference as found and expected."""
    found = lay_out_page(contents)
    expected = {key: given["page"].get(key) for key in found}
    pairs: list[tuple[Any, Any]] = [(found, expected)]
    articles = [lay_out_article(article) for article in contents.articles]
    wanted = [expect_article(article) for article in given["articles"]]
    if len(articles) != len(wanted):
        return [([article["headline"] for article in articles], len(wanted))]
    for article, want in zip(articles, wanted, strict=True):
        pairs += [(article[key], want[key]) for key in want]
    return [(left, right) for left, right in pairs if left != right]
