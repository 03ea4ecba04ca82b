"""Floors: written plainly, missed in one sentence, and never passed for want of a figure."""

from collections.abc import Callable

import pytest

from assistant.evaluation.gate import Floor, missed, parse_floor, require_known
from assistant.evaluation.records import Dataset, EvalQuestion
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


NEWS = Dataset(
    name="news",
    questions=(EvalQuestion(id="q", type="fact", question="谁？", answerable=True),),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("refused_shar=1", "没有 refused_shar 这个指标；有：.*refused_share"),
        ("refused@nosuch=0", "news 没有 nosuch 这种题型；有：fact。"),
        ("swapped/f1=0", "news 没有 swapped 这种问法；有：plain、polite、hybrid。"),
        ("mrr@10=0.9", "mrr@10 是检索的指标，要写明哪种办法：hybrid/mrr@10。"),
        ("hybrid/mrr@11=0.9", "hybrid 没有 mrr@11 这个指标；有：.*mrr@10"),
    ],
)
def test_a_floor_that_names_what_there_will_not_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        require_known([parse_floor(text)], NEWS, ("plain", "polite"), ("hybrid",))


def test_a_floor_that_names_what_there_will_be_is_let_through() -> None:
    texts = ("refused=0", "polite/f1@fact=1", "hybrid/mrr@10=0.9", "hybrid/parts@10=0")
    floors = [parse_floor(text) for text in texts]
    require_known(floors, NEWS, ("plain", "polite"), ("hybrid",))


def test_a_count_of_a_kind_that_nobody_asked_is_no_floor_that_holds(
    plain: Run, make_result: MakeResult
) -> None:
    with pytest.raises(UsageError, match="没有 refused@nosuch"):
        missed(make_result(plain), [parse_floor("refused@nosuch=0")])


def test_a_figure_that_is_not_there_is_no_floor_that_holds(
    plain: Run, make_result: MakeResult
) -> None:
    result = make_result(plain)
    for text in ("facts_share=0.5", "refused_share@fact=0.5", "homophone/f1=0.5"):
        with pytest.raises(UsageError, match="没有"):
            missed(result, [parse_floor(text)])
