"""Regions of a page while it is cut: their white bands, gutters and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.metrics import GUTTER, HUGE, LARGE, cells, gaps
from ingest.layout.printed import Printed, Rectangle

Parts = list[list[Printed]]
"""A region cut in two or more, in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Lines one below the other in one column; `left` and `right` bound what they stand over."""

    lines: tuple[Printed, ...]
    left: float
    right: float

    @property
    def top(self) -> float:
        """Where its first line begins."""
        return min(line.y0 for line in self.lines)

    @property
    def bottom(self) -> float:
        """Where its last line ends."""
        return max(line.y1 for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a page is cut by: the size of running type, its rules, pictures and frames."""

    em: float
    bars: tuple[Rectangle, ...] = ()
    """What lies across: rules, pictures, boxes taken out."""

    posts: tuple[Rectangle, ...] = ()
    """Upright rules."""

    quoting: tuple[Rectangle, ...] = ()
    """Those of the bars that close a quotation set in display type, and part nothing."""


def is_head(line: Printed, em: float) -> bool:
    """Say whether a line is large enough to head an article."""
    return line.em >= HUGE * em and (cells(line.text) >= 3 or line.vertical)


def split(lines: Sequence[Printed], y: float) -> Parts | None:
    """Part lines above a height from those below it; None where there are none on one side."""
    upper = [line for line in lines if line.middle < y]
    lower = [line for line in lines if line.middle >= y]
    return [upper, lower] if upper and lower else None


def bands_of(lines: Sequence[Printed], em: float) -> list[tuple[float, float]]:
    """Return the white bands across lines; ink of two lines may just touch."""
    slack = 0.1 * em
    return gaps((line.y0 + slack, max(line.y1 - slack, line.y0 + slack)) for line in lines)


def gutters_of(lines: Sequence[Printed], ground: Ground) -> list[float]:
    """Return where clean gutters are: a rule in it makes a narrow one good enough."""
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    found: list[float] = []
    for left, right in gaps((line.x0, line.x1) for line in lines):
        ruled = any(
            left - 1 <= post.x0 and post.x1 <= right + 1
            and min(post.y1, bottom) - max(post.y0, top) > 0.6 * (bottom - top)
            for post in ground.posts
        )  # fmt: skip
        if right - left >= (0.4 if ruled else GUTTER) * ground.em:
            found.append((left + right) / 2)
    return found


def columns_of(lines: Sequence[Printed], cuts: Sequence[float]) -> Parts:
    """Part lines at some upright cuts, each by where its middle is."""
    columns: Parts = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        columns[sum(line.centre > cut for cut in cuts)].append(line)
    return [column for column in columns if column]


def top_of(line: Printed) -> float:
    """Return where a line begins, for sorting."""
    return line.y0


def stands_alone(line: Printed, lines: Sequence[Printed]) -> bool:
    """Say whether nothing else stands beside a line."""
    inner = 0.15 * line.em
    return not any(
        other is not line and other.y0 < line.y1 - inner and other.y1 > line.y0 + inner
        for other in lines
    )


def has_text(lines: Sequence[Printed], em: float) -> bool:
    """Say whether there is running text among some lines."""
    return any(line.em < LARGE * em and cells(line.text) > 4 for line in lines)


def opens_gutter(parts: Parts, ground: Ground) -> bool:
    """Say whether one of two parts has columns: lines below each other, beside others."""
    for part in parts:
        columns = [each for each in columns_of(part, gutters_of(part, ground)) if len(each) > 1]
        if any(stand_beside(left, right, ground) for left, right in pairwise(columns)):
            return True
    return False


def stand_beside(left: Sequence[Printed], right: Sequence[Printed], ground: Ground) -> bool:
    """Say whether two columns stand beside each other, and not one below the other."""
    tops = top_with_picture(left, ground), top_with_picture(right, ground)
    bottoms = max(line.y1 for line in left), max(line.y1 for line in right)
    return min(bottoms) - max(tops) > 0


def top_with_picture(column: Sequence[Printed], ground: Ground) -> float:
    """Return where a column begins, the picture at its head counted in."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    top = min(line.y0 for line in column)
    for bar in sorted(ground.bars, key=lambda bar: -bar.y1):
        over = min(bar.x1, right) - max(bar.x0, left) > 2 * ground.em
        if over and bar.height > 2 * ground.em and bar.y0 < top < bar.y1 + 4 * ground.em:
            top = bar.y0
    return top
