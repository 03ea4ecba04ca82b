"""Small articles and evidence, made from a list of sentences."""

from collections.abc import Callable, Sequence

import pytest

from assistant.records import Evidence
from store import ids
from store.records import Article, Kind, Location, Report, Section, Sentence, Span

MakeArticle = Callable[..., Article]
MakeEvidence = Callable[..., tuple[Evidence, ...]]

REPORT = Report(
    id=ids.report_id("/reports/桂花报.txt"),
    path="/reports/桂花报.txt",
    title="桂花社区报",
    fingerprint="0" * 64,
    format="text",
)


def build_article(
    sentences: Sequence[str], headline: str = "旧楼装上电梯", place: str = "桂花社区"
) -> Article:
    """Build an article of one section without heading, one paragraph, these sentences."""
    body, found = headline + "\n", []
    for text in sentences:
        found.append(Sentence(start=len(body), end=len(body) + len(text), text=text, section=0))
        body += text
    first = Sentence(start=0, end=len(headline), text=headline, kind=Kind.HEADLINE)
    return Article(
        id=ids.article_id(REPORT.id, headline),
        report_id=REPORT.id,
        ordinal=0,
        headline=headline,
        location=Location(raw=place, community=place),
        body=body,
        sections=(
            Section(heading=None, paragraphs=(Span(start=len(headline) + 1, end=len(body)),)),
        ),
        sentences=(first, *found),
        fingerprint="",
    )


@pytest.fixture
def make_article() -> MakeArticle:
    return build_article


@pytest.fixture
def make_evidence() -> MakeEvidence:
    def make(*sentences: str) -> tuple[Evidence, ...]:
        article = build_article(sentences)
        return tuple(
            Evidence(sentence=one, article=article, report=REPORT, score=1.0)
            for one in article.sentences[1:]
        )

    return make
