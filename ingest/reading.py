"""What a reader hands over: the lines of a file, with whatever it knows about each of them."""

from dataclasses import dataclass
from enum import StrEnum

from store.records import Box


class Role(StrEnum):
    """What part of a page a block of text plays."""

    HEAD = "head"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    FURNITURE = "furniture"
    """What belongs to the page and to no article: publisher, date, page number, editors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as printed, white space kept.

    Attributes:
        text: the line without its end.
        gap: blank lines before it; 0 where it follows the line above directly.
        box: where it stands, when the format has pages.
        size: type size, 1.0 being that of running text; None when the format does not tell.
        ruled: a rule (***, ----) stands above it, set off by a blank line.
        level: heading level from 1, when the format marks headings.
        role: its role, when the format tells it; it is then not guessed.
    """

    text: str
    gap: int = 0
    ruled: bool = False
    box: Box | None = None
    size: float | None = None
    level: int | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The lines of one file in reading order, and the name of the format they came in."""

    format: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file's bytes could not be read, and why, in one sentence for the user."""

    reason: str
