"""Reports that a question keeps itself to: by the date they bear, or by the name of their paper."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading import readable
from assistant.records import Question
from store.ids import ReportId
from store.library import Library
from store.passages import Filters
from store.reports import Report

_OF = r"(?:的|份的?|那期|那版|这期|刊登的|发表的|出版的|刊发的)*"
_PIECES = r"(?:报道|报纸|文章|新闻|版面|通讯)"
_WITHIN = r"(?:里面?|中|上|当中)?(?:说的?|提到的?|写的?|讲的?)?[，,、：:]?"
_DATED = re.compile(
    r"(?:在|按|根据)?(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?"
    rf"{_OF}{_PIECES}{_WITHIN}"
)
_QUOTED = re.compile(rf"(?:在|按|根据)?《(?P<name>[^《》]{{2,30}})》{_OF}{_PIECES}?{_WITHIN}")
_PAPER = re.compile(
    r"(?:在|按|根据)?(?P<name>[\u4e00-\u9fff]{2,12}?(?:[日晚早周时快商区]报|都市报))"
    rf"(?!道){_OF}{_PIECES}?{_WITHIN}"
)
_LEAST = 4


def scoped(library: Library, question: Question, filters: Filters) -> tuple[Question, Filters]:
    """Return a question without the words that name reports, and the filters that these make.

    Words that fit no report stay in the question: what they name is then missing in the answer.

    Args:
        library: whose reports are named.
        question: as understood.
        filters: those that apply anyway.
    """
    text, kept = question.standalone, list[Report]()
    for pattern in (_DATED, _QUOTED, _PAPER):
        named = pattern.search(text)
        if named is None:
            continue
        fit = [one for one in kept or library.reports() if _fits(one, named)]
        rest = text[: named.start()] + text[named.end() :]
        if fit and len(rest) >= _LEAST:
            text, kept = rest, fit
    if not kept:
        return question, filters
    own = text if question.own == question.standalone else question.own
    among = filters.report_ids
    found = tuple(one.id for one in kept if among is None or one.id in among)
    return replace(question, standalone=text, own=own), replace(filters, report_ids=found)


def within(reports: Sequence[Report], since: str, until: str) -> tuple[ReportId, ...]:
    """Return the reports that bear a date from `since` to `until` (ISO, both included)."""
    return tuple(
        one.id for one in reports if one.printed_date and since <= one.printed_date <= until
    )


def _fits(report: Report, named: re.Match[str]) -> bool:
    """Whether a report is one of those that a question names."""
    found = named.groupdict()
    if "name" in found:
        name = readable(found["name"])
        return any(name in readable(one) for one in (report.title, report.publisher or "") if one)
    date = report.printed_date or report.year_hint or ""
    wanted = found["year"]
    if found["month"]:
        wanted += f"-{int(found['month']):02}"
    if found["day"]:
        wanted += f"-{int(found['day']):02}"
    return date.startswith(wanted)
