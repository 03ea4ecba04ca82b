"""The nouns that every package shares: reports, articles, sentences, passages, hits, turns.

Frozen values only. Offsets are half-open character offsets into `Article.body`, and
`body[start:end] == text` for every sentence and passage, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from store.ids import ArticleId, ConversationId, PassageId, ReportId
from store.likeness import Signature, Twin


class Kind(StrEnum):
    """What part of an article a sentence or a passage belongs to."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    DATELINE = "dateline"
    BYLINE = "byline"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of characters in an article's body."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Check the invariants."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in fractions of it (0 to 1), origin at the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        """Check the invariants."""
        if not (0 <= self.x0 <= self.x1 <= 1 and 0 <= self.y0 <= self.y1 <= 1):
            raise ValueError(f"not a box in page fractions: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an article happened: the line as printed, and what was recognised in it."""

    raw: str
    district: str | None = None
    street: str | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote and photographed: the line as printed, and what was recognised in it."""

    raw: str
    reporters: tuple[str, ...] = ()
    photo: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part of an article; `heading` is None for the part before the first heading."""

    heading: str | None
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A photo caption; `mid_sentence` says that it stood inside a sentence on the page."""

    span: Span
    mid_sentence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence (or one display line) of an article, with its place.

    `section` indexes `Article.sections` (-1 outside of them), `paragraph` counts within the
    section. `boxes` is empty where the report has no pages. `confidence` (0 to 1) is that of the
    least certain line it stands on where it was recognised from an image, else None.
    """

    start: int
    end: int
    text: str
    kind: Kind = Kind.BODY
    section: int = -1
    paragraph: int = 0
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None

    @property
    def page(self) -> int | None:
        """The page (from 1) the sentence begins on, or None where the report has no pages."""
        return self.boxes[0].page if self.boxes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece inside a report.

    `body` is the whole text of the article in reading order, headline, dateline, headings,
    captions and byline included, one block a line: whatever can be cited is a substring of it.
    `sentences` are in body order and never overlap. `fingerprint` is that of headline and
    paragraphs without white space and punctuation: the same story in two papers shares it.
    """

    id: ArticleId
    report_id: ReportId
    ordinal: int
    headline: str
    subheads: tuple[str, ...] = ()
    label: str | None = None
    location: Location | None = None
    byline: Byline | None = None
    body: str
    sections: tuple[Section, ...]
    captions: tuple[Caption, ...] = ()
    sentences: tuple[Sentence, ...]
    fingerprint: str

    def __post_init__(self) -> None:
        """Check the invariants."""
        end = 0
        for sentence in self.sentences:
            if self.body[sentence.start : sentence.end] != sentence.text:
                raise ValueError(f"sentence offsets do not match the body: {sentence}")
            if sentence.start < end:
                raise ValueError(f"sentences overlap: {sentence}")
            end = sentence.end

    @property
    def community(self) -> str | None:
        """The community the article is about, where its dateline names one."""
        return self.location.community if self.location else None

    def text(self, span: Span) -> str:
        """Return the characters of a span of the body."""
        return self.body[span.start : span.end]

    def heading_of(self, sentence: Sentence) -> str | None:
        """Return the heading of the section the sentence stands in."""
        return self.sections[sentence.section].heading if sentence.section >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One ingested file; `version` counts from 1, and a new text of the file gets a new number.

    `fingerprint` is the SHA-256 of the file's bytes. `printed_date` is an ISO date printed as
    the publication date, never guessed; a lone year goes to `year_hint`. `added_at` is UTC ISO.
    """

    id: ReportId
    path: str
    title: str
    publisher: str | None = None
    series: str | None = None
    printed_date: str | None = None
    page_label: str | None = None
    year_hint: str | None = None
    fingerprint: str
    format: str
    version: int = 1
    added_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture, for showing where a sentence stands; `data` is WebP, sizes in pixels.

    Boxes are fractions of this very picture: a scan that was turned upright is kept upright.
    """

    page: int
    width: int
    height: int
    data: bytes


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
class ReportContents:
    """A report with all that was read from it: what ingestion hands to the library.

    `signatures` and `twins` are of its own articles; each twin's other side may be in any report.
    """

    report: Report
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    pages: tuple[PageImage, ...] = ()
    signatures: tuple[Signature, ...] = ()
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """One text of a report that is kept whole: the one in force, or one that was put aside.

    `articles` and `pages` count what it holds; `put_aside_at` is UTC ISO, None for the one in
    force. A version keeps its number when it is restored.
    """

    report_id: ReportId
    version: int
    title: str
    fingerprint: str
    articles: int
    pages: int
    put_aside_at: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderCard:
    """What an embedder says of itself.

    `max_tokens` counts begin and end. `source` says where the weights are from and what was done to
    them; `hash` is their SHA-256, that of all files of a model, or its commit (hex; "" where there
    are none). Two embedders of one `build` give the same vectors. `note` is a sentence that says
    why this one stands in for the one that was asked for; "" where it is that one.
    """

    name: str
    dimension: int
    max_tokens: int
    licence: str
    source: str
    build: str
    hash: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question of a conversation, its answer, and `standalone`: the question as understood."""

    question: str
    answer: str
    standalone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The turns of one conversation, oldest first, as the server remembers them."""

    id: ConversationId
    turns: tuple[Turn, ...] = field(default=())


def spans_text(article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the text of each span of the article's body."""
    return tuple(article.text(span) for span in spans)
