"""Which gutters go through one article: a headline or a rule of it lies across them."""

from collections.abc import Sequence

from ingest.layout.banners import display_block
from ingest.layout.printed import Printed
from ingest.layout.regions import Ground, Parts, columns_of, is_head

_NEAR = 4.0  # of running type: how far below a headline its columns begin
_RULE = 0.5  # of running type: what is higher is a picture or a box, round which text may run


def outer_gutters(lines: Sequence[Printed], cuts: Sequence[float], ground: Ground) -> list[float]:
    """Return the gutters between articles, where others go through one; else all of them.

    Columns under one headline are blank beside it, and begin again right below it; the next
    article has text of its own there.
    """
    columns = columns_of(lines, cuts)
    if len(columns) != len(cuts) + 1:
        return list(cuts)
    inner = {cut for cut in cuts if _is_ruled_over(cut, lines, ground)}
    heads = [line for line in lines if is_head(line, ground.em) and not line.vertical]
    for head in heads:
        inner.update(_under(head, columns, cuts, ground))
    outer = [cut for cut in cuts if cut not in inner]
    return outer or list(cuts)


def _is_ruled_over(cut: float, lines: Sequence[Printed], ground: Ground) -> bool:
    """Say whether a rule in the middle of a region lies across a gutter."""
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    return any(
        bar.height < _RULE * ground.em
        and bar.x0 + 2 * ground.em < cut < bar.x1 - 2 * ground.em
        and top + ground.em < bar.y0 < bottom - ground.em
        for bar in ground.bars
    )


def _under(head: Printed, columns: Parts, cuts: Sequence[float], ground: Ground) -> Sequence[float]:
    """Return the gutters between the columns that a headline stands over."""
    own = next(at for at, column in enumerate(columns) if head in column)
    display = display_block(columns[own], head, ground.em)
    top, bottom = display[0].y0, max(line.y1 for line in display)
    first = last = own
    while first > 0 and _is_interrupted(columns[first - 1], top, bottom, ground):
        first -= 1
    while last + 1 < len(columns) and _is_interrupted(columns[last + 1], top, bottom, ground):
        last += 1
    return cuts[first:last]


def _is_interrupted(column: Sequence[Printed], top: float, bottom: float, ground: Ground) -> bool:
    """Say whether a column is blank beside a headline, with text right below it and above."""
    slack = 0.2 * ground.em
    if any(line.y0 < bottom - slack and line.y1 > top + slack for line in column):
        return False
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    filled = any(
        bar.height > _RULE * ground.em
        and min(bar.x1, right) - max(bar.x0, left) > 2 * ground.em
        and bar.y0 < bottom - slack
        and bar.y1 > top + slack
        for bar in ground.bars
    )
    below = [line.y0 - bottom for line in column if line.y0 >= bottom - slack]
    above = any(line.y1 <= top + slack for line in column)
    return not filled and above and min(below, default=2 * _NEAR * ground.em) < _NEAR * ground.em
