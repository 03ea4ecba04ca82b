"""What is searched, how a search is restricted, and what it finds."""

from dataclasses import dataclass

from store.articles import Kind
from store.ids import ArticleId, PassageId, ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences inside one section: the unit that is embedded and searched.

    `sentences` is the half-open range of indexes into `Article.sentences`. `context` (headline,
    place, heading) is embedded and searched with the text but never quoted.
    """

    id: PassageId
    article_id: ArticleId
    report_id: ReportId
    ordinal: int
    kind: Kind
    start: int
    end: int
    text: str
    context: str
    sentences: tuple[int, int]

    @property
    def embedded_text(self) -> str:
        """What the embedder is given: the context line, then the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Restrict a search: each field None for no restriction; `report_ids` are any of several."""

    community: str | None = None
    district: str | None = None
    report_id: ReportId | None = None
    report_ids: tuple[ReportId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a question.

    `score` orders the hits (higher is closer). `similarity` is the cosine of the dense arm (-1
    to 1), `lexical` the BM25 score (0 or more); None where that arm did not return the passage.
    """

    passage: Passage
    score: float
    similarity: float | None = None
    lexical: float | None = None
