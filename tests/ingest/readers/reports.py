"""What the tests of readers share: a story to put into files, and how to look at what was read."""

from collections.abc import Callable

from ingest.readers.html import Config, build
from ingest.reading import Reading, Unreadable
from store.articles import Article
from store.reports import ReportContents

P1 = (
    "“电梯通了，下楼买菜再也不用歇三回。”10月12日一早，家住青石桥街道柳林社区的"
    "周阿姨提着菜篮子走出单元门，笑着对邻居说。"
)
P2 = "柳林社区建成于1996年，17栋楼里住着612户居民，六成以上是老人，加装电梯的呼声一年高过一年。"
P3 = "社区党委书记何敏介绍，社区把协商会开到楼道里，前后开了23次，低层住户的顾虑一条条写进方案。"
P4 = "“采光和噪声怎么办，方案里写得清清楚楚，我就放心签了字。”住在一楼的郭师傅说。"
TITLE = "十七栋楼装上电梯 柳林社区把协商会开进楼道"
Parse = Callable[..., ReportContents]


def page(head: str, body: str, *, encoding: str = "utf-8", charset: str = "utf-8") -> bytes:
    meta = f'<meta charset="{charset}">' if charset else ""
    text = f"<!DOCTYPE html><html><head>{meta}{head}</head><body>{body}</body></html>"
    return text.encode(encoding)


def texts(article: Article) -> list[str]:
    return [article.text(span) for part in article.sections for span in part.paragraphs]


def headings(article: Article) -> list[str]:
    return [part.heading for part in article.sections if part.heading]


def captions(article: Article) -> list[str]:
    return [article.text(caption.span) for caption in article.captions]


def only(contents: ReportContents) -> Article:
    assert len(contents.articles) == 1, [each.headline for each in contents.articles]
    return contents.articles[0]


def hidden(data: bytes) -> str:
    found = build(Config()).read(data)
    assert isinstance(found, Reading), found
    read = found.page(1)
    assert not isinstance(read, Unreadable)
    return read.hidden


def refused(data: bytes) -> str:
    found = build(Config()).read(data)
    assert isinstance(found, Unreadable), found
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason
