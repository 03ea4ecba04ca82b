"""A line where it stands on a page, before anything is known of columns or reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A run of text on one line of one column, in the page's own units (points or pixels).

    Attributes:
        text: as printed; several words of a line far apart are several runs.
        x0, y0, x1, y1: its place, y growing downwards, x0 <= x1 and y0 <= y1.
        em: the size of its type: the width of a full-width character.
        confidence: 0 to 1 where it was recognised from an image, else None.
        vertical: its characters stand one below the other.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    confidence: float | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A ruled or filled box, a rule (no height or no width) or a picture on the page, likewise."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """All that was found on one page: its size, its lines in no order, its frames and pictures."""

    number: int
    width: float
    height: float
    lines: tuple[Printed, ...]
    frames: tuple[Rectangle, ...] = ()
    pictures: tuple[Rectangle, ...] = ()
