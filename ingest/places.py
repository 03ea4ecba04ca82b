"""Reads where an article happened: label, district, street, community."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from ingest.cues import fold, unmarked
from store.articles import Location

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
    rf"(?P<community>{_LETTER}{{1,12}}?(?:社区|小区|村(?!社区)|嘎查|居委会))?)(?P<tail>[^，。！？：:]{{0,14}})$"
)
_ADDRESS = re.compile(
    rf"(?P<district>{_LETTER}{{2,14}}?(?:新区|开发区|区|县|旗|市(?!{_LETTER}{{1,6}}[区县旗])))[·•\s]?"
    rf"(?P<street>{_LETTER}{{2,6}}?(?:街道|镇(?!街道)|乡(?!镇)))(?:办事处)?[·•\s]?"
    rf"(?P<community>{_LETTER}{{2,8}}?(?:社区|村(?!社区|庄|落|委会)))"
)
# What the text before a district ends with: after it, or after a city or province, a name begins.
_BEFORE = re.compile(
    "位于|地处|坐落|家住|住在|走[进近出访]|来[到自]|[前去]往|探访|采访|深入|抵达|[在从到于由和与对向往赴住是及至]|经(?!济)"
    "|[省州盟市]|近日|日前|昨[日天]|今[日天]|目前|记者|居民|[上下]午|[早晚]上|中午|同样|当[日天地]|[年月日]"
)
_NO_DISTRICT = re.compile(
    "(?:[社小校园辖片景厂院郊灾库营]|老城|主城|中心城|各|市|地)区$|[全各该本]县$|[全各该本]市$"
)
_CITY = ("省", "州", "盟", "市")
_GLUE = {"以及", "下辖", "辖区", "部分", "机关", "多个", "所有"} | set("和与及等各全在对内该里有")
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
    line = unmarked(text).strip("【】[] 　")
    labelled = _LABELLED.match(line)
    if labelled and not fold(labelled["label"]).endswith(_PEOPLE):
        location = parse_place(labelled["value"], least=1)
        named = line[labelled.end("label") :].lstrip()[:1] in "：:"
        if location and (named or _is_label(labelled["label"])):
            return Dateline(label=labelled["label"], location=location)
    location = parse_place(line, least=2)
    return Dateline(label=None, location=location) if location else None


def find_place(texts: Iterable[str]) -> Location | None:
    """Return the whole address, district to community, that a text gives in passing.

    For an article that has no line of its own to say where it happened. Of several the one whose
    community is spoken of most, and of these the first.
    """
    texts = tuple(texts)
    found: dict[str, Location] = {}
    for text in texts:
        for match in _ADDRESS.finditer(fold(text)):
            place = _address(match, text)
            if place and place.community:
                found.setdefault(place.community, place)
    mentions = {name: sum(text.count(name) for text in texts) for name in found}
    return found[max(mentions, key=lambda name: mentions[name])] if found else None


def _address(match: re.Match[str], text: str) -> Location | None:
    """Return the address in a match, without what leads up to it; None where it is a clause."""
    start = match.start() + _lead(match["district"])
    district = match.string[start : match.end("district")]
    if (
        len(district) < 3
        or _NO_DISTRICT.search(district)
        or _CLAUSE.search(match[0][start - match.start() :])
    ):
        return None
    if any(rjieba.cut(match[name], False)[0] in _GLUE for name in ("street", "community")):
        return None
    return Location(
        raw=text[start : match.end()],
        district=text[start : match.end("district")],
        street=text[slice(*match.span("street"))],
        community=text[slice(*match.span("community"))],
    )


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
    """Return how many characters stand before the name of a district in what was matched.

    First what ends with a verb, a city or a date. Of the words left the last make the name, as
    many as it needs to have two characters before 区 or 县: no district is known by one.
    """
    inner = district[:-3]
    cut = max((found.end() for found in _BEFORE.finditer(inner)), default=0)
    if len(district) - cut <= 3 or district[:cut].endswith(_CITY) or district.endswith("开发区"):
        return cut
    length = 0
    for word in reversed(rjieba.cut(district[cut:], False)):
        length += len(word)
        if length >= 3:
            break
    return len(district) - length


def _is_label(label: str) -> bool:
    """A place name before a space is the first part of the place, and no label for it."""
    return parse_place(label, least=1) is None
