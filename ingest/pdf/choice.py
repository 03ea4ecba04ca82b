"""Decides whether a page's text layer is read, or what is printed on it is recognised."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.layout.printed import Rectangle

if TYPE_CHECKING:
    from PIL.Image import Image

_COMMON = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们区社会到说地出年对生")
_FEW = 30  # characters: a page with fewer shows a picture, if it shows much at all
_LEAST_COMMON = 0.05  # of the Chinese characters of any text, 0.14 to 0.2 are these
_MOST_BROKEN = 0.05
_INK = 0.004  # of a page: a few words printed on it darken as much


def is_to_be_recognised(
    seen: str, hidden: str, pictures: Sequence[Rectangle], picture: "Image", area: float
) -> bool:
    """Say whether the text layer is none, or garbage.

    Args:
        seen: the characters of the text layer that can be seen.
        hidden: those that cannot.
        pictures: the pictures on the page, in points.
        picture: the page rendered.
        area: of the page in square points.
    """
    text = re.sub(r"\s", "", seen)
    covered = sum(found.width * found.height for found in pictures) / max(area, 1.0)
    if len(text) < _FEW:
        # Type turned into outlines leaves ink and no characters.
        return covered > 0.3 or (covered + _ink(picture) > _INK and len(text) < 5)
    broken = sum(_is_broken(character) for character in text)
    if broken > _MOST_BROKEN * len(text):
        return True
    chinese = re.findall(r"[\u3400-\u9fff]", text)
    common = sum(character in _COMMON for character in chinese)
    if len(chinese) >= 100 and common < _LEAST_COMMON * len(chinese):
        return True
    return covered > 0.8 and len(re.sub(r"\s", "", hidden)) > len(text)


def _is_broken(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "


def _ink(picture: "Image") -> float:
    """Return the share of a page that is dark."""
    small = picture.convert("L").resize((200, 200))
    return sum(small.histogram()[:128]) / 40_000
