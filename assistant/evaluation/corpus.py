"""Puts a data set's documents into a library of their own, each an article under its own id."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation.records import Document
from store import ids
from store.articles import Article, Kind, Section, Sentence, Span
from store.library import Library
from store.passages import Passage
from store.reports import Report, ReportContents

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all."""

_BATCH = 100  # documents stored at a time: what a run that is killed may have to embed again
_HEADLINE = 20  # characters of a document without a title that stand in for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutters:
    """How texts are cut: ingestion's own ways, which evaluation is handed and does not know.

    Attributes:
        sentences: the half-open ranges of the sentences of a paragraph.
        passages: the passages of an article.
    """

    sentences: Callable[[str], Sequence[tuple[int, int]]]
    passages: Callable[[Article], Sequence[Passage]]


def digest(documents: Sequence[Document]) -> str:
    """Return what tells one corpus from another: 64 hex digits."""
    return ids.digest(*(part for one in documents for part in (one.id, one.title, one.text)))


def fill(
    library: Library,
    documents: Sequence[Document],
    cutters: Cutters,
    progress: Progress | None = None,
) -> None:
    """Put the documents in that the library does not have yet; blank ones are passed over.

    Args:
        library: of this corpus alone.
        documents: always the same ones in the same order, or some are kept twice.
        cutters: cut them.
        progress: told after each batch, in documents.

    Raises:
        StoreError: the library cannot be written.
        EmbedderError: a passage could not be embedded.
    """
    written = [one for one in documents if one.text.strip() or one.title.strip()]
    with library.together():
        for start in range(0, len(written), _BATCH):
            path = f"corpus/{start}"
            if library.known(path) is None:
                library.add(contents(path, written[start : start + _BATCH], cutters))
            if progress:
                progress(min(start + _BATCH, len(written)), len(written))


def contents(path: str, documents: Sequence[Document], cutters: Cutters) -> ReportContents:
    """Make a report of documents."""
    report = ids.report_id(path)
    articles = tuple(_article(one, report, place, cutters) for place, one in enumerate(documents))
    return ReportContents(
        report=Report(
            id=report, path=path, title=path, fingerprint=digest(documents), format="jsonl"
        ),
        articles=articles,
        passages=tuple(passage for one in articles for passage in cutters.passages(one)),
    )


def _article(document: Document, report: ids.ReportId, place: int, cutters: Cutters) -> Article:
    """Set a document as an article: its title, then a paragraph a line."""
    title = " ".join(document.title.split())
    paragraphs = [line.strip() for line in document.text.split("\n") if line.strip()]
    start = len(title) + 1 if title else 0
    sentences: list[Sentence] = []
    if title:
        sentences.append(Sentence(start=0, end=len(title), text=title, kind=Kind.HEADLINE))
    spans: list[Span] = []
    for number, line in enumerate(paragraphs):
        sentences += (
            Sentence(
                start=start + first,
                end=start + last,
                text=line[first:last],
                section=0,
                paragraph=number,
            )
            for first, last in cutters.sentences(line)
        )
        spans.append(Span(start=start, end=start + len(line)))
        start += len(line) + 1
    body = "\n".join([title, *paragraphs] if title else paragraphs)
    return Article(
        id=ids.ArticleId(document.id),
        report_id=report,
        ordinal=place,
        headline=title or paragraphs[0][:_HEADLINE],
        body=body,
        sections=(Section(heading=None, paragraphs=tuple(spans)),),
        sentences=tuple(sentences),
        fingerprint=ids.digest(body),
    )
