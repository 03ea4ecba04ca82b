"""The engine: a vector depends on its text alone, however it is asked for."""

import threading
from pathlib import Path

import numpy as np
import pytest

from store.embedders._e5_convert import Wheel, converted
from store.ports import Vectors

pytest.importorskip("onnxruntime")
from store.embedders._e5_engine import E5Engine

PASSAGE = "passage: "
TEXTS = ["社区食堂", "电梯", "社" * 700, "ab <s> ab", "", "食堂\n电梯", "㈱", "区" * 300]


@pytest.fixture(scope="module")
def folder(tiny_wheel: Wheel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(tiny_wheel, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def engine(folder: Path) -> E5Engine:
    return E5Engine(folder, threads=2)


def test_vectors_are_the_same_bits_whatever_the_batch_order_and_threads(
    engine: E5Engine, folder: Path
) -> None:
    together = engine.embed(TEXTS, PASSAGE)
    assert together.shape == (len(TEXTS), 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)
    alone = np.concatenate([engine.embed([text], PASSAGE) for text in TEXTS])
    assert np.array_equal(alone, together)
    assert np.array_equal(engine.embed(TEXTS[::-1], PASSAGE)[::-1], together)
    for threads in (1, 5):
        assert np.array_equal(E5Engine(folder, threads).embed(TEXTS, PASSAGE), together)


def test_several_threads_may_ask_at_once(engine: E5Engine) -> None:
    expected = engine.embed(TEXTS, PASSAGE)
    found: list[Vectors] = []
    asking = [
        threading.Thread(target=lambda: found.append(engine.embed(TEXTS, PASSAGE)))
        for _ in range(6)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(found) == 6
    assert all(np.array_equal(one, expected) for one in found)


def test_a_long_text_is_the_mean_of_its_windows_by_their_tokens(engine: E5Engine) -> None:
    ids = engine._tokenizer.ids("社" * 700)
    assert len(ids) == 701
    whole = 510 * engine._mean([0, *ids[:510], 2]) + 191 * engine._mean([0, *ids[510:], 2])
    expected = whole / np.linalg.norm(whole)
    assert engine.embed(["社" * 700], "")[0] == pytest.approx(expected, abs=1e-6)


def test_the_last_window_that_fits_is_not_split(engine: E5Engine) -> None:
    ids = engine._tokenizer.ids("社" * 509)
    assert len(ids) == 510
    expected = engine._mean([0, *ids, 2])
    assert engine.embed(["社" * 509], "")[0] == pytest.approx(
        expected / np.linalg.norm(expected), abs=1e-6
    )


@pytest.mark.parametrize(
    "dirty", ["社区\x00食堂", "社区\ud800食堂", "社区\u200b食堂", "\ufeff社区食堂"]
)
def test_what_no_engine_should_meet_is_dropped(engine: E5Engine, dirty: str) -> None:
    clean, found = engine.embed(["社区食堂", dirty], PASSAGE)
    assert np.array_equal(found, clean)


def test_nothing_in_gives_nothing_out(engine: E5Engine) -> None:
    assert engine.embed([], PASSAGE).shape == (0, 384)


def test_tokens_are_counted_with_begin_and_end(engine: E5Engine) -> None:
    assert engine.token_count("社区食堂", "") == 5
