"""Articles and reports as plain JSON for the panel, which builds them from text nodes only.

No HTML is made here or there: what a report says can be read, and can do nothing else.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ingest.detect import NAMES
from store.articles import Article, Box, Kind, Sentence
from store.library import Library
from store.reports import Report
from store.text import clean
from ui.scans import DOUBTFUL_SCAN, SCAN, is_doubtful, scan_mark
from ui.views import box_view
from ui.web.places import Place

JsonObject = dict[str, Any]


def article_page(
    article: Article, report: Report, places: Sequence[Place] = (), page_count: int = 0
) -> JsonObject:
    """Show a whole article, its cited words marked.

    Args:
        article: the article to read.
        report: the report it stands in.
        places: the cited words; those of other articles are passed over, and those that the
            article no longer has at that place only set `changed`.
        page_count: how many pages of the report there are pictures of.
    """
    own = [place for place in places if place.article_id == article.id]
    fitting = [place for place in own if place.fits(article.body)]
    return {
        "id": article.id,
        "headline": clean(article.headline),
        "label": _optional(article.label if (article.label or "") not in article.body else None),
        "report": _report_line(report),
        "blocks": _blocks(article, fitting),
        "changed": len(fitting) < len(own),
        "scan": _scan(article.sentences),
        "quotes": _quotes(article, fitting),
        "pages": _pages(article, report, page_count),
        "page_count": page_count,
    }


def catalogue(library: Library) -> JsonObject:
    """Show what the library holds: its reports, newest first, with their articles."""
    return {
        "reports": [
            {
                "title": clean(report.title),
                "about": _about(report, library.page_count(report.id)),
                "scan": _mark([s for article in articles for s in article.sentences]),
                "articles": [
                    {
                        "id": article.id,
                        "headline": clean(article.headline),
                        "community": _optional(article.community),
                    }
                    for article in articles
                ],
            }
            for report in reversed(library.reports())
            for articles in [library.articles(report.id)]
        ]
    }


def _report_line(report: Report, *, title: bool = True) -> str:
    """Name a report on one line: title, publisher, date, page, none that the title says already."""
    date = report.printed_date or (f"{report.year_hint} 年" if report.year_hint else None)
    about = (report.publisher, date, report.page_label)
    new = [part for part in about if part and part.removesuffix(" 年") not in report.title]
    shown = [report.title, *new] if title else new
    return "\u00a0· ".join(clean(part) for part in shown)


def _about(report: Report, pages: int) -> str:
    """Say of a report who printed it and when, what format the file has, and how many pages."""
    form = clean(NAMES.get(report.format, report.format)) + (f" {pages} 页" if pages else "")
    return "\u00a0· ".join(filter(None, (_report_line(report, title=False), form)))


def _mark(sentences: Sequence[Sentence]) -> str | None:
    """Say whether any sentence was recognised from an image; how well, each of them tells."""
    return SCAN if any(s.confidence is not None for s in sentences) else None


def _scan(sentences: Sequence[Sentence]) -> JsonObject | None:
    """Say that an article was recognised from an image, and how many sentences are doubtful."""
    if _mark(sentences) is None:
        return None
    doubtful = sum(is_doubtful(sentence.confidence) for sentence in sentences)
    return {"mark": DOUBTFUL_SCAN if doubtful else SCAN, "doubtful": doubtful}


def _quotes(article: Article, places: Sequence[Place]) -> list[JsonObject]:
    """List the sentences that are cited, with the places that they have on their pages."""
    quotes = []
    for sentence in article.sentences:
        own = [p for p in places if p.start < sentence.end and sentence.start < p.end]
        if own:
            quotes.append(
                {
                    "labels": sorted({place.label for place in own}),
                    "text": clean(sentence.text),
                    "scan": scan_mark(sentence.confidence),
                    "doubtful": is_doubtful(sentence.confidence),
                    "boxes": [box_view(box) for box in sentence.boxes],
                }
            )
    return quotes


def _pages(article: Article, report: Report, count: int) -> list[JsonObject]:
    """List the pages an article stands on, each with its picture and where it begins there."""
    first: dict[int, Box] = {}
    for sentence in article.sentences:
        for box in sentence.boxes:
            first.setdefault(box.page, box)
    return [
        {"number": number, "image": f"pages/{report.id}/{number}", "begin": box_view(box)}
        for number, box in sorted(first.items())
        if 1 <= number <= count
    ]


def _blocks(article: Article, places: Sequence[Place]) -> list[JsonObject]:
    """Cut the body into its lines, each with its kind and its runs of text."""
    doubts = [sentence for sentence in article.sentences if is_doubtful(sentence.confidence)]
    kinds = {sentence.start: sentence.kind for sentence in article.sentences}
    blocks, start = [], 0
    for line in article.body.split("\n"):
        end = start + len(line)
        if line.strip():
            kind = next((kinds[at] for at in range(start, end) if at in kinds), Kind.BODY)
            blocks.append(
                {"kind": kind.value, "runs": _runs(article.body, start, end, places, doubts)}
            )
        start = end + 1
    return blocks


def _runs(
    body: str, start: int, end: int, places: Sequence[Place], doubts: Sequence[Sentence]
) -> list[JsonObject]:
    """Cut a line wherever cited or doubtful words begin or end; citations may overlap."""
    edges = {start, end}
    for first, beyond in [(one.start, one.end) for one in places] + [
        (s.start, s.end) for s in doubts
    ]:
        edges |= {min(max(first, start), end), min(max(beyond, start), end)}
    cuts = sorted(edges)
    return [
        {
            "text": clean(body[left:right]),
            "labels": sorted({p.label for p in places if p.start <= left and right <= p.end}),
            "doubtful": any(s.start <= left and right <= s.end for s in doubts),
        }
        for left, right in pairwise(cuts)
    ]


def _optional(text: str | None) -> str | None:
    return clean(text) if text else None
