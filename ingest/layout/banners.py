"""Cuts at headlines: above those that open an article, below those over several columns."""

from collections.abc import Sequence

from ingest.layout.metrics import LARGE, cells
from ingest.layout.printed import Printed
from ingest.layout.regions import (
    Ground,
    Parts,
    bands_of,
    columns_of,
    gutters_of,
    has_text,
    is_head,
    opens_gutter,
    split,
    stands_alone,
    top_of,
)

_MOST_ACROSS = 4  # lines of running type that may stand between a headline and its columns


def above_article(lines: list[Printed], ground: Ground) -> Parts | None:
    """Part a region above a headline whose own band is empty beside it, columns below it."""
    bands = bands_of(lines, ground.em)
    for head in sorted((line for line in lines if is_head(line, ground.em)), key=top_of):
        display = display_block(lines, head, ground.em)
        top = display[0].y0
        above = [band for band in bands if band[1] <= top + 0.3 * ground.em]
        if not above or top - above[-1][1] > 2.5 * ground.em:
            continue
        if above[-1][1] - above[-1][0] < 0.5 * ground.em:
            continue
        parts = split(lines, sum(above[-1]) / 2)
        if parts and has_text(parts[0], ground.em) and _is_article(parts[1], display, ground):
            return parts
    return None


def _is_article(lines: Sequence[Printed], display: Sequence[Printed], ground: Ground) -> bool:
    """Say whether nothing but display type stands beside a headline, and columns below it."""
    bottom = max(line.y1 for line in display)
    left, right = min(line.x0 for line in display), max(line.x1 for line in display)
    beside = [line for line in lines if line.y0 < bottom - 0.3 * ground.em]
    plain = [line for line in beside if line.em < LARGE * ground.em and line not in display]
    if any(cells(line.text) > 16 or line.x0 > right or line.x1 < left for line in plain):
        return False
    # What heads a section of the next column is no headline beside this one.
    lesser = [line for line in beside if line not in display and not is_head(line, ground.em)]
    if any(line.x0 > right or line.x1 < left for line in lesser):
        return False
    below = [line for line in lines if line not in beside]
    columns = columns_of(below, gutters_of(below, ground)) if below else []
    if sum(len(column) > 1 for column in columns) < 2:
        return False
    # Columns of the article begin right below its headline.
    tops = [min(line.y0 for line in column) for column in columns if len(column) > 1]
    largest = max(line.em for line in display)
    return sum(top - bottom < 4 * ground.em for top in tops) >= 2 or largest >= 1.8 * ground.em


def below_banner(lines: list[Printed], ground: Ground) -> Parts | None:
    """Cut off the headlines at the head of a region that stand over several of its columns."""
    heads = sorted((line for line in lines if is_head(line, ground.em)), key=top_of)
    if not heads or heads[0].vertical:
        return None
    display = display_block(lines, heads[0], ground.em)
    display += _lines_across(lines, display, ground)
    bottom = max(line.y1 for line in display)
    left, right = min(line.x0 for line in display), max(line.x1 for line in display)
    if any(line.middle < bottom and line not in display for line in lines):
        return None
    for band in bands_of(lines, ground.em):
        if -0.4 * ground.em < band[0] - bottom < 2.5 * ground.em:
            parts = split(lines, sum(band) / 2)
            columns = columns_of(parts[1], gutters_of(parts[1], ground)) if parts else []
            return parts if len(columns) > 1 and not _is_over_one(left, right, columns) else None
    return None


def _lines_across(
    lines: Sequence[Printed], display: Sequence[Printed], ground: Ground
) -> list[Printed]:
    """Return the lines of running size below a headline that stand over several columns, too."""
    found: list[Printed] = []
    bottom = max(line.y1 for line in display)
    for line in sorted(lines, key=top_of):
        if line in display or line.y0 < bottom - 0.3 * ground.em or len(found) == _MOST_ACROSS:
            continue
        if line.y0 - bottom > 1.5 * ground.em or not stands_alone(line, lines):
            break
        below = [other for other in lines if other.y0 > line.y1 - 0.2 * ground.em]
        columns = columns_of(below, gutters_of(below, ground)) if below else []
        if len(columns) < 2 or _is_over_one(line.x0, line.x1, columns):
            break
        found.append(line)
        bottom = line.y1
    return found


def _is_over_one(left: float, right: float, columns: Parts) -> bool:
    """Say whether a headline stands over one column and no other."""
    edges = [
        (min(line.x0 for line in column), max(line.x1 for line in column)) for column in columns
    ]
    slack = 0.03 * (edges[-1][1] - edges[0][0])
    return any(start - slack <= left and right <= end + slack for start, end in edges)


def display_block(lines: Sequence[Printed], head: Printed, em: float) -> list[Printed]:
    """Return a headline with the display lines right above and below it, top first.

    Each has its height for itself: nothing else stands beside it. A line of running size above
    the headline is one of them where it is short: a kicker.
    """
    block = [head]
    ordered = sorted(lines, key=top_of)
    for line in ordered:
        if line.y0 > head.y0 and _is_next(block[-1], line, em) and stands_alone(line, lines):
            if line.em < LARGE * em:
                break
            block.append(line)
    for line in reversed(ordered):
        if line.y0 < head.y0 and _is_next(line, block[0], em) and stands_alone(line, lines):
            leads = cells(line.text) <= 26 and not line.text.endswith(("。", "，", "；", "、"))
            if not leads and line.em < LARGE * em:
                break
            block.insert(0, line)
    return block


def _is_next(upper: Printed, lower: Printed, em: float) -> bool:
    """Say whether one display line stands right below another."""
    near = lower.y0 - upper.y1 < 0.6 * max(upper.em, lower.em) + 0.5 * em
    return lower.middle > upper.middle and near and upper.x0 < lower.x1 and lower.x0 < upper.x1


def at_headline(lines: list[Printed], ground: Ground) -> Parts | None:
    """Cut off the first headline that lies across gutters."""
    if len({round(line.x0 / ground.em) for line in lines}) < 2:
        return None
    bands = bands_of(lines, ground.em)
    for head in sorted((line for line in lines if is_head(line, ground.em)), key=top_of):
        display = display_block(lines, head, ground.em)
        top, bottom = display[0].y0, max(line.y1 for line in display)
        above = [band for band in bands if -2.5 * ground.em < band[1] - top < 0.3 * ground.em]
        below = [band for band in bands if -0.4 * ground.em < band[0] - bottom < 2.5 * ground.em]
        for band in (*above[-1:], *below[:1]):
            parts = split(lines, sum(band) / 2)
            if parts and opens_gutter(parts, ground):
                return parts
    return None
