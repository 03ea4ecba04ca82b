"""`reports`, `show`, `remove` and `reindex`: look at what is kept, and look after it."""

import time

import click

from store.articles import Article, spans_text
from store.ids import ArticleId, ReportId
from store.likeness import Twin, TwinKind
from store.reports import Report
from ui.commands.common import Invocation, json_option, write, write_json
from ui.views import article_view, report_view, twin_view
from ui.wiring import open_library, passage_splitter

_LIKENESS = {
    TwinKind.SAME: "同一篇",
    TwinKind.NEAR: "内容相近",
    TwinKind.CORRECTION: "内容相近，数字不同，请核对",
}


@click.command(help="列出已入库的报道和其中的文章。")
@json_option
@click.pass_obj
def reports(invocation: Invocation, as_json: bool) -> None:
    """List the reports and their articles."""
    with open_library(invocation.settings()) as library:
        kept = [(report, library.articles(report.id)) for report in library.reports()]
    if as_json:
        write_json({"reports": [report_view(report, articles) for report, articles in kept]})
        return
    for report, articles in kept:
        write(report_text(report, articles))
    if not kept:
        write("还没有报道；用 wenyuan ingest 文件或文件夹 入库。")


@click.command(help="显示一篇文章的全文；编号见 `wenyuan reports`。")
@click.argument("article_id", metavar="ARTICLE")
@json_option
@click.pass_obj
def show(invocation: Invocation, article_id: str, as_json: bool) -> None:
    """Show the whole text of an article."""
    with open_library(invocation.settings()) as library:
        article = library.article(ArticleId(article_id))
        twins = [
            (twin, other, library.report(other.report_id))
            for twin in library.twins(article.id)
            for other in [library.article(twin.other_id)]
        ]
    if as_json:
        write_json({**article_view(article), "twins": [twin_view(*one) for one in twins]})
        return
    write(article_text(article))
    for one in twins:
        write(twin_text(*one))


@click.command(help="删去一份已入库的报道（不删原文件）；编号见 `wenyuan reports`。")
@click.argument("report_id", metavar="REPORT")
@json_option
@click.pass_obj
def remove(invocation: Invocation, report_id: str, as_json: bool) -> None:
    """Remove a report; its file stays."""
    with open_library(invocation.settings()) as library:
        report = library.report(ReportId(report_id))
        library.remove(report.id)
    if as_json:
        write_json({"removed": {"id": report.id, "path": report.path, "title": report.title}})
    else:
        write(f"已删去 {report.id}《{report.title}》。")


@click.command(help="按当前的设置重建索引；换了向量模型后要做一次。")
@json_option
@click.pass_obj
def reindex(invocation: Invocation, as_json: bool) -> None:
    """Make the index anew with the settings in force."""
    started = time.perf_counter()
    settings = invocation.settings()
    with open_library(settings, allow_mismatch=True) as library:
        count = library.reindex(passage_splitter(settings))
    elapsed_ms = round((time.perf_counter() - started) * 1000, 1)
    if as_json:
        write_json({"passages": count, "elapsed_ms": elapsed_ms})
    else:
        write(f"索引已重建：{count} 个片段，用时 {elapsed_ms / 1000:.1f} 秒。")


def report_text(report: Report, articles: tuple[Article, ...]) -> str:
    """Return a report for reading: a line of its own, then one for each article."""
    lines = [f"{report.id}  {report.title}  {report.path}"]
    lines += [
        f"  {article.id}  {article.headline}"
        + (f"（{article.community}）" * bool(article.community))
        for article in articles
    ]
    return "\n".join(lines)


def article_text(article: Article) -> str:
    """Return an article for reading, from its headline to its byline."""
    place = "：".join(
        part for part in (article.label, article.location.raw if article.location else None) if part
    )
    blocks = [article.headline, *article.subheads, place]
    for section in article.sections:
        blocks += [f"【{section.heading}】" if section.heading else ""]
        blocks += [f"　　{text}" for text in spans_text(article, section.paragraphs)]
    blocks += [f"（图片说明）{article.text(caption.span)}" for caption in article.captions]
    blocks += [article.byline.raw if article.byline else ""]
    return "\n".join(block for block in blocks if block)


def twin_text(twin: Twin, other: Article, report: Report) -> str:
    """Return one line about an article that another one is like."""
    return f"（{_LIKENESS[twin.kind]}）{other.id}《{other.headline}》，见 {report.title}"
