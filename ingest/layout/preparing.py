"""Makes whole lines of runs: of several sizes in one row, of an initial, of upright headlines."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.layout.metrics import HUGE, cells
from ingest.layout.printed import Printed
from ingest.punctuation import word_straddles

_NEAR = 0.6  # em: runs of a row this close are one line
CELL = 1.5
"""em: what stands further apart in one row are cells of a table."""

_INITIAL = 1.8  # of running type: a larger single character opens a paragraph


def whole_lines(runs: Sequence[Printed], em: float) -> list[Printed]:
    """Return the lines of a page, in no order."""
    lines = [replace(run, text=run.text.strip()) for run in runs if run.text.strip()]
    flat = [line for line in lines if not line.vertical]
    upright = [line for line in lines if line.vertical]
    return _with_initials(_rows_joined(flat), em) + _upright_joined(upright)


def rows_joined(lines: Sequence[Printed]) -> list[Printed]:
    """Return the lines of one column from top to bottom, words of a row that stand apart joined.

    Cells of a table, which stand further apart, stay lines of their own.
    """
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if rows and in_one_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined: list[Printed] = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        joined.append(row[0])
        spread = _is_spread(row)
        for line in row[1:]:
            near = -0.3 * line.em < line.x0 - joined[-1].x1 < (4 if spread else CELL) * line.em
            alike = abs(line.em - joined[-1].em) < 0.1 * line.em and not line.vertical
            if near and alike and line.bold == joined[-1].bold:
                joined[-1] = _joined(joined[-1], line)
            else:
                joined.append(line)
    return joined


def _is_spread(row: Sequence[Printed]) -> bool:
    """Say whether Latin words were set far apart to fill a line: at equal distances."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    latin = all(cells(line.text) < 0.6 * len(line.text) for line in row)
    return latin and len(gaps) >= 2 and max(gaps) - min(gaps) < 0.35 * row[0].em


def in_one_row(one: Printed, other: Printed) -> bool:
    """Say whether two lines stand beside each other."""
    return abs(one.middle - other.middle) < 0.4 * max(one.em, other.em)


def _baseline(line: Printed) -> float:
    return line.y1 - 0.12 * line.em


def _rows_joined(lines: Sequence[Printed]) -> list[Printed]:
    """Join neighbours on one baseline, as a number set larger and the words behind it."""
    rows: list[Printed] = []
    for line in sorted(lines, key=lambda line: line.x0):
        at = next((at for at, row in enumerate(rows) if _follows(row, line)), None)
        if at is None:
            rows.append(line)
        else:
            rows[at] = _joined(rows[at], line)
    return rows


def _follows(row: Printed, line: Printed) -> bool:
    em = max(row.em, line.em)
    smaller = min(row.em, line.em)
    if not -0.3 * smaller <= line.x0 - row.x1 < _NEAR * em or _is_initial(row, line):
        return False
    level = abs(_baseline(row) - _baseline(line)) < 0.3 * smaller
    inside = row.y0 - 0.2 * smaller <= line.middle <= row.y1 + 0.2 * smaller
    return level or (inside and smaller < 0.75 * em and cells(line.text) <= 3)


def _is_initial(row: Printed, line: Printed) -> bool:
    return cells(row.text) <= 2 and row.em >= _INITIAL * line.em


def _joined(row: Printed, line: Printed) -> Printed:
    wider = max(row, line, key=lambda each: cells(each.text) * each.em)
    certain = [each.confidence for each in (row, line) if each.confidence is not None]
    # Words of two sizes are two words, where any white is between them.
    least = 0.1 if abs(row.em - line.em) > 0.2 * wider.em else 0.2
    space = " " if line.x0 - row.x1 > least * min(row.em, line.em) else ""
    return replace(
        wider,
        text=row.text + space + line.text,
        x0=row.x0,
        x1=max(row.x1, line.x1),
        y0=min(row.y0, line.y0) if row.em < HUGE * line.em else wider.y0,
        y1=max(row.y1, line.y1) if row.em < HUGE * line.em else wider.y1,
        confidence=min(certain, default=None),
    )


def _with_initials(lines: list[Printed], em: float) -> list[Printed]:
    """Put the large first character of a paragraph before the line beside its upper half."""
    for initial in [line for line in lines if cells(line.text) <= 2 and line.em >= _INITIAL * em]:
        beside = sorted(
            (
                line
                for line in lines
                if line.em < 1.3 * em
                and -0.3 * em <= line.x0 - initial.x1 < 1.5 * em
                and initial.y0 - 0.3 * em <= line.middle <= initial.y1 + 0.3 * em
            ),
            key=lambda line: line.y0,
        )
        if len(beside) < 2:
            continue
        lines.remove(initial)
        for line in beside:
            text = initial.text + line.text if line is beside[0] else line.text
            lines[lines.index(line)] = replace(line, text=text, x0=initial.x0)
    return lines


def _upright_joined(lines: Sequence[Printed]) -> list[Printed]:
    """Join upright lines beside each other into one, read from right to left."""
    joined: list[Printed] = []
    for line in sorted(lines, key=lambda line: -line.x1):
        last = joined[-1] if joined else None
        if last and last.x0 - line.x1 < 1.5 * line.em and abs(last.em - line.em) < 0.15 * line.em:
            # A line shorter than the one before it took what had no more room there.
            rest = line.y1 - line.y0 < last.y1 - last.y0 - line.em
            space = "" if rest or word_straddles(last.text, line.text) else " "
            joined[-1] = replace(
                last,
                text=last.text + space + line.text,
                x0=line.x0,
                y0=min(last.y0, line.y0),
                y1=max(last.y1, line.y1),
            )
        else:
            joined.append(line)
    return joined
