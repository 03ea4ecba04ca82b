"""A file that crashes, hangs or swells the process that reads it costs nothing but itself."""

import logging
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from ingest.config import IngestConfig
from ingest.isolation import CANCELLED, CRASHED, Isolation
from ingest.task import UNEXPECTED, PageDone
from ingest.worker import TOO_MUCH_MEMORY
from store.outcomes import Rejection
from store.reports import ReportContents

STORY = "社区食堂开张\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"

# The real process with one more reader, which does what a damaged file may make a reader do.
HOSTILE = """
import os, signal, time
from ingest import read, worker
from ingest.reading import Line, Reading, ReadPage

class Hostile:
    def read(self, data):
        does = {b"crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
                b"exit": lambda: os._exit(0),
                b"hang": lambda: time.sleep(600),
                b"swell": lambda: bytearray(3_000_000_000),
                b"print": lambda: print("a library prints", flush=True),
                b"fail": lambda: 1 / 0}
        word = data.split()[0]
        if word in does:
            does[word]()
        def page(number):
            if number == 2 and word == b"hang-later":
                time.sleep(600)
            return ReadPage(lines=(Line(text=f"第{number}页的正文写在这里，是一句完整的话。"),))
        return Reading(format="hostile", pages=3, page=page)

known = read.reader_for
read.reader_for = lambda kind, config: known(kind, config) if kind != "text" else Hostile()
worker.main()
"""


@pytest.fixture
def isolation() -> Iterator[Isolation]:
    """The reading process with a hostile reader, and little patience."""
    config = IngestConfig(page_timeout_s=5, reader_memory_bytes=1_000_000_000)
    with Isolation(config, ("-c", HOSTILE)) as begun:
        yield begun


def reason(isolation: Isolation, word: str) -> str:
    found = isolation.read("/甲.txt", f"{word} 正文".encode()).found
    assert isinstance(found, Rejection)
    assert found.path == "/甲.txt"
    return found.reason


def test_a_file_is_read_as_it_would_be_here_and_its_pages_are_told(isolation: Isolation) -> None:
    told: list[PageDone] = []
    done = isolation.read("/甲.txt", b"fine", told.append)
    assert isinstance(done.found, ReportContents)
    assert [(page.page, page.pages) for page in told] == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("word", ["crash", "exit"])
def test_a_crash_costs_the_file_and_the_next_one_is_read(isolation: Isolation, word: str) -> None:
    assert reason(isolation, word) == CRASHED
    assert isinstance(isolation.read("/乙.txt", b"fine").found, ReportContents)


@pytest.mark.parametrize("word", ["hang", "hang-later"])
def test_a_page_that_never_ends_is_given_up(word: str) -> None:
    config = IngestConfig(page_timeout_s=1.5)
    with Isolation(config, ("-c", HOSTILE)) as isolation:
        isolation.read("/丙.txt", b"fine")  # the process is up: what follows is the page's own time
        began = time.monotonic()
        assert "超过 1.5 秒" in reason(isolation, word)
        assert time.monotonic() - began < 10
        assert isinstance(isolation.read("/乙.txt", b"fine").found, ReportContents)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by Linux")
def test_a_file_that_needs_too_much_memory_is_refused(isolation: Isolation) -> None:
    assert reason(isolation, "swell") == TOO_MUCH_MEMORY
    assert isinstance(isolation.read("/乙.txt", b"fine").found, ReportContents)


def test_a_fault_of_a_reader_is_one_sentence_and_its_trace_is_for_the_log(
    isolation: Isolation,
) -> None:
    done = isolation.read("/甲.txt", b"fail")
    assert isinstance(done.found, Rejection)
    assert done.found.reason == UNEXPECTED
    assert "ZeroDivisionError" in done.detail


def test_what_a_library_prints_does_not_disturb_the_answer(isolation: Isolation) -> None:
    assert isinstance(isolation.read("/甲.txt", b"print").found, ReportContents)


def test_a_file_is_given_up_when_it_is_cancelled(isolation: Isolation) -> None:
    threading.Timer(1.0, isolation.cancel).start()
    assert reason(isolation, "hang") == CANCELLED
    assert reason(isolation, "fine") == CANCELLED


def test_a_process_that_dies_is_told_in_the_log(
    isolation: Isolation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        reason(isolation, "crash")
    assert any("-11" in message for message in caplog.messages)


def test_the_process_reads_with_our_own_readers() -> None:
    with Isolation(IngestConfig()) as isolation:
        done = isolation.read("/食堂.txt", STORY.encode())
    assert isinstance(done.found, ReportContents)
    assert done.found.articles[0].headline == "社区食堂开张"
