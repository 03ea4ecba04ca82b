"""Tables: ruled ones by their grid, others by their rows; each row becomes one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.metrics import cells
from ingest.layout.preparing import in_one_row, rows_joined
from ingest.layout.printed import Printed, PrintedPage, Rectangle

_THIN = 0.35  # of running type: what is lower or narrower is a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: where it stands, the lines it is made of, and its rows as one line each."""

    frame: Rectangle
    lines: tuple[Printed, ...]
    rows: tuple[Printed, ...]


def tables_of(page: PrintedPage, lines: Sequence[Printed], em: float) -> list[Table]:
    """Return the ruled tables of a page."""
    found: list[Table] = []
    for group in _touching(_edges(page.frames, em), em):
        across = _levels([edge.y0 for edge in group if edge.height <= edge.width], em)
        upright = _levels([edge.x0 for edge in group if edge.height > edge.width], em)
        if len(across) < 3 or len(upright) < 3:
            continue
        frame = Rectangle(x0=upright[0], y0=across[0], x1=upright[-1], y1=across[-1])
        inside = [line for line in lines if frame.holds(line)]
        rows = _rows(inside, across, upright, em)
        if len(rows) >= 2:
            found.append(Table(frame=frame, lines=tuple(inside), rows=tuple(rows)))
    return found


def _edges(frames: Sequence[Rectangle], em: float) -> list[Rectangle]:
    """Return all rules, those that frames consist of among them."""
    edges: list[Rectangle] = []
    for each in frames:
        if min(each.width, each.height) <= _THIN * em:
            edges += [each] * (max(each.width, each.height) > 0.8 * em)
            continue
        if min(each.width, each.height) < em:
            continue
        x0, y0, x1, y1 = each.x0, each.y0, each.x1, each.y1
        edges += [
            Rectangle(x0=x0, y0=y0, x1=x1, y1=y0), Rectangle(x0=x0, y0=y1, x1=x1, y1=y1),
            Rectangle(x0=x0, y0=y0, x1=x0, y1=y1), Rectangle(x0=x1, y0=y0, x1=x1, y1=y1),
        ]  # fmt: skip
    return edges[:2_000]


def _touching(edges: Sequence[Rectangle], em: float) -> list[list[Rectangle]]:
    """Group rules that touch each other, straight or through others."""
    slack = 0.3 * em
    groups: list[list[Rectangle]] = []
    for edge in sorted(edges, key=lambda edge: edge.y0):
        touched = [group for group in groups if any(_touch(edge, other, slack) for other in group)]
        merged = [edge, *(other for group in touched for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append(merged)
    return groups


def _touch(one: Rectangle, other: Rectangle, slack: float) -> bool:
    return (
        one.x0 <= other.x1 + slack
        and other.x0 <= one.x1 + slack
        and one.y0 <= other.y1 + slack
        and other.y0 <= one.y1 + slack
    )


def _levels(values: Sequence[float], em: float) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > 0.6 * em:
            levels.append(value)
    return levels


def _rows(
    lines: Sequence[Printed], across: Sequence[float], upright: Sequence[float], em: float
) -> list[Printed]:
    rows: list[Printed] = []
    for top, bottom in pairwise(across):
        row = [line for line in lines if top <= line.middle < bottom]
        columns = [
            [line for line in row if left <= line.centre < right]
            for left, right in pairwise(upright)
        ]
        texts = ["".join(line.text for line in _in_order(column, em)) for column in columns]
        if row:
            rows.append(_row([text for text in texts if text], row))
    return rows


def _in_order(lines: Sequence[Printed], em: float) -> list[Printed]:
    return sorted(lines, key=lambda line: (round(line.middle / em), line.x0))


def _row(texts: Sequence[str], lines: Sequence[Printed]) -> Printed:
    certain = [line.confidence for line in lines if line.confidence is not None]
    return Printed(
        text="　".join(texts),
        x0=min(line.x0 for line in lines), y0=min(line.y0 for line in lines),
        x1=max(line.x1 for line in lines), y1=max(line.y1 for line in lines),
        em=lines[0].em, confidence=min(certain, default=None),
    )  # fmt: skip


def is_tabular(columns: Sequence[Sequence[Printed]]) -> bool:
    """Say whether columns are those of a table without rules: short cells, row beside row.

    The lines of a text fill their column, those of a table do not. A column of a table has one
    cell in a row: what has more is an article that is not cut yet, its headline over the gutters.
    """
    if len(columns) < 2 or min(len(column) for column in columns) < 2:
        return False
    whole = [rows_joined(column) for column in columns]
    if any(in_one_row(one, other) for column in whole for one, other in pairwise(column)):
        return False
    lines = [line for column in whole for line in column]
    if sum(cells(line.text) for line in lines) > 10 * len(lines):
        return False
    ragged = sum(_is_ragged(line, column) for column in whole for line in column)
    if ragged < 0.4 * len(lines):
        return False
    longest = max(whole, key=len)
    others = [line for column in whole if column is not longest for line in column]
    beside = sum(any(in_one_row(line, other) for other in longest) for line in others)
    return beside >= 0.8 * len(others)


def _is_ragged(line: Printed, column: Sequence[Printed]) -> bool:
    """Say whether a line leaves a part of its column free, but for what begins a paragraph."""
    left, right = min(each.x0 for each in column), max(each.x1 for each in column)
    indent = line.x0 - left
    if abs(indent - 2 * line.em) < 0.3 * line.em:
        indent = 0.0
    return indent + right - line.x1 > 0.15 * (right - left)
