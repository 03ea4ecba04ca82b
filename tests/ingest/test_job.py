"""A job in the background: told of, stopped, gone on with; what it finished is never repeated."""

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from ingest.config import IngestConfig
from ingest.job import JobStatus, WatchJob
from ingest.obstacles import CLEAR, Cause
from ingest.ports import ReportLibrary
from ingest.read import parse_report
from store.errors import DataFolderError, VectorIndexError
from store.library import Library
from store.outcomes import IngestStatus
from store.ports import Vectors
from store.reports import ReportContents
from store.vectors.memory import MemoryIndex
from tests.ingest.readers.pdfs import lines, pdf

STORY = "社区食堂开张\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"
PAGES = 40


class Full:
    """A library whose disk is full until there is room: stands at the port, before a real one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.room = False

    def __getattr__(self, name: str) -> object:
        if name == "add" and not self.room:
            return self._refuse
        return getattr(self._library, name)

    @staticmethod
    def _refuse(*_: object) -> None:
        full = OSError(errno.ENOSPC, "No space left on device")
        raise DataFolderError("写不进 /数据/catalog.sqlite，磁盘可能已满。") from full


class Sulking(MemoryIndex):
    """An index that takes nothing in until it is willing."""

    willing = False

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        if not self.willing:
            raise VectorIndexError("向量索引出错（disk I/O error），将从目录重建。")
        super().upsert(ids, vectors)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收"
    made.mkdir()
    return made


@pytest.fixture
def begin(folder: Path, tmp_path: Path) -> Iterator[Callable[..., WatchJob]]:
    """What begins a job on the folder; it is ended with the test."""
    begun: list[WatchJob] = []

    def make(library: object) -> WatchJob:
        config = IngestConfig(spool=tmp_path / "spool")
        job = WatchJob([folder], cast("ReportLibrary", library), config, interval_s=0.05)
        begun.append(job)
        return job

    yield make
    for job in begun:
        job.cancel()


def wait(job: WatchJob, until: Callable[[JobStatus], object], seconds: float = 90) -> JobStatus:
    """Look at a job until it is as wanted."""
    end = time.monotonic() + seconds
    while not until(status := job.status()):
        assert time.monotonic() < end, status
        time.sleep(0.02)
    return status


def fates(status: JobStatus) -> list[tuple[str, IngestStatus]]:
    return [(Path(one.path).name, one.status) for one in status.recent]


def test_a_job_takes_in_what_is_dropped_and_can_be_cancelled(
    folder: Path, library: Library, begin: Callable[..., WatchJob]
) -> None:
    job = begin(library)
    assert not job.status().running
    job.cancel()
    job.start()
    assert job.status().running
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    wait(job, lambda now: len(now.recent) == 1)
    (folder / "b.bin").write_bytes(bytes(range(256)))
    wait(job, lambda now: len(now.recent) == 2)
    job.cancel()
    status = job.status()
    assert [one.status for one in status.recent] == [IngestStatus.ADDED, IngestStatus.REJECTED]
    assert (status.running, status.progress, status.failure) == (False, None, None)
    assert len(library.reports()) == 1
    job.cancel()


def test_what_had_not_changed_is_no_news_and_a_file_is_told_once(
    folder: Path, library: Library, begin: Callable[..., WatchJob]
) -> None:
    file = folder / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    first = begin(library)
    first.start()
    wait(first, lambda now: now.recent)
    first.cancel()
    second = begin(library)
    second.start()
    (folder / "b.txt").write_text(STORY, encoding="utf-8")
    wait(second, lambda now: now.recent)
    file.write_text(STORY * 2, encoding="utf-8")
    wait(second, lambda now: len(now.recent) == 2)
    file.write_text(STORY * 3, encoding="utf-8")
    three = len((STORY * 3).encode())
    wait(second, lambda _: len(library.articles()[0].body.encode()) > three * 0.9)
    assert fates(wait(second, lambda now: now.progress is None)) == [
        ("b.txt", IngestStatus.DUPLICATE),
        ("a.txt", IngestStatus.REPLACED),
    ]


def has_read(status: JobStatus, pages: int) -> bool:
    return status.progress is not None and status.progress.page >= pages


def spooled(folder: Path) -> dict[str, tuple[int, int]]:
    """Return each page that is kept, with what changes when it is written anew."""
    kept = {}
    for file in folder.rglob("*.page"):
        status = file.stat()
        kept[file.name] = (status.st_ino, status.st_mtime_ns)
    return kept


def test_cancelling_keeps_the_finished_pages_and_going_on_reads_none_of_them_again(
    folder: Path, tmp_path: Path, library: Library, begin: Callable[..., WatchJob]
) -> None:
    file = folder / "长.pdf"
    file.write_bytes(pdf([lines(f"p{at}n", 20) for at in range(PAGES)]))
    (folder / "坏.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)))
    job = begin(library)
    job.start()
    kept: dict[str, tuple[int, int]] = {}
    for more in (3, 6):
        wait(job, partial(has_read, pages=len(kept) + more))
        job.cancel()
        assert library.reports() == ()
        now = spooled(tmp_path / "spool")
        assert len(now) > len(kept)
        assert {name: now[name] for name in kept} == kept
        kept = now
        assert not job.status().running
        job.start()
    assert len(kept) < PAGES, "too fast to be cancelled in the middle"
    status = wait(job, lambda now: len(now.recent) == 2)
    assert fates(status) == [("坏.txt", IngestStatus.REJECTED), ("长.pdf", IngestStatus.ADDED)]
    whole = parse_report(file, file.read_bytes(), IngestConfig())
    assert isinstance(whole, ReportContents)
    assert [one.body for one in library.articles()] == [one.body for one in whole.articles]
    assert library.page_count(whole.report.id) == PAGES
    assert not spooled(tmp_path / "spool")


def test_a_full_disk_ends_nothing_and_loses_nothing(
    folder: Path,
    library: Library,
    begin: Callable[..., WatchJob],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("ingest.watch.FIRST_WAIT_S", 0.2)
    full = Full(library)
    job = begin(full)
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{name}{STORY}", encoding="utf-8")
    job.start()
    status = wait(job, lambda now: now.obstacles.failure)
    assert status.running
    assert status.recent == ()
    time.sleep(1)
    (folder / "c.txt").write_text(f"c{STORY}", encoding="utf-8")
    full.room = True
    status = wait(job, lambda now: len(now.recent) == 3)
    assert wait(job, lambda now: now.obstacles == CLEAR).running
    assert len(library.reports()) == 3
    told = [record.getMessage() for record in caplog.records]
    assert sum("磁盘已满" in line for line in told) == 1
    assert sum("又能收入" in line for line in told) == 1


def test_an_index_that_failed_is_told_until_it_has_what_it_is_owed(
    folder: Path,
    library: Library,
    begin: Callable[..., WatchJob],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("ingest.watch.FIRST_WAIT_S", 0.2)
    index = Sulking(library.card.dimension)
    library._derived._open_index = lambda: index
    job = begin(library)
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    job.start()
    status = wait(job, lambda now: now.obstacles.failure)
    assert fates(status) == [("a.txt", IngestStatus.ADDED)]
    time.sleep(1)  # long enough for many looks, and for it to be tried again
    (folder / "a.txt").unlink()
    time.sleep(0.5)
    assert job.status().obstacles == status.obstacles
    assert index.ids() == set()
    index.willing = True
    status = wait(job, lambda now: now.obstacles == CLEAR)
    assert len(index.ids()) == 1
    assert fates(status) == [("a.txt", IngestStatus.ADDED)]
    told = [record.getMessage() for record in caplog.records if record.name == "ingest.job"]
    assert told == [Cause.INDEX, "向量索引补上了，按意思查找又齐全了。"]


def test_a_job_that_cannot_go_on_says_so_in_one_sentence_and_can_be_begun_again(
    folder: Path,
    library: Library,
    begin: Callable[..., WatchJob],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    library.close()
    job = begin(library)
    job.start()
    wait(job, lambda now: now.failure)
    assert job.status().failure == "资料库已经关闭。"
    assert "Traceback" not in caplog.text
    job.cancel()
    job.start()
    assert wait(job, lambda now: now.failure).failure == "资料库已经关闭。"
