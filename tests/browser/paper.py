"""Reports with pages, drawn here: every character's place on its page is known."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from store.articles import Article, Box, Kind, Location, Section, Sentence, Span
from store.ids import article_id, digest, report_id
from store.passages import Passage
from store.reports import PageImage, Report, ReportContents
from tests.conftest import build_passages

WIDTH, HEIGHT, EM, LEADING = 1200, 1600, 24, 40
MARGIN, TOP, COLUMN, LINES, GUTTER = 90, 330, 20, 30, 60
"""A page in pixels: two columns of 20 characters and 30 lines under the headline."""

FILLER = (
    "居民代表把各家的想法一条一条写在黑板上，周三晚上大家围坐在槐树底下，把事情商量到人人点头。"
)
LONG = (
    "最后一件事说的是晾衣架：槐荫里社区在楼前空地上统一安装了八十六组晾衣架，材料用的是不锈钢管，"
    "每组可以晾晒四床棉被，钱由居民和街道各出一半，安装时先征得了一楼住户的同意，"
    "装好以后由楼长排班照看，下雨天有人帮忙收，晴天里被子铺满了整个院子。"
)
ACROSS = "槐荫里社区的议事会由七位楼长轮流主持，每月逢五开会，会上定下的事第二天就贴到各楼的门口。"
CLEAR = "柳叶巷社区的修鞋铺每周开门五天。"
BLURRED = "柳叶巷社区的修鞋铺换一副鞋底收费十八元。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a character is printed: its page, and its corner in pixels."""

    page: int
    x: int
    y: int


def paged() -> ReportContents:
    """A newspaper of two pages: one sentence runs over two columns, another onto the next page."""
    sentences = [FILLER] * 12 + [LONG] + [FILLER] * 12 + [ACROSS] + [FILLER] * 9
    return _contents("街坊报.pdf", "pdf", "槐荫里社区", "院里的事院里商量", sentences)


def scanned() -> ReportContents:
    """A scan of one page, one of its sentences hardly legible."""
    sentences = [FILLER, CLEAR, FILLER, BLURRED, FILLER]
    return _contents("旧报.jpg", "image", "柳叶巷社区", "巷口的修鞋铺", sentences, scan=True)


def _contents(
    path: str, form: str, community: str, headline: str, said: Sequence[str], *, scan: bool = False
) -> ReportContents:
    rid = report_id(path)
    lines = [headline, f"桐城区古井街道{community}", "".join(said)]
    texts = [*lines[:2], *said]
    kinds = [Kind.HEADLINE, Kind.DATELINE, *(Kind.BODY for _ in said)]
    spots = list(_spots(len(texts[0]), len(texts[1]), len(lines[2])))
    sentences, start, at = [], 0, 0
    for text, kind in zip(texts, kinds, strict=True):
        own = spots[at : at + len(text)]
        sentences.append(
            Sentence(
                start=start,
                end=start + len(text),
                text=text,
                kind=kind,
                section=0 if kind is Kind.BODY else -1,
                boxes=tuple(_boxes(own, 2 * EM if kind is Kind.HEADLINE else EM)),
                confidence=(0.62 if text == BLURRED else 0.985) if scan else None,
            )
        )
        start += len(text) + (kind is not Kind.BODY)
        at += len(text)
    body = "\n".join(lines)
    article = Article(
        id=article_id(rid, headline),
        report_id=rid,
        ordinal=0,
        headline=headline,
        location=Location(raw=lines[1], district="桐城区", street="古井街道", community=community),
        body=body,
        sections=(
            Section(
                heading=None, paragraphs=(Span(start=len(body) - len(lines[2]), end=len(body)),)
            ),
        ),
        sentences=tuple(sentences),
        fingerprint=digest(body),
    )
    report = Report(
        id=rid,
        path=f"/报纸/{path}",
        title="旧报<img src=x onerror=alert(1)>" if scan else "街坊报",
        publisher=None,
        printed_date="2026-03-08",
        fingerprint=digest(path),
        format=form,
    )
    return ReportContents(
        report=report,
        articles=(article,),
        passages=_distinct(build_passages(article)),
        pages=tuple(_draw("".join(texts), spots, len(headline), scan=scan)),
    )


def _distinct(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages with ordinals of their own, however often they say the same."""
    return tuple(replace(passage, ordinal=place) for place, passage in enumerate(passages))


def _spots(headline: int, dateline: int, body: int) -> Iterator[Spot]:
    for at in range(headline):
        yield Spot(page=1, x=MARGIN + at * 2 * EM, y=150)
    for at in range(dateline):
        yield Spot(page=1, x=MARGIN + at * EM, y=240)
    for at in range(body):
        line, across = divmod(at, COLUMN)
        column, down = divmod(line, LINES)
        page, side = divmod(column, 2)
        x = MARGIN + side * (COLUMN * EM + GUTTER) + across * EM
        yield Spot(page=page + 1, x=x, y=TOP + down * LEADING)


def _boxes(spots: Sequence[Spot], em: int) -> Iterator[Box]:
    """One box for each line that the characters stand on."""
    first_of_column = MARGIN + COLUMN * EM + GUTTER
    for (page, y, _), row in groupby(spots, key=lambda s: (s.page, s.y, s.x >= first_of_column)):
        line = list(row)
        yield Box(
            page=page,
            x0=line[0].x / WIDTH,
            y0=y / HEIGHT,
            x1=(line[-1].x + em) / WIDTH,
            y1=(y + em) / HEIGHT,
        )


def _draw(text: str, spots: Sequence[Spot], headline: int, *, scan: bool) -> Iterator[PageImage]:
    """Print the characters where they stand; without a Chinese font, a block for each of them."""
    sizes = {EM: _font(EM), 2 * EM: _font(2 * EM)}
    for page in range(1, max(spot.page for spot in spots) + 1):
        picture = Image.new("L", (WIDTH, HEIGHT), 222 if scan else 255)
        draw = ImageDraw.Draw(picture)
        for at, (character, spot) in enumerate(zip(text, spots, strict=True)):
            em = 2 * EM if at < headline else EM
            font = sizes[em]
            if spot.page != page:
                continue
            if font is None:
                draw.rectangle((spot.x, spot.y, spot.x + em - 4, spot.y + em - 4), fill=60)
            else:
                draw.text((spot.x, spot.y - em // 4), character, font=font, fill=40)
        kept = io.BytesIO()
        picture.save(kept, "WEBP", quality=40)
        yield PageImage(page=page, width=WIDTH, height=HEIGHT, data=kept.getvalue())


def _font(size: int) -> ImageFont.FreeTypeFont | None:
    if (finder := shutil.which("fc-match")) is None:
        return None
    asked = [finder, "-f", "%{file}", "Noto Sans CJK SC:lang=zh-cn"]
    path = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return ImageFont.truetype(path, size) if "CJK" in path else None
