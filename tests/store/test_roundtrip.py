"""Whatever a report holds comes back exactly: when added, when put aside, and when restored."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.articles import Article, Box, Byline, Caption, Kind, Location, Section, Sentence, Span
from store.config import StoreConfig
from store.ids import ArticleId, digest, passage_id, report_id
from store.library import Library
from store.passages import Passage
from store.reports import PageImage, Report, ReportContents

Make = Callable[..., ReportContents]
HERE = report_id("/往返.pdf")

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1
)
maybe = st.none() | words
share = st.floats(0, 1)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, x1 = sorted([draw(share), draw(share)])
    y0, y1 = sorted([draw(share), draw(share)])
    return Box(page=draw(st.integers(1, 9)), x0=x0, y0=y0, x1=x1, y1=y1)


@st.composite
def articles(draw: st.DrawFn, ordinal: int) -> Article:
    lines = draw(st.lists(words, min_size=1, max_size=6))
    starts = [sum(len(line) + 1 for line in lines[:place]) for place in range(len(lines))]
    spans = [Span(start=s, end=s + len(line)) for s, line in zip(starts, lines, strict=True)]
    cut = draw(st.integers(0, len(spans)))
    reporters = st.lists(words, max_size=2).map(tuple)
    return Article(
        id=ArticleId(f"a{ordinal}"),
        report_id=HERE,
        ordinal=ordinal,
        headline=draw(words),
        subheads=draw(st.lists(words, max_size=2).map(tuple)),
        label=draw(maybe),
        location=draw(st.none() | st.builds(Location, raw=words, street=maybe, community=maybe)),
        byline=draw(st.none() | st.builds(Byline, raw=words, reporters=reporters, photo=maybe)),
        body="\n".join(lines),
        sections=(Section(heading=draw(maybe), paragraphs=tuple(spans[:cut])),),
        captions=tuple(Caption(span=s, mid_sentence=draw(st.booleans())) for s in spans[cut:]),
        sentences=tuple(
            Sentence(
                start=span.start,
                end=span.end,
                text=line,
                kind=draw(st.sampled_from(Kind)),
                section=draw(st.integers(-1, 0)),
                paragraph=draw(st.integers(0, 5)),
                boxes=draw(st.lists(boxes(), max_size=2).map(tuple)),
                confidence=draw(st.none() | share),
            )
            for span, line in zip(spans, lines, strict=True)
        ),
        fingerprint=draw(words),
    )


@st.composite
def editions(draw: st.DrawFn) -> ReportContents:
    made = tuple(draw(articles(place)) for place in range(draw(st.integers(1, 3))))
    pictures = draw(st.lists(st.binary(max_size=20), max_size=3))
    return ReportContents(
        report=Report(
            id=HERE,
            path="/往返.pdf",
            title=draw(words),
            printed_date=draw(maybe),
            fingerprint=digest(repr(made), *(str(data) for data in pictures)),
            format="pdf",
            added_at="2026-01-01T00:00:00+00:00",
        ),
        articles=made,
        passages=tuple(_passage(article) for article in made),
        pages=tuple(
            PageImage(page=n, width=n, height=n + 1, data=data)
            for n, data in enumerate(pictures, start=1)
        ),
    )


def _passage(article: Article) -> Passage:
    last = article.sentences[-1]
    return Passage(
        id=passage_id(article.id, last.start, last.end, last.text),
        article_id=article.id,
        report_id=HERE,
        ordinal=0,
        kind=last.kind,
        start=last.start,
        end=last.end,
        text=last.text,
        context="题",
        sentences=(len(article.sentences) - 1, len(article.sentences)),
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("往返")
    with Library.open(StoreConfig(folder=folder, embedder="hashing", vectors="memory")) as opened:
        yield opened


def kept(library: Library) -> ReportContents:
    """Read everything that a library has of the report."""
    with library._database.read() as connection:
        ids = [row[0] for row in connection.execute("select id from passage order by number")]
    return ReportContents(
        report=library.report(HERE),
        articles=library.articles(HERE),
        passages=library.passages(ids),
        pages=tuple(library.page(HERE, n + 1) for n in range(library.page_count(HERE))),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=editions(), second=editions())
def test_added_replaced_and_restored_a_report_is_what_it_was(
    shared: Library, first: ReportContents, second: ReportContents
) -> None:
    if first.report.fingerprint == second.report.fingerprint:
        return
    shared.add(first)
    assert kept(shared) == first
    shared.add(second)
    second = replace(second, report=replace(second.report, version=2))
    assert kept(shared) == second
    for version, wanted in ((1, first), (2, second), (1, first)):
        shared.restore(HERE, version)
        assert kept(shared) == wanted
    shared.remove(HERE)


def test_a_confidence_comes_back(library: Library, make_contents: Make) -> None:
    contents = make_contents()
    article = contents.articles[0]
    seen = tuple(replace(s, confidence=0.87 - n / 10) for n, s in enumerate(article.sentences))
    article = replace(article, sentences=seen)
    library.add(replace(contents, articles=(article,), passages=()))
    assert library.article(article.id) == article
