"""What is told of a run: how far it is, how fast, and how long the rest may take."""

import pytest

from ingest.progress import Meter, Step


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until it is moved."""
    return Clock()


def test_at_first_nothing_is_known_of_the_rest(clock: Clock) -> None:
    told = Meter(1000, 4, clock).at("/a", 100, Step.READING)
    assert (told.done, told.files, told.remaining_s, told.pages_per_second) == (0, 4, None, 0.0)


def test_the_rest_takes_as_long_by_bytes_as_what_was_read_did(clock: Clock) -> None:
    meter = Meter(1000, 4, clock)
    clock.now = 10
    meter.read(200)
    assert meter.at("/b", 400, Step.READING).remaining_s == pytest.approx(40)
    assert meter.at("/b", 400, Step.READING, 5, 10).remaining_s == pytest.approx(10 * 600 / 400)
    assert meter.at("/a", 200, Step.EMBEDDING, 1, 9).remaining_s == pytest.approx(40)


def test_files_that_had_not_changed_count_neither_as_read_nor_as_left(clock: Clock) -> None:
    meter = Meter(1000, 4, clock)
    meter.passed_over(600)
    meter.finished()
    clock.now = 10
    meter.read(200)
    told = meter.at("/c", 200, Step.READING)
    assert told.done == 1
    assert told.remaining_s == pytest.approx(10)


def test_pages_are_counted_by_the_clock(clock: Clock) -> None:
    meter = Meter(1000, 1, clock)
    for _ in range(6):
        meter.page_read()
    clock.now = 3
    assert meter.at("/a", 1000, Step.READING, 6, 60).pages_per_second == pytest.approx(2)


def test_files_within_files_are_added_as_they_are_found(clock: Clock) -> None:
    meter = Meter(1000, 2, clock)
    meter.found(3)
    assert meter.at("/a.zip/x", 0, Step.READING).files == 5
