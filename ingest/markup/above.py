"""Reads what a page prints between headline and text: who wrote, when, where it was taken from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.bylines import parse_byline, parse_signature
from ingest.cues import is_subtitle
from ingest.markup.content import between
from ingest.markup.head import Head
from ingest.markup.paragraphs import Paragraph, paragraphs_of
from ingest.markup.titles import is_named, plain_text
from ingest.markup.tree import Element, elements, is_within, names_of, text_of
from ingest.masthead import find_date, is_masthead, names_paper_or_page, read_masthead
from ingest.punctuation import ends_closed
from ingest.reading import Line, Role

_SOURCE = re.compile(r"(?:来源|稿源|转自|來源)\s*[：:]\s*(?P<source>[^\s|｜：:【\[（(]{2,24})")
_TOOLS = re.compile(
    r"[【\[(（]?\s*(?:字号|字体|字號)[：:]?[\s【\[]*(?:[大中小默认超+\-T]+[\s/|]*){1,5}[】\])）]?"
    r"|(?:打印|收藏|纠错|关闭|分享(?:到|至)?|评论|点赞|复制链接|扫一扫.{0,14}|我要.{0,4}|听新闻|语音播报|举报|微信|微博|QQ空间|朋友圈)(?=[\s|：:]|$)[：:]?"
    r"|(?:浏览|阅读|点击|访问|播放)(?:次数|人数|量|数)?\s*[：:]?\s*\d*[万+]*\s*次?"
)
_EMPTY_LABEL = re.compile(r"(?:来源|作者|编辑|责任编辑|记者)\s*[：:](?=\s|$)(?!\s*[\u4e00-\u9fff])")
_CUE = re.compile(
    r"来源|來源|稿源|作者|记者|記者|编辑|編輯|责编|通讯员|供稿|撰稿|摄影|转自|文[/／]|图[/／]"
)
_PUBLISHED = re.compile(
    r"(?:发布|发表|刊发|发稿|出版)(?:日期|时间)\s*[：:]?\s*(?P<date>20\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})"
)
_KICKERS = {"founder-pretitle", ".pretitle", ".pre-title", ".yinti", ".jianti"}
_AUTHORS = {"founder-author", "#js_author_name", ".rich_media_meta_text"}
_NAMED_AUTHORS = {".author", ".writer", ".zuozhe"}  # where a name and nothing else stands in it
_PAPERS = {"#js_name", ".profile_nickname", "founder-paper"}
_SUBTITLES = re.compile(
    r"(?:^|[\s_-])(?:sub-?title|fu-?title|futi|yinti|pre-?title)(?=$|[\s_-])|subtitle"
)
_MOMENT = re.compile(r"\d{1,2}[:：]\d{2}|\d{1,2}[-月/]\d{1,2}")
_LONGEST_INFO = 120
_LEAST_LEAD = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What stands between headline and text, and what it says of the page."""

    lines: tuple[Line, ...] = ()
    source: str | None = None
    date: str | None = None


def read_above(title: Element, content: Element, head: Head) -> Above:
    """Read what stands between headline and text: who, when, from where; captions of pictures."""
    lines: list[Line] = []
    source: str | None = None
    places = between(title, content)
    for place in places:
        named, authors = _named_parts(place)
        source = source or named
        lines += authors
    tail = [Paragraph(text=_squeezed(title.tail))] if title.tail else []
    lines += [line for each in tail if (line := _info_line(each, subtitle=False))]
    for place in places:
        subtitle = _SUBTITLES.search(names_of(place)) is not None
        for each in paragraphs_of(place, spaced=True):
            line = _info_line(each, subtitle=subtitle) or _lead(each)
            lines += [line] if line else []
    texts = [line.text for line in lines]
    lines = [line for line in lines if not names_paper(line)]
    # Other headlines belong to the first one, and stand right below it.
    heads = [*_kickers(content), *(line for line in lines if line.level)]
    lines = heads + [line for line in lines if not line.level]
    return noted(Above(lines=tuple(lines), source=source), texts, head)


def _kickers(content: Element) -> list[Line]:
    """Return the headlines that lead up to the main one, by the names of their elements."""
    body = next(content.iterancestors("body"), None)
    found = elements(body) if body is not None else ()
    texts = [plain_text(each) for each in found if is_named(each, _KICKERS)]
    return [Line(text=text, gap=1, level=2, joins=False) for text in texts[:2] if text]


def _named_parts(place: Element) -> tuple[str | None, list[Line]]:
    """Take the names of paper and author out of a line, where their elements tell them."""
    source: str | None = None
    lines: list[Line] = []
    for each in list(elements(place)):
        text = plain_text(each)
        if not text or len(text) > 24:
            continue
        if is_named(each, _PAPERS):
            source = source or text
        elif is_named(each, _AUTHORS) or (is_named(each, _NAMED_AUTHORS) and parse_signature(text)):
            lines.append(Line(text=text, gap=1, role=Role.BYLINE, joins=False))
        else:
            continue
        each.text = ""
        for child in list(each):
            each.remove(child)
    return source, lines


def _info_line(paragraph: Paragraph, *, subtitle: bool) -> Line | None:
    """Return a line from between headline and text, without buttons; None where none is left."""
    if len(paragraph.text) > 4 * _LONGEST_INFO:
        return None
    text = _squeezed(_EMPTY_LABEL.sub("", _squeezed(_TOOLS.sub(" ", paragraph.text))))
    if not text or len(text) > _LONGEST_INFO:
        return None
    if not paragraph.below_picture and (subtitle or is_subtitle(text)):
        return Line(text=text, gap=1, level=2, joins=False)
    role = None
    if (paragraph.below_picture or paragraph.caption) and not _MOMENT.search(text):
        role = Role.CAPTION
    elif parse_byline(text):
        role = Role.BYLINE
    elif _CUE.search(text) or is_masthead(text) or (len(text) <= 40 and find_date(text)):
        role = Role.FURNITURE
    return Line(text=text, gap=1, role=role, joins=False) if role else None


def _lead(paragraph: Paragraph) -> Line | None:
    """Return a paragraph of running text: some sites set the first one apart."""
    text = paragraph.text
    if len(text) < _LEAST_LEAD or not ends_closed(text) or paragraph.linked > 0.5:
        return None
    return Line(text=text, gap=1, joins=False)


def names_paper(line: Line) -> bool:
    """Say whether a line below a headline names paper or page, as only what stands above should.

    An article begins below such a line; its name is kept as the source of the page.
    """
    if line.level or line.role not in {None, Role.FURNITURE} or parse_byline(line.text):
        return False
    return is_masthead(line.text) and names_paper_or_page(line.text)


def _squeezed(text: str) -> str:
    """Return a line with single spaces, none round a colon, and no mark of parting at its ends."""
    return re.sub(r"\s*([：:])\s*(?!\d)", r"\1", re.sub(r"\s+", " ", text)).strip(" |｜-")


def noted(above: Above, texts: Sequence[str], head: Head) -> Above:
    """Note the source and the date that short lines name."""
    short = [text for text in texts if len(text) <= _LONGEST_INFO and "。" not in text]
    sources = (found["source"] for text in short if (found := _SOURCE.search(text)))
    dates = (date for text in short if (date := find_date(text)))
    date = next(dates, None) or above.date or head.date
    source = above.source or next(sources, None) or read_masthead(_short(short)).publisher
    return replace(above, source=source, date=date)


def _short(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if len(text) <= 60 and names_paper_or_page(text)]


def date_said(content: Element) -> str | None:
    """Return the date that is labelled as that of publication, somewhere above the text."""
    body = next(content.iterancestors("body"), None)
    first = next(iter(body), None) if body is not None else None
    if first is None:
        return None
    for element in [first, *between(first, content)][:200]:
        if is_within(content, element):
            continue
        found = _PUBLISHED.search(text_of(element, " ")[:2000])
        if found:
            return find_date(found["date"])
    return None


def printed_above(title: Element | None) -> list[str]:
    """Return the lines of a newspaper's page above a headline: its date, its page number."""
    if title is None or title.tag != "founder-title":
        return []
    body = next(title.iterancestors("body"), None)
    first = next(iter(body), None) if body is not None else None
    if first is None:
        return []
    lines = (
        each
        for element in [first, *between(first, title)]
        if not is_within(title, element)
        for each in paragraphs_of(element, spaced=True)
    )
    return [each.text for each in lines if each.linked < 0.5 and is_masthead(each.text)][:4]


def without_buttons(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return paragraphs, the first short ones of them freed from the buttons among their words."""
    result = list(paragraphs)
    for at, each in enumerate(result[:5]):
        if len(each.text) <= _LONGEST_INFO and find_date(each.text) and "。" not in each.text:
            text = re.sub(r"\s+", " ", _TOOLS.sub(" ", each.text)).strip(" |｜-")
            result[at] = replace(each, text=text)
    return [each for each in result if each.text]
