"""What belongs to the page: the band at its head, and its number."""

import re
from collections.abc import Sequence

from ingest.layout.metrics import cells, gaps
from ingest.layout.printed import Printed, PrintedPage, Rectangle

_HEAD = 0.16  # of the height that is printed on
_MOST_LINES, _MOST_CELLS, _MOST_ROWS = 10, 150, 3
_LONGEST_NAME = 10  # cells: the name of a paper has no more
_ISSUE = re.compile(r"第\s*\d+\s*期|主[办管][:：]|主[办管]$|国内统一|刊号|邮发代号|今日\s*\d+\s*版")
_RULED = 4.0  # of running type: how far below a document's number its rule is drawn
_DOCUMENT_NUMBER = re.compile(r"[〔\[【]\s*(?:19|20)\d\d\s*[〕\]】]\s*\d+\s*号$")
# On a scan a dash beside the number may well be read as the numeral 一.
_NUMBER = re.compile(
    r"^[\s\-—–·•|一]*(?:第?\s*\d{1,4}\s*页?|[ivxlc]{1,6}|[IVXLC]{1,6})[\s\-—–·•|一]*$"
)


def part_numbers(
    lines: Sequence[Printed], page: PrintedPage, em: float
) -> tuple[list[Printed], list[Printed]]:
    """Part a lone page number above or below all text from the other lines."""
    numbers: list[Printed] = []
    for line in lines:
        if not _NUMBER.match(line.text) or not _is_at_edge(line, page):
            continue
        others = [other for other in lines if other is not line and not _NUMBER.match(other.text)]
        above = all(other.y0 > line.y1 + 0.3 * em for other in others)
        below = all(other.y1 < line.y0 - 0.3 * em for other in others)
        if others and (above or below):
            numbers.append(line)
    return numbers, [line for line in lines if line not in numbers]


def _is_at_edge(line: Printed, page: PrintedPage) -> bool:
    return line.y1 < 0.12 * page.height or line.y0 > 0.88 * page.height


def part_masthead(
    lines: Sequence[Printed], rules: Sequence[Rectangle], em: float
) -> tuple[list[list[Printed]], bool, list[Printed]]:
    """Part the band at the head of a page from what is below it.

    Returns its rows, whether a rule sets it off so that all of it belongs to the page, and the
    other lines. There is none where the type in it is larger than the headlines below.
    """
    nothing: tuple[list[list[Printed]], bool, list[Printed]] = ([], False, list(lines))
    if len(lines) < 4:
        return nothing
    official = _official_head(lines, rules, em)
    if official:
        return _rows(official), True, [line for line in lines if line not in official]
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    limit = top + _HEAD * (bottom - top)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    ruled = [
        (rule.y0, rule.y1)
        for rule in rules
        if rule.width > 0.7 * (right - left) and rule.y0 < limit + em
    ]
    white = [
        gap
        for gap in gaps((line.y0, line.y1) for line in lines)
        if gap[1] - gap[0] >= 0.8 * em and gap[0] < limit
    ]
    for number, band in enumerate([*sorted(ruled), *white]):
        middle = (band[0] + band[1]) / 2
        upper = [line for line in lines if line.middle < middle]
        lower = [line for line in lines if line.middle >= middle]
        named = bool(lower) and _is_named(upper)
        if named or _is_masthead(upper, lower, band, em):
            return _rows(upper), named or number < len(ruled), lower
    return nothing


def _is_named(upper: Sequence[Printed]) -> bool:
    """Say whether a band is the name of a paper in large type with its issue right beside it."""
    if not 2 <= len(upper) <= _MOST_LINES:
        return False
    name = max(upper, key=lambda line: line.em)
    others = [line for line in upper if line is not name]
    beside = all(name.y0 - line.em < line.middle < name.y1 + 1.5 * line.em for line in others)
    issue = any(_ISSUE.search(line.text) for line in others)
    large = name.em > 1.5 * max(line.em for line in others)
    return beside and issue and large and cells(name.text) <= _LONGEST_NAME


def _official_head(
    lines: Sequence[Printed], rules: Sequence[Rectangle], em: float
) -> list[Printed]:
    """Return the head of an official document: who issues it and its number, above a rule."""
    number = next((line for line in lines if _DOCUMENT_NUMBER.search(line.text)), None)
    if number is None:
        return []
    ruled = any(
        -0.5 * em < rule.y0 - number.y1 < _RULED * em and rule.x0 <= number.x1 <= rule.x1
        for rule in rules
    )
    upper = [line for line in lines if line.middle < number.y1]
    small = len(upper) <= _MOST_LINES and sum(cells(line.text) for line in upper) <= _MOST_CELLS
    return upper if ruled and small and len(upper) < len(lines) else []


def _is_masthead(
    upper: Sequence[Printed], lower: Sequence[Printed], band: tuple[float, float], em: float
) -> bool:
    if not upper or not lower or len(upper) > _MOST_LINES or any(line.vertical for line in upper):
        return False
    if sum(cells(line.text) for line in upper) > _MOST_CELLS or len(_rows(upper)) > _MOST_ROWS:
        return False
    if max(line.y1 for line in upper) > band[1] + 0.3 * em:
        return False
    if any(_DOCUMENT_NUMBER.search(line.text) for line in upper):
        return True
    near = [line.em for line in lower if line.y0 < band[1] + 10 * em]
    return max(line.em for line in upper) < 0.9 * max(near, default=0.0)


def _rows(lines: Sequence[Printed]) -> list[list[Printed]]:
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: line.y1):
        if rows and abs(rows[-1][-1].y1 - line.y1) < 0.6 * max(line.em, rows[-1][-1].em):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]
