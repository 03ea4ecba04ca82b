"""Makes lines of paragraphs: headings, captions, rows and items told; what is no text left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.bylines import parse_byline
from ingest.cues import (
    is_caption,
    is_enumerated,
    is_heading_shaped,
    is_headline_question,
    is_related_label,
    is_web_line,
)
from ingest.markup.paragraphs import Paragraph
from ingest.masthead import is_furniture
from ingest.places import parse_dateline
from ingest.punctuation import ends_closed
from ingest.reading import Line, Role

_LONG = 45
_TITLE_SIZE = 1.35
_STYLED = 4
"""The level of a heading that only looks like one: below those that are marked up."""

_NUMBER = re.compile(r"^(?:(?:PART|Part|NO|No)[ .]?)?0?\d{1,2}[.、]?$")
_DATE = re.compile(
    r"^(?:20\d\d年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九十]{4}年"
    r"[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)$"
)
_NUMBERED = re.compile(
    r"^[\u4e00-\u9fff\w]{1,12}[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号$"
)
_TALK = re.compile(r"^(?:记者|问|答|主持人|编者按|[QA])\s*\d{0,2}[：:]")
_TAIL = re.compile(
    r"^(?:(?:特别|免责|版权|平台|郑重)(?:声明|提示|说明)|声明)[：:]|^返回.{1,10}[，,]\s*查看更多"
    r"|^(?:本文|本站|文章).{0,6}(?:著作权|版权)"
    r"|^(?:责任编辑|责编|编辑|来源|作者|记者)[：:]\s*$|^版权(?:所有|归)|ICP[备证]|公网安备"
    r"|^(?:以上内容|本文)(?:为|由).{0,20}(?:自媒体|用户)上传|^特别声明|^打开APP|^展开剩余"
    r"|^(?:\d+\s*)?(?:人?(?:赞|点赞|喜欢|在看)|条?评论)$|^发表于.{2,10}$"
    r"|^（?(?:点击|扫码|长按|识别).{0,16}(?:二维码|关注).{0,12}$"
    r"|^(?:阅读|浏览|点击|访问)(?:量|数|次数)?[：: ]*\d"
    r"|^.{0,10}(?:点击|戳).{0,8}蓝字.{0,12}$|^上一篇|^下一篇"
)


def lines_of(paragraphs: Sequence[Paragraph], *, headline: str = "") -> list[Line]:
    """Return the lines of an article's text.

    Args:
        paragraphs: in reading order.
        headline: what stands above the text; where the text repeats it, it is left out, and
            headings in it are of the second level at most.
    """
    kept = [each for each in _before_related(paragraphs) if not _is_noise(each)]
    kept = [each for at, each in enumerate(kept) if at > 2 or not headline or each.text != headline]
    kept = _signed(_numbered(_headed(kept)))
    return [_line(each, 2 if headline else 1) for each in kept]


def apart(lines: Sequence[Line]) -> list[Line]:
    """Let each heading of the first level open an article, where the text begins with one.

    Not where they are numbered: then they are the parts of one text.
    """
    tops = [line for line in lines if line.level == 1]
    told = [line for line in lines if line.role is not Role.FURNITURE]
    if len(tops) < 2 or told[0].level != 1 or any(is_enumerated(top.text) for top in tops):
        return list(lines)
    return [replace(line, ruled=line.level == 1) for line in lines]


def is_letter_number(text: str) -> bool:
    """Say whether a line is the number of an official letter: 某政发〔2026〕9号."""
    return len(text) <= 40 and _NUMBERED.match(text) is not None


def _is_noise(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.row:
        return False
    if paragraph.linked > 0.8 and len(text) < _LONG and "。" not in text:
        return paragraph.level is None or paragraph.level > 2
    return is_web_line(text) or (len(text) < 200 and _TAIL.search(text) is not None)


def _before_related(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return what stands before a label of other articles (相关阅读), if only titles follow."""
    for at, paragraph in enumerate(paragraphs):
        if not is_related_label(paragraph.text.rstrip("：:")):
            continue
        if not any(len(each.text) >= _LONG and "。" in each.text for each in paragraphs[at:]):
            return paragraphs[:at]
    return paragraphs


def _headed(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Give a level to what only looks like a heading, and take it from what only is called one."""
    usual = _usual_size(paragraphs)
    result = [
        replace(each, level=None)
        if each.level and (len(each.text) > 60 or each.text.endswith("。"))
        else each
        for each in paragraphs
    ]
    styled = {at for at, each in enumerate(result) if not each.level and _is_styled(each, usual)}
    if 2 * len(styled) > len(result):
        return result
    for at in styled:
        # Three in a row head nothing: they are a list, or a poster.
        near = [other in styled for other in range(at - 2, at + 3)]
        row = any(all(near[start : start + 3]) for start in range(3))
        result[at] = replace(result[at], item=True) if row else replace(result[at], level=_STYLED)
    captions = [_is_caption(each, usual) for each in result]
    return [replace(each, caption=caption) for each, caption in zip(result, captions, strict=True)]


def title_among(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return which of the first paragraphs is set as the title of a text: by far the largest."""
    usual = _usual_size(paragraphs)
    for at, each in enumerate(paragraphs[:3]):
        larger = each.size is not None and each.size >= _TITLE_SIZE * usual
        if larger and (each.bold > 0.9 or each.centred) and _is_styled(each, usual):
            return at
    return None


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for each in paragraphs:
        sizes[each.size or 16.0] += len(each.text)
    return sizes.most_common(1)[0][0] if sizes else 16.0


def _is_styled(paragraph: Paragraph, usual: float) -> bool:
    """Say whether a paragraph is set as a heading is: all bold or larger, short, no sentence."""
    text = paragraph.text
    if paragraph.bold < 0.9 and (paragraph.size or 0) < 1.15 * usual:
        return False
    if paragraph.caption or paragraph.row or paragraph.linked > 0.8 or _TALK.match(text):
        return False
    if not (is_heading_shaped(text) or is_headline_question(text)):
        return False
    if is_caption(text) or is_furniture(text) or parse_byline(text):
        return False
    return parse_dateline(text) is None


def _is_caption(paragraph: Paragraph, usual: float) -> bool:
    if paragraph.caption:
        return not paragraph.level
    if not paragraph.below_picture or paragraph.level or len(paragraph.text) > 90:
        return False
    small = paragraph.size is not None and paragraph.size <= 0.93 * usual
    if is_caption(paragraph.text) or small:
        return True
    return (paragraph.centred or paragraph.beside) and len(paragraph.text) <= 60


def _numbered(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put a number that stands alone above a heading into it."""
    result: list[Paragraph] = []
    for each in paragraphs:
        above = result[-1] if result else None
        if above and each.level and _NUMBER.match(above.text) and not above.row:
            result[-1] = replace(each, text=f"{above.text} {each.text}")
        else:
            result.append(each)
    return result


def _signed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Let the office and date that end a letter be text: they head nothing."""
    dated = next((at for at in range(-1, -4, -1) if _is_date(paragraphs, at)), None)
    if dated is None or len(paragraphs) < 4:
        return paragraphs
    result = list(paragraphs)
    for at in (dated, dated - 1):
        each = result[at]
        if not each.level and len(each.text) <= 30 and not ends_closed(each.text):
            result[at] = replace(each, item=True)
    return result


def _is_date(paragraphs: Sequence[Paragraph], at: int) -> bool:
    return len(paragraphs) >= -at and _DATE.match(paragraphs[at].text) is not None


def _line(paragraph: Paragraph, floor: int) -> Line:
    level = max(paragraph.level, floor) if paragraph.level else None
    role = None
    if paragraph.caption:
        role = Role.CAPTION
    elif is_letter_number(paragraph.text):
        role = Role.FURNITURE
    elif (
        paragraph.row
        or paragraph.text.startswith(("附件：", "附件:"))
        or (paragraph.item and not level and not _is_told(paragraph.text))
    ):
        role = Role.BODY
    return Line(text=paragraph.text, gap=1, level=level, role=role, joins=False)


def _is_told(text: str) -> bool:
    """Say whether the words of a short item tell what it is, so that it is no plain item."""
    return not ends_closed(text) and (is_caption(text) or parse_byline(text) is not None)
