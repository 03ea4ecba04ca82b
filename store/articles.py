"""An article and what it is made of: sections, sentences, captions, and where they stand.

Frozen values only. Offsets are half-open character offsets into `Article.body`, and
`body[start:end] == text` for every sentence and passage, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from store.ids import ArticleId, ReportId


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


def spans_text(article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the text of each span of the article's body."""
    return tuple(article.text(span) for span in spans)
