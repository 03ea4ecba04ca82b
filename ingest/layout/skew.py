"""How the type on a picture stands: which way up, and how far it leans."""

import math

import numpy as np
from numpy.typing import NDArray

Quads = NDArray[np.float32]
"""Lines of type: (n, 4, 2), the corners of each from the upper left, clockwise, in pixels."""
Motion = NDArray[np.float64]
"""How points of a picture move when it is turned: (2, 3), as cv2.warpAffine takes it."""

_TALL = 1.5  # a line this much taller than wide runs downwards


def lengths(quads: Quads) -> NDArray[np.float32]:
    """Return (n, 2): how wide and how high each line is along its own edges."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return np.stack([across, down], axis=1).astype(np.float32)


def runs_down(quads: Quads) -> NDArray[np.bool_]:
    """Say of each line whether it runs downwards: set vertically, or on a page that lies."""
    sizes = lengths(quads)
    down: NDArray[np.bool_] = sizes[:, 1] >= _TALL * sizes[:, 0]
    return down


def mostly_down(quads: Quads) -> bool:
    """Say whether most of the type, by the length of its lines, runs downwards."""
    if not len(quads):
        return False
    longest = lengths(quads).max(axis=1)
    return bool(longest[runs_down(quads)].sum() > longest.sum() / 2)


def lean(quads: Quads) -> float:
    """Return by how many degrees the lines fall to the right (clockwise), 0.0 where none tell.

    The middle one of the long lines counts, so that a few odd ones do no harm.
    """
    sizes = lengths(quads)
    down = runs_down(quads)
    long = sizes.max(axis=1) >= 5 * np.maximum(sizes.min(axis=1), 1)
    angles: list[float] = []
    for quad, falls in zip(quads[long], down[long], strict=True):
        (x0, y0), (x1, y1) = (quad[0], quad[3]) if falls else (quad[0], quad[1])
        across, along = (x0 - x1, y1 - y0) if falls else (y1 - y0, x1 - x0)
        angles.append(math.degrees(math.atan2(across, along)))
    return float(np.median(angles)) if angles else 0.0


def level(width: int, height: int, degrees: float) -> tuple[Motion, int, int]:
    """Return what turns a picture that leans by `degrees` level, and its size when it is turned.

    The turned picture is as large as it takes to hold the whole of the old one.
    """
    angle = math.radians(-degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    wide = round(abs(width * cos) + abs(height * sin))
    high = round(abs(width * sin) + abs(height * cos))
    turn = np.array([[cos, -sin], [sin, cos]])
    shift = np.array([wide, high]) / 2 - turn @ (np.array([width, height]) / 2)
    return np.hstack([turn, shift[:, None]]), wide, high


def quarter(quads: Quads, width: int, height: int, turns: int) -> Quads:
    """Return the lines of a picture that was turned anticlockwise by `turns` quarters.

    `width` and `height` are the picture's before it is turned. Corners stay in their order.
    """
    moved = quads
    for _ in range(turns % 4):
        moved = np.stack([moved[..., 1], width - moved[..., 0]], axis=-1)
        moved = np.roll(moved, -1, axis=1)
        width, height = height, width
    return moved.astype(np.float32)


def move(quads: Quads, motion: Motion) -> Quads:
    """Return the lines of a picture that was moved so."""
    moved = quads.astype(np.float64) @ motion[:, :2].T + motion[:, 2]
    return moved.astype(np.float32)
