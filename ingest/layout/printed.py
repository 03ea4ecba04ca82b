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
        bold: it is set in a heavier face than running text is.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    confidence: float | None = None
    vertical: bool = False
    bold: bool = False

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A ruled or filled box, a rule (no height or no width) or a picture on the page, likewise."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How high it is."""
        return self.y1 - self.y0

    def touches(self, line: Printed) -> bool:
        """Say whether any of a line's inside is inside, too."""
        wide = min(self.x1, line.x1) - max(self.x0, line.x0)
        return wide > 0.2 * line.em and self.y0 < line.middle < self.y1

    def holds(self, line: Printed) -> bool:
        """Say whether the middle of a line is inside."""
        return self.x0 <= line.centre <= self.x1 and self.y0 <= line.middle <= self.y1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """All that was found on one page: its size, its lines in no order, its frames and pictures."""

    number: int
    width: float
    height: float
    lines: tuple[Printed, ...]
    frames: tuple[Rectangle, ...] = ()
    pictures: tuple[Rectangle, ...] = ()
