"""The nouns of likeness: what an article's text is compared by, and two articles that are alike."""

from dataclasses import dataclass
from enum import StrEnum

from store.ids import ArticleId


class TwinKind(StrEnum):
    """How two articles are alike."""

    SAME = "same"
    """The same story word for word, in two papers: both are kept."""

    NEAR = "near"
    """Much the same text, and its figures do not contradict each other."""

    CORRECTION = "correction"
    """Much the same text with other figures: a version or a correction, for a person to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Two articles that are alike; it says the same read from either side.

    `containment` (0 to 1) is the share of the shorter one's text that is in the other.
    """

    article_id: ArticleId
    other_id: ArticleId
    kind: TwinKind
    containment: float

    def __post_init__(self) -> None:
        """Check the invariants."""
        if self.article_id == self.other_id:
            raise ValueError(f"an article is not its own twin: {self.article_id}")
        if not 0 <= self.containment <= 1:
            raise ValueError(f"not a share: {self.containment}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an article's text is compared by without reading it.

    Attributes:
        article_id: of the article.
        method: how it was made; signatures of two methods are not compared.
        grams: how many different runs of characters the text has (0 or more).
        values: the MinHash of those runs, as bytes; empty where the text is too short for one.
    """

    article_id: ArticleId
    method: str
    grams: int
    values: bytes
