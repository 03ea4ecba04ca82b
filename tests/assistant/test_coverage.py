"""What is missing counts against an answer; the bands follow the probability."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from assistant.config import AssistantConfig
from assistant.coverage import Model, Signals, model
from assistant.pipeline import Assistant
from assistant.records import Status
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store.config import StoreConfig
from store.library import Library

ASKING = """雨棚为什么这样修

雨棚的承包人叫什么？为什么选他？

楼长带着大家到处打听了一圈，还没有结果。
"""
FULL = Signals(
    nouns_missing=0.0,
    words_missing=0.0,
    names_missing=0.0,
    figures_missing=0.0,
    amounts_missing=0.0,
    worth=1.2,
    type_missing=0.0,
    strict_missing=0.0,
    closeness=0.9,
)


@pytest.mark.parametrize("name", [f.name for f in fields(Signals) if "missing" in f.name])
def test_nothing_missing_ever_speaks_for_an_answer(name: str) -> None:
    fitted = model(chinese=True)
    assert fitted.probability(replace(FULL, **{name: 1.0})) <= fitted.probability(FULL)


def test_a_sentence_that_holds_everything_is_an_answer() -> None:
    fitted = model(chinese=True)
    assert fitted.band(fitted.probability(FULL)) is Status.ANSWERED


def test_the_bands_lie_one_above_the_other() -> None:
    bands = Model(weights={}, intercept=0.0, answered=0.6, related=0.3)
    assert [bands.band(p) for p in (0.1, 0.3, 0.59, 0.6, 1.0)] == [
        Status.NOT_COVERED,
        Status.RELATED,
        Status.RELATED,
        Status.ANSWERED,
        Status.ANSWERED,
    ]
    assert all(0 < model(chinese=c).related <= model(chinese=c).answered < 1 for c in (True, False))


def test_a_name_and_a_figure_that_the_article_never_mentions_are_signals(
    assistant: Assistant,
) -> None:
    right = assistant.assess("桂花社区的9部电梯惠及多少户？").signals
    wrong = assistant.assess("柳溪社区的95部电梯惠及多少户？").signals
    assert right is not None
    assert wrong is not None
    assert (right.names_missing, right.figures_missing) == (0.0, 0.0)
    assert wrong.names_missing > 0
    assert wrong.figures_missing == 1.0


def test_a_spelled_figure_is_the_number_it_is(assistant: Assistant) -> None:
    spelled = assistant.assess("惠及三百一十二户居民的是什么？").signals
    assert spelled is not None
    assert (spelled.figures_missing, spelled.amounts_missing) == (0.0, 0.0)


def test_a_number_of_something_else_is_a_signal(assistant: Assistant) -> None:
    other = assistant.assess("桂花社区的312部电梯在哪里？").signals
    assert other is not None
    assert (other.figures_missing, other.amounts_missing) == (0.0, 1.0)


def test_a_sentence_that_asks_is_no_answer(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(ASKING, "utf-8")
    config = StoreConfig(folder=tmp_path / "home", vectors="memory", embedder="hashing")
    with Library.open(config) as library:
        ingest([page], library, IngestConfig())
        found = Assistant(library, AssistantConfig()).assess("雨棚的承包人叫什么？")
    assert found.signals is not None
    assert found.signals.strict_missing == 1.0
    assert found.status is not Status.ANSWERED


def test_a_strict_kind_of_answer_that_is_not_there_is_a_signal(assistant: Assistant) -> None:
    asked = assistant.assess("楼道议事会花了多少钱？").signals
    assert asked is not None
    assert asked.strict_missing == 1.0


@pytest.mark.parametrize(
    "text", ["怎么办？", "吗？", "哈哈哈哈", "的的的", "在哪里？", "谁？", "😀好"]
)
def test_a_question_that_asks_nothing_is_not_answered(assistant: Assistant, text: str) -> None:
    assert assistant.assess(text).status is Status.NOT_COVERED
