"""Reads plain text and Markdown in any of the encodings Chinese text comes in."""

import re
from dataclasses import dataclass

from ingest.decode import decode
from ingest.limits import letters, too_long
from ingest.normalise import repair_characters
from ingest.reading import Line, Reading, Unreadable, whole

LABEL = "文本（.txt、.md）"

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \u3000]+(.*?)[ \u3000#]*$")
_QUOTED = re.compile(r"^ {0,3}>+ ?(?=\S)")
_RULE = re.compile(r"^\s*(?:[-*_=~#][ ]?){3,}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the text reader.

    Attributes:
        sample_bytes: bytes that the encoding is guessed from, when it does not tell itself.
        max_text_chars: a longer text is refused before it is cut into lines.
    """

    sample_bytes: int = 65_536
    max_text_chars: int = 3_000_000


class TextReader:
    """Decodes a text file and cuts it into lines; Markdown headings keep their level."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Return the lines of the text, or why there are none."""
        text = decode(data, self._config.sample_bytes)
        if text is None:
            return Unreadable(reason="无法识别文字编码，可能不是文本文件，请另存为 UTF-8 后重试。")
        refused = too_long(letters(text), self._config.max_text_chars)
        if refused:
            return refused
        lines = tuple(_lines(repair_characters(text)))
        if not lines:
            return Unreadable(reason="文件里没有文字，请检查是不是选错了文件。")
        return whole("text", lines)


def build(config: Config) -> TextReader:
    """Make the reader."""
    return TextReader(config)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap, ruled = 0, False
    for printed in text.split("\n"):
        raw = _QUOTED.sub("", printed)
        if not raw.strip() or _is_rule(raw):
            # Right under a line it underlines that line, and sets nothing apart.
            ruled = ruled or (gap > 0 and raw.strip() != "")
            gap += 1
            continue
        heading = (
            _HEADING.match(raw) if raw.lstrip(" ").startswith("#") and len(raw) < 200 else None
        )
        level = len(heading[1]) if heading else None
        words, least = (heading[2], 1) if heading else (raw, 0)
        lines.append(Line(text=words, gap=max(gap, least), ruled=ruled, level=level))
        gap, ruled = 0, False
    return lines


def _is_rule(raw: str) -> bool:
    return len(raw) < 200 and _RULE.match(raw) is not None
