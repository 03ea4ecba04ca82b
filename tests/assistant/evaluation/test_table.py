"""The page of Markdown tells every figure beside the baselines', and where we lose."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.evaluation.figures import make_run
from assistant.evaluation.losses import losses
from assistant.evaluation.results import Case, Result, Results, Run
from assistant.evaluation.table import markdown
from store.errors import UsageError

MakeCase = Callable[..., Case]


@pytest.fixture
def result(
    make_case: MakeCase,
    make_result: Callable[..., Result],
    plain: Run,
    retrieval: dict[str, Any],
) -> Result:
    better = [make_case(one.id, True, answerable=one.answerable) for one in plain.cases]
    runs = [
        plain,
        make_run("langchain recipe", "baseline", better, 0, plain),
        make_run("swapped", "variant", better, 0, plain),
        make_run("noise 0.4", "noise", better, 0, plain),
    ]
    made = make_result(*runs, half="reporting", sample=8, machine="2 × x86_64")
    return replace(made, retrieval=retrieval)


def rows(page: str, first: str) -> list[list[str]]:
    """The rows of the tables of a page whose first cell begins so."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith(f"| {first}")
    ]


def test_every_part_of_a_result_is_told(result: Result) -> None:
    page = markdown([Results(results=(result,), command="wenyuan eval some --half reporting")])
    for text in (
        "wenyuan eval some --half reporting",
        "报告用的一半，从中抽 8 题",
        "2 × x86_64",
        "题型 headline（4 题）",
        "### 换一种问法：回答",
        "相邻两字颠倒",
        "噪声 40%",
        "基线：LangChain",
    ):
        assert text in page
    assert all(line.count("|") > 2 for line in page.splitlines() if line.startswith("|"))


def test_what_is_ahead_of_us_is_marked_and_listed_without_being_asked(result: Result) -> None:
    page = markdown([Results(results=(result,))])
    told = [row[3] for row in rows(page, "bm25-jieba") if len(row) == 5]
    assert told == ["50.0 (20.0 ~ 80.0) ▲", "50.0 (20.0 ~ 80.0) △"]
    assert "- bm25-jieba：mrr@10 +10.0 (5.0 ~ 20.0) *，p = 0.0100" in page
    (cited,) = [row for row in rows(page, "引用了标准依据") if len(row) == 4]
    assert cited[2].startswith("66.7%")
    assert cited[3].startswith("100.0%")
    assert cited[3][-1] in "△▲"
    lost = {(one.who, one.what): one.clear for one in losses(result)}
    assert lost["bm25-jieba", "相邻两字颠倒：mrr@10"] is False
    assert lost["bm25-jieba", "mrr@10"]
    assert ("基线：LangChain 的通常写法（最近的四块）", "不能答的：没有作答") in lost
    # as fast as ours: not ahead
    assert not any("用时" in what for _, what in lost)


def test_a_result_that_nothing_beats_says_so(
    plain: Run, make_result: Callable[..., Result]
) -> None:
    assert "没有一项指标不如基线" in markdown([Results(results=(make_result(plain),))])


def test_the_mean_is_over_what_is_named(result: Result) -> None:
    page = markdown([Results(results=(result,))], ["some", "some@headline"])
    assert rows(page, "**hybrid（问院）**")[0][-2:] == ["50.0", "—"]
    assert "wenyuan eval table 各次的结果/ --mean some,some@headline" in page
    with pytest.raises(UsageError, match="没有 other 的检索结果；有：some、some@headline"):
        markdown([Results(results=(result,))], ["other"])


def measuring(result: Result, dataset: str, ours: list[float], theirs: list[float]) -> Result:
    """The same result of a data set for each question of which these values were measured."""
    found = dict(result.retrieval or {})
    arms = {
        arm: {
            "metrics": {"mrr@10": {"value": sum(of) / len(of), "low": 0, "high": 1}},
            "per_question": {str(n): {"mrr@10": one} for n, one in enumerate(of)},
        }
        for arm, of in (("hybrid", ours), ("bm25-jieba", theirs))
    }
    found |= {"arms": arms, "questions": len(ours), "types": {}, "variants": {}, "differences": []}
    return replace(result, provenance=replace(result.provenance, dataset=dataset), retrieval=found)


def test_the_mean_has_an_interval_and_so_has_what_ours_is_ahead_by(result: Result) -> None:
    """A set of two questions weighs as much as one of four."""
    one = measuring(result, "one", [1, 1, 0.5, 0.5], [0.5, 0.5, 0.25, 0.25])
    two = measuring(result, "two", [1, 0.5], [0.5, 0])
    page = markdown([Results(results=(one, two))], ["one", "two"])
    whole, ahead = rows(page, "bm25-jieba")[0][-2:]
    assert whole.startswith("31.2 (")
    low, high = (float(end) for end in whole[whole.index("(") + 1 : -1].split(" ~ "))
    assert 0 <= low < 31.2 < high <= 50
    assert ahead.startswith("+43.8 (")
    assert ahead.endswith(" *")
    assert rows(page, "**hybrid（问院）**")[0][-2].startswith("75.0 (")


def test_changed_questions_are_told_beside_the_other_arms(result: Result) -> None:
    page = markdown([Results(results=(result,))])
    moved, ahead = (row for row in rows(page, "相邻两字颠倒（6 题）"))
    assert moved[1:] == ["50.0 (20.0 ~ 80.0) [-10.0*]", "50.0 (20.0 ~ 80.0) [-10.0*] △"]
    assert ahead[1:] == ["-2.0 (-20.0 ~ -5.0)"]
    assert "bm25-jieba、langchain 查的是原样的题" in page


def test_support_of_what_is_copied_is_no_figure(
    plain: Run, make_case: MakeCase, make_result: Callable[..., Result]
) -> None:
    def cited(model: str) -> list[Case]:
        tally = {"citation_recall": (1.0, 1.0), "citation_precision": (1.0, 1.0)}
        return [make_case(one.id, model=model, tallies=one.tallies | tally) for one in plain.cases]

    ours = make_run("plain", "plain", cited("extractive"), 0)
    theirs = make_run("langchain recipe", "baseline", cited("some"), 0, ours)
    page = markdown([Results(results=(make_result(ours, theirs),))])
    (row,) = rows(page, "引用精确（ALCE）")
    assert row[2] == "—（照抄）"
    assert row[3].startswith("100.0%")


def test_a_number_of_questions_that_is_not_ours_is_told(
    plain: Run, make_result: Callable[..., Result]
) -> None:
    fewer = make_run("langchain recipe", "baseline", plain.cases[:5], 0, plain)
    page = markdown([Results(results=(make_result(plain, fewer),))])
    (row,) = rows(page, "引用了标准依据")
    assert (row[1], row[3].count("（5 题）")) == ("6", 1)


def test_noise_for_which_there_are_not_five_documents_is_told(
    plain: Run, make_result: Callable[..., Result]
) -> None:
    runs = (
        plain,
        make_run("noise 0.4", "noise", plain.cases, 0, plain),
        make_run("noise 0.8", "noise", (), 0, plain),
    )
    page = markdown([Results(results=(make_result(*runs),))])
    assert "噪声 80%：没有题够五篇材料" in page
    assert len(rows(page, "噪声")) == 1
    alone = markdown([Results(results=(make_result(plain, runs[2]),))])
    assert "噪声 80%：没有题够五篇材料" in alone


def test_what_a_type_is_called_cannot_break_a_table(
    make_case: MakeCase, make_result: Callable[..., Result]
) -> None:
    cases = [make_case(str(n), type="一|二\n三") for n in range(3)]
    page = markdown([Results(results=(make_result(make_run("plain", "plain", cases, 0)),))])
    assert "| 一\\|二 三 |" in page


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"half": "development"}, "同一半"),
        ({"commit": "abc"}, "程序的提交不同"),
        ({"settings": {"chat_model": "some"}}, "设置不同"),
    ],
)
def test_results_that_were_made_otherwise_are_not_put_on_one_page(
    plain: Run, make_result: Callable[..., Result], more: dict[str, Any], told: str
) -> None:
    one = make_result(plain, half="reporting")
    other = make_result(plain, **({"dataset": "other", "half": "reporting"} | more))
    with pytest.raises(UsageError, match=told):
        markdown([Results(results=(one,)), Results(results=(other,))])


def test_a_set_of_which_all_was_asked_stands_on_the_page_but_in_no_mean(result: Result) -> None:
    whole = replace(result, provenance=replace(result.provenance, dataset="whole", half=None))
    found = [Results(results=(result, whole))]
    assert "## whole" in markdown(found, ["some"])
    with pytest.raises(UsageError, match="同一半"):
        markdown(found, ["some", "whole"])


def test_results_of_one_data_set_are_not_told_twice(result: Result) -> None:
    one = Results(results=(result,))
    with pytest.raises(UsageError, match="同名"):
        markdown([one, one])


def test_a_result_of_finding_alone_has_no_table_of_answers(result: Result) -> None:
    page = markdown([Results(results=(replace(result, runs=()),))])
    assert "### 检索（6 题，%）" in page
    assert "### 回答" not in page
