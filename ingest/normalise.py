"""Repairs what extraction does to characters, and leaves all else as it was printed."""

import re
import unicodedata

from store.text import HAN, clean

# NFKC for these alone: for a whole text it would turn full-width punctuation into half-width.
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
# Radicals that extraction puts in the place of characters and that NFKC does not map.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车长门青页风飞食马骨鱼鸟麦黄齐齿龙龟",
)
_HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}”’」』）)】》])(?:[,;?!]|:(?!//))|(?<=[\w%％])[,:;?!](?=[{HAN}“‘「『（【《])"
)
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
# Underscores only around whole words: 姓名____电话____ is a form to fill in, __p a name.
_EMPHASIS = re.compile(
    r"(?:\*\*(?=[^\s*_])([^*_\n]{1,200})(?<=[^\s*_])\*\*"
    r"|(?<![\w.])__(?=[^\s*_])([^*_\n]{1,200})(?<=[^\s*_])__(?!\w))"
)


def repair_characters(text: str) -> str:
    """Return text with line ends as newlines, page breaks as blank lines, no hidden characters.

    Radicals and compatibility ideographs become the characters they stand for.
    """
    paged = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    paged = re.sub("[\u2028\u2029\u0085\v]", "\n", paged)
    unified = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), clean(paged))
    return unified.translate(_RADICALS)


def repair_block(text: str) -> str:
    """Return one block without emphasis marks, half-width punctuation after Chinese widened."""
    plain = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _HALF_WIDTH.sub(lambda found: _WIDE[found[0]], plain).strip()
