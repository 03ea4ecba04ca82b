"""Turns a page upright whose text runs up or down it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.layout.printed import PrintedPage, Rectangle
from ingest.pdf.characters import Character

if TYPE_CHECKING:
    from PIL.Image import Image


def upright_angle(characters: Sequence[Character]) -> float:
    """Return how most text of a page is turned: 0, 90, 180 or -90 degrees, clockwise."""
    angles = Counter(round(character.angle / 90) % 4 * 90 for character in characters)
    most = angles.most_common(1)[0][0] if angles else 0
    return -90.0 if most == 270 else float(most)


def turned(
    page: PrintedPage, characters: Sequence[Character], angle: float
) -> tuple[PrintedPage, list[Character]]:
    """Return a page and its characters as they stand when the text is turned upright."""
    if not angle:
        return page, list(characters)
    width, height = page.width, page.height

    def point(x: float, y: float) -> tuple[float, float]:
        if angle == 90:
            return y, width - x
        return (height - y, x) if angle == -90 else (width - x, height - y)

    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        a, b = point(x0, y0), point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])

    def rectangle(found: Rectangle) -> Rectangle:
        x0, y0, x1, y1 = box(found.x0, found.y0, found.x1, found.y1)
        return Rectangle(x0=x0, y0=y0, x1=x1, y1=y1)

    moved: list[Character] = []
    for each in characters:
        x0, y0, x1, y1 = box(each.x0, each.y0, each.x1, each.y1)
        x, baseline = point(each.x, each.baseline)
        moved.append(replace(each, x0=x0, y0=y0, x1=x1, y1=y1, x=x, baseline=baseline, angle=0.0))
    aside = abs(angle) == 90
    upright = replace(
        page,
        width=height if aside else width,
        height=width if aside else height,
        frames=tuple(rectangle(found) for found in page.frames),
        pictures=tuple(rectangle(found) for found in page.pictures),
    )
    return upright, moved


def turned_picture(picture: "Image", angle: float) -> "Image":
    """Turn a rendered page likewise."""
    return picture.rotate(angle, expand=True) if angle else picture
