"""What the reading process is asked, and what it answers."""

from dataclasses import dataclass

from ingest.config import IngestConfig
from store.outcomes import Rejection
from store.reports import ReportContents

UNEXPECTED = "文件内容无法解读，可能已损坏，请另存一份后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to read: the path it is known by, its bytes, and how."""

    path: str
    data: bytes
    config: IngestConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Answer, the first of a process: it is up, and reads what it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDone:
    """Answer: one more page is read, `page` of `pages`."""

    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDone:
    """Answer, the last: what was read, and what the log is to say of it.

    `lost` are sentences for the user on pages that could not be read, though others could.
    `detail` is for the log alone: how a reader failed that should not have.
    """

    found: ReportContents | Rejection
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    detail: str = ""
