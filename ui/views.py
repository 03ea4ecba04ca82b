"""Our values as plain JSON objects, in the shape the command line and the web API promise."""

from collections.abc import Sequence
from typing import Any

from assistant.records import Answer, AnswerSentence, Citation
from store.articles import Article, Box, Byline, Location, spans_text
from store.likeness import Twin
from store.outcomes import IngestOutcome
from store.ports import EmbedderCard
from store.reports import Report, ReportVersion

JsonObject = dict[str, Any]


def answer_view(answer: Answer) -> JsonObject:
    """Show an answer: its sentences, its citations, and the parts of the question.

    `understood` is the question as it was read, where that is not what was asked; else None.
    """
    return {
        "question": answer.question.text,
        "understood": answer.question.understood,
        "status": answer.status.value,
        "text": answer.text,
        "sentences": [sentence_view(sentence) for sentence in answer.sentences],
        "citations": [citation_view(citation) for citation in answer.citations],
        "parts": [
            {"text": part.text, "status": part.status.value, "note": part.note}
            for part in answer.parts
        ],
        "model": answer.model,
        "notice": answer.notice,
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def sentence_view(sentence: AnswerSentence) -> JsonObject:
    """Show one sentence of an answer with the labels it cites."""
    return {
        "text": sentence.text,
        "labels": list(sentence.labels),
        "support": round(sentence.support, 4),
    }


def citation_view(citation: Citation) -> JsonObject:
    """Show a citation: the exact quote and the place it stands at."""
    return {
        "label": citation.label,
        "quote": citation.quote,
        "article": {
            "id": citation.article_id,
            "headline": citation.headline,
            "community": citation.community,
        },
        "report": {"id": citation.report_id, "path": citation.path, "title": citation.title},
        "section": citation.section,
        "start": citation.start,
        "end": citation.end,
        "page": citation.page,
        "boxes": [box_view(box) for box in citation.boxes],
        "confidence": None if citation.confidence is None else round(citation.confidence, 4),
    }


def box_view(box: Box) -> JsonObject:
    """Show a rectangle on a page, in fractions of the page."""
    return {"page": box.page, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def report_view(report: Report, articles: Sequence[Article]) -> JsonObject:
    """Show a report and the articles in it, in page order."""
    return {
        "id": report.id,
        "path": report.path,
        "title": report.title,
        "publisher": report.publisher,
        "added_at": report.added_at,
        "articles": [
            {"id": article.id, "headline": article.headline, "community": article.community}
            for article in articles
        ],
    }


def article_view(article: Article) -> JsonObject:
    """Show one article with its whole text, section by section."""
    return {
        "id": article.id,
        "headline": article.headline,
        "subheads": list(article.subheads),
        "label": article.label,
        "location": location_view(article.location),
        "byline": byline_view(article.byline),
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": list(spans_text(article, section.paragraphs)),
            }
            for section in article.sections
        ],
        "captions": [
            {"text": article.text(caption.span), "mid_sentence": caption.mid_sentence}
            for caption in article.captions
        ],
    }


def location_view(location: Location | None) -> JsonObject | None:
    """Show where an article happened, or None where it does not say."""
    if location is None:
        return None
    return {
        "raw": location.raw,
        "district": location.district,
        "street": location.street,
        "community": location.community,
    }


def byline_view(byline: Byline | None) -> JsonObject | None:
    """Show who wrote an article, or None where it does not say."""
    if byline is None:
        return None
    return {
        "raw": byline.raw,
        "reporters": list(byline.reporters),
        "photo": byline.photo,
        "outlet": byline.outlet,
    }


def outcome_view(outcome: IngestOutcome) -> JsonObject:
    """Show what became of one ingested file."""
    return {
        "path": outcome.path,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "articles": outcome.articles,
        "passages": outcome.passages,
        "notes": list(outcome.notes),
    }


def version_view(version: ReportVersion) -> JsonObject:
    """Show one version of a report, and whether it is the one in force."""
    return {
        "version": version.version,
        "title": version.title,
        "articles": version.articles,
        "pages": version.pages,
        "current": version.put_aside_at is None,
        "put_aside_at": version.put_aside_at,
    }


def twin_view(twin: Twin, other: Article, report: Report) -> JsonObject:
    """Show an article that another one is like: same, near or correction, and how much of it."""
    return {
        "kind": twin.kind.value,
        "containment": round(twin.containment, 4),
        "article": {"id": other.id, "headline": other.headline, "community": other.community},
        "report": {"id": report.id, "path": report.path, "title": report.title},
    }


def card_view(card: EmbedderCard) -> JsonObject:
    """Show what an embedder says of itself."""
    return {
        "name": card.name,
        "dimension": card.dimension,
        "max_tokens": card.max_tokens,
        "licence": card.licence,
        "source": card.source,
        "build": card.build,
        "hash": card.hash,
    }
