"""Typed identifiers and how they are made: short, stable, derived from what they name."""

import hashlib
from typing import NewType

ReportId = NewType("ReportId", str)
ArticleId = NewType("ArticleId", str)
PassageId = NewType("PassageId", str)
ConversationId = NewType("ConversationId", str)


def digest(*parts: str, length: int = 64) -> str:
    """Return the first `length` hex digits (1 to 64) of the SHA-256 of the parts, kept apart."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:length]


def report_id(path: str) -> ReportId:
    """Name a report by its resolved path: the same file keeps its id when its text changes."""
    return ReportId("r" + digest(path, length=10))


def article_id(report: ReportId, headline: str, occurrence: int = 0) -> ArticleId:
    """Name an article by its report, headline and which occurrence (0-based) of it this is."""
    return ArticleId("a" + digest(report, headline, str(occurrence), length=10))


def passage_id(article: ArticleId, start: int, end: int, embedded_text: str) -> PassageId:
    """Name a passage by its place and its embedded text, so that a changed one is a new one."""
    return PassageId("p" + digest(article, str(start), str(end), embedded_text, length=24))
