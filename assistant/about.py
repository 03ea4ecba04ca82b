"""Questions about the reports themselves, answered from the catalog: how many, whose, of where."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant import topics
from assistant.records import AnswerSentence, Evidence
from store.articles import Article, Kind, Location, Sentence
from store.ids import ReportId
from store.library import Library
from store.reports import Report

NAME = "catalog"
"""What such an answer gives as its model."""

_SHOWN = 20
_ASIDE = re.compile(r"[？?！!。，,、；;：:\s“”《》]+|分别|各自|(?:呢|呀|啊|吗|吧)$")
_PLACE = (
    r"(?:关于|有关|介绍|写|讲)?(?:{})(?:社区|街道|小区|区)?"
    r"(?:[和与跟同及](?:{})(?:社区|街道|小区|区)?)*(?:的|那篇|这篇|那份|这份)?"
)
_BROAD = re.compile(r"(?<![社小])区$|[县市镇]$|街道$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of the catalog is asked for; `places` narrow it to articles about one of them."""

    kind: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the catalog says: a line before the rest, and sentences that cite `evidence`."""

    lead: str
    sentences: tuple[AnswerSentence, ...] = ()
    evidence: tuple[Evidence, ...] = ()


Listed = Sequence[tuple[Article, Report]]
Line = tuple[str, Evidence]


def asked(question: str, known_places: Sequence[str]) -> Asked | None:
    """Say what of the catalog is asked for, or None where it is what reports say.

    Args:
        question: as understood.
        known_places: communities and districts of the library.
    """
    plain = _ASIDE.sub("", question)
    named = [place for place in known_places if topics.stem(place) in plain]
    if named:
        stems = sorted(map(topics.stem, named), key=len, reverse=True)
        either = "|".join(map(re.escape, stems))
        plain = re.sub(_PLACE.format(either, either), "", plain)
    for kind, patterns in _patterns().items():
        if any(pattern.fullmatch(plain) for pattern in patterns):
            of_a_place = named and kind in ("communities", "streets")
            return None if of_a_place else Asked(kind=kind, places=tuple(named))
    return None


def told(library: Library, asks: Sequence[Asked]) -> Told:
    """Answer from the catalog, one line for each article, report or place, each with its quote.

    Args:
        library: whose catalog it is.
        asks: what is asked for; what is told of the second follows that of the first.
    """
    lead, *more = (_told(library, what) for what in asks)
    sentences, evidence = list(lead.sentences), list(lead.evidence)
    for one in more:
        sentences.append(AnswerSentence(text=one.lead))
        sentences += (
            replace(said, labels=tuple(len(evidence) + label for label in said.labels))
            for said in one.sentences
        )
        evidence += one.evidence
    return Told(lead=lead.lead, sentences=tuple(sentences), evidence=tuple(evidence))


def _told(library: Library, what: Asked) -> Told:
    reports = {one.id: one for one in library.reports()}
    listed = [
        (article, reports[article.report_id])
        for article in library.articles()
        if article.sentences and _is_about(article, what.places)
    ]
    if not listed:
        return Told(lead="报道库里还没有报道。" if not what.places else "报道库里没有这样的报道。")
    lead, lines = _TELLERS[what.kind](listed)
    if len(lines) > _SHOWN:
        lead = f"{lead.rstrip('：')}，以下是前 {_SHOWN} 条："
    shown = lines[:_SHOWN]
    return Told(
        lead=lead,
        sentences=tuple(
            AnswerSentence(text=text, labels=(number,))
            for number, (text, _) in enumerate(shown, start=1)
        ),
        evidence=tuple(evidence for _, evidence in shown),
    )


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


def _writers(article: Article) -> str:
    if article.byline is None:
        return "没有署名"
    return "、".join(article.byline.reporters) or article.byline.raw


def _dates(listed: Listed) -> tuple[str, list[Line]]:
    lines = [
        (
            f"《{report.title}》：{report.printed_date or report.year_hint or '没有印明日期'}",
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
}


def _is_about(article: Article, places: Sequence[str]) -> bool:
    """Whether an article is about one of the communities, and in one of the districts, if named."""
    shown = f"{article.location.raw if article.location else ''}\n{article.headline}"
    broad = [one for one in places if _BROAD.search(one)]
    narrow = [one for one in places if one not in broad]
    return all(
        not group or any(topics.stem(place) in shown for place in group)
        for group in (broad, narrow)
    )


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


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    raw = tomllib.loads(files("assistant").joinpath("data/catalog.toml").read_text("utf-8"))

    def compiled(pattern: str) -> re.Pattern[str]:
        for name in ("these", "here", "report"):
            pattern = pattern.replace(name.upper(), raw[name])
        return re.compile(pattern)

    return {kind: tuple(map(compiled, given)) for kind, given in raw["kinds"].items()}
