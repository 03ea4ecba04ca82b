"""Reading order: a page is cut at rules, headlines and gutters until columns are left."""

from collections.abc import Callable, Sequence

from ingest.layout.banners import above_article, at_headline, below_banner
from ingest.layout.metrics import GUTTER, thin_gaps
from ingest.layout.preparing import rows_joined
from ingest.layout.printed import Printed
from ingest.layout.regions import (
    Ground,
    Parts,
    Stack,
    bands_of,
    columns_of,
    gutters_of,
    is_head,
    opens_gutter,
    split,
    stand_beside,
    stands_alone,
    top_of,
)
from ingest.layout.spanned import outer_gutters
from ingest.layout.tables import is_tabular

_DEEPEST = 80
_ACROSS = 0.8  # of a region's width: what is wider parts it
_FEW = 5  # lines: fewer make no column that others may reach into

_Step = Callable[[list[Printed], Ground], Parts | None]


def cut(lines: Sequence[Printed], ground: Ground) -> list[Stack]:
    """Return the columns of a page in reading order."""
    whole = (
        min((line.x0 for line in lines), default=0),
        max((line.x1 for line in lines), default=0),
    )
    return _cut(list(lines), ground, whole, 0)


def _cut(
    lines: list[Printed], ground: Ground, reach: tuple[float, float], depth: int
) -> list[Stack]:
    if not lines:
        return []
    if len(lines) > 1 and depth < _DEEPEST and not _is_table(lines, ground):
        steps: tuple[tuple[_Step, bool], ...] = (
            (_at_bar, False),
            (above_article, False),
            (below_banner, False),
            (_at_gutters, True),
            (at_headline, False),
            (_at_loose_gutters, True),
            (_at_opening_gap, False),
        )
        for step, upright in steps:
            parts = step(lines, ground)
            if not parts:
                continue
            return [
                stack
                for part in (_headlines_first(parts, ground) if upright else parts)
                for stack in _cut(part, ground, _reach(part, reach, upright=upright), depth + 1)
            ]
    return [Stack(lines=tuple(rows_joined(lines)), left=reach[0], right=reach[1])]


def _is_table(lines: list[Printed], ground: Ground) -> bool:
    """Say whether what could be columns are those of a table: it is read row by row."""
    return is_tabular(columns_of(lines, gutters_of(lines, ground)))


def _reach(
    part: Sequence[Printed], reach: tuple[float, float], *, upright: bool
) -> tuple[float, float]:
    """A column stands over its own width; a band of the page over all of it."""
    if not upright:
        return reach
    return min(line.x0 for line in part), max(line.x1 for line in part)


def _headlines_first(columns: Parts, ground: Ground) -> Parts:
    """Put an upright headline before its text, which may well stand at the left of it.

    One on the right of all has its text on the left, up to the next column with a headline.
    """
    ordered: Parts = []
    for at, column in enumerate(columns):
        is_upright = all(line.vertical for line in column)
        if not is_upright or at + 1 < len(columns):
            ordered.append(column)
            continue
        start = len(ordered)
        while start and not any(is_head(line, ground.em) for line in ordered[start - 1]):
            start -= 1
        ordered.insert(start, column)
    return ordered


def _at_bar(lines: list[Printed], ground: Ground) -> Parts | None:
    """Part a region at a rule, picture or box that lies across all of it."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    slack = 0.3 * ground.em
    for bar in sorted(ground.bars, key=lambda bar: bar.y0):
        across = min(bar.x1, right) - max(bar.x0, left)
        if across < _ACROSS * (right - left):
            continue
        parts = split(lines, (bar.y0 + bar.y1) / 2)
        if not parts or max(line.y1 for line in parts[0]) > bar.y0 + slack:
            continue
        if min(line.y0 for line in parts[1]) >= bar.y1 - slack:
            return parts
    return None


def _at_gutters(lines: list[Printed], ground: Ground) -> Parts | None:
    cuts = gutters_of(lines, ground)
    columns = columns_of(lines, cuts)
    kept = [
        cut
        for cut, left, right in zip(cuts, columns, columns[1:], strict=False)
        if stand_beside(left, right, ground)
    ]
    if not kept or all(len(column) == 1 for column in columns):
        return None
    return columns_of(lines, outer_gutters(lines, kept, ground))


def _at_loose_gutters(lines: list[Printed], ground: Ground) -> Parts | None:
    """Cut where hardly any line crosses: one that is too long, or stands across two columns."""
    most = max(1, len(lines) // 25)
    if len(lines) < 3 * _FEW:
        return None
    thin = thin_gaps([(line.x0, line.x1) for line in lines], most)
    cuts = [(left + right) / 2 for left, right in thin if right - left >= GUTTER * ground.em]
    parts = _at_spanning(lines, cuts, ground.em)
    if parts:
        return parts
    columns = columns_of(lines, cuts) if cuts else []
    return columns if len(columns) > 1 and min(map(len, columns)) >= _FEW else None


def _at_spanning(lines: list[Printed], cuts: Sequence[float], em: float) -> Parts | None:
    """Cut below or above the lines that stand over both sides of a gutter, and do not just jut."""
    spanning = [
        line for line in lines if any(line.x0 + 3 * em < cut < line.x1 - 3 * em for cut in cuts)
    ]
    if not spanning:
        return None
    top, bottom = min(line.y0 for line in spanning), max(line.y1 for line in spanning)
    last = max(spanning, key=top_of)
    for line in sorted(lines, key=top_of):
        # The last line of what is spanning may be a short one.
        same = abs(line.em - last.em) < 0.02 * last.em and stands_alone(line, lines)
        if same and 0 < line.y0 - bottom + 0.5 * em < 1.5 * em and abs(line.x0 - last.x0) < 3 * em:
            bottom = line.y1
    bands = bands_of(lines, em)
    below = [band for band in bands if -0.4 * em < band[0] - bottom < em]
    above = [band for band in bands if -em < band[1] - top < 0.4 * em]
    for band in (*below, *above):
        parts = split(lines, sum(band) / 2)
        if parts:
            return parts
    return None


def _at_opening_gap(lines: list[Printed], ground: Ground) -> Parts | None:
    """Cut at the widest white band above or below which there are columns."""
    if len({round(line.x0 / ground.em) for line in lines}) < 2:
        return None
    bands = bands_of(lines, ground.em)
    for band in sorted(bands, key=lambda band: band[0] - band[1])[:40]:
        parts = split(lines, sum(band) / 2)
        if parts and opens_gutter(parts, ground):
            return parts
    return None
