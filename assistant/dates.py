"""When something happens, as a text says it: years, months, days, weekdays, seasons, hours."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = {word: n for n, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_RELATIVE = (
    r"去年|今年|明年|前年|(?<!\d)后年|同年|当年|上个?月|本月|这个月|下个?月|年初|年中|年底前?|年内|月初|月底|"
    "昨[天日]|今[天日]|明[天日]|前[天日]|当[天日]|近日|日前|上周|本周|下周|上半年|下半年"
)
_PART = re.compile(
    r"(?P<year>\d{4})年(?!级)"
    r"|(?P<decade>\d{2})年代"
    r"|(?<![个每])(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!票|饼)"
    r"|(?P<day>\d{1,2})(?:日(?!均)|号(?![楼院线桌单店]))"
    r"|(?:周|星期)(?P<weekday>[一二三四五六日末天])(?!期|转|到)"
    rf"|(?P<relative>{_RELATIVE})"
    r"|(?P<season>[春夏秋冬])[天季]"
    r"|(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|深夜|夜间|晚(?=[\d七八九十]))"
    r"|(?P<hour>\d{1,2}|十[一二]?|[一二三四五六七八九])(?:[:：](?P<minute>\d{2})|点(?!位|半课|赞|击|亮|名)"
    r"(?P<half_hour>半)?(?:(?P<minutes>\d{1,2})分)?)"
)
_MARKS = {"year": "年", "decade": "代", "day": "日", "weekday": "周", "season": "季", "half": "半"}
_LATE = ("下午", "傍晚", "晚上", "晚", "夜里", "深夜", "夜间")
_JOINS = re.compile(r"^的?\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One expression of time: what it names ("年 2021", "月 5"), and where it stands."""

    parts: frozenset[str]
    start: int
    end: int


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[When, ...]:
    """Find the expressions of time in a normalised text; neighbours (去年冬天) are one."""
    found: list[When] = []
    half = ""
    for match in _PART.finditer(text):
        half = match["half"] or half
        part = frozenset({_named(match, late=half in _LATE)})
        near = found and _JOINS.match(text[found[-1].end : match.start()])
        if near and not _kinds(part) & _kinds(found[-1].parts):
            last = found.pop()
            found.append(When(parts=last.parts | part, start=last.start, end=match.end()))
        else:
            found.append(When(parts=part, start=match.start(), end=match.end()))
    return tuple(found)


def has_date(wanted: When, held: tuple[When, ...]) -> bool:
    """Say whether a text names a time as closely or more closely (2021年5月 holds 2021年).

    A year said once holds for the times that follow it in the same text.
    """
    asked = frozenset(part for part in wanted.parts if part[0] != "半")
    year: frozenset[str] = frozenset()
    for one in held:
        said = frozenset(part for part in one.parts if part[0] in "年对")
        year = said or year
        if (asked or wanted.parts) <= one.parts | year:
            return True
    return False


def _kinds(parts: frozenset[str]) -> set[str]:
    return {part[0] for part in parts}


def _named(match: re.Match[str], *, late: bool) -> str:
    """Name one part; the hours after 下午 are those of the afternoon."""
    if match["hour"]:
        hour = _number(match["hour"])
        minute = match["minute"] or match["minutes"] or ("30" if match["half_hour"] else "0")
        return f"时 {hour + 12 if late and hour < 12 else hour}:{int(minute)}"
    if match["month"]:
        return f"月 {_number(match['month'])}"
    if match["relative"]:
        return f"对 {match['relative'].replace('个', '').replace('日', '天').removesuffix('前')}"
    if match["half"] in _LATE[1:]:  # 晚上, 夜里 and the like are one
        return "半 晚上"
    kind = next(kind for kind in _MARKS if match[kind])
    return f"{_MARKS[kind]} {match[kind]}"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text]
