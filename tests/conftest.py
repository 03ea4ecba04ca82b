"""Fixtures that every test may use: a library on a folder of its own, and reports to put in it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from store.articles import Article, Box, Byline, Caption, Kind, Location, Section, Sentence, Span
from store.config import StoreConfig
from store.ids import article_id, digest, passage_id, report_id
from store.library import Library
from store.passages import Passage
from store.reports import Report, ReportContents

Story = tuple[str, Sequence[str]]
"""A headline and its paragraphs: each of them one sentence and one passage."""

CANTEEN: Story = (
    "社区食堂开张",
    ["南湖社区食堂每天供应午餐，一餐十二元。", "六十岁以上老人在食堂用餐打八折。"],
)
LIFT: Story = ("老楼装上电梯", ["三号楼的电梯用了75%的公共维修资金。"])


def build_article(
    story: Story, report: str, ordinal: int = 0, community: str = "南湖社区"
) -> Article:
    """Lay a story out as an article: headline, dateline, paragraphs, caption."""
    headline, paragraphs = story
    rid = report_id(report)
    lines = [headline, f"朝阳区望京街道{community}", *paragraphs, "图为现场。"]
    kinds = [Kind.HEADLINE, Kind.DATELINE, *(Kind.BODY for _ in paragraphs), Kind.CAPTION]
    starts = [sum(len(line) + 1 for line in lines[:place]) for place in range(len(lines))]
    sentences = tuple(
        Sentence(
            start=start,
            end=start + len(line),
            text=line,
            kind=kind,
            section=0 if kind is Kind.BODY else -1,
            paragraph=place,
            boxes=(Box(page=1, x0=0.1, y0=0.2, x1=0.9, y1=0.25),) if kind is Kind.BODY else (),
        )
        for place, (line, start, kind) in enumerate(zip(lines, starts, kinds, strict=True))
    )
    spans = [Span(start=s.start, end=s.end) for s in sentences]
    return Article(
        id=article_id(rid, headline),
        report_id=rid,
        ordinal=ordinal,
        headline=headline,
        subheads=("副题",),
        label="民生",
        location=Location(raw=lines[1], district="朝阳区", street="望京街道", community=community),
        byline=Byline(raw="记者 张三", reporters=("张三",), photo="李四"),
        body="\n".join(lines),
        sections=(Section(heading=None, paragraphs=tuple(spans[2:-1])),),
        captions=(Caption(span=spans[-1], mid_sentence=True),),
        sentences=sentences,
        fingerprint=digest(*lines),
    )


def build_passages(article: Article) -> tuple[Passage, ...]:
    """Make a passage of each body sentence, with the headline as its context."""
    return tuple(
        Passage(
            id=passage_id(article.id, s.start, s.end, f"{article.headline}\n{s.text}"),
            article_id=article.id,
            report_id=article.report_id,
            ordinal=ordinal,
            kind=s.kind,
            start=s.start,
            end=s.end,
            text=s.text,
            context=article.headline,
            sentences=(place, place + 1),
        )
        for ordinal, (place, s) in enumerate(
            (place, s) for place, s in enumerate(article.sentences) if s.kind is Kind.BODY
        )
    )


def build_contents(
    path: str = "/报纸/一.pdf",
    stories: Sequence[Story] = (CANTEEN, LIFT),
    community: str = "南湖社区",
) -> ReportContents:
    """Make a report of stories, with a fingerprint of what it says."""
    articles = tuple(
        build_article(story, path, ordinal, community) for ordinal, story in enumerate(stories)
    )
    return ReportContents(
        report=Report(
            id=report_id(path),
            path=path,
            title=Path(path).stem,
            publisher="社区报",
            printed_date="2026-05-01",
            fingerprint=digest(*(article.body for article in articles)),
            format="pdf",
        ),
        articles=articles,
        passages=tuple(p for article in articles for p in build_passages(article)),
    )


@pytest.fixture(scope="session")
def e5_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the default embedder, so that its weights are converted once for all."""
    return tmp_path_factory.mktemp("e5")


@pytest.fixture
def make_contents() -> Callable[..., ReportContents]:
    """What reports are made with: path, stories (headline, paragraphs) and community."""
    return build_contents


@pytest.fixture
def split() -> Callable[[Article], tuple[Passage, ...]]:
    """What cuts an article into passages, one a sentence."""
    return build_passages


@pytest.fixture
def config(tmp_path: Path) -> StoreConfig:
    """Settings without a model and without files of an index."""
    return StoreConfig(folder=tmp_path / "数据", embedder="hashing", vectors="memory")


@pytest.fixture
def library(config: StoreConfig) -> Iterator[Library]:
    """An empty library: hashing embedder, memory index."""
    with Library.open(config) as opened:
        yield opened
