"""No rule knows the bundled page: its names and headlines stand nowhere in the code."""

import re
from pathlib import Path

from ingest.config import IngestConfig
from ingest.read import read_report
from store.articles import Article
from store.reports import ReportContents

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("store", "ingest", "assistant", "ui")
SUFFIXES = {".py", ".toml", ".json", ".js", ".css", ".html", ".txt"}


def names_of(article: Article) -> set[str]:
    """Return what only this article can have told: places, people, and words of its headline."""
    place, byline = article.location, article.byline
    names = {place.district, place.street, place.community} if place else set()
    names |= {byline.outlet, *byline.reporters} if byline else set()
    names |= set(re.findall(r"[\u4e00-\u9fff]{5,}", article.headline))
    return {name for name in names if name}


def test_nothing_in_the_code_names_the_bundled_page() -> None:
    names: set[str] = set()
    for path in sorted((ROOT / "reports").glob("*.txt")):
        contents = read_report(path, IngestConfig())
        assert isinstance(contents, ReportContents)
        names |= {name for article in contents.articles for name in names_of(article)}
    assert len(names) >= 8

    files = [
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in SUFFIXES
    ]
    known = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in names
        if name in path.read_text(encoding="utf-8")
    }
    assert known == set()
