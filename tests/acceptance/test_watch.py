"""`wenyuan ingest --watch`, as somebody has it running for months: folders go, disks fill up."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.health import Repair
from tests.acceptance.conftest import ROOT, environment
from ui.settings import load_settings
from ui.wiring import open_library

SECONDS = 120  # for what takes a few on a quiet machine


class Watching:
    """A command that runs, and what it has written so far."""

    def __init__(self, home: Path, folder: Path, aside: Path) -> None:
        self._out, self._err = aside / "out", aside / "err"
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ui.cli", "ingest", "--watch", str(folder), "--json"],
                cwd=ROOT,
                env=environment(home),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def told(self, words: str) -> int:
        """Return how often a line for the person there holds these words."""
        return self._err.read_text(encoding="utf-8").count(words)

    def outcomes(self) -> list[dict[str, Any]]:
        """Return what became of files so far."""
        lines = self._out.read_text(encoding="utf-8").splitlines()
        return [report for line in lines for report in json.loads(line)["reports"]]

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so; the command must go on running meanwhile."""
        end = time.monotonic() + SECONDS
        while not until():
            assert self.process.poll() is None, self._err.read_text(encoding="utf-8")
            assert time.monotonic() < end, self._err.read_text(encoding="utf-8")
            time.sleep(0.2)

    def stop(self) -> int:
        """Interrupt it as Ctrl-C does; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收"
    made.mkdir()
    return made


@pytest.fixture
def watch(folder: Path, tmp_path: Path) -> Iterator[Callable[[Path], Watching]]:
    """What begins the command on the folder; it is ended with the test."""
    begun: list[Watching] = []

    def begin(home: Path) -> Watching:
        begun.append(Watching(home, folder, tmp_path))
        begun[-1].wait(lambda: begun[-1].told("正在看着"))
        return begun[-1]

    yield begin
    for each in begun:
        each.process.kill()
        each.process.wait()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    place = tmp_path / "盘"
    place.mkdir()
    try:
        command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no small file system can be mounted here: that takes root on Linux")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def put(folder: Path, number: int, paragraphs: int = 1) -> None:
    lines = [
        f"南湖社区第{number}号食堂昨天开门，第{at}位老人来吃饭，一餐{number + at}元。"
        for at in range(paragraphs)
    ]
    text = "\n\n".join([f"第{number}号食堂开张", *lines])
    (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def fill(disk: Path) -> Path:
    """Write a file until nothing more fits."""
    file = disk / "满"
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as filling:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while filling.write(bytes(size)):
                    pass
    return file


def test_a_full_disk_is_told_once_and_all_is_taken_in_when_there_is_room(
    small_disk: Path, folder: Path, watch: Callable[[Path], Watching]
) -> None:
    home = small_disk / "home"
    command = watch(home)
    put(folder, 1)
    command.wait(lambda: len(command.outcomes()) == 1)
    filling = fill(small_disk)
    for number in (2, 3, 4):
        put(folder, number, 300)
    command.wait(lambda: command.told("磁盘已满"))
    time.sleep(8)  # long enough for it to be tried again
    assert command.told("磁盘已满") == 1
    assert command.process.poll() is None
    assert len(command.outcomes()) == 1
    filling.unlink()
    command.wait(lambda: command.told("又能收入新报道了"))
    assert command.stop() == 0
    assert [one["status"] for one in command.outcomes()] == ["added"] * 4
    with open_library(load_settings(home=home, embedder="hashing", vectors="memory")) as library:
        library.check()
        library.warm()
        assert library.repair() == Repair()
        assert len(library.reports()) == 4


def test_a_folder_that_goes_is_told_once_and_watched_again_when_it_is_back(
    tmp_path: Path, folder: Path, watch: Callable[[Path], Watching]
) -> None:
    command = watch(tmp_path / "home")
    put(folder, 1)
    command.wait(lambda: len(command.outcomes()) == 1)
    aside = folder.rename(tmp_path / "别处")
    command.wait(lambda: command.told(f"收件夹 {folder} 不见了"))
    time.sleep(5)
    assert command.told("不见了") == 1
    put(aside, 2)
    aside.rename(folder)
    command.wait(lambda: len(command.outcomes()) == 2)
    assert command.told(f"收件夹 {folder} 又能打开了") == 1
    assert command.stop() == 0
