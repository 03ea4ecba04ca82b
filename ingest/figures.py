"""The figures in a text, as numbers: 三百, 300 and ３００ are one figure, 一起 is none."""

import re
import unicodedata
from collections import Counter
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERAL = "".join([*_DIGITS, *_TENS, *_MYRIADS])
# What is counted or measured: before one of these a single numeral is a number.
_UNIT = (
    "个|名|位|户|人|家|栋|幢|座|层|楼|号|单元|室|间|套|处|块|部|台|辆|件|张|份|盏|棵|根|条|项|次|场"
    "|期|批|年|月|日|天|周|小时|点|时|分钟|秒|岁|元|角|米|公里|平方|亩|吨|斤|公斤|度|倍|成|折|餐|桌"
)
# 一个, 一次, 一起 are as often a turn of phrase as a number.
_ALONE = "".join(char for char in _NUMERAL if char not in "一零〇百千万亿")
_POINT = r"(?:点(?P<point>[〇零一二三四五六七八九]{1,9}))?"
# Lengths are bounded against files that hold numbers no one prints.
_FIGURE = re.compile(
    r"(?P<plain>\d{1,30}(?:,\d{3}){0,9}(?:\.\d{1,30})?)(?P<scale>[十百千万亿]{0,3})"
    rf"|(?P<numeral>[{_NUMERAL}]{{2,24}}|[{_ALONE}](?=(?:{_UNIT}))|(?<=分之)[{_NUMERAL}]){_POINT}"
)
_PHRASES = frozenset({"万一", "千万", "一一", "万万", "百千", "千百", "千千", "万千", "两两"})


def figures_of(text: str) -> Counter[Decimal]:
    """Return the figures of a text with how often each occurs.

    Numbers in digits, with their thousands separators and 万 or 亿 worked out, and Chinese
    numerals where they are numbers: two characters or more, or one before a unit.
    """
    found: Counter[Decimal] = Counter()
    for match in _FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        if match["plain"]:
            value = Decimal(match["plain"].replace(",", ""))
            for scale in match["scale"]:
                value *= _TENS.get(scale) or _MYRIADS[scale]
            found[value.normalize()] += 1
        elif match["numeral"] not in _PHRASES:
            fraction = "".join(str(_DIGITS[char]) for char in match["point"] or "")
            found[Decimal(f"{_value(match['numeral'])}.{fraction or 0}").normalize()] += 1
    return found


def _value(numeral: str) -> int:
    """Read a Chinese numeral: 三百一十二 by its tens, 二〇二五 digit by digit."""
    if all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    hundreds_of_millions = myriads = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        if char in _TENS:
            section += (digit or 1) * _TENS[char]
        elif char == "万":
            myriads, section = (section + digit or 1) * _MYRIADS[char], 0
        else:
            whole = hundreds_of_millions + myriads + section + digit
            hundreds_of_millions, myriads, section = (whole or 1) * _MYRIADS[char], 0, 0
        digit = 0
    return hundreds_of_millions + myriads + section + digit
