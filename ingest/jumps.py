"""The marks of an article that goes on at another page: 下转第2版, 上接第1版."""

import re
from dataclasses import dataclass, replace

from ingest.blocks import Block
from ingest.cues import fold

_PAGE = r"第?\s*(?P<page>[A-Za-z]?\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*版?"
_MARK = rf"(?:本文|紧)?(?P<way>下转|转|上接|接)\s*(?:本报)?\s*{_PAGE}"
_LINE = re.compile(rf"^[^\w（(]*[（(【\[]?\s*{_MARK}\s*[）)】\]]?[^\w]*$")
_AT_END = re.compile(rf"\s*(?:[（(【\[]|[▶►→]+)\s*{_MARK}\s*[）)】\]]?\s*$")
_AT_START = re.compile(rf"^\s*[（(【\[]\s*{_MARK}\s*[）)】\]]\s*")
_NUMERALS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_LONGEST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A mark that an article goes on at (`onward`) or comes from a page, by its number."""

    onward: bool
    page: str


def jump_of(text: str) -> Jump | None:
    """Read a line that is nothing but such a mark."""
    if len(text) > _LONGEST or "版" not in text:
        return None
    found = _LINE.match(fold(text))
    return _jump(found) if found else None


def cut_jump(block: Block) -> tuple[Block, Jump | None]:
    """Take a mark in brackets off the beginning or end of a block."""
    head, tail = fold(block.text[:_LONGEST]), fold(block.text[-_LONGEST:])
    found = _AT_END.search(tail)
    if found and "版" in found[0]:
        kept = len(block.text) - len(found[0])
        marks = tuple(mark for mark in block.marks if mark[0] < kept) or block.marks[:1]
        return replace(block, text=block.text[:kept], marks=marks), _jump(found)
    found = _AT_START.match(head)
    if found and "版" in found[0]:
        shift = found.end()
        marks = tuple((max(start - shift, 0), box) for start, box in block.marks)
        return replace(block, text=block.text[shift:], marks=marks), _jump(found)
    return block, None


def page_number(label: str | None, ordinal: int) -> str:
    """Return what marks call a page: the number in its label, else its place in the file."""
    found = re.search(_PAGE, fold(label)) if label else None
    return _number(found["page"]) if found else str(ordinal)


def _jump(found: re.Match[str]) -> Jump:
    named = {key: value for key, value in found.groupdict().items() if value}
    return Jump(onward="转" in named["way"], page=_number(named["page"]))


def _number(printed: str) -> str:
    """Return a page's number in one form: 02, 2 and 二 are 2; letters are kept (A2)."""
    plain = re.sub(r"\s", "", printed).upper()
    if plain[0] in "一二三四五六七八九十":
        tens, ten, units = plain.rpartition("十")
        value = (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(units, 0)
        return str(value)
    letter = plain[0] if plain[0].isalpha() else ""
    return letter + plain[len(letter) :].lstrip("0")
