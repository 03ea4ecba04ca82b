"""The lines of the catalog: one for each article, report, place or person, each with its quote."""

import re
from collections.abc import Callable, Sequence

from assistant.records import Evidence
from store.articles import Article, Kind, Location, Sentence
from store.ids import ReportId
from store.reports import Report

_EDITOR = re.compile(r"(?:责任编辑|责编|编辑)[：:／/ ]*([\u4e00-\u9fff·]{2,4})")

Listed = Sequence[tuple[Article, Report]]
Line = tuple[str, Evidence]


def lines_of(kind: str, listed: Listed) -> tuple[str, list[Line]]:
    """Return what is said before the lines, and these.

    Args:
        kind: what of the catalog is told, as data/catalog.toml names it.
        listed: the articles it is told of, with their reports; not empty.
    """
    return _TELLERS[kind](listed)


def signers(article: Article) -> tuple[str, ...]:
    """Return who signs an article."""
    return article.byline.reporters if article.byline else ()


def date_of(report: Report) -> str:
    """Return the date that a report bears (ISO), a lone year, or nothing."""
    return report.printed_date or report.year_hint or ""


def _articles(listed: Listed) -> tuple[str, list[Line]]:
    count = len({report.id for _, report in listed})
    lines = [
        (f"《{article.headline}》{_of(article.community)}", _line(article, report, Kind.HEADLINE))
        for article, report in listed
    ]
    return f"共有 {count} 份报道、{len(listed)} 篇文章：", lines


def _communities(listed: Listed) -> tuple[str, list[Line]]:
    return _places(listed, "社区", lambda place: place.community)


def _streets(listed: Listed) -> tuple[str, list[Line]]:
    return _places(listed, "街道", lambda place: place.street)


def _places(
    listed: Listed, kind: str, name: Callable[[Location], str | None]
) -> tuple[str, list[Line]]:
    lines: dict[str, Line] = {}
    for article, report in listed:
        place = article.location
        if place and (called := name(place)):
            above = "".join(part for part in (place.district, place.street) if part)
            line = called + _of(above.removesuffix(called))
            lines.setdefault(called, (line, _line(article, report, Kind.DATELINE)))
    if not lines:
        return f"报道没有写明是哪些{kind}。", []
    return f"报道写到 {len(lines)} 个{kind}：", list(lines.values())


def _newspapers(listed: Listed) -> tuple[str, list[Line]]:
    lines = [
        (
            f"《{report.title}》：{report.publisher or '没有印明报纸名称'}",
            _line(article, report, Kind.HEADLINE),
        )
        for article, report in _first_of_each(listed)
    ]
    return "报道的来源：", lines


def _authors(listed: Listed) -> tuple[str, list[Line]]:
    lines = [
        (
            f"《{article.headline}》：{_writers(article)}",
            _line(article, report, Kind.BYLINE),
        )
        for article, report in listed
    ]
    return "报道的署名：", lines


def _counted(listed: Listed) -> tuple[str, list[Line]]:
    """Each person who signs, with the number of articles."""
    lines: dict[str, list[Evidence]] = {}
    for article, report in listed:
        for name in signers(article):
            lines.setdefault(name, []).append(_line(article, report, Kind.BYLINE))
    if not lines:
        return "报道没有印明记者是谁。", []
    told_of = [(f"{name}：{len(found)} 篇", found[0]) for name, found in lines.items()]
    return f"报道署名的记者和通讯员有 {len(lines)} 位：", told_of


def _editors(listed: Listed) -> tuple[str, list[Line]]:
    lines = [
        (f"《{article.headline}》：{found.group(1)}", _line(article, report, Kind.BYLINE))
        for article, report in listed
        if article.byline and (found := _EDITOR.search(article.byline.raw))
    ]
    return ("报道印明的编辑：" if lines else "报道没有印明编辑是谁。"), lines


def _latest(listed: Listed) -> tuple[str, list[Line]]:
    return _dated(listed, "最新", max)


def _earliest(listed: Listed) -> tuple[str, list[Line]]:
    return _dated(listed, "最早", min)


def _dated(
    listed: Listed, which: str, choose: Callable[[list[str]], str]
) -> tuple[str, list[Line]]:
    dates = [date for _, report in listed if (date := date_of(report))]
    if not dates:
        return "报道没有印明日期。", []
    date = choose(dates)
    found = [(article, report) for article, report in listed if date_of(report) == date]
    return f"印明日期的报道里，{which}的是 {date} 的：", _articles(found)[1]


def _writers(article: Article) -> str:
    if article.byline is None:
        return "没有署名"
    return "、".join(article.byline.reporters) or article.byline.raw


def _dates(listed: Listed) -> tuple[str, list[Line]]:
    lines = [
        (
            f"《{report.title}》：{date_of(report) or '没有印明日期'}",
            _line(article, report, Kind.HEADLINE),
        )
        for article, report in _first_of_each(listed)
    ]
    return "报道印的日期：", lines


_TELLERS = {
    "articles": _articles,
    "communities": _communities,
    "streets": _streets,
    "newspapers": _newspapers,
    "authors": _authors,
    "dates": _dates,
    "writers": _counted,
    "editors": _editors,
    "latest": _latest,
    "earliest": _earliest,
}


def _first_of_each(listed: Listed) -> Listed:
    """Each report with its first article."""
    first: dict[ReportId, tuple[Article, Report]] = {}
    for article, report in listed:
        first.setdefault(report.id, (article, report))
    return list(first.values())


def _line(article: Article, report: Report, kind: Kind) -> Evidence:
    """The article's line of a kind, or the first it has."""
    found: Sentence = next(
        (one for one in article.sentences if one.kind is kind), article.sentences[0]
    )
    return Evidence(sentence=found, article=article, report=report, score=1.0)


def _of(text: str | None) -> str:
    return f"，{text}" if text else ""
