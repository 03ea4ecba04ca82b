"""Reads what stands above the articles: publisher, series, date, page; and editors' lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.byline_words import SOURCE, STAFF_ITEM
from ingest.cues import fold, is_web_line

_OUTLET = (
    r"[\u4e00-\u9fffA-Za-z]{1,14}(?:日报|晚报|早报|时报|晨报|都市报|商报|周报|快报|导报|社区报|生活报|青年报"
    r"|报社|报业(?:传媒)?(?:集团)?|传媒(?:集团)?|周刊|电视台|广播电台|通讯社|新闻网|客户端|融媒体中心|在线)"
)
_TITLED = r"《[\u4e00-\u9fffA-Za-z]{1,12}》(?:周刊|[双半]?月刊|季刊|特刊|杂志|报|内刊)"
_PUBLISHER = re.compile(
    rf"^(?:{_TITLED}|{_OUTLET}|[\u4e00-\u9fff]{{2,8}}(?:社区|邻里|街坊|街道|家园|市民|居民|乡村|民生|生活|城市)报)(?:[·•｜|\s、/]+[\u4e00-\u9fffA-Za-z]{{1,14}}(?:传媒|报|周刊|网|中心|客户端|新闻|频道))*$"
)
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_CHINESE_DATE = re.compile(
    r"(?P<year>[一二][〇○零九][〇○零一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"^(?P<year>(?:19|20)\d{2})\s*年?$")
_PAGE = re.compile(
    r"(?P<number>第?\s*(?:[A-Z]\s?)?\d{1,3}\s*版|(?<![A-Za-z])[A-Z]\d{2,3}(?=[\s：:|｜·]|$)|第[一二三四五六七八九十]{1,3}版|版次[：:]\s*\w+)"
    r"(?:[：:·|｜\s]*(?P<name>[\u4e00-\u9fff]{2,8}(?![\u4e00-\u9fff])))?"
)
_STAFF = re.compile(rf"^[^\w“‘《]*{STAFF_ITEM}(?:[\s|｜丨、]*{STAFF_ITEM})*[）)】\s]*$")
_JUMP = re.compile(
    r"^[（(]?\s*(?:下转|上接|转|接)\s*(?:本报)?\s*第?\s*[A-Z\d一二三四五六七八九十]{1,4}\s*版\s*[）)]?$"
)
_STAFF_WORD = re.compile(STAFF_ITEM)
_NOISE = re.compile(
    r"星期[一二三四五六日天]|周[一二三四五六日](?![\u4e00-\u9fff])|农历\S{1,12}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S{0,8}"
    r"|总第\s*\d+\s*期|第\s*\d+\s*期|国内统一\S{0,20}|邮发代号\S{0,12}|CN\s?\d{2}-\d{4}\S{0,6}"
    r"|(?:(?:新闻|读者|报料|投稿|服务|电子)?(?:热线|电话|邮箱|信箱)|E-?mail)[：:]\s*[\w@.\-]+"
)
_CONTACT = re.compile(r"^(?:新闻|读者|报料|投稿)(?:热线|电话|邮箱|信箱)[：:]\s*[\w@.\-]+$")
_ISSUE_PAGES = re.compile(r"(?:今[日天]|本期|本刊|[总全]?共|[对四八]开)\s*\d{1,3}\s*[版页]")
_BARE = re.compile(r"^\s*[A-Z]?\d{1,3}\s*$")  # a page's number, where a paper's head prints it
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_PAGE_NUMBER = re.compile(r"^[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–·\s]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What a page says of itself; `lines` are all that were read for it, as printed."""

    publisher: str | None = None
    series: str | None = None
    date: str | None = None
    year_hint: str | None = None
    page_label: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """What one line gave, and what is left of it."""

    rest: str
    date: str | None = None
    page: str | None = None
    publisher: str | None = None
    taken: int = 0


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the page wherever it stands: page label, editors."""
    if len(text) > 80 or re.search(r"[。！？，；]", text):
        return False
    if _STAFF.match(fold(text)) or is_web_line(text) or _JUMP.match(text):
        return True
    if _CONTACT.match(fold(text)):
        return True
    parts = _take_apart(text)
    if _STAFF_WORD.match(fold(text)) and not parts.rest:
        return True
    return parts.page is not None and len(parts.rest) <= min(12, len(text) // 2)


def is_masthead(text: str) -> bool:
    """Say whether a line, standing above the first article, belongs to the page."""
    if len(text) > 80 or re.search(r"[。！？，；]", text):
        return False
    if _YEAR.match(text) or _PAGE_NUMBER.match(text) or _PUBLISHER.match(fold(text)):
        return True
    parts = _take_apart(text)
    return parts.taken > 0 and len(parts.rest) <= min(16, len(text) // 2)


def names_paper_or_page(text: str) -> bool:
    """Say whether a line of the page names its publisher or its page number."""
    parts = _take_apart(text)
    return parts.publisher is not None or parts.page is not None


def is_page_number(text: str) -> bool:
    """Say whether a line is a page number set off by dashes or words, as between two pages."""
    return len(text) <= 14 and not text.isdigit() and _PAGE_NUMBER.match(text) is not None


def read_masthead(lines: Sequence[str]) -> Masthead:
    """Read the lines above the first article; what nothing else explains is the series."""
    publisher = date = page = year = number = None
    series: list[str] = []
    for line in lines:
        lone_year = _YEAR.match(line)
        if lone_year:
            year = lone_year["year"]
            series.append(line)
            continue
        if is_web_line(line):
            continue
        source = SOURCE.match(fold(line))
        if source and source["outlet"]:
            publisher = publisher or line[slice(*source.span("outlet"))]
            continue
        parts = _take_apart(line)
        date = date or parts.date
        page = page or parts.page
        number = number or (line.strip() if _BARE.match(line) else None)
        if parts.publisher and not publisher:
            publisher = parts.publisher
        elif parts.publisher:
            series.append(parts.publisher)
        if re.search(r"[^\W_a-zA-Z\d]", parts.rest) and not _PAGE_NUMBER.match(parts.rest):
            # A line in Latin letters alone is the paper's name once more.
            series.append(parts.rest.strip("【】[]"))
    return Masthead(
        publisher=publisher,
        series=" ".join(series) or None,
        date=date,
        year_hint=year if not date else None,
        page_label=page or (number if date or publisher else None),
        lines=tuple(lines),
    )


def find_date(text: str) -> str | None:
    """Return the first full date in a short line, as an ISO date; None where there is none."""
    found = _DATE.search(text[:120])
    if found:
        return _iso(int(found["year"]), int(found["month"]), int(found["day"]))
    spelt = _CHINESE_DATE.search(text[:120])
    if spelt:
        year = int("".join(_DIGITS.get(digit, "0") for digit in spelt["year"]))
        return _iso(year, _number(spelt["month"]), _number(spelt["day"]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _number(spelt: str) -> int:
    """Read 三, 十二, 二十, 三十一."""
    if "十" not in spelt:
        return int(_DIGITS.get(spelt, "0"))
    tens, _, units = spelt.partition("十")
    return int(_DIGITS.get(tens, "1")) * 10 + (int(_DIGITS.get(units, "0")) if units else 0)


def _take_apart(line: str) -> _Parts:
    """Take date, page, editors and small print out of a line; find a publisher in the rest."""
    parts = _Parts(rest=fold(line[:120]))
    parts.date = find_date(parts.rest)
    line, parts.taken = _ISSUE_PAGES.subn(lambda found: " " * len(found[0]), line)
    page = _PAGE.search(fold(line[:120]))
    if page:
        parts.page = re.sub(r"\s+", " ", line[page.start() : page.end()]).strip(" ：:·|｜")
        parts.taken += 1
        line = line[: page.start()] + " " * len(page[0]) + line[page.end() :]
    for pattern in (_DATE, _CHINESE_DATE, _NOISE, _STAFF_WORD):
        for found in reversed(list(pattern.finditer(fold(line)))):
            parts.taken += 1
            line = line[: found.start()] + " " * len(found[0]) + line[found.end() :]
    pieces = [piece for piece in re.split(r"\s{2,}|[|｜\t]", line.strip()) if piece.strip()]
    pieces = [part for piece in pieces for part in _publisher_apart(piece.strip())]
    parts.publisher = next((piece for piece in pieces if _PUBLISHER.match(fold(piece))), None)
    if parts.publisher:
        parts.taken += 1
        pieces.remove(parts.publisher)
    parts.rest = " ".join(pieces).strip(" ：:·、，—-")
    return parts


def _publisher_apart(piece: str) -> list[str]:
    """Part a publisher from what follows it after a space or dot, unless all is one publisher."""
    if _PUBLISHER.match(fold(piece)):
        return [piece]
    words: list[str] = []
    for word in piece.split():
        name, dot, column = re.split(r"([·•])", word + "·", maxsplit=1)
        whole = not column or _PUBLISHER.match(fold(word)) or not _PUBLISHER.match(fold(name))
        words += [word] if whole else [name, column.rstrip(dot)]
    return words if any(_PUBLISHER.match(fold(word)) for word in words) else [piece]
