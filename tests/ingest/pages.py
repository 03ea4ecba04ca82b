"""Reads a page fixture, and lays a report out as its ground truth is written."""

import json
from pathlib import Path
from typing import Any

from ingest.config import IngestConfig
from ingest.pipeline import parse_report
from store.records import Article, Byline, Location, ReportContents

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "fixtures" / "pages"
SEED = next((ROOT / "reports").glob("*.txt"))


def truth(name: str) -> dict[str, Any]:
    """Return the ground truth of a page."""
    loaded: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def parse(data: bytes, name: str = "page.txt") -> ReportContents:
    """Read bytes as a report that is not rejected."""
    contents = parse_report(Path("/pages") / name, data, IngestConfig())
    assert isinstance(contents, ReportContents), contents
    return contents


def page_of(contents: ReportContents) -> dict[str, str | None]:
    """Return the masthead as it stands in a ground truth."""
    report = contents.report
    return {
        "publisher": report.publisher,
        "series": report.series,
        "date": report.printed_date,
        "page_label": report.page_label,
        "year_hint": report.year_hint,
    }


def article_of(article: Article) -> dict[str, Any]:
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


def expected_article(given: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a ground truth's article that `article_of` tells."""
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
