"""Reads where an article happened: label, district, street, community."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from ingest.cues import fold
from store.records import Location

# No part of a place name: words that make a clause of what looks like one.
_LETTER = r"[^\W\d_的了是被让我你他她们这那]"
_CLAUSE = re.compile(
    "希望|开展|组织|成为|通过|老旧|改造|出台|推进|推动|打造|走进|启动|创建|整治|提升|服务|关爱|慰问|帮扶|全市|全区|全体|各|部分|试点|首个|多个"
)
_PLACE = re.compile(
    rf"^(?:(?P<province>{_LETTER}{{2,5}}?(?:省|自治区))?[\s·•]?"
    rf"(?P<city>{_LETTER}{{2,5}}?(?:市|州|盟))?[\s·•]?"
    rf"(?P<district>{_LETTER}{{1,8}}?(?:新区|开发区|(?<![社小校园])区|县|市|旗))?[\s·•]?"
    rf"(?P<street>{_LETTER}{{1,8}}?(?:街道|镇|乡|街办|苏木))?[\s·•]?"
    rf"(?P<community>{_LETTER}{{1,12}}?(?:社区|小区|村|嘎查|居委会))?)(?P<tail>[^，。！？：:]{{0,14}})$"
)
_ADDRESS = re.compile(
    rf"(?P<district>{_LETTER}{{2,8}}?(?:新区|开发区|(?<![社小校园])区|县))"
    rf"(?P<street>{_LETTER}{{2,5}}?(?:街道|镇|乡))"
    rf"(?P<community>{_LETTER}{{2,6}}?(?:社区|村))"
)
_LEAD = re.compile("位于|地处|坐落|走[进近出]|来[到自]|[在从到于由和与对市省]|近日|日前|记者")
_LABELLED = re.compile(
    r"^(?P<label>[^\s：:，。！？“”|｜丨]{2,10})\s*(?:[：:|｜丨]\s*|\s+)(?P<value>\S.{1,40})$"
)
_PARTS = ("province", "city", "district", "street", "community")
_PEOPLE = (
    "记者",
    "编辑",
    "作者",
    "居民",
    "通讯员",
    "书记",
    "主任",
    "代表",
    "来源",
    "说",
    "问",
    "答",
)


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


def find_place(texts: Iterable[str]) -> Location | None:
    """Return the first whole address, district to community, that a text gives in passing.

    For an article that has no line of its own to say where it happened.
    """
    for text in texts:
        for found in _ADDRESS.finditer(text):
            start = found.start() + _lead(found["district"])
            if found.end("district") - start > 2 and not _CLAUSE.search(text[start : found.end()]):
                return Location(
                    raw=text[start : found.end()],
                    district=text[start : found.end("district")],
                    street=found["street"],
                    community=found["community"],
                )
    return None


def parse_place(value: str, least: int) -> Location | None:
    """Read a place of at least so many parts (district, street, community), or return None.

    Only a place that needs few parts, for it has a label, may go on to a building in it.
    """
    raw = value.strip()
    first = re.split(r"[、／/]", raw)[0].strip()
    found = _PLACE.match(fold(first))
    if not found:
        return None
    parts = {name: found.span(name) for name in _PARTS if found[name]}
    local = [name for name in _PARTS[2:] if name in parts]
    if len(local) < least or _CLAUSE.search(first[: found.start("tail")]):
        return None
    if found["tail"].strip() and (least > 1 or len(local) < 2):
        return None
    printed = {name: first[start:end].strip() for name, (start, end) in parts.items()}
    return Location(
        raw=raw,
        district=printed.get("district"),
        street=printed.get("street"),
        community=printed.get("community"),
    )


def _lead(district: str) -> int:
    """Return how many characters stand before the name: 位于, a city, a word that ends in 的."""
    cut = max((found.end() for found in _LEAD.finditer(district)), default=0)
    first, *rest = rjieba.tag(district[cut:])
    if first[1] == "ns" and len(first[0]) >= 2 and len("".join(w for w, _ in rest)) >= 3:
        cut += len(first[0])
    return cut


def _is_label(label: str) -> bool:
    """A place name before a space is the first part of the place, and no label for it."""
    return parse_place(label, least=1) is None
