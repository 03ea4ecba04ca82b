"""Reads the line that says where an article happened: label, district, street, community."""

import re
from dataclasses import dataclass

from ingest.cues import fold
from store.records import Location

# No part of a place name: words that make a clause of what looks like one.
_LETTER = r"[^\W\d_的了在是和与把被将要请多会能让我你他她希望开展组织为就也都这那]"
_PART = _LETTER.replace("[^", "[^社")
_PLACE = re.compile(
    rf"^(?:(?P<province>{_LETTER}{{2,5}}?(?:省|自治区))?[\s·•]?(?P<city>{_LETTER}{{2,5}}?(?:市|州|盟))?[\s·•]?"
    rf"(?P<district>{_LETTER}{{1,8}}?(?:新区|开发区|(?<![社小校园])区|县|市|旗))?[\s·•]?"
    rf"(?P<street>{_LETTER}{{1,8}}?(?:街道|镇|乡|街办|苏木))?[\s·•]?"
    rf"(?P<community>\w{{1,12}}?(?:社区|小区|村|嘎查|居委会))?)(?P<tail>[^，。！？：:]{{0,14}})$"
)
_LABELLED = re.compile(r"^(?P<label>[^\s：:，。！？“”|｜丨]{2,10})\s*(?:[：:|｜丨]\s*|\s+)(?P<value>\S.{1,40})$")
_PEOPLE = ("记者", "编辑", "作者", "居民", "通讯员", "书记", "主任", "代表", "来源", "说", "问", "答")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A line that places an article: its label, if it has one, and the place."""

    label: str | None
    location: Location


def parse_dateline(text: str) -> Dateline | None:
    """Read a line such as 本期走访：某区某街道某社区, or return None where it is none."""
    if not 4 <= len(text) <= 52 or re.search(r"[。！？；，,“”]", text):
        return None
    line = text.strip("【】[]●■◆◎▲ 　")
    labelled = _LABELLED.match(line)
    if labelled and not fold(labelled["label"]).endswith(_PEOPLE):
        location = parse_place(labelled["value"], least=1)
        if location and _is_label(labelled["label"]):
            return Dateline(label=labelled["label"], location=location)
    location = parse_place(line, least=2)
    return Dateline(label=None, location=location) if location else None


def parse_place(value: str, least: int) -> Location | None:
    """Read a place with at least so many parts from province to community, or return None."""
    raw = value.strip()
    first = re.split(r"[、／/]", raw)[0].strip()
    found = _PLACE.match(fold(first))
    if not found:
        return None
    groups = ("province", "city", "district", "street", "community")
    parts = {name: found.span(name) for name in groups if found[name]}
    local = [name for name in ("district", "street", "community") if name in parts]
    if len(parts) < least or not local or (found["tail"].strip() and len(parts) < 2):
        return None
    printed = {name: first[start:end].strip() for name, (start, end) in parts.items()}
    return Location(
        raw=raw,
        district=printed.get("district"),
        street=printed.get("street"),
        community=printed.get("community"),
    )


def _is_label(label: str) -> bool:
    """A place name before a space is the first part of the place, and no label for it."""
    return parse_place(label, least=1) is None
