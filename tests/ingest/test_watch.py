"""A watched folder: files are taken when they are whole, once; what is in the way passes."""

import errno
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.obstacles import CLEAR, Cause, Obstacles, news
from ingest.sources import name_of
from ingest.watch import Watch
from store.errors import DataFolderError, StoreError, VectorIndexError

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

    Watch([folder], take, interval_s=0).run(Looks(*changes))
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


def test_a_run_that_is_begun_again_hands_over_only_what_was_not_finished(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    handed: list[list[str]] = []
    stop = Looks(None, None)

    def take(files: Sequence[Path]) -> None:
        handed.append([file.name for file in files])
        if len(handed) == 1:
            watching.finished(name_of(tmp_path / "b.txt"))
            stop.set()

    watching = Watch([tmp_path], take, interval_s=0)
    watching.run(stop)
    watching.run(Looks(None, None))
    watching.run(Looks(None, None))
    assert handed == [["a.txt", "b.txt", "c.txt"], ["a.txt", "c.txt"]]


def test_a_folder_that_goes_is_told_once_and_taken_up_where_it_was_when_it_is_back(
    tmp_path: Path,
) -> None:
    folder, aside = tmp_path / "收", tmp_path / "别处"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")

    def come_back() -> None:
        aside.rename(folder)
        (folder / "b.txt").write_text(STORY, encoding="utf-8")

    told: list[Obstacles] = []
    handed: list[list[str]] = []
    Watch([folder], lambda files: handed.append([f.name for f in files]), told.append, 0).run(
        Looks(None, None, lambda: folder.rename(aside), None, None, come_back, None, None)
    )
    assert handed == [["a.txt"], ["b.txt"]]
    assert told == [Obstacles(gone=(folder,)), CLEAR]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def later(clock: Clock) -> Callable[[], None]:
    def pass_a_second() -> None:
        clock.now += 1

    return pass_a_second


@pytest.mark.parametrize(
    "error",
    [
        DataFolderError("写不进 /数据，磁盘可能已满。"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
    ],
)
def test_what_could_not_be_kept_is_told_once_and_tried_again_ever_less_often(
    tmp_path: Path, error: Exception
) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    clock, told, tries = Clock(), list[Obstacles](), list[float]()

    def take(files: Sequence[Path]) -> None:
        del files
        tries.append(clock.now)
        if len(tries) < 9:
            raise error

    looks = Looks(None, *[later(clock)] * 1500)
    Watch([tmp_path], take, told.append, 0, clock).run(looks)
    waits = [round(b - a) for a, b in pairwise(tries)]
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]
    failed, over = told
    assert over == CLEAR
    assert list(news(failed, over)) == ["又能收入新报道了，没有漏下。"]


def test_an_index_that_is_still_owed_is_told_and_tried_again_though_every_file_is_finished(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    clock, told, handed = Clock(), list[Obstacles](), list[tuple[float, list[str]]]()

    def take(files: Sequence[Path]) -> None:
        handed.append((clock.now, [one.name for one in files]))
        for one in files:
            watching.finished(name_of(one))
        if len(handed) < 4:
            raise VectorIndexError("向量索引出错（disk I/O），将从目录重建。")

    def drop() -> None:
        clock.now += 1
        (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")

    seconds = [later(clock)] * 12
    watching = Watch([tmp_path], take, told.append, 0, clock)
    watching.run(Looks(None, *seconds, drop, *seconds, file.unlink, *seconds))
    assert [round(b - a) for (a, _), (b, _) in pairwise(handed)] == [5, 10, 20]
    assert [files for _, files in handed] == [["a.txt"], [], ["b.txt"], []]
    assert [one.failure and one.failure.cause for one in told] == [Cause.INDEX, None]


def test_a_trouble_is_not_over_because_the_watching_was_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    clock, told, tries = Clock(), list[Obstacles](), list[float]()
    stop = Looks(None, *[later(clock)] * 9)

    def take(files: Sequence[Path]) -> None:
        del files
        tries.append(clock.now)
        if len(tries) == 1:
            raise VectorIndexError("向量索引出错。")
        if len(tries) == 2:
            stop.set()  # and nothing is done

    watching = Watch([tmp_path], take, told.append, 0, clock)
    watching.run(stop)
    assert len(told) == 1
    watching.run(Looks(None, later(clock)))
    assert len(tries) == 3
    assert told[1:] == [CLEAR]


def test_another_cause_is_told_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    clock, told = Clock(), list[Obstacles]()
    errors = iter(
        [OSError(errno.ENOSPC, ""), OSError(errno.ENOSPC, ""), VectorIndexError("出错。")]
    )

    def take(files: Sequence[Path]) -> None:
        del files
        if error := next(errors, None):
            raise error

    Watch([tmp_path], take, told.append, 0, clock).run(Looks(None, *[later(clock)] * 60))
    assert [one.failure and one.failure.cause for one in told] == [Cause.FULL, Cause.INDEX, None]


def test_a_failure_is_over_when_what_could_not_be_kept_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    clock, told = Clock(), list[Obstacles]()

    def take(files: Sequence[Path]) -> None:
        for one in files:
            raise DataFolderError(f"写不进 {one}。")

    looks = Looks(None, None, file.unlink, *[later(clock)] * 6)
    Watch([tmp_path], take, told.append, 0, clock).run(looks)
    assert [one.failure is None for one in told] == [False, True]


def test_what_does_not_pass_by_itself_ends_the_watching(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    def take(files: Sequence[Path]) -> None:
        raise StoreError(f"{files[0].name} 的资料库已经关闭。")

    with pytest.raises(StoreError):
        Watch([tmp_path], take, interval_s=0).run(Looks(None, None))
