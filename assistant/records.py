"""The nouns of answering: evidence, citations, parts, answers, events of a running answer."""

from dataclasses import dataclass
from enum import StrEnum

from store.articles import Article, Box, Sentence
from store.ids import ArticleId, ReportId
from store.reports import Report

_ENDS = ("。", "！", "？", "…", "”", "’", "」", "』", "）", ".", "!", "?")


class Status(StrEnum):
    """How far the reports answer a question, or a part of one."""

    ANSWERED = "answered"
    RELATED = "related"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as asked and as understood.

    `standalone` stands without the conversation: follow-ups resolved, politeness dropped, script
    simplified, typing mended. `own` is that without what the conversation lent it. `chinese` says
    whether it holds Chinese characters, `rewritten` whether history changed it. `mended` holds the
    words that were read otherwise than typed: as typed, and as read. `synonyms` holds its words
    that have others which mean the same, with these.
    """

    text: str
    standalone: str
    own: str
    chinese: bool
    rewritten: bool = False
    mended: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def as_typed(self) -> str:
        """The question standing alone, its words as they were typed."""
        text = self.standalone
        for typed, read in self.mended:
            text = text.replace(read, typed, 1)
        return text

    @property
    def understood(self) -> str | None:
        """What to show whoever asked: the question as read where that is not what was typed."""
        return self.standalone if self.rewritten or self.mended else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence offered to the answerer; `score` orders the evidence (higher answers better)."""

    sentence: Sentence
    article: Article
    report: Report
    score: float

    @property
    def key(self) -> tuple[ArticleId, int]:
        """The sentence's place: its article and where it starts."""
        return self.article.id, self.sentence.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Evidence that a sentence of the answer rests on: an exact quote with its place.

    `label` is the number shown, from 1. `quote == body[start:end]` of the article. `page` counts
    from 1 and is None, and `boxes` empty, where the report has no pages. `confidence` (0 to 1) is
    the quoted sentence's where it was recognised from an image, else None.
    """

    label: int
    quote: str
    article_id: ArticleId
    headline: str
    community: str | None
    report_id: ReportId
    path: str
    title: str
    section: str | None
    start: int
    end: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """One sentence of the answer, the labels it cites, and how well they support it (0 to 1).

    `part` says which of the answer's parts it answers, from 0; None where there is one, or where
    that is not known.
    """

    text: str
    labels: tuple[int, ...] = ()
    support: float = 1.0
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCoverage:
    """A part of the question, as it was asked, and how far the reports answer it.

    `note` says what the reports have otherwise than the part takes for granted, or is None.
    """

    text: str
    status: Status
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said to a question, sentence by sentence, with its citations.

    `lead` is the line before the sentences that says which band the answer is in (empty when
    answered). `notice` is one line about how the answer came to be (a chat model that failed), or
    None. `model` is "extractive", "catalog" or the chat model's name. `elapsed_ms` is wall time.
    `probability` (0 to 1) is that of the reports answering the question, None where that was not
    judged.
    """

    question: Question
    status: Status
    lead: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    parts: tuple[PartCoverage, ...]
    model: str
    notice: str | None = None
    elapsed_ms: float = 0.0
    probability: float | None = None

    @property
    def text(self) -> str:
        """The answer as plain text: the lead, then the sentences with their marks [n].

        What does not end as a sentence does (a dateline, say) stands on a line of its own.
        """
        said = "".join(
            one.text
            + "".join(f"[{n}]" for n in one.labels)
            + ("" if one.text.endswith(_ENDS) else "\n")
            for one in self.sentences
        ).rstrip("\n")
        return f"{self.lead}\n{said}" if self.lead and said else self.lead or said


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReady:
    """Event: the citations that the answer may use are known (before any text is)."""

    question: Question
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """Event: more raw text from the answerer, marks [n] included; not yet verified.

    An empty one says that somebody is waited for; it may come before everything else.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Event: the verified answer, which replaces all text streamed before it. Always the last."""

    answer: Answer


Event = EvidenceReady | Delta | Finished
