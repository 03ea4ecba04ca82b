"""Small articles and evidence, made from a list of sentences."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from assistant.records import Evidence
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store import ids
from store.articles import Article, Kind, Location, Section, Sentence, Span
from store.config import StoreConfig
from store.library import Library
from store.reports import Report

MakeArticle = Callable[..., Article]
MakeEvidence = Callable[..., tuple[Evidence, ...]]

REPORT = Report(
    id=ids.report_id("/reports/桂花报.txt"),
    path="/reports/桂花报.txt",
    title="桂花社区报",
    fingerprint="0" * 64,
    format="text",
)


def build_article(
    sentences: Sequence[str], headline: str = "旧楼装上电梯", place: str = "桂花社区"
) -> Article:
    """Build an article of one section without heading, one paragraph, these sentences."""
    body, found = headline + "\n", []
    for text in sentences:
        found.append(Sentence(start=len(body), end=len(body) + len(text), text=text, section=0))
        body += text
    first = Sentence(start=0, end=len(headline), text=headline, kind=Kind.HEADLINE)
    return Article(
        id=ids.article_id(REPORT.id, headline),
        report_id=REPORT.id,
        ordinal=0,
        headline=headline,
        location=Location(raw=place, community=place),
        body=body,
        sections=(
            Section(heading=None, paragraphs=(Span(start=len(headline) + 1, end=len(body)),)),
        ),
        sentences=(first, *found),
        fingerprint="",
    )


@pytest.fixture
def make_article() -> MakeArticle:
    return build_article


@pytest.fixture
def make_evidence() -> MakeEvidence:
    def make(*sentences: str) -> tuple[Evidence, ...]:
        article = build_article(sentences)
        return tuple(
            Evidence(sentence=one, article=article, report=REPORT, score=1.0)
            for one in article.sentences[1:]
        )

    return make


PAGE = """桂花社区报
2025年3月18日 第02版

旧单元楼装上电梯 三百户居民不再爬楼

走访地点：临江区柳荫街道桂花社区

桂花社区建于1986年，27栋六层单元楼全部没有电梯。去年九月，居委会牵头召开了12场楼道议事会，逐户听取低层住户的意见。

费用分摊有办法

费用按“一层不出、逐层递增”的办法分摊，六层住户每户约28000元。到今年三月，首批9部电梯投入使用，惠及312户居民。“以后买菜不用歇三回了。”居民周明说。

▲工人正在安装电梯井道。

本报记者 林夏 社区供图

助老食堂开张 独居老人中午有热饭

走访地点：临江区柳荫街道石桥社区

石桥社区助老食堂5月5日正式营业，设在原街道会议室。八十岁以上独居老人凭卡每餐只付一元，差额由社区基金会和爱心企业补足。行动不便的老人可在前一天下午四点前电话预约送餐。首周日均就餐146人，其中送餐38份。

本报记者 林夏
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An invented page of two articles, taken in as any other; read only."""
    folder = tmp_path_factory.mktemp("assistant")
    page = folder / "page.txt"
    page.write_text(PAGE, "utf-8")
    config = StoreConfig(folder=folder / "home", vectors="memory", embedder="hashing")
    with Library.open(config) as opened:
        (outcome,) = ingest([page], opened, IngestConfig())
        assert outcome.articles == 2, outcome
        yield opened


@pytest.fixture
def assistant(library: Library) -> Assistant:
    return Assistant(library, AssistantConfig())
