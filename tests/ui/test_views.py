"""Views: the shape that the command line promises, to the letter."""

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.records import (
    Answer,
    AnswerSentence,
    Citation,
    PartCoverage,
    Question,
    Status,
)
from store.articles import Article, Box, Byline, Caption, Location, Section, Sentence, Span
from store.ids import ArticleId, ReportId
from store.likeness import Twin, TwinKind
from store.outcomes import IngestOutcome, IngestStatus
from store.reports import Report, ReportVersion
from ui.views import (
    answer_view,
    article_view,
    citation_view,
    outcome_view,
    report_view,
    twin_view,
    version_view,
)

BODY = "题目\n甲区乙街道丙社区\n开头。\n一\n甲。乙。\n图中人。\n记者 某某"
CITATION = Citation(
    label=1,
    quote="乙。",
    article_id=ArticleId("a1"),
    headline="题目",
    community="丙社区",
    report_id=ReportId("r1"),
    path="/p/x.txt",
    title="某报",
    section="一",
    start=21,
    end=23,
    page=2,
    boxes=(Box(page=2, x0=0.1, y0=0.2, x1=0.3, y1=0.4),),
)


@pytest.fixture
def article() -> Article:
    def span(text: str) -> Span:
        start = BODY.index(text)
        return Span(start=start, end=start + len(text))

    quoted = span("乙。")
    return Article(
        id=ArticleId("a1"),
        report_id=ReportId("r1"),
        ordinal=0,
        headline="题目",
        subheads=("副题",),
        label="走访",
        location=Location(
            raw="甲区乙街道丙社区", district="甲区", street="乙街道", community="丙社区"
        ),
        byline=Byline(raw="记者 某某", reporters=("某某",)),
        body=BODY,
        sections=(
            Section(heading=None, paragraphs=(span("开头。"),)),
            Section(heading="一", paragraphs=(span("甲。乙。"),)),
        ),
        captions=(Caption(span=span("图中人。"), mid_sentence=True),),
        sentences=(Sentence(start=quoted.start, end=quoted.end, text="乙。", section=1),),
        fingerprint="f",
    )


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value as it comes back from its JSON."""
    back: dict[str, Any] = json.loads(json.dumps(value))
    return back


def test_an_answer_shows_its_sentences_citations_and_parts() -> None:
    answer = Answer(
        question=Question(
            text="怎么？", standalone="怎样", own="怎样", chinese=True, mended=(("怎么", "怎样"),)
        ),
        status=Status.RELATED,
        lead="没有直接说到。",
        sentences=(AnswerSentence(text="乙。", labels=(1,), support=0.987654),),
        citations=(CITATION,),
        parts=(PartCoverage(text="怎么？", status=Status.NOT_COVERED),),
        model="extractive",
        elapsed_ms=12.3456,
    )
    assert plain(answer_view(answer)) == {
        "question": "怎么？",
        "understood": "怎样",
        "status": "related",
        "text": "没有直接说到。\n乙。[1]",
        "sentences": [{"text": "乙。", "labels": [1], "support": 0.9877}],
        "citations": [plain(citation_view(CITATION))],
        "parts": [{"text": "怎么？", "status": "not_covered", "note": None}],
        "model": "extractive",
        "notice": None,
        "elapsed_ms": 12.3,
    }


def test_a_citation_shows_the_quote_and_its_place() -> None:
    assert plain(citation_view(CITATION)) == {
        "label": 1,
        "quote": "乙。",
        "article": {"id": "a1", "headline": "题目", "community": "丙社区"},
        "report": {"id": "r1", "path": "/p/x.txt", "title": "某报"},
        "section": "一",
        "start": 21,
        "end": 23,
        "page": 2,
        "boxes": [{"page": 2, "x0": 0.1, "y0": 0.2, "x1": 0.3, "y1": 0.4}],
        "confidence": None,
    }


def test_a_citation_of_a_scan_shows_how_certain_its_words_are() -> None:
    assert citation_view(replace(CITATION, confidence=0.876543))["confidence"] == 0.8765


def test_an_article_shows_its_text_section_by_section(article: Article) -> None:
    assert plain(article_view(article)) == {
        "id": "a1",
        "headline": "题目",
        "subheads": ["副题"],
        "label": "走访",
        "location": {
            "raw": "甲区乙街道丙社区",
            "district": "甲区",
            "street": "乙街道",
            "community": "丙社区",
        },
        "byline": {"raw": "记者 某某", "reporters": ["某某"], "photo": None, "outlet": None},
        "sections": [
            {"heading": None, "paragraphs": ["开头。"]},
            {"heading": "一", "paragraphs": ["甲。乙。"]},
        ],
        "captions": [{"text": "图中人。", "mid_sentence": True}],
    }


def test_an_article_without_place_and_byline_shows_null(article: Article) -> None:
    shown = article_view(replace(article, location=None, byline=None))
    assert (shown["location"], shown["byline"]) == (None, None)


def test_a_report_shows_its_articles(article: Article) -> None:
    report = Report(
        id=ReportId("r1"),
        path="/p/x.txt",
        title="某报",
        publisher="某社",
        fingerprint="f",
        format="text",
        added_at="2026-01-01T00:00:00+00:00",
    )
    assert plain(report_view(report, (article,))) == {
        "id": "r1",
        "path": "/p/x.txt",
        "title": "某报",
        "publisher": "某社",
        "added_at": "2026-01-01T00:00:00+00:00",
        "articles": [{"id": "a1", "headline": "题目", "community": "丙社区"}],
    }


def test_an_outcome_shows_why_a_file_was_rejected() -> None:
    outcome = IngestOutcome(path="x", status=IngestStatus.REJECTED, reason="文件是空的。")
    assert plain(outcome_view(outcome)) == {
        "path": "x",
        "status": "rejected",
        "reason": "文件是空的。",
        "articles": 0,
        "passages": 0,
        "notes": [],
    }


def test_an_outcome_shows_what_is_worth_noting() -> None:
    outcome = IngestOutcome(path="x", status=IngestStatus.ADDED, notes=("一。", "二。"))
    assert plain(outcome_view(outcome))["notes"] == ["一。", "二。"]


def test_a_version_shows_whether_it_is_in_force() -> None:
    version = ReportVersion(
        report_id=ReportId("r1"), version=2, title="某报", fingerprint="f", articles=3, pages=4
    )
    assert plain(version_view(version)) == {
        "version": 2,
        "title": "某报",
        "articles": 3,
        "pages": 4,
        "current": True,
        "put_aside_at": None,
    }
    aside = version_view(replace(version, put_aside_at="2026-01-01T00:00:00+00:00"))
    assert aside["current"] is False
    assert aside["put_aside_at"] == "2026-01-01T00:00:00+00:00"


def test_a_twin_shows_the_other_article_and_its_report(article: Article) -> None:
    twin = Twin(
        article_id=ArticleId("a0"), other_id=article.id, kind=TwinKind.NEAR, containment=0.81237
    )
    report = Report(id=ReportId("r1"), path="/p", title="某报", fingerprint="f", format="text")
    assert plain(twin_view(twin, article, report)) == {
        "kind": "near",
        "containment": 0.8124,
        "article": {"id": "a1", "headline": "题目", "community": "丙社区"},
        "report": {"id": "r1", "path": "/p", "title": "某报"},
    }
