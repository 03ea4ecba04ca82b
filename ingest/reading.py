"""What a reader hands over: the lines of each page, with whatever it knows about each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.articles import Box
from store.reports import PageImage


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
        joins: it goes on with the line above in one paragraph (True) or begins one (False), when
            the reader knows; None where that is to be found out.
        confidence: how certain its characters are (0 to 1), when it was recognised from an image.
    """

    text: str
    gap: int = 0
    ruled: bool = False
    box: Box | None = None
    size: float | None = None
    level: int | None = None
    role: Role | None = None
    joins: bool | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Bytes could not be read, and why, in one sentence for the user."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page as read; a file of a format without pages is one page without an image.

    Attributes:
        lines: in reading order; their boxes carry the page's number.
        image: the page as a picture, when the format has pages.
        hidden: text that nobody can see on the page and that was dropped, for the log.
        lost: why the page could not be read, in one sentence for the user; it has no lines then,
            and the other pages are read all the same.
    """

    lines: tuple[Line, ...]
    image: PageImage | None = None
    hidden: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file opened: its format, how many pages it has, and how to read one of them.

    `page` takes a number from 1; pages may be read in any order, and some of them not at all.
    `lost` says in one sentence for the user what should be in the file beside these pages.
    """

    format: str
    pages: int
    page: Callable[[int], ReadPage | Unreadable]
    lost: str = ""


def whole(format_name: str, lines: Sequence[Line], hidden: str = "") -> Reading:
    """Return the reading of a format that has no pages; `hidden` is what nobody can see in it."""
    page = ReadPage(lines=tuple(lines), hidden=hidden)
    return Reading(format=format_name, pages=1, page=lambda _: page)
