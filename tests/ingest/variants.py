"""The same page in the ways extraction may deliver it."""

import re

_WIDE = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!"}


def wrapped(text: str, width: int, *, indent: str = "", blank: bool = True) -> str:
    """Wrap each block at so many characters, paragraphs indented, with or without blank lines."""
    blocks: list[str] = []
    for block in (line.strip() for line in text.split("\n")):
        if block:
            start = indent if len(block) > 48 or block.endswith("。") else ""
            line = start + block
            blocks.append("\n".join(line[at : at + width] for at in range(0, len(line), width)))
    return ("\n\n" if blank else "\n").join(blocks)


def half_width(text: str) -> str:
    """Write the punctuation that has a half-width form in it."""
    return "".join(_WIDE.get(character, character) for character in text)


VARIANTS = {
    "as it came": lambda text: text,
    "no extra gaps": lambda text: re.sub(r"\n{3,}", "\n\n", text),
    "no blank lines": lambda text: re.sub(r"\n+", "\n", text),
    "wrapped at 18": lambda text: wrapped(text, 18),
    "wrapped at 24": lambda text: wrapped(text, 24),
    "wrapped at 36": lambda text: wrapped(text, 36),
    "wrapped at 24, indented, no blank lines": lambda text: wrapped(
        text, 24, indent="　　", blank=False
    ),
    "half-width punctuation": half_width,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "indented paragraphs": lambda text: re.sub(r"(?m)^(?=.{40})", "　　", text),
}
