"""The page: everything on it, nothing from outside, nothing unescaped."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.figures import make_run
from assistant.evaluation.labels import gain, interval
from assistant.evaluation.report import failures, page, write_report
from assistant.evaluation.results import Case, Figure, Result, Results, Run
from store.errors import UsageError

MakeCase = Callable[..., Case]
MakeResult = Callable[..., Result]
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def results(
    plain: Run, make_case: MakeCase, make_result: MakeResult, retrieval: dict[str, Any]
) -> Results:
    asked = [make_case(case.id, False, quotes=(EVIL,)) for case in plain.cases[:4]]
    runs = [
        make_run("plain", "plain", [*plain.cases, make_case("e", False, said=EVIL)], 0),
        make_run("a baseline", "baseline", plain.cases, 0, plain),
        make_run("homophone", "variant", asked, 0, plain),
        make_run("noise 0.4", "noise", asked, 0, plain),
    ]
    one = make_result(*runs, settings={"chat_model": EVIL})
    return Results(results=(Result(provenance=one.provenance, runs=one.runs, retrieval=retrieval),))


def test_the_page_needs_no_other_file_and_escapes_what_it_quotes(results: Results) -> None:
    written = page(results)
    assert not re.search(r"""(?:src|href)=["'](?!data:)""", written)
    assert "<script" not in written
    assert "url(" not in written
    assert "&lt;script&gt;" in written
    assert "default-src 'none'" in written


def test_the_page_shows_figures_baselines_variants_noise_retrieval_and_failures(
    results: Results,
) -> None:
    written = page(results)
    for text in (
        "gold_cited_share",
        "a baseline",
        "一个同音字",
        "噪声 40%",
        "bm25-jieba",
        "0.0100",
    ):
        assert text in written
    assert "没有答对的（4）" in written
    assert written.count("data:image/svg+xml;base64,") == 4


def test_the_same_results_give_the_same_page(results: Results) -> None:
    assert page(results) == page(results)


def test_plots_hold_no_reference_to_the_outside(results: Results) -> None:
    for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", page(results)):
        svg = base64.b64decode(picture).decode()
        assert not re.search(r"""href=["'](?!#)""", svg)


def test_a_result_of_one_question_makes_a_page_too(
    make_case: MakeCase, make_result: MakeResult
) -> None:
    run = make_run("plain", "plain", [make_case("1")], 0)
    assert "没有。" in page(Results(results=(make_result(run),)))


def test_variants_of_questions_that_nothing_answers_make_a_page_too(
    make_case: MakeCase, make_result: MakeResult
) -> None:
    plain = make_run("plain", "plain", [make_case("1", False)], 0)
    variant = make_run("homophone", "variant", [make_case("1", False)], 0, plain)
    assert "一个同音字" in page(Results(results=(make_result(plain, variant),)))


def test_noise_that_no_question_has_documents_for_makes_a_page_too(
    plain: Run, make_result: MakeResult
) -> None:
    empty = make_run("noise 0.8", "noise", (), 0, plain)
    assert "噪声 80%" in page(Results(results=(make_result(plain, empty),)))


def test_what_went_wrong_is_said(plain: Run) -> None:
    assert [(one.case.id, one.why) for one in failures(plain)] == [
        ("4", ("能答，却没有作答", "没有引用标准依据")),
        ("5", ("能答，却没有作答", "没有引用标准依据")),
        ("u1", ("不能答，却作了答",)),
    ]


def test_figures_are_written_with_their_intervals() -> None:
    share = Figure(name="f1", value=0.5, low=0.25, high=0.75, n=9)
    assert interval(share) == "50.0% (25.0% ~ 75.0%)"
    assert gain(share) == "+50.0 (25.0 ~ 75.0) *"
    assert gain(Figure(name="f1", value=-0.1, low=-0.2, high=0.0, n=9)) == "-10.0 (-20.0 ~ 0.0)"
    assert interval(Figure(name="elapsed_p50_ms", value=12, low=None, high=None, n=1)) == "12.0"
    assert interval(None) == gain(None) == "—"
    assert gain(Figure(name="f1", value=0.018, low=-0.0, high=0.054, n=9)) == "+1.8 (0.0 ~ 5.4)"
    assert gain(Figure(name="f1", value=-0.0002, low=-0.0004, high=0.0, n=9)) == "0.0 (0.0 ~ 0.0)"


def test_a_page_that_cannot_be_written_is_told(results: Results, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="写不进"):
        write_report(results, tmp_path / "none")
