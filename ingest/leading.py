"""Chooses the main headline of several, and where they begin below the name of a series."""

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.cues import fold, is_column_label, is_subtitle

_SERIES = re.compile(
    r"(?:专题|专栏|专版|专刊|特刊|周刊|系列|成果展|巡礼|展示|在行动|进行时|主题|栏目|副刊|版面|年度|活动|特别报道|之[一二三四五六七八九十]+)"
    r"|(?:简讯|快讯|短讯|时讯|通讯|要闻|新闻|影像|频道|之窗|速递|播报|观察|视点|天地|园地)$|^[\u4e00-\u9fff]{2,6}(?:先锋|之声|微讯|微报|资讯|头条|发布|融媒)$"
    r"|^[\u4e00-\u9fff]{2,6}[·•｜|][\u4e00-\u9fff]{2,6}$"
)
_PLACED = re.compile(
    r"(?<![\u4e00-\u9fff])(?!(?:本|各|全|多|老|新|智慧|美丽|文明)?(?:社区|街道|小区))[\u4e00-\u9fff]{2,8}?(?:社区|街道|小区|[镇乡])"
)
_MOST_SERIES_LINES = 4


def below_series(blocks: Sequence[Block], start: int, end: int, level: int | None) -> int:
    """Return where the headlines begin, below the name of a series, a campaign or a section."""
    if level is not None:
        return next((at for at in range(start, end) if (blocks[at].level or 9) == level), start)
    last = end - 1
    while last > start and is_subtitle(blocks[last].text):
        last -= 1
    for _ in range(min(_MOST_SERIES_LINES, last - start)):
        block, below = blocks[start], blocks[start + 1]
        under_masthead = start > 0 and block.gap == 0
        if _explains(block.text, below.text):
            break
        named = _SERIES.search(fold(block.text).strip("【】"))
        if (under_masthead and below.gap > block.gap) or named:
            start += 1
        else:
            break
    return start


def main_of(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return which headline of a run is the main one.

    The highest level or largest type; above a subtitle with a dash, the line right before it;
    otherwise the last, for in a paper a short line above the headline leads up to it (肩题),
    unless it explains the one above it (副题). The name of a column is never the main one.
    """
    heads = range(start, end)
    if any(blocks[at].level for at in heads):
        return min(heads, key=lambda at: blocks[at].level or 9)
    if any(blocks[at].size for at in heads):
        return max(heads, key=lambda at: (blocks[at].size or 1.0, -at))
    plain = [at for at in heads if not is_subtitle(blocks[at].text)]
    if not plain:
        return start
    dashed = [at for at in heads if is_subtitle(blocks[at].text)]
    above = [at for at in plain if not dashed or at < dashed[0]]
    named = [at for at in above or plain[:1] if not is_column_label(blocks[at].text)]
    if not named:
        return (above or plain)[-1 if above else 0]
    if len(named) > 1 and not dashed and _explains(blocks[named[-2]].text, blocks[named[-1]].text):
        return named[-2]
    return named[-1]


def _explains(upper: str, lower: str) -> bool:
    """Say whether the lower of two headlines is the second one, which tells where and how.

    It is longer, and names the place that the upper one does not; or it is by far longer.
    """
    if is_column_label(upper) or is_column_label(lower) or is_subtitle(lower):
        return False
    if _PLACED.search(upper):
        return False
    ratio = len(lower) / len(upper)
    if _PLACED.search(lower):
        return ratio >= 1.8 or (ratio > 1 and len(upper) >= 9)
    return ratio >= 1.7 and len(upper) >= 8
