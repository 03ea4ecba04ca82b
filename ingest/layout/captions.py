"""Finds the lines that belong to a picture: small type at its foot, at its side or above it."""

from collections.abc import Iterable, Sequence

from ingest.layout.metrics import cells
from ingest.layout.printed import Printed, Rectangle

_SMALL, _SMALL_SCANNED = 0.975, 0.93  # sizes measured on a scan are less certain
_MOST_CELLS = 160
_UPRIGHT = tuple("▲△▼▽↑↓")
_ARROWS = tuple("▲△▼▽↑↓←→◀▶►◄")


def captions_of(
    lines: Sequence[Printed], pictures: Iterable[Rectangle], em: float
) -> list[tuple[Printed, ...]]:
    """Return the caption of each picture that has one, in lines from top to bottom."""
    taken: set[Printed] = set()
    found: list[tuple[Printed, ...]] = []
    for picture in pictures:
        if min(picture.width, picture.height) < 3 * em:
            continue
        free = [line for line in lines if line not in taken and not line.vertical]
        for group in _groups(free, picture, em):
            if group and sum(cells(line.text) for line in group) <= _MOST_CELLS:
                found.append(tuple(group))
                taken.update(group)
                break
    return found


def clear_of(picture: Rectangle, lines: Iterable[Printed], em: float) -> Rectangle:
    """Return what of a picture is clear of text: the page may show a part of it only.

    Each line of running size that seems to lie in it costs it as little as it can.
    """
    x0, y0, x1, y1 = picture.x0, picture.y0, picture.x1, picture.y1
    for line in lines:
        inside = x0 < line.centre < x1 and y0 < line.middle < y1
        if not inside or _is_small(line, em):
            continue
        losses = {
            "left": line.x1 - x0, "top": line.y1 - y0,
            "right": x1 - line.x0, "bottom": y1 - line.y0,
        }  # fmt: skip
        side = min(losses, key=lambda side: losses[side])
        if side == "left":
            x0 = line.x1
        elif side == "top":
            y0 = line.y1
        elif side == "right":
            x1 = line.x0
        else:
            y1 = line.y0
    return Rectangle(x0=x0, y0=y0, x1=max(x1, x0), y1=max(y1, y0))


def _groups(lines: Sequence[Printed], picture: Rectangle, em: float) -> Iterable[list[Printed]]:
    """Try the places of a caption: below, within, beside and above its picture."""
    yield _chain(lines, [line for line in lines if _is_under(line, picture, em)], em)
    yield _chain(lines, [line for line in lines if picture.holds(line) and _is_small(line, em)], em)
    beside = [line for line in lines if _is_beside(line, picture, em)]
    yield _chain(lines, [line for line in beside if not _is_in_column(line, lines, em)], em)
    above = [line for line in lines if _is_over(line, picture, em)]
    yield above if all(line.text.startswith(("▼", "▽", "↓")) for line in above[:1]) else []


def _is_small(line: Printed, em: float) -> bool:
    most = _SMALL if line.confidence is None else _SMALL_SCANNED
    return line.em <= most * em or line.text.startswith(_ARROWS)


def _is_under(line: Printed, picture: Rectangle, em: float) -> bool:
    inside = picture.x0 - 1.5 * em <= line.x0 and line.x1 <= picture.x1 + 1.5 * em
    if not inside or not -0.5 * em <= line.y0 - picture.y1 <= 2 * em:
        return False
    middle = (picture.x0 + picture.x1) / 2
    left, right = line.x0 - picture.x0, picture.x1 - line.x1
    centred = abs(line.centre - middle) < em and min(left, right) > 1.5 * em and line.em < 1.1 * em
    return _is_small(line, em) or (centred and left > 0)


def _is_over(line: Printed, picture: Rectangle, em: float) -> bool:
    inside = picture.x0 - em <= line.x0 and line.x1 <= picture.x1 + em
    return inside and -0.5 * em <= picture.y0 - line.y1 <= 1.5 * em


def _is_beside(line: Printed, picture: Rectangle, em: float) -> bool:
    level = picture.y0 - 0.5 * em <= line.middle <= picture.y1 + 0.5 * em
    near = min(abs(line.x0 - picture.x1), abs(picture.x0 - line.x1)) <= 2.5 * em
    narrow = line.x1 - line.x0 < picture.width
    # An arrow points up or down to a picture of its own.
    return level and near and narrow and _is_small(line, em) and not line.text.startswith(_UPRIGHT)


def _is_in_column(line: Printed, lines: Sequence[Printed], em: float) -> bool:
    """Say whether running text stands right above or below a line, and begins where it does."""
    return any(
        not _is_small(other, em)
        and abs(other.x0 - line.x0) < 3 * em
        and min(abs(other.y0 - line.y1), abs(line.y0 - other.y1)) < 0.8 * em
        for other in lines
    )


def _chain(lines: Sequence[Printed], first: Sequence[Printed], em: float) -> list[Printed]:
    """Return the lines that go on below the first ones in the same type."""
    group = sorted(first, key=lambda line: (line.middle, line.x0))[:1]
    if not group:
        return []
    begun = group[0]
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        last = group[-1]
        alike = abs(line.em - begun.em) <= 0.04 * begun.em
        near = 0 < line.middle - last.middle <= 1.9 * begun.em
        over = line.x0 < begun.x1 and line.x1 > begun.x0 and abs(line.x0 - begun.x0) < 3 * em
        if alike and near and over:
            group.append(line)
    # Type of the size of running text: only a line or two under the picture are its own.
    return group if _is_small(begun, em) or len(group) <= 2 else []
