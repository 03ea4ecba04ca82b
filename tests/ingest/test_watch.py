"""A watched folder: files are taken when they are whole, once, and again when they change."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.config import IngestConfig
from ingest.job import WatchJob
from ingest.watch import watch
from store.library import Library
from store.outcomes import IngestStatus

STORY = "社区食堂开张\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"


class Looks(threading.Event):
    """Lets a watch look so many times; before each look it changes the folder as it is told."""

    def __init__(self, *changes: object) -> None:
        super().__init__()
        self._changes = list(changes)

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        if not self._changes:
            self.set()
            return True
        change = self._changes.pop(0)
        if callable(change):
            change()
        return False


def taken(folder: Path, *changes: object) -> list[list[str]]:
    found: list[list[str]] = []

    def take(files: Sequence[Path]) -> None:
        found.append([file.name for file in files])

    watch([folder], take, Looks(*changes), interval_s=0)
    return found


def test_what_is_there_is_taken_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert taken(tmp_path, None, None, None) == [["a.txt", "b.txt"]]


def test_a_file_that_is_still_growing_is_left_until_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    def grow() -> None:
        with file.open("a", encoding="utf-8") as growing:
            growing.write("再一句。")

    assert taken(tmp_path, grow, grow, grow) == []
    assert taken(tmp_path, grow, grow, None, None) == [["a.txt"]]


def test_a_changed_file_is_taken_again_and_a_deleted_one_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")

    def change() -> None:
        file.write_text(STORY * 2, encoding="utf-8")

    assert taken(tmp_path, None, change, None, None) == [["a.txt"], ["a.txt"]]
    assert taken(tmp_path, None, file.unlink, None) == [["a.txt"]]


def test_a_folder_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    def come() -> None:
        (tmp_path / "来").mkdir()
        (tmp_path / "来" / "a.txt").write_text(STORY, encoding="utf-8")

    assert taken(tmp_path / "来", come, None, None) == [["a.txt"]]


def wait_for(job: WatchJob, count: int) -> None:
    until = time.monotonic() + 30
    while len(job.status().recent) < count and time.monotonic() < until:
        time.sleep(0.05)
    assert len(job.status().recent) == count


def test_a_job_takes_in_what_is_dropped_and_can_be_cancelled(
    tmp_path: Path, library: Library
) -> None:
    folder = tmp_path / "收"
    folder.mkdir()
    job = WatchJob([folder], library, IngestConfig(), interval_s=0.05)
    assert not job.status().running
    job.start()
    assert job.status().running
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    wait_for(job, 1)
    (folder / "b.bin").write_bytes(bytes(range(256)))
    wait_for(job, 2)
    job.cancel()
    status = job.status()
    assert [one.status for one in status.recent] == [IngestStatus.ADDED, IngestStatus.REJECTED]
    assert (status.running, status.progress, status.failure) == (False, None, None)
    assert len(library.reports()) == 1
    job.cancel()


def test_a_job_that_cannot_go_on_says_so_in_one_sentence(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "收").mkdir()
    (tmp_path / "收" / "a.txt").write_text(STORY, encoding="utf-8")
    library.close()
    job = WatchJob([tmp_path / "收"], library, IngestConfig(), interval_s=0.05)
    job.start()
    until = time.monotonic() + 30
    while not job.status().failure and time.monotonic() < until:
        time.sleep(0.05)
    assert job.status().failure == "资料库已经关闭。"
    assert "Traceback" not in caplog.text
    job.cancel()
