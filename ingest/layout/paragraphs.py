"""Paragraphs: which printed line goes on with the one before it, told by indents and edges."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ingest.layout.metrics import LARGE, cells
from ingest.layout.preparing import in_one_row
from ingest.layout.printed import Printed, Rectangle
from ingest.layout.regions import Stack
from ingest.punctuation import ends_closed, imbalance, word_straddles

_ROOM = 2.2  # ems left on a line: with less, the next word may not have fitted
_SMALL = 0.93
_INDENT, _INDENT_LATIN = 1.1, 0.7  # em
_SHORT = 1.6  # em: no line is set shorter only because a mark may not begin the next one
_LATIN = re.compile(r"^[A-Za-z0-9.%'’\-]+")


class Kind(Enum):
    """How a line is set, next to running text."""

    RUNNING = "running"
    LARGE = "large"
    BOLD = "bold"
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stack and its measures: the edges that its lines keep to, and their distance.

    `walls` are the pictures and boxes that its text may run round.
    """

    stack: Stack
    left: float
    right: float
    pitch: float
    em: float
    walls: tuple[Rectangle, ...] = ()

    def left_at(self, line: Printed) -> float:
        """Return where lines begin at the height of a line: further in beside a picture."""
        for wall in self.walls:
            beside = wall.x0 < self.left + 2 * self.em < wall.x1 <= line.x0 + 0.6 * line.em
            if beside and self._is_along(line, wall):
                return min(each.x0 for each in self._along(wall) if each.x0 > wall.x1 - self.em)
        return self.left

    def right_at(self, line: Printed) -> float:
        """Return where lines end at the height of a line: earlier beside a picture."""
        for wall in self.walls:
            beside = line.x1 - 0.6 * line.em <= wall.x0 < self.right - 2 * self.em < wall.x1
            if beside and self._is_along(line, wall):
                return max(each.x1 for each in self._along(wall) if each.x1 < wall.x0 + self.em)
        return self.right

    def _along(self, wall: Rectangle) -> list[Printed]:
        return [line for line in self.stack.lines if self._is_along(line, wall)]

    def _is_along(self, line: Printed, wall: Rectangle) -> bool:
        """Say whether a line is level with a picture, the white over and under it counted in."""
        return wall.y0 - self.em < line.middle < wall.y1 + self.em


def kind_of(line: Printed, em: float) -> Kind:
    """Return how a line is set."""
    if line.em >= LARGE * em:
        return Kind.LARGE
    if line.em <= _SMALL * em:
        return Kind.SMALL
    return Kind.BOLD if line.bold else Kind.RUNNING


def column_of(
    stack: Stack, others: Sequence[Stack], em: float, walls: Sequence[Rectangle] = ()
) -> Column:
    """Measure a stack; one of few lines takes its edges from stacks that stand like it."""
    lines = [line for line in stack.lines if kind_of(line, em) is Kind.RUNNING]
    if len(lines) < 4:
        lines = [
            *lines,
            *(
                line
                for other in others
                if abs(other.left - stack.left) < 2 * em and abs(other.right - stack.right) < 2 * em
                for line in other.lines
                if kind_of(line, em) is Kind.RUNNING
            ),
        ]
    few = len(lines) < 4
    lines = lines or list(stack.lines)
    starts = Counter(round(line.x0 / (0.4 * em)) for line in lines)
    often = [start for start, count in starts.items() if count >= 0.25 * len(lines)]
    base = min(often or starts)
    left = min(line.x0 for line in lines if abs(round(line.x0 / (0.4 * em)) - base) <= 1)
    ends = sorted(line.x1 for line in lines)
    if few:
        # A line or two keep to no edges: they may well be centred in what they stand over.
        left, ends = min(left, stack.left), [max(ends[-1], stack.right)]
    steps = [
        below.middle - above.middle
        for above, below in pairwise(stack.lines)
        if 0.5 * em < below.middle - above.middle < 3 * em
    ]
    return Column(
        stack=stack,
        left=left,
        right=ends[int(0.9 * (len(ends) - 1))] if len(ends) > 4 else ends[-1],
        pitch=statistics.median(steps) if steps else 1.6 * em,
        em=em,
        walls=tuple(walls),
    )


def joins(above: Printed, line: Printed, column: Column) -> bool:
    """Say whether a line goes on with the one right above it in the same column."""
    kind, before = kind_of(line, column.em), kind_of(above, column.em)
    step = line.middle - above.middle
    if kind is not before or abs(line.em - above.em) > 0.12 * max(line.em, above.em):
        return False
    if kind is Kind.LARGE:
        return step <= 2.0 * line.em and _overlap(above, line)
    if step > 1.45 * max(column.pitch, 1.1 * line.em) or step < 0.4 * line.em:
        return in_one_row(above, line)
    if kind in {Kind.SMALL, Kind.BOLD}:
        return abs(line.x0 - above.x0) < 3 * line.em and not is_short(above, line, column)
    if is_indented(line, column):
        return is_indented(above, column) and _hangs(above, line, column)
    return not is_short(above, line, column)


def _hangs(above: Printed, line: Printed, column: Column) -> bool:
    """Say whether a paragraph set in from the column's edge goes on: both begin alike, far in."""
    far = line.x0 - column.left > 2.6 * line.em
    full = column.right - above.x1 < _SHORT * above.em
    return far and full and abs(above.x0 - line.x0) < 0.5 * line.em


def is_indented(line: Printed, column: Column) -> bool:
    """Say whether a line begins as a paragraph does."""
    latin = line.confidence is None and cells(line.text) < 0.7 * len(line.text)
    return line.x0 - column.left_at(line) > (_INDENT_LATIN if latin else _INDENT) * line.em


def is_short(above: Printed, line: Printed, column: Column) -> bool:
    """Say whether a line ends before the edge although the next one's first word had room."""
    word = _LATIN.match(line.text.strip())
    room = _SHORT + (cells(word[0]) if word else 0.0)
    return column.right_at(above) - above.x1 > room * above.em


def _overlap(above: Printed, line: Printed) -> bool:
    return above.x0 < line.x1 and line.x0 < above.x1


def goes_over(last: Printed, last_column: Column, line: Printed, column: Column) -> bool | None:
    """Say whether a paragraph goes on at the top of the next column, or below a picture."""
    if is_indented(line, column) or abs(last.em - line.em) > 0.12 * last.em:
        return False
    closed = ends_closed(last.text)
    if is_short(last, line, last_column):
        return False if closed else None
    return True


def break_in_headline(above: Printed, line: Printed, wide: float) -> str:
    """Return what stands for the break between two lines of a headline: a space, or nothing.

    A line that is full was broken because there was no more room; one shorter than the next was
    broken on purpose.
    """
    if word_straddles(above.text, line.text) or imbalance(above.text)[1]:
        return ""
    upper, lower = above.x1 - above.x0, line.x1 - line.x0
    if upper > wide - _ROOM * above.em or lower < 0.5 * upper:
        return ""
    return " " if min(cells(above.text), cells(line.text)) >= 4 else ""


def parted_by_space(above: str, line: str) -> bool:
    """Say whether a line end between two lines stands for a space: between Latin words it does."""
    if above.endswith(("-", "\u00ad", "—")) or not line[:1].isascii():
        return False
    letters = [character for character in above + line if character.isalnum()]
    return sum(character.isascii() for character in letters) > 0.7 * len(letters)
