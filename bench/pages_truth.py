"""Compares a file read into articles with what its page is known to say, field by field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.config import IngestConfig
from ingest.read import parse_report
from store.articles import Article
from store.outcomes import Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScore:
    """How well one article was read.

    Attributes:
        headline: of the truth.
        found: an article was found for it.
        cer: edits between its paragraphs as read and as they are, per character (0 is right).
        wrong: the fields that are not as they should be, with what was read instead.
    """

    headline: str
    found: bool
    cer: float
    wrong: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScore:
    """How well a file was read; `extra` are headlines of articles that it does not have."""

    reason: str | None
    articles: tuple[ArticleScore, ...]
    extra: tuple[str, ...]

    @property
    def cer(self) -> float:
        """The worst of its articles; 1 where it was rejected."""
        return max((article.cer for article in self.articles), default=1.0)


def score_file(
    path: Path, truths: Sequence[Mapping[str, Any]], config: IngestConfig | None = None
) -> FileScore:
    """Read a file and compare it with the articles it holds, as seed_articles.json tells them."""
    contents = parse_report(path, path.read_bytes(), config or IngestConfig())
    if isinstance(contents, Rejection):
        return FileScore(reason=contents.reason, articles=(), extra=())
    return score_articles(contents.articles, truths)


def score_articles(articles: Sequence[Article], truths: Sequence[Mapping[str, Any]]) -> FileScore:
    """Compare articles with the truth: each truth with the article most like it."""
    left = list(articles)
    scores: list[ArticleScore] = []
    for truth in truths:
        body = _body(truth)
        best = min(left, key=lambda article: error_rate(read_body(article), body), default=None)
        if best is None or error_rate(read_body(best), body) > 0.8:
            scores.append(ArticleScore(headline=truth["headline"], found=False, cer=1.0, wrong={}))
            continue
        left.remove(best)
        scores.append(
            ArticleScore(
                headline=truth["headline"],
                found=True,
                cer=error_rate(read_body(best), body),
                wrong=_wrong(best, truth),
            )
        )
    extra = tuple(article.headline for article in left)
    return FileScore(reason=None, articles=tuple(scores), extra=extra)


def error_rate(read: str, truth: str) -> float:
    """Return the edit distance of two texts, without white space, per character of the truth."""
    read, truth = (re.sub(r"\s", "", text) for text in (read, truth))
    return distance(read, truth) / max(len(truth), 1)


def distance(left: str, right: str) -> int:
    """Return how many characters must be added, dropped or replaced to make texts equal."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    row = list(range(len(right) + 1))
    for at, character in enumerate(left, 1):
        before, row[0] = row[0], at
        for other, wanted in enumerate(right, 1):
            before, row[other] = (
                row[other],
                min(row[other] + 1, row[other - 1] + 1, before + (character != wanted)),
            )
    return row[-1]


def _body(truth: Mapping[str, Any]) -> str:
    return "".join(text for part in truth["sections"] for text in part["paragraphs"])


def read_body(article: Article) -> str:
    """Return the paragraphs of an article, without headline, headings and captions."""
    spans = [span for part in article.sections for span in part.paragraphs]
    return "".join(article.text(span) for span in spans)


def _wrong(article: Article, truth: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields read that differ; fields that the truth does not tell are not looked at."""
    found: dict[str, Any] = {
        "headline": article.headline,
        "subheads": list(article.subheads),
        "label": article.label,
        "place": article.location and article.location.raw,
        "reporters": list(article.byline.reporters) if article.byline else [],
        "photo": article.byline and article.byline.photo,
        "headings": [part.heading for part in article.sections],
        "paragraphs": [len(part.paragraphs) for part in article.sections],
        "captions": sorted(article.text(caption.span) for caption in article.captions),
    }
    sections = truth["sections"]
    byline, location = truth.get("byline") or {}, truth.get("location") or {}
    wanted: dict[str, Any] = {
        "headline": truth["headline"],
        "headings": [part["heading"] for part in sections],
        "paragraphs": [len(part["paragraphs"]) for part in sections],
    }
    if "captions" in truth:
        wanted["captions"] = sorted(caption["text"] for caption in truth["captions"])
    if "byline" in truth:
        wanted["reporters"] = list(byline.get("reporters") or ())
        wanted["photo"] = byline.get("photo")
    if "location" in truth:
        wanted["place"] = location.get("raw")
    wanted |= {name: truth[name] for name in ("subheads", "label") if name in truth}
    return {name: found[name] for name in wanted if _plain(found[name]) != _plain(wanted[name])}


def _plain(value: object) -> object:
    """Make texts equal that differ in white space only."""
    if isinstance(value, str):
        return re.sub(r"\s", "", value)
    return [_plain(part) for part in value] if isinstance(value, list) else value
