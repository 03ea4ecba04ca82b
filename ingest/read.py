"""Reads one file, in this process: format, pages, articles, passages, or why it cannot be read."""

from collections.abc import Callable
from pathlib import Path

from ingest.compose import compose, fingerprint
from ingest.config import IngestConfig
from ingest.detect import format_of, reader_for, refusal
from ingest.limits import letters, too_long
from ingest.reading import Reading, ReadPage, Unreadable
from ingest.sources import name_of, sources_of
from ingest.spool import Spool
from ingest.task import FileDone, PageDone, Task
from store.outcomes import Rejection
from store.reports import ReportContents

_SHOWN = 60  # characters of hidden text that the log repeats
_NAMED = 3  # pages that could not be read are told one by one

Tell = Callable[[PageDone], None]


def read_report(path: Path, config: IngestConfig) -> ReportContents | Rejection:
    """Read a file that is no archive into a report, or say why it cannot be."""
    source = next(sources_of(path, config))
    if source.reason:
        return Rejection(path=source.path, reason=source.reason)
    return read_file(Task(path=source.path, data=source.data, config=config)).found


def parse_report(path: Path, data: bytes, config: IngestConfig) -> ReportContents | Rejection:
    """Make a report of the bytes that were read from a path."""
    return read_file(Task(path=name_of(path), data=data, config=config)).found


def read_file(task: Task, tell: Tell | None = None) -> FileDone:
    """Read one file; `tell` is called after each page."""
    kind = format_of(task.data)
    reader = reader_for(kind, task.config)
    if reader is None:
        return rejected(task, refusal(kind))
    reading = reader.read(task.data)
    if isinstance(reading, Unreadable):
        return rejected(task, reading.reason)
    limit = task.config.max_pages
    if reading.pages > limit:
        counts = f"{reading.pages} 页，超过 {limit} 页的上限"
        return rejected(task, f"文件有 {counts}，请拆成几份，或调大设置 max_pages 后再收入。")
    pages = _pages(task, reading, tell)
    if isinstance(pages, Unreadable):
        return rejected(task, pages.reason)
    found = compose(task.path, task.data, reading.format, pages, task.config)
    lost = _lost(reading, pages)
    if found is None:
        return rejected(task, lost[0] if lost else "文件里没有正文，请检查文件的内容。")
    return FileDone(found=found, lost=lost, notes=_notes(pages))


def _pages(task: Task, reading: Reading, tell: Tell | None) -> list[ReadPage] | Unreadable:
    """Read the pages, those finished before a break from where they were kept."""
    spool = Spool(task.config.spool, fingerprint(task.data))
    pages: list[ReadPage] = []
    count = 0
    for number in range(1, reading.pages + 1):
        page = spool.get(number)
        if page is None:
            read = reading.page(number)
            if isinstance(read, Unreadable):
                return read
            page = read
            if page.image:  # the others take no time
                spool.put(number, page)
        pages.append(page)
        count += sum(letters(line.text) for line in page.lines)
        refused = too_long(count, task.config.max_text_chars)
        if refused:
            return refused
        if tell:
            tell(PageDone(page=number, pages=reading.pages))
    return pages


def _lost(reading: Reading, pages: list[ReadPage]) -> tuple[str, ...]:
    """Say which pages could not be read, and why; the first few of many."""
    lost = [page.lost for page in pages if page.lost]
    rest = len(lost) - _NAMED
    more = f"另有 {rest} 页也没有收入，请检查整个文件。" if rest > 0 else ""
    return tuple(filter(None, (*lost[:_NAMED], more, reading.lost)))


def _notes(pages: list[ReadPage]) -> tuple[str, ...]:
    return tuple(
        f"第 {number} 页有 {len(page.hidden)} 个看不见的字，没有收入：{page.hidden[:_SHOWN]!r}"
        for number, page in enumerate(pages, start=1)
        if page.hidden
    )


def rejected(task: Task, reason: str, detail: str = "") -> FileDone:
    """Refuse a file: one sentence for the user, and a detail for the log."""
    return FileDone(found=Rejection(path=task.path, reason=reason), detail=detail)
