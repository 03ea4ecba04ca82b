"""Takes files in: bytes, format, lines, page, articles, passages, and then the library."""

import hashlib
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path

from ingest.articles import Draft, Page, read_page
from ingest.body import Identity, set_article
from ingest.config import IngestConfig
from ingest.detect import NAMES, format_of, readable, reader_for
from ingest.passages import make_passages
from ingest.ports import ReportLibrary
from ingest.reading import Line, Unreadable
from ingest.sentences import Limits
from ingest.walk import find_files
from store.ids import ReportId, article_id, report_id
from store.outcomes import IngestOutcome, IngestStatus, Rejection
from store.records import Article, PageImage, Report, ReportContents

_TOGETHER = 64  # files after which the vector index is given what was added

OnOutcome = Callable[[IngestOutcome], None]


def ingest(
    paths: Sequence[Path],
    library: ReportLibrary,
    config: IngestConfig,
    on_outcome: OnOutcome | None = None,
) -> tuple[IngestOutcome, ...]:
    """Take files and folders into the library; one that cannot be read does not stop the others.

    Args:
        paths: files, or folders, which are walked in sorted order.
        library: where the reports are kept.
        config: how they are read.
        on_outcome: called with the outcome of each file as soon as it is known.
    """
    outcomes: list[IngestOutcome] = []
    ready = _read_ahead(find_files(paths), library, config)
    while batch := list(islice(ready, 1)):
        with library.together():
            for found in chain(batch, islice(ready, _TOGETHER - 1)):
                outcomes.append(found if isinstance(found, IngestOutcome) else library.add(found))
                if on_outcome:
                    on_outcome(outcomes[-1])
    return tuple(outcomes)


def read_report(path: Path, config: IngestConfig) -> ReportContents | Rejection:
    """Read one file into a report with its articles and passages, or say why it cannot be."""
    data = _read_bytes(path, config)
    return data if isinstance(data, Rejection) else parse_report(path, data, config)


def parse_report(path: Path, data: bytes, config: IngestConfig) -> ReportContents | Rejection:
    """Make a report of the bytes that were read from a path."""
    name = _name(path)
    kind = format_of(data)
    reader = reader_for(kind, config)
    if reader is None:
        return Rejection(path=name, reason=f"暂不支持{NAMES[kind]}，目前可以读取：{readable()}。")
    reading = reader.read(data)
    if isinstance(reading, Unreadable):
        return Rejection(path=name, reason=reading.reason)
    lines: list[Line] = []
    pictures: list[PageImage] = []
    for number in range(1, reading.pages + 1):
        read = reading.page(number)
        if isinstance(read, Unreadable):
            return Rejection(path=name, reason=read.reason)
        lines += read.lines
        pictures += [read.image] if read.image else []
    page = read_page(lines)
    if not page.drafts:
        return Rejection(path=name, reason="文件里没有正文。")
    named = report_id(name)
    articles = _articles(page.drafts, named, path.stem, config)
    report = Report(
        id=named,
        path=name,
        title=_title(page, articles),
        publisher=page.masthead.publisher,
        series=page.masthead.series,
        printed_date=page.masthead.date,
        page_label=page.masthead.page_label,
        year_hint=page.masthead.year_hint,
        fingerprint=hashlib.sha256(data).hexdigest(),
        format=reading.format,
    )
    passages = tuple(part for article in articles for part in make_passages(article, config))
    return ReportContents(
        report=report, articles=articles, passages=passages, pages=tuple(pictures)
    )


def _read_ahead(
    files: Iterable[tuple[Path, str | None]], library: ReportLibrary, config: IngestConfig
) -> Iterator[IngestOutcome | ReportContents]:
    """Read each file while the one before it is being embedded; never more than one ahead."""
    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as reader:
        coming: Future[IngestOutcome | ReportContents] | None = None
        for path, reason in files:
            following = reader.submit(_prepare, path, reason, library, config)
            if coming:
                yield coming.result()
            coming = following
        if coming:
            yield coming.result()


def _prepare(
    path: Path, reason: str | None, library: ReportLibrary, config: IngestConfig
) -> IngestOutcome | ReportContents:
    """Read one file; one that is refused or has not changed since it was read is not parsed."""
    if reason:
        return _rejected(_name(path), reason)
    data = _read_bytes(path, config)
    if isinstance(data, Rejection):
        return _rejected(data.path, data.reason)
    known = library.known(_name(path))
    if known and known.fingerprint == hashlib.sha256(data).hexdigest():
        return _unchanged(known, library.articles(known.id), config)
    contents = parse_report(path, data, config)
    if isinstance(contents, Rejection):
        return _rejected(contents.path, contents.reason)
    return contents


def _read_bytes(path: Path, config: IngestConfig) -> bytes | Rejection:
    """Return a file's bytes; name, size and kind are looked at before anything is read."""
    name = _name(path)
    shown = name.encode("utf-8", "replace").decode("utf-8")
    try:
        reason = _obstacle(path, name, config)
        if reason is None:
            with path.open("rb") as file:
                data = file.read(config.max_file_bytes + 1)
            reason = _too_large(len(data), config) or (None if data.strip() else "文件是空的。")
    except FileNotFoundError:
        reason = "路径不存在。"
    except (OSError, ValueError):
        reason = "文件无法读取，请检查权限。"
    return Rejection(path=shown, reason=reason) if reason else data


def _obstacle(path: Path, name: str, config: IngestConfig) -> str | None:
    """Say why a file is not even opened, or return None; raises what the system says."""
    if not name.isprintable():
        return "文件名里有无法识别的字符，请改名后再收入。"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "不是普通文件。"
    return _too_large(status.st_size, config)


def _too_large(size: int, config: IngestConfig) -> str | None:
    limit = config.max_file_bytes
    return f"文件超过 {limit / 1e6:g} MB 的上限。" if size > limit else None


def _articles(
    drafts: Sequence[Draft], report: ReportId, stem: str, config: IngestConfig
) -> tuple[Article, ...]:
    limits = Limits(quote_chars=config.quote_max_chars, sentence_chars=config.sentence_max_chars)
    seen: Counter[str] = Counter()
    articles: list[Article] = []
    for ordinal, draft in enumerate(drafts):
        headline = draft.headline.text if draft.headline else stem
        identity = Identity(
            id=article_id(report, headline, seen[headline]),
            report_id=report,
            ordinal=ordinal,
            headline=headline,
        )
        articles.append(set_article(draft, identity, limits))
        seen[headline] += 1
    return tuple(articles)


def _title(page: Page, articles: Sequence[Article]) -> str:
    """Name a report by its series and paper, or by its first headline where it has neither."""
    head = page.masthead
    if not head.series and not head.publisher:
        return articles[0].headline
    parts = (head.series, head.publisher, head.date, head.page_label)
    return "｜".join(part for part in parts if part)


def _name(path: Path) -> str:
    """Return the path a report is known by: absolute, links resolved, with forward slashes."""
    try:
        return path.resolve().as_posix()
    except (OSError, ValueError, RuntimeError):
        return str(path)


def _unchanged(known: Report, kept: Sequence[Article], config: IngestConfig) -> IngestOutcome:
    return IngestOutcome(
        path=known.path,
        status=IngestStatus.UNCHANGED,
        articles=len(kept),
        passages=sum(len(make_passages(article, config)) for article in kept),
    )


def _rejected(path: str, reason: str) -> IngestOutcome:
    return IngestOutcome(path=path, status=IngestStatus.REJECTED, reason=reason)
