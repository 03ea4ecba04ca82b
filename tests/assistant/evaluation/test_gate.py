"""Floors: written plainly, missed in one sentence, and never passed for want of a figure."""

from collections.abc import Callable

import pytest

from assistant.evaluation.gate import Floor, missed, parse_floor
from assistant.evaluation.results import Result, Run
from store.errors import UsageError

MakeResult = Callable[..., Result]


def test_a_floor_is_read_with_its_kind_of_question_and_its_run() -> None:
    assert parse_floor("f1=0.5") == Floor(metric="f1", value=0.5)
    read = parse_floor("noise 0.4/refused_share@false-premise=0.9")
    assert read == Floor(metric="refused_share", value=0.9, type="false-premise", run="noise 0.4")
    assert read.name == "noise 0.4/refused_share@false-premise"


@pytest.mark.parametrize("text", ["f1", "f1=", "=1", "f1=viel", "f1=nan", ""])
def test_what_is_no_floor_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="指标=数值"):
        parse_floor(text)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("gold_cited_share=0.6", True),
        ("gold_cited_share=0.7", False),
        ("gold_cited=4", True),
        ("refused_share@false-premise=0.5", True),
        ("refused@false-premise=2", False),
        ("elapsed_p95_ms=50", True),
        ("elapsed_p95_ms=5", False),  # less is better
        ("missed_share=0.5", True),
    ],
)
def test_a_floor_holds_or_is_missed(
    plain: Run, make_result: MakeResult, text: str, passes: bool
) -> None:
    said = missed(make_result(plain), [parse_floor(text)])
    assert (said is None) is passes
    if said:
        assert said.count("。") == 1
        assert text.rpartition("=")[0] in said


def test_a_figure_that_is_not_there_is_no_floor_that_holds(
    plain: Run, make_result: MakeResult
) -> None:
    result = make_result(plain)
    for text in ("facts_share=0.5", "refused_share@fact=0.5", "homophone/f1=0.5"):
        with pytest.raises(UsageError, match="没有"):
            missed(result, [parse_floor(text)])
