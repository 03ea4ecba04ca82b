"""Writes blocks as lines: their text as it reads, and their place in fractions of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout.groups import Group
from ingest.layout.paragraphs import Kind, break_in_headline, parted_by_space
from ingest.layout.preparing import in_one_row
from ingest.layout.printed import Printed, PrintedPage, Rectangle
from ingest.layout.tables import Table
from ingest.reading import Line, Role
from store.articles import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page with what is known of all of it.

    Attributes:
        page: the page.
        em: the size of its running type.
        pictures: those that text runs round.
        tables: its tables, by the line that keeps the place of each.
    """

    page: PrintedPage
    em: float
    pictures: tuple[Rectangle, ...]
    tables: dict[Printed, Table]


def group_lines(group: Group, sheet: Sheet) -> list[Line]:
    """Return the lines of a block; each row of a table is a block of its own."""
    if group.lines[0] in sheet.tables:
        rows = sheet.tables[group.lines[0]].rows
        return [replace(page_line(row, sheet), gap=1, role=Role.BODY) for row in rows]
    running = group.kind is Kind.RUNNING and group.role is None
    gap = 0 if group.goes_on else 1 if running else 2
    first = replace(
        page_line(group.lines[0], sheet), gap=gap, joins=group.goes_on, ruled=group.opens
    )
    return [replace(line, role=group.role) for line in (first, *_rest(group, sheet))]


def _rest(group: Group, sheet: Sheet) -> Sequence[Line]:
    """Return the lines of a block behind the first, with the spaces that line ends stand for."""
    room = group.column.stack.right - group.column.stack.left
    rest: list[Line] = []
    for above, line in pairwise(group.lines):
        space = ""
        if in_one_row(above, line) or parted_by_space(above.text, line.text):
            space = " "
        elif group.kind is Kind.LARGE:
            space = break_in_headline(above, line, room)
        written = page_line(line, sheet)
        rest.append(replace(written, text=space + line.text, gap=0, joins=True))
    return rest


def page_line(line: Printed, sheet: Sheet) -> Line:
    """Return what is printed in one place as a line that stands by itself."""
    page = sheet.page
    x0, x1 = (min(max(value / page.width, 0.0), 1.0) for value in (line.x0, line.x1))
    y0, y1 = (min(max(value / page.height, 0.0), 1.0) for value in (line.y0, line.y1))
    return Line(
        text=line.text,
        gap=2,
        box=Box(page=page.number, x0=x0, y0=y0, x1=x1, y1=y1),
        size=round(line.em / sheet.em, 2),
        joins=False,
        confidence=line.confidence,
    )
