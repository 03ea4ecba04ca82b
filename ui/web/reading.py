"""Articles and reports as plain JSON for the panel, which builds them from text nodes only.

No HTML is made here or there: what a report says can be read, and can do nothing else.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from store.library import Library
from store.records import Article, Kind, Report
from store.text import clean
from ui.web.places import Place

JsonObject = dict[str, Any]


def article_page(article: Article, report: Report, places: Sequence[Place] = ()) -> JsonObject:
    """Show a whole article, its cited words marked.

    Args:
        article: the article to read.
        report: the report it stands in.
        places: the cited words; those of other articles are passed over, and those that the
            article no longer has at that place only set `changed`.
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
    }


def catalogue(library: Library) -> JsonObject:
    """Show what the library holds: its reports, newest first, with their articles."""
    return {
        "reports": [
            {
                "title": clean(report.title),
                "about": _report_line(report, title=False),
                "articles": [
                    {
                        "id": article.id,
                        "headline": clean(article.headline),
                        "community": _optional(article.community),
                    }
                    for article in library.articles(report.id)
                ],
            }
            for report in reversed(library.reports())
        ]
    }


def _report_line(report: Report, *, title: bool = True) -> str:
    """Name a report on one line: title, publisher, date, page, none that the title says already."""
    date = report.printed_date or (f"{report.year_hint} 年" if report.year_hint else None)
    about = (report.publisher, date, report.page_label)
    new = [part for part in about if part and part.removesuffix(" 年") not in report.title]
    shown = [report.title, *new] if title else new
    return "\u00a0· ".join(clean(part) for part in shown)


def _blocks(article: Article, places: Sequence[Place]) -> list[JsonObject]:
    """Cut the body into its lines, each with its kind and its runs of text."""
    kinds = {sentence.start: sentence.kind for sentence in article.sentences}
    blocks, start = [], 0
    for line in article.body.split("\n"):
        end = start + len(line)
        if line.strip():
            kind = next((kinds[at] for at in range(start, end) if at in kinds), Kind.BODY)
            blocks.append({"kind": kind.value, "runs": _runs(article.body, start, end, places)})
        start = end + 1
    return blocks


def _runs(body: str, start: int, end: int, places: Sequence[Place]) -> list[JsonObject]:
    """Cut a line wherever cited words begin or end; citations may overlap."""
    edges = {start, end}
    for place in places:
        edges |= {min(max(place.start, start), end), min(max(place.end, start), end)}
    cuts = sorted(edges)
    return [
        {
            "text": clean(body[left:right]),
            "labels": sorted({p.label for p in places if p.start <= left and right <= p.end}),
        }
        for left, right in pairwise(cuts)
    ]


def _optional(text: str | None) -> str | None:
    return clean(text) if text else None
