"""One reading of text for index and query (cleaned, one width, script and case), and its tokens."""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, as the inside of a regular expression's character class."""

# Controls but for tab and newline, lone surrogates, zero-width characters, bidi marks, BOM.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_LETTER = rf"[^\W_{HAN}]"
_RUNS = re.compile(
    rf"(?P<han>[{HAN}]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)*(?!{_LETTER}))(?P<percent>%?)"
    rf"|(?P<word>{_LETTER}+)"
)
_HAN_CHARACTER = re.compile(rf"[{HAN}]")

VERSION = "1"
"""Grows when `normalise` or `tokens` change, so that an index built with the old ones is told."""


def clean(text: str) -> str:
    r"""Return text from outside without what no reader sees and no engine should meet.

    Dropped: NUL and other controls (tab and newline stay), lone surrogates, zero-width and
    bidirectional controls. `\r\n` and `\r` become `\n`. The result always encodes to UTF-8.
    """
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def normalise(text: str) -> str:
    """Return text as it is indexed and searched: cleaned, NFKC, simplified script, casefolded.

    Not for showing, and its offsets are not those of the text that was given.
    """
    folded = unicodedata.normalize("NFKC", clean(text))
    return str(_simplifier().convert(folded)).casefold()


def simplify(text: str) -> str:
    """Return text in simplified script, its width and case as they were."""
    return str(_simplifier().convert(text))


def tokens(text: str) -> list[str]:
    """Return the tokens of a normalised text, in order, repeated where they repeat.

    Chinese: each character, and each two neighbours within a run (小时内: 小 小时 时 时内 内).
    Anything else: each run of letters and digits, as a word. A number keeps its decimals and
    loses its thousands separators (1,200.5: 1200.5); with a percent sign it comes twice, without
    and with it (75%: 75 75%). Dotted dates fall into their numbers.
    """
    found: list[str] = []
    for run in _RUNS.finditer(text):
        if run["han"]:
            found += _characters_and_pairs(run["han"])
        elif run["word"]:
            found.append(run["word"])
        else:
            numbers = _numbers(run["number"])
            found += numbers
            if run["percent"]:
                found.append(f"{numbers[-1]}%")
    return found


def is_chinese(text: str) -> bool:
    """Say whether the text holds at least one Chinese character."""
    return _HAN_CHARACTER.search(text) is not None


def _characters_and_pairs(run: str) -> list[str]:
    found = [run[0]]
    for first, second in pairwise(run):
        found += (first + second, second)
    return found


def _numbers(run: str) -> list[str]:
    """Read 1,200 and 3.5 as one number each, and 2023.10.1 as three."""
    joined = re.sub(r",(?=\d{3}(?!\d))", "", run)
    parts = joined.replace(",", " ").split()
    return [
        number for part in parts for number in ([part] if part.count(".") <= 1 else part.split("."))
    ]


@cache
def _simplifier() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
