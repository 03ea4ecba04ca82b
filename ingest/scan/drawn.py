"""Finds what is drawn on a scanned page: rules that part columns and items, and photographs."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.layout.printed import Rectangle
from ingest.layout.skew import Quads, lengths
from ingest.scan.engine import Pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LINE = 12  # pixels that a line of type is high in the small picture that is looked at
_INK = 0.62  # of the paper's brightness: darker is ink
_TONE = 0.86  # likewise, over an area: darker is no paper
_LONG = 5  # lines of type: a shorter stroke is no rule
_THIN = 0.35  # likewise: a thicker one is none either
_LARGE = 3  # likewise: a smaller area of tone is no photograph
_EDGE = 10  # likewise, at the edge of the page, where scans have shadows
_FILLED = 0.6  # of its rectangle that a photograph takes up
_WRITTEN = 0.3  # of an area covered by lines of type: then it is a tinted box, and no photograph


def drawn(pixels: Pixels, quads: Quads) -> tuple[tuple[Rectangle, ...], tuple[Rectangle, ...]]:
    """Return the rules and the photographs of a level page whose lines of type are known."""
    import cv2

    if not len(quads):
        return (), ()
    scale = min(1.0, _LINE / max(float(np.median(lengths(quads).min(axis=1))), 1.0))
    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    bright = _brightness(np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8))
    type_mask = np.zeros(bright.shape, np.uint8)
    cv2.fillPoly(type_mask, [np.round(quad * scale).astype(np.int32) for quad in quads], [1])
    photographs = _photographs(bright, type_mask)
    rules = [
        rule
        for rule in _rules(bright)
        if not any(_inside(rule, each) for each in photographs) and not _typed(rule, type_mask)
    ]
    return _scaled(rules, scale), _scaled(photographs, scale)


def _brightness(grey: Pixels) -> "NDArray[np.float32]":
    """Return how bright each point is as a share of the paper about it, shadows taken out."""
    import cv2

    reach = max(grey.shape) // 12 | 1
    paper = cv2.dilate(cv2.medianBlur(grey, 3), np.ones((reach, reach), np.uint8))
    paper = cv2.blur(paper, (reach, reach))
    return np.asarray(grey / np.maximum(paper.astype(np.float32), 1), np.float32)


def _photographs(bright: "NDArray[np.float32]", type_mask: Pixels) -> list[Rectangle]:
    """Return areas that are all tone, and hold little type."""
    import cv2

    blank = np.where(cv2.dilate(type_mask, np.ones((5, 5), np.uint8)) > 0, 1.0, bright)
    tone = cv2.blur(blank.astype(np.float32), (_LINE, _LINE)) < _TONE
    mask = cv2.morphologyEx(
        tone.astype(np.uint8), cv2.MORPH_OPEN, np.ones((_LINE * 2, _LINE * 2), np.uint8)
    )
    found: list[Rectangle] = []
    for x, y, width, height, area in _components(mask):
        least = _EDGE if _at_edge(mask, x, y, width, height) else _LARGE
        if min(width, height) < least * _LINE or area < _FILLED * width * height:
            continue
        if type_mask[y : y + height, x : x + width].mean() < _WRITTEN:
            found.append(Rectangle(x0=x, y0=y, x1=x + width, y1=y + height))
    return found


def _rules(bright: "NDArray[np.float32]") -> list[Rectangle]:
    """Return long thin strokes of ink that lie or stand."""
    import cv2

    ink = (bright < _INK).astype(np.uint8)
    found: list[Rectangle] = []
    for along in ((1, 3), (3, 1)):
        bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(along, np.uint8))
        longer = tuple(side if side == 1 else _LONG * _LINE for side in along)
        strokes = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones(longer, np.uint8))
        # A rule that leans a little comes in steps.
        strokes = cv2.dilate(strokes, np.ones((3, 3), np.uint8))
        for x, y, width, height, _ in _components(strokes):
            if min(width, height) - 2 <= max(_THIN * _LINE, 3):
                middle = (x + width / 2, y + height / 2)
                lies = width > height
                found.append(
                    Rectangle(
                        x0=x + 1 if lies else middle[0],
                        x1=x + width - 1 if lies else middle[0],
                        y0=middle[1] if lies else y + 1,
                        y1=middle[1] if lies else y + height - 1,
                    )
                )
    return found


def _at_edge(mask: "NDArray[Any]", x: int, y: int, width: int, height: int) -> bool:
    high, wide = mask.shape
    return bool(min(x, y, wide - x - width, high - y - height) <= 1)


def _components(mask: "NDArray[Any]") -> list[tuple[int, int, int, int, int]]:
    """Return the place, the size and the area of each connected part of a mask."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [(int(x), int(y), int(w), int(h), int(area)) for x, y, w, h, area in stats[1:]]


def _inside(rule: Rectangle, photograph: Rectangle) -> bool:
    slack = _LINE / 2
    return (
        photograph.x0 - slack <= rule.x0
        and rule.x1 <= photograph.x1 + slack
        and photograph.y0 - slack <= rule.y0
        and rule.y1 <= photograph.y1 + slack
    )


def _typed(rule: Rectangle, type_mask: Pixels) -> bool:
    """Say whether a stroke runs through type: it is part of a character, or strikes words out."""
    rows = slice(int(rule.y0), int(rule.y1) + 1)
    part = type_mask[rows, int(rule.x0) : int(rule.x1) + 1]
    return bool(part.size) and float(part.mean()) > 0.5


def _scaled(places: list[Rectangle], scale: float) -> tuple[Rectangle, ...]:
    return tuple(
        Rectangle(x0=each.x0 / scale, y0=each.y0 / scale, x1=each.x1 / scale, y1=each.y1 / scale)
        for each in places
    )
