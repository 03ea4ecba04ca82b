"""Groups of lines that are one paragraph, headline or caption, and which of them go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.flow import is_quoted
from ingest.layout.metrics import HUGE, LARGE, cells
from ingest.layout.paragraphs import (
    Column,
    Kind,
    column_of,
    goes_over,
    is_indented,
    is_short,
    joins,
    kind_of,
)
from ingest.layout.preparing import CELL, in_one_row
from ingest.layout.printed import Printed, Rectangle
from ingest.layout.regions import Stack
from ingest.punctuation import ends_closed
from ingest.reading import Role

_LONG = 60  # cells: larger type that runs on longer is the lead of a text, and no headline


@dataclass(slots=True)
class Group:
    """Lines that are one block.

    `goes_on`: with the last running text before it (True), not (False), or not known (None).
    """

    kind: Kind
    lines: list[Printed]
    column: Column
    goes_on: bool | None = False
    role: Role | None = None
    opens: bool = False

    @property
    def width(self) -> float:
        """How much text it is, in full-width characters."""
        return sum(cells(line.text) for line in self.lines)

    @property
    def ended(self) -> bool:
        """Whether its last line ends a sentence."""
        return ends_closed(self.lines[-1].text)


Between = Callable[[Printed, Printed], bool]


def groups_of(
    stacks: Sequence[Stack],
    every: Sequence[Stack],
    em: float,
    is_parted: Between,
    walls: Sequence[Rectangle] = (),
) -> list[Group]:
    """Return the blocks of an article in reading order.

    Args:
        stacks: its columns.
        every: all columns of the page.
        em: the size of running type.
        is_parted: whether a picture or box stands between two lines of a column.
        walls: the pictures and boxes that text may run round.
    """
    groups: list[Group] = []
    for stack in stacks:
        column = column_of(stack, every, em, walls)
        above: Printed | None = None
        tabular = _rows_of_cells(stack)
        for line in stack.lines:
            together = above is not None and _is_together(above, line, column, tabular)
            if together and above and not is_parted(above, line):
                groups[-1].lines.append(line)
            else:
                groups.append(Group(kind=kind_of(line, em), lines=[line], column=column))
            above = line
    _settle_leads(groups)
    _link(groups, is_parted)
    running = False
    for group in groups:
        if group.role is None and group.kind is Kind.LARGE:
            group.role = _display_role(group, em, running=running)
        elif group.role is None and group.kind is Kind.SMALL and running and group.ended:
            group.role = Role.CAPTION
        running = running or (group.kind is Kind.RUNNING and group.width > 30)
    return groups


def _is_together(above: Printed, line: Printed, column: Column, tabular: set[Printed]) -> bool:
    """Say whether two lines are of one block; a row of cells is a block of its own."""
    if in_one_row(above, line):
        return True
    if above in tabular or line in tabular:
        return False
    if _is_misjudged(above, line, column):
        return True
    return joins(above, line, column)


def _is_misjudged(above: Printed, line: Printed, column: Column) -> bool:
    """Say whether a line on a scan only seems larger: a few characters end an open paragraph."""
    if line.confidence is None or not LARGE <= line.em / column.em < HUGE:
        return False
    near = line.middle - above.middle < 1.3 * column.pitch
    last_words = cells(line.text) < 10 and ends_closed(line.text)
    running = kind_of(above, column.em) is Kind.RUNNING and not ends_closed(above.text)
    return near and last_words and running and not is_indented(line, column)


def _rows_of_cells(stack: Stack) -> set[Printed]:
    """Return the lines that others stand beside, further away than words do."""
    cells_of = {
        line
        for one, other in pairwise(stack.lines)
        if in_one_row(one, other) and other.x0 - one.x1 > CELL * one.em
        for line in (one, other)
    }
    # One row alone is a line that was torn, and no table.
    rows = sorted(line.middle for line in cells_of)
    apart = sum(below - above > 0.5 * stack.lines[0].em for above, below in pairwise(rows))
    return cells_of if apart else set()


def _settle_leads(groups: Sequence[Group]) -> None:
    """Take larger type that runs on for long, or ends as a sentence does, for running text."""
    for group in groups:
        text = group.lines[-1].text.rstrip()
        runs = group.width > _LONG or (group.width > 30 and text.endswith(("。", "，", "；")))
        small_print = group.kind is Kind.SMALL and group.width > 2.5 * _LONG
        if small_print or (group.kind is Kind.LARGE and runs):
            group.kind = Kind.RUNNING


def _link(groups: Sequence[Group], is_parted: Between) -> None:
    """Find what goes on behind a column's end, a picture or an inset; an inset is no text."""
    last: Group | None = None
    between: list[Group] = []
    for group in groups:
        if group.kind is not Kind.RUNNING:
            between.append(group)
            continue
        if last is not None:
            group.goes_on = _goes_on(last, group, between, is_parted)
            if group.goes_on and not last.ended:
                for inset in between:
                    inset.role = Role.CAPTION
        last, between = group, []


def _goes_on(
    last: Group, group: Group, between: Sequence[Group], is_parted: Between
) -> bool | None:
    line, end = group.lines[0], last.lines[-1]
    if between:
        # Behind a heading a paragraph begins, unless the one before it is torn in two.
        torn = not last.ended and not is_indented(line, group.column)
        small = all(each.kind is Kind.SMALL for each in between)
        full = not is_short(end, line, last.column)
        return torn and full and (small or len(between) == 1) and not _is_article(between)
    if last.column.stack is group.column.stack and not is_parted(end, line):
        return False
    return goes_over(end, last.column, line, group.column)


def _is_article(groups: Sequence[Group]) -> bool:
    return any(line.em >= 2 * group.column.em for group in groups for line in group.lines)


def _display_role(group: Group, em: float, *, running: bool) -> Role | None:
    """Return the role of larger type, where it can have no other.

    HEAD when it is far larger, CAPTION when it is a sentence quoted amid `running` text.
    """
    text = "".join(line.text for line in group.lines).rstrip()
    if running and is_quoted(text):
        return Role.CAPTION
    if group.lines[0].em < HUGE * em or text.endswith(("。", "，", "；", "、")) or len(text) < 3:
        return None
    return Role.HEAD
