"""Reads plain text and Markdown in any of the encodings Chinese text comes in."""

import codecs
import re
from dataclasses import dataclass

from ingest.normalise import repair_characters
from ingest.reading import Line, Reading, Unreadable, whole

LABEL = "文本（.txt、.md）"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = [
    "gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be", "cp1252", "shift_jis", "euc_kr",
]  # fmt: skip
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \u3000]+(.*?)[ \u3000#]*$")
_QUOTED = re.compile(r"^ {0,3}>+ ?(?=\S)")
_RULE = re.compile(r"^\s*(?:[-*_=~#][ ]?){3,}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the text reader.

    Attributes:
        sample_bytes: bytes that the encoding is guessed from, when it does not tell itself.
    """

    sample_bytes: int = 65_536


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
        lines = tuple(_lines(repair_characters(text)))
        if not lines:
            return Unreadable(reason="文件里没有文字。")
        return whole("text", lines)


def build(config: Config) -> TextReader:
    """Make the reader."""
    return TextReader(config)


def decode(data: bytes, sample_bytes: int = 65_536) -> str | None:
    """Return the text of some bytes: byte order mark, then strict UTF-8, then the best guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, sample_bytes)


def _guess(data: bytes, sample_bytes: int) -> str | None:
    from charset_normalizer import from_bytes

    # A cut inside a character would speak against the right encoding: cut at a line end.
    cut = data.rfind(b"\n", 0, sample_bytes) + 1 if len(data) > sample_bytes else len(data)
    best = from_bytes(data[: cut or sample_bytes], cp_isolation=_GUESSES).best()
    if best is None:
        return None
    encoding = "gb18030" if best.encoding in {"gb2312", "gbk"} else best.encoding
    text = data.decode(encoding, errors="replace")
    return None if text.count("\ufffd") > len(text) // 50 else text


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
