"""Tells the characters that can be seen on a page from those that nobody can see."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.pdf.characters import Character

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_CONTRAST = 24  # of 255: below it no ink is seen
_TINY = 3.2  # points: smaller type is not read on a page of ordinary size
_ORDINARY = 420.0  # points: the shorter side of such a page
_OVER = 0.25  # em: how far above and below a character the paper is looked at
_SAME_PLACE = 0.3  # of their width and height: closer characters lie on each other


def part_seen(
    characters: Sequence[Character], picture: "Image", width: float, height: float
) -> tuple[list[Character], list[Character]]:
    """Return the characters that can be seen and those that cannot, both in order of drawing.

    Args:
        characters: all that the page's text layer holds.
        picture: the page rendered.
        width: of the page in points.
        height: of the page in points.
    """
    import numpy as np

    grey = np.asarray(picture.convert("L"))
    scale = picture.width / width
    least = _TINY * min(1.0, min(width, height) / _ORDINARY)
    seen: list[Character] = []
    hidden: list[Character] = []
    for character in characters:
        shows = character.drawn and character.em >= least and _has_ink(character, grey, scale)
        (seen if shows else hidden).append(character)
    return _without_covered(seen, hidden), hidden


def _has_ink(character: Character, grey: "NDArray[np.uint8]", scale: float) -> bool:
    """Say whether the page is not of one shade there, and the type not of the paper's own."""
    # The box may be as small as the strokes; the square that the character is set in is not.
    y0 = min(character.y0, character.baseline - 0.8 * character.em)
    y1 = max(character.y1, character.baseline + 0.1 * character.em)
    top, bottom = int(y0 * scale), int(y1 * scale) + 1
    left, right = int(character.x0 * scale), int(character.x1 * scale) + 1
    if bottom <= 0 or right <= 0 or top >= grey.shape[0] or left >= grey.shape[1]:
        return False
    patch = grey[max(top, 0) : bottom, max(left, 0) : right]
    if not patch.size or int(patch.max()) - int(patch.min()) < _CONTRAST:
        return False
    # Ink of something else may lie under white type: compare it with the paper around. Heavy
    # type may cover more than half of its line, but not what is above and below it.
    aside, over = int(1.5 * character.em * scale), int(_OVER * character.em * scale)
    around = grey[max(top - over, 0) : bottom + over, max(left - aside, 0) : right + aside]
    paper = _commonest(around)
    return abs(character.shade - paper) >= _CONTRAST / 2 or paper < 255 - _CONTRAST


def _commonest(patch: "NDArray[np.uint8]") -> int:
    import numpy as np

    return int(np.bincount(patch.ravel(), minlength=256).argmax())


def _without_covered(seen: Sequence[Character], hidden: list[Character]) -> list[Character]:
    """Leave out what another character was drawn on: shadows and false bold, or covered text."""
    taken: dict[tuple[int, int], list[Character]] = {}
    kept: list[Character] = []
    for character in reversed(seen):
        cell = (int(character.x / 4), int(character.baseline / 4))
        near = [
            other
            for x in range(cell[0] - 1, cell[0] + 2)
            for y in range(cell[1] - 1, cell[1] + 2)
            for other in taken.get((x, y), ())
        ]
        on_it = [other for other in near if _covers(other, character)]
        if not on_it:
            kept.append(character)
            taken.setdefault(cell, []).append(character)
        elif all(other.text != character.text for other in on_it):
            hidden.append(character)
    kept.reverse()
    return kept


def _covers(other: Character, character: Character) -> bool:
    width = min(other.x1 - other.x0, character.x1 - character.x0)
    return (
        abs(other.x - character.x) < _SAME_PLACE * width
        and abs(other.baseline - character.baseline) < _SAME_PLACE * min(other.em, character.em)
        and abs(other.em - character.em) < 0.5 * max(other.em, character.em)
        and not _is_ligature(other, character)
    )


def _is_ligature(other: Character, character: Character) -> bool:
    """Say whether two characters are one glyph: fi, or a long dash."""
    return (
        abs(other.order - character.order) <= 3
        and other.x == character.x
        and (other.text != character.text or other.text in "—…─")
    )
