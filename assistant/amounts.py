"""Amounts in a text: a value with what it counts, and whether another text holds the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assistant.dates import dates

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_UNITS = (
    "平方米|平米|平方公里|公里|厘米|公斤|千克|百分点|小时|分钟|季度|分贝|贝|个月|星期|"
    "[个名位人户家所张栋幢座台辆岁米吨件项次支处条部套间场天年月日周号点秒元块角分毛种届篇页份层盏棵"
    "楼期版批组队倍步款轮圈遍趟回站班桌碗杯顿餐瓶袋箱盒册本卷封枚面扇起把只头匹口亩升度级门级折票枝朵册株根]"
)
_NUMBER = re.compile(
    r"(?P<of>百分之)?(?P<ordinal>第)?"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)"
    r"(?:分之(?P<share>\d+|[一二三四五六七八九十]+))?"
    r"\s?(?P<about>[余多几来])?(?P<scale>[百千万亿]+)?[余多]?"
    rf"\s?(?P<unit>[%％]|成|余?(?:{_UNITS}))?"
)
NO_NUMBERS = frozenset({"万一", "千万", "一一", "万万", "百千", "千百", "千千", "万千", "两两"})
"""Words that only look like numerals."""

_SAME = (
    ("名", "位", "人", "个", "口"),
    ("户", "家"),
    ("元", "块"),
    ("部", "台"),
    ("栋", "幢", "座"),
    ("次", "遍", "回", "趟"),
    ("平方米", "平米"),
    ("天", "日"),
    ("公斤", "千克"),
    ("间", "处"),
    ("周", "星期"),
    ("层", "楼"),
    ("月", "个月"),
)
_CHANGES = "提高|上升|增加|增长|扩大|下降|降低|减少|缩短|缩减"
_TO = re.compile(rf"(?:增|升|降|减|提|涨|跌|{_CHANGES})(?:到了?|至|为)$")
_BY = re.compile(rf"(?:(?:{_CHANGES}|多|少|高|低)(?:了|出)?|[涨跌升降]了)$")
_FROM = re.compile(r"(?:由|从)[^，。\d]{0,8}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number as a text has it, `start` to `end` (half-open, in that text).

    `unit` is its measure word, % for shares, or empty. `after` is what follows (the thing counted).
    `change` says whether a change begins at it ("from"), ends at it ("to"), or is it ("by").
    """

    value: Fraction
    unit: str
    after: str
    change: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """Find the amounts of a normalised text, in order; dates and hours are none of them.

    一 before a measure word that only introduces a thing (一座, 一名) is none.
    """
    return tuple(_found(text))


def has_amount(wanted: Amount, held: Amount) -> bool:
    """Say whether two amounts are the same: value, what is counted, and how it changes."""
    if wanted.value != held.value or (
        wanted.change and held.change and wanted.change != held.change
    ):
        return False
    return same_kind(wanted, held)


def same_kind(one: Amount, other: Amount) -> bool:
    """Say whether two amounts count the same kind of thing, as far as their words tell."""
    if one.unit == other.unit or (one.after[:2] and one.after[:2] == other.after[:2]):
        return True
    if "%" in {one.unit, other.unit}:
        return False
    if not one.unit or not other.unit:
        return True
    if same_unit(one, other):
        return "个" not in {one.unit, other.unit} or not _differ(one.after, other.after)
    return one.unit in other.after[:3] or other.unit in one.after[:3]


def same_unit(one: Amount, other: Amount) -> bool:
    """Say whether two amounts have the same measure word, or two that mean the same."""
    return one.unit == other.unit or any(
        one.unit in group and other.unit in group for group in _SAME
    )


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and not set(one[:2]) & set(other[:3])


def _found(text: str) -> Iterator[Amount]:
    times = dates(text)
    for match in _NUMBER.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in times):
            continue
        value, unit = _value(match)
        if value is None or (not match["number"][0].isdigit() and not _counts(match, unit)):
            continue
        after = re.match(r"[\u4e00-\u9fff]{0,4}", text[match.end() :])
        yield Amount(
            value=value,
            unit=unit,
            after=after[0] if after else "",
            change=_change(text[max(0, match.start() - 10) : match.start()]),
            start=match.start(),
            end=match.end(),
        )


def _counts(match: re.Match[str], unit: str) -> bool:
    """Whether Chinese numerals are an amount: not part of a word, nor the 一 of 一座."""
    number = match["number"]
    if number in NO_NUMBERS or (not unit and len(number) < 2):
        return False
    if number == "一":
        return unit in {"次", "年", "月", "周", "楼", "层", "元", "倍", "票", "遍", "小时", "%"}
    return True


def _value(match: re.Match[str]) -> tuple[Fraction | None, str]:
    unit = (match["unit"] or "").removeprefix("余").replace("％", "%")
    number = _read(match["number"])
    if number is None:
        return None, unit
    if match["share"]:
        part = _read(match["share"])
        return (part / number if part and number else None), "%"
    if match["of"] or unit == "%":
        return number / 100, "%"
    if unit == "成":
        return number / 10, "%"
    for scale in match["scale"] or "":
        number *= _SCALES[scale]
    return number, "第" if match["ordinal"] else unit


def _read(number: str) -> Fraction | None:
    if number[0].isdigit():
        return Fraction(number.replace(",", ""))
    total = section = digit = 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character] + (digit * 10 if digit else 0)
            continue
        scale = _SCALES[character]
        if scale < 10**4:
            section += max(1, digit) * scale
        else:
            total, section = (total + section + digit) * scale or scale, 0
        digit = 0
    return Fraction(total + section + digit)


def _change(before: str) -> str:
    if _FROM.search(before):
        return "from"
    if _TO.search(before):
        return "to"
    return "by" if _BY.search(before) else ""
