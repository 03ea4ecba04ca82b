"""Rows of the catalog to records, and back: nothing but the mapping."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from store.articles import Article, Box, Byline, Caption, Kind, Location, Section, Sentence, Span
from store.embedding import text_hash
from store.passages import Passage
from store.reports import Report
from store.text import normalise, tokens

REPORT = (
    "id, path, title, publisher, series, printed_date, page_label, year_hint, fingerprint, "
    "format, version, added_at"
)
ARTICLE = "id, report_id, ordinal, headline, label, body, details, fingerprint"
SENTENCE = "first, beyond, kind, section, paragraph, boxes, confidence"
PASSAGE = (
    "id, article_id, report_id, ordinal, kind, first, beyond, text, context, first_sentence, "
    "beyond_sentence"
)

Row = tuple[Any, ...]


def report_row(report: Report) -> Row:
    """Return the values of the REPORT columns."""
    return tuple(getattr(report, name.strip()) for name in REPORT.split(","))


def report_from(row: Row) -> Report:
    """Read a report from its REPORT columns."""
    names = (name.strip() for name in REPORT.split(","))
    return Report(**dict(zip(names, row, strict=True)))


def article_row(article: Article) -> dict[str, Any]:
    """Return the columns of the article table by name."""
    details = {
        "subheads": article.subheads,
        "location": asdict(article.location) if article.location else None,
        "byline": asdict(article.byline) if article.byline else None,
        "sections": [
            [section.heading, [[span.start, span.end] for span in section.paragraphs]]
            for section in article.sections
        ],
        "captions": [[c.span.start, c.span.end, c.mid_sentence] for c in article.captions],
    }
    return {
        "id": article.id,
        "report_id": article.report_id,
        "ordinal": article.ordinal,
        "headline": article.headline,
        "label": article.label,
        "community": article.community,
        "district": article.location.district if article.location else None,
        "body": article.body,
        "details": json.dumps(details, ensure_ascii=False),
        "fingerprint": article.fingerprint,
    }


def article_from(row: Row, sentence_rows: Iterable[Row]) -> Article:
    """Read an article from its ARTICLE columns and the SENTENCE columns of its sentences."""
    key, report, ordinal, headline, label, body, packed, fingerprint = row
    details = json.loads(packed)
    byline = details["byline"]
    return Article(
        id=key,
        report_id=report,
        ordinal=ordinal,
        headline=headline,
        subheads=tuple(details["subheads"]),
        label=label,
        location=Location(**details["location"]) if details["location"] else None,
        byline=Byline(**{**byline, "reporters": tuple(byline["reporters"])}) if byline else None,
        body=body,
        sections=tuple(
            Section(heading=heading, paragraphs=tuple(Span(start=s, end=e) for s, e in spans))
            for heading, spans in details["sections"]
        ),
        captions=tuple(
            Caption(span=Span(start=start, end=end), mid_sentence=mid)
            for start, end, mid in details["captions"]
        ),
        sentences=tuple(_sentence_from(values, body) for values in sentence_rows),
        fingerprint=fingerprint,
    )


def sentence_rows(article: Article) -> list[Row]:
    """Return article_id, ordinal and the SENTENCE columns of each sentence."""
    return [
        (
            article.id,
            place,
            s.start,
            s.end,
            s.kind,
            s.section,
            s.paragraph,
            _packed(s.boxes),
            s.confidence,
        )
        for place, s in enumerate(article.sentences)
    ]


def passage_row(passage: Passage) -> tuple[dict[str, Any], str]:
    """Return the columns of the passage table by name, and what the full text indexes."""
    normal = normalise(passage.embedded_text)
    found = tokens(normal)
    columns = {
        "id": passage.id,
        "article_id": passage.article_id,
        "report_id": passage.report_id,
        "ordinal": passage.ordinal,
        "kind": passage.kind,
        "first": passage.start,
        "beyond": passage.end,
        "text": passage.text,
        "context": passage.context,
        "first_sentence": passage.sentences[0],
        "beyond_sentence": passage.sentences[1],
        "text_hash": text_hash(passage.embedded_text),
        "normal": normal,
        "token_count": len(found),
    }
    return columns, " ".join(found)


def passage_from(row: Row) -> Passage:
    """Read a passage from its PASSAGE columns."""
    key, article, report, ordinal, kind, start, end, text, context, first, beyond = row
    return Passage(
        id=key,
        article_id=article,
        report_id=report,
        ordinal=ordinal,
        kind=Kind(kind),
        start=start,
        end=end,
        text=text,
        context=context,
        sentences=(first, beyond),
    )


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert a row given by column names; return its rowid."""
    places = ", ".join(f":{name}" for name in row)
    statement = f"insert into {table} ({', '.join(row)}) values ({places})"
    return connection.execute(statement, row).lastrowid or 0


def _sentence_from(row: Row, body: str) -> Sentence:
    start, end, kind, section, paragraph, boxes, confidence = row
    return Sentence(
        start=start,
        end=end,
        text=body[start:end],
        kind=Kind(kind),
        section=section,
        paragraph=paragraph,
        boxes=_unpacked(boxes),
        confidence=confidence,
    )


def _packed(boxes: tuple[Box, ...]) -> str | None:
    return json.dumps([[b.page, b.x0, b.y0, b.x1, b.y1] for b in boxes]) if boxes else None


def _unpacked(boxes: str | None) -> tuple[Box, ...]:
    return tuple(
        Box(page=page, x0=x0, y0=y0, x1=x1, y1=y1)
        for page, x0, y0, x1, y1 in json.loads(boxes or "[]")
    )
