"""Finds the lines of type on a picture of any size, without the memory growing with it."""

from itertools import pairwise

import numpy as np

from ingest.layout.skew import Quads, lengths, mostly_down, quarter, runs_down
from ingest.scan.engine import Engine, Pixels

_SHORT_SIDE = 1400  # pixels that a page's shorter side is looked at in
_SMALL = 700  # pixels: a picture whose shorter side is less is looked at twice as large
_BAND = 1_500_000  # pixels looked at in one go: what finding lines takes in memory hangs on it
_OVERLAP = 160  # pixels that two bands share: no line is cut in both
_ALIKE = 1.4  # pieces of one line are no more different in thickness
_APART = 0.35  # of a line's thickness: pieces of one line are no farther apart
_FINEST = 16  # pixels: lines thinner than this are looked for again in a larger picture


def find_lines(pixels: Pixels, engine: Engine) -> Quads:
    """Return the lines of type on a picture, however large or long it is.

    It is looked at in bands, each as wide as the picture, at a size at which the type of a page
    can be told; a second time, and larger, where the type turns out to be small. Bands would cut
    lines that run downwards: a picture of these is laid on its side for it.
    """
    quads = _find(pixels, engine)
    if not mostly_down(quads):
        return quads
    height, width = pixels.shape[:2]
    lying = _find(np.ascontiguousarray(np.rot90(pixels)), engine)
    return quarter(lying, height, width, 3)


def joined(quads: Quads) -> Quads:
    """Return the lines of a level page, those that were found in several pieces as one each.

    Pieces of a line meet or overlap; between two columns there is more room.
    """
    lying = quads[~runs_down(quads)]
    rows: list[Quads] = []
    for quad in lying[np.argsort(lying[:, 0, 0])]:
        at = next((at for at, row in enumerate(rows) if _goes_on(row, quad)), None)
        if at is None:
            rows.append(quad)
        elif quad[1, 0] > rows[at][1, 0]:
            rows[at] = np.stack([rows[at][0], quad[1], quad[2], rows[at][3]])
    return np.asarray([*rows, *quads[runs_down(quads)]], np.float32).reshape(-1, 4, 2)


def _goes_on(row: Quads, quad: Quads) -> bool:
    thick, other = (float(each[:, 1].max() - each[:, 1].min()) for each in (row, quad))
    ends, begins = row[1:3].mean(axis=0), quad[[0, 3]].mean(axis=0)
    return bool(
        max(thick, other) < _ALIKE * min(thick, other)
        and abs(ends[1] - begins[1]) < 0.25 * thick
        and -_ALIKE * thick < begins[0] - ends[0] < _APART * thick
    )


def _find(pixels: Pixels, engine: Engine) -> Quads:
    shorter = min(pixels.shape[:2])
    scale = 2.0 if shorter < _SMALL else min(_SHORT_SIDE / shorter, 1.0)
    quads = _find_at(pixels, scale, engine)
    if not len(quads) or scale >= 1:
        return quads
    thickness = float(np.median(lengths(quads).min(axis=1))) * scale
    if thickness >= _FINEST:
        return quads
    return _find_at(pixels, min(1.0, scale * 1.5 * _FINEST / thickness), engine)


def bands(height: int, width: int) -> tuple[tuple[int, int, int, int], ...]:
    """Cut a picture into bands of nearly one height: (top, upper, lower, bottom) of each.

    A band is looked at from top to bottom and answers for the lines whose middle lies from upper
    to lower; these join without a gap, while the bands themselves overlap.
    """
    most = max(_BAND // max(width, 1), 4 * _OVERLAP)
    count = 1 if height <= most else -(-height // (most - _OVERLAP))
    edges = [round(height * step / count) for step in range(count + 1)]
    half = _OVERLAP // 2
    return tuple(
        (max(upper - half, 0), upper, lower, min(lower + half, height))
        for upper, lower in pairwise(edges)
    )


def _find_at(pixels: Pixels, scale: float, engine: Engine) -> Quads:
    import cv2

    height, width = pixels.shape[:2]
    wide, high = max(32, round(width * scale)), max(32, round(height * scale))
    seen = pixels
    if (wide, high) != (width, height):
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        seen = np.asarray(cv2.resize(pixels, (wide, high), interpolation=way), np.uint8)
    kept: list[Quads] = []
    for top, upper, lower, bottom in bands(high, wide):
        found = engine.find(np.ascontiguousarray(seen[top:bottom]))
        found[..., 1] += top
        middle = found[..., 1].mean(axis=1)
        kept.append(found[(middle >= upper) & (middle < lower)])
    quads = np.concatenate(kept) / np.array([wide / width, high / height])
    return np.asarray(quads, np.float32)
