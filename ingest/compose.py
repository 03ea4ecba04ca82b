"""Makes a report of the pages of a file: its articles, put together over pages, and passages."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from ingest.articles import Draft, Page, read_page
from ingest.body import Identity, set_article
from ingest.config import IngestConfig
from ingest.joins import append, goes_on, joined
from ingest.jumps import page_number
from ingest.masthead import Masthead
from ingest.passages import make_passages
from ingest.reading import ReadPage
from ingest.sentences import Limits
from store.articles import Article
from store.ids import ReportId, article_id, report_id
from store.reports import Report, ReportContents


def compose(
    path: str, data: bytes, format_name: str, pages: Sequence[ReadPage], config: IngestConfig
) -> ReportContents | None:
    """Make a report, or None where its pages hold no text.

    Args:
        path: what the report is known by.
        data: the file's bytes.
        format_name: the file's format, as its reader calls it.
        pages: all of them, in order.
        config: how articles are cut.
    """
    read = [read_page(page.lines, continued=at > 0) for at, page in enumerate(pages)]
    drafts = _drafts(read)
    if not drafts:
        return None
    named = report_id(path)
    articles = _articles(drafts, named, PurePosixPath(path).stem, config)
    head = _masthead(page.masthead for page in read)
    report = Report(
        id=named,
        path=path,
        title=_title(head, articles),
        publisher=head.publisher,
        series=head.series,
        printed_date=head.date,
        page_label=head.page_label,
        year_hint=head.year_hint,
        fingerprint=fingerprint(data),
        format=format_name,
    )
    return ReportContents(
        report=report,
        articles=articles,
        passages=tuple(part for article in articles for part in make_passages(article, config)),
        pages=tuple(page.image for page in pages if page.image),
    )


def fingerprint(data: bytes) -> str:
    """Return what tells a file's content from any other: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def _drafts(read: Sequence[Page]) -> list[Draft]:
    """Return the articles of all pages, those that go on over a page put together."""
    pages: list[tuple[str, list[Draft]]] = []
    for ordinal, page in enumerate(read, start=1):
        drafts = list(page.drafts)
        before = pages[-1][1] if pages else []
        if before and drafts and goes_on(before[-1], drafts[0], own_page=_is_of_paper(page)):
            append(before[-1], drafts.pop(0))
            # What follows may go on over the next page: it is the last of this one.
            drafts = drafts or [before.pop()]
        pages.append((page_number(page.masthead.page_label, ordinal), drafts))
    return joined(pages)


def _is_of_paper(page: Page) -> bool:
    """Say whether a page is one of a newspaper, with a label of its own."""
    return page.masthead.page_label is not None


def _masthead(heads: Iterable[Masthead]) -> Masthead:
    """Return what the pages say of their report: the first that says it counts.

    Where pages have labels of their own, none of these is the report's; nor is what only a few
    of them call themselves: it is the name of a section.
    """
    known = list(heads)

    def first(name: str) -> str | None:
        return next((value for head in known if (value := getattr(head, name))), None)

    date, label, series = first("date"), first("page_label"), first("series")
    if len({head.page_label for head in known if head.page_label}) > 1:
        usual, pages = Counter(head.series for head in known).most_common(1)[0]
        label, series = None, usual if 2 * pages > len(known) else None
    return Masthead(
        publisher=first("publisher"),
        series=series,
        date=date,
        year_hint=None if date else first("year_hint"),
        page_label=label,
    )


def _articles(
    drafts: Sequence[Draft], report: ReportId, stem: str, config: IngestConfig
) -> tuple[Article, ...]:
    limits = Limits(quote_chars=config.quote_max_chars, sentence_chars=config.sentence_max_chars)
    seen: Counter[str] = Counter()
    articles: list[Article] = []
    for ordinal, draft in enumerate(drafts):
        headline = draft.headline.text if draft.headline else stem
        identity = Identity(
            id=article_id(report, headline, seen[headline]),
            report_id=report,
            ordinal=ordinal,
            headline=headline,
        )
        articles.append(set_article(draft, identity, limits))
        seen[headline] += 1
    return tuple(articles)


def _title(head: Masthead, articles: Sequence[Article]) -> str:
    """Name a report by its series and paper, or by its first headline where it has neither."""
    if not head.series and not head.publisher:
        return articles[0].headline
    parts = (head.series, head.publisher, head.date, head.page_label)
    return "｜".join(part for part in parts if part)
