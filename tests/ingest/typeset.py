"""Pages drawn for the tests of scans: columns of Chinese type, rules, grey areas."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

_FONTS = tuple(Path("/usr/share/fonts").rglob("Noto*CJK-Regular.ttc"))
STORY = (
    "社区食堂上月开张以来，每天",
    "有两百多位老人前来就餐。居",
    "委会主任周敏介绍，食堂由闲",
    "置的车库改造而成，午餐一份",
    "十二元，六十岁以上老人打八",
    "折。王阿姨说：“在家门口就",
    "能吃上热饭，我们都很满意。”",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return a Chinese font, or skip the test."""
    if not _FONTS:
        pytest.skip("no Noto CJK font is installed (Debian: apt-get install fonts-noto-cjk)")
    return ImageFont.truetype(_FONTS[0], size, index=2)


def columns(
    texts: Sequence[Sequence[str]], em: int = 24, gutter: float = 2.0, margin: int = 60
) -> Image.Image:
    """Draw columns of lines of up to 13 characters, side by side on white."""
    pitch, wide = round(1.6 * em), round((13 + gutter) * em)
    size = 2 * margin + wide * len(texts), 2 * margin + pitch * max(map(len, texts))
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for at, lines in enumerate(texts):
        for row, line in enumerate(lines):
            place = margin + at * wide, margin + row * pitch
            pen.text(place, line, font=font(em), fill="black")
    return page


def downwards(texts: Sequence[str], em: int = 30, margin: int = 60) -> Image.Image:
    """Draw lines that run downwards, from right to left."""
    pitch = round(1.2 * em)
    size = 2 * margin + 2 * em * len(texts), 2 * margin + pitch * max(map(len, texts))
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for at, line in enumerate(texts):
        for row, character in enumerate(line):
            place = size[0] - margin - 2 * em * (at + 1), margin + row * pitch
            pen.text(place, character, font=font(em), fill="black")
    return page
