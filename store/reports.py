"""A report: one ingested file with its pages, its versions and all that was read from it."""

from dataclasses import dataclass

from store.articles import Article
from store.ids import ReportId
from store.likeness import Signature, Twin
from store.passages import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One ingested file; `version` counts from 1, and a new text of the file gets a new number.

    `fingerprint` is the SHA-256 of the file's bytes. `printed_date` is an ISO date printed as
    the publication date, never guessed; a lone year goes to `year_hint`. `added_at` is UTC ISO.
    """

    id: ReportId
    path: str
    title: str
    publisher: str | None = None
    series: str | None = None
    printed_date: str | None = None
    page_label: str | None = None
    year_hint: str | None = None
    fingerprint: str
    format: str
    version: int = 1
    added_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture, for showing where a sentence stands; `data` is WebP, sizes in pixels.

    Boxes are fractions of this very picture: a scan that was turned upright is kept upright.
    """

    page: int
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContents:
    """A report with all that was read from it: what ingestion hands to the library.

    `signatures` and `twins` are of its own articles; each twin's other side may be in any report.
    """

    report: Report
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    pages: tuple[PageImage, ...] = ()
    signatures: tuple[Signature, ...] = ()
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """One text of a report that is kept whole: the one in force, or one that was put aside.

    `articles` and `pages` count what it holds; `put_aside_at` is UTC ISO, None for the one in
    force. A version keeps its number when it is restored.
    """

    report_id: ReportId
    version: int
    title: str
    fingerprint: str
    articles: int
    pages: int
    put_aside_at: str | None = None
