"""Cuts single lines out of a picture, and tells what their ink takes up."""

import numpy as np

from ingest.layout.skew import Quads, lengths, runs_down
from ingest.scan.engine import Pixels

_GRAIN = 5.0  # grey levels of noise from which a picture is smoothed before it is read
_HAIR = 0.025  # of a line's thickness: how far it is then blurred
_INKED = 0.2  # of the fullest row's ink: a row with less holds specks
_ABOVE = 0.2  # of the height of its ink: blank that a line is read with above, and below
_LEAST = 0.75  # of a line's thickness that it is read with, however little ink it has


def smooth(pixels: Pixels, quads: Quads) -> Pixels:
    """Return a grainy picture blurred by a hair, as its lines read better; any other as it is."""
    import cv2

    grey = cv2.cvtColor(np.ascontiguousarray(pixels[::4, :]), cv2.COLOR_BGR2GRAY)
    calm = np.asarray(cv2.GaussianBlur(grey, (5, 1), 0), np.int16)
    grain = 1.48 * float(np.median(np.abs(grey.astype(np.int16) - calm)))
    if grain < _GRAIN or not len(quads):
        return pixels
    thickness = float(np.median(lengths(quads).min(axis=1)))
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), _HAIR * thickness), np.uint8)


def cut_out(pixels: Pixels, quad: Quads) -> Pixels:
    """Return one line level, upright where it runs across, laid on its left where down."""
    import cv2

    width, height = (max(1, round(float(side))) for side in lengths(quad[None])[0])
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    motion = cv2.getPerspectiveTransform(quad, target)
    line = cv2.warpPerspective(
        pixels, motion, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    down = bool(runs_down(quad[None])[0])
    return np.ascontiguousarray(np.rot90(line) if down else line).astype(np.uint8)


def ink_height(line: Pixels) -> float:
    """Return how many rows of a cut-out line its ink takes up; all of them where none tell."""
    top, bottom = _ink_rows(line)
    return float(bottom - top)


def fitted(line: Pixels) -> Pixels:
    """Return a cut-out line whose ink fills more of the height, in the size that it had.

    Around small type lines are found with more blank than models were taught to read with. Only
    a quarter of the thickness goes at most: a dash has little ink, but the height of any type.
    """
    import cv2

    height, width = line.shape[:2]
    top, bottom = _ink_rows(line)
    kept = max((1 + 2 * _ABOVE) * (bottom - top), _LEAST * height)
    if kept >= height:
        return line
    first = min(max((top + bottom - kept) / 2, 0), height - kept)
    rows = line[round(first) : round(first + kept)]
    return np.asarray(cv2.resize(rows, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def has_room(line: Pixels, beside: Pixels, *, before: bool) -> bool:
    """Say whether beside a cut-out line there is at most a mark of its ink, and blank beyond it.

    `before` says that `beside` lies before the line. A picture, a rule or the next column goes on
    beyond it, or has more ink than a mark of punctuation.
    """
    import cv2

    level, _ = cv2.threshold(_grey(line), 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    dark = cv2.blur(_grey(beside), (3, 3)) < level
    away = dark[:, ::-1] if before else dark
    beyond = away[:, -max(1, away.shape[1] // 6) :]
    return float(dark.mean()) < 0.3 and float(beyond.mean()) < 0.01


def _ink_rows(line: Pixels) -> tuple[int, int]:
    """Return the first row of a line's ink and the one after its last; all where none tell."""
    import cv2

    _, dark = cv2.threshold(_grey(line), 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if dark.mean() > 0.5:  # light type on a dark ground
        dark = 1 - dark
    rows = dark.mean(axis=1)
    inked = np.flatnonzero(rows > _INKED * rows.max())
    return (int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, line.shape[0])


def _grey(line: Pixels) -> Pixels:
    import cv2

    return np.asarray(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), np.uint8)
