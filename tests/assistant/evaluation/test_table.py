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
    assert rows(page, "**hybrid（问院）**")[0][-1] == "50.0"
    with pytest.raises(UsageError, match="没有 other 的检索结果；有：some、some@headline"):
        markdown([Results(results=(result,))], ["other"])


def test_results_of_one_data_set_are_not_told_twice(result: Result) -> None:
    one = Results(results=(result,))
    with pytest.raises(UsageError, match="同名"):
        markdown([one, one])


def test_a_result_of_finding_alone_has_no_table_of_answers(result: Result) -> None:
    page = markdown([Results(results=(replace(result, runs=()),))])
    assert "### 检索（6 题，%）" in page
    assert "### 回答" not in page
