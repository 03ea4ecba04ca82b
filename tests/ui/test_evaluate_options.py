"""`wenyuan eval` in part: a half, finding or answering alone, translations; and as Markdown."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.results import read_results
from tests.ui.evaluated import lines, told
from ui.cli import run


@pytest.fixture(autouse=True)
def backends(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("light_backends")


def test_a_half_is_asked_and_the_result_says_which(folder: Path, tmp_path: Path) -> None:
    ids = []
    for half in ("development", "reporting"):
        out = tmp_path / half
        assert run(["eval", str(folder), "--half", half, "--out", str(out)]) == 0
        (result,) = read_results(out).results
        assert result.provenance.half == half
        assert result.retrieval is not None
        assert result.retrieval["questions"] == len(result.plain.cases)
        ids += [case.id for case in result.plain.cases]
    assert sorted(ids) == ["q0", "q1", "q2"]


def test_finding_alone_is_measured_shown_and_gated(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["eval", str(folder), "--retrieval-only"]
    capsys.readouterr()
    assert run([*arguments, "--json", "--fail-under", "hybrid/mrr@10=0"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {"hybrid/mrr@10", "langchain/hit@1", "bm25-jieba/ndcg@10"} <= set(shown)
    assert "questions" not in shown
    by_dense = ["--no-baseline", "--fail-under", "dense/mrr@10=2"]
    said = told([*arguments, *by_dense], 1, capsys)
    assert "dense/mrr@10 是" in said
    said = told(["eval", str(folder), *by_dense], 1, capsys)  # a floor orders it to be measured
    assert "dense/mrr@10 是" in said
    assert run([*arguments, "--no-baseline", "--out", str(tmp_path / "out")]) == 0
    assert "\nhybrid   hit@1 " in capsys.readouterr().out
    (result,) = read_results(tmp_path / "out").results
    assert result.runs == ()
    assert result.retrieval is not None
    assert set(result.retrieval["arms"]) == {"lexical", "dense", "hybrid"}


def test_a_floor_under_a_baseline_s_finding_has_it_measured(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["eval", str(folder), "--fail-under", "bm25-jieba/hit@1=0"]
    assert told(arguments, 0, capsys) == ""
    assert "bm25-jieba" in told([*arguments, "--no-baseline"], 2, capsys)


def test_answers_alone_and_no_baseline_are_less_work(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["eval", str(folder), "--answers-only", "--no-baseline", "--out", str(out)]) == 0
    (result,) = read_results(out).results
    assert result.retrieval is None
    assert [one.name for one in result.runs] == ["plain"]


def test_questions_are_asked_in_english_where_somebody_translated_them(
    folder: Path, tmp_path: Path
) -> None:
    english = lines(tmp_path / "en.jsonl", [{"id": "q1", "question_en": "What did it cost?"}])
    out = tmp_path / "out"
    arguments = ["eval", str(folder), "--variants", "english,swapped", "--no-baseline"]
    assert run([*arguments, "--translations", str(english), "--out", str(out)]) == 0
    found = read_results(out)
    (result,) = found.results
    (case,) = next(one.cases for one in result.runs if one.name == "english")
    assert (case.id, case.asked) == ("q1", "What did it cost?")
    assert result.retrieval is not None
    assert result.retrieval["variants"]["english"]["questions"] == 1
    assert found.command == (
        "wenyuan eval news --variants english,swapped --translations en.jsonl"
        " --no-baseline --out out"
    )


def test_a_run_of_no_question_is_left_out(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert (
        run(["eval", str(folder), "--variants", "english", "--no-baseline", "--out", str(out)]) == 0
    )
    (result,) = read_results(out).results
    assert [one.name for one in result.runs] == ["plain"]


def test_results_are_written_as_markdown(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["eval", str(folder), "--out", str(out)]) == 0
    capsys.readouterr()
    assert run(["eval", "table", str(out), "--mean", "news"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# 评测结果")
    assert "wenyuan eval news --out out\n" in page
    assert str(tmp_path) not in page
    assert told(["eval", "table", str(out), "--mean", "other"], 2, capsys).count("\n") == 1


def test_with_a_chat_model_it_is_also_asked_without_the_reports_and_may_fail(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENYUAN_CHAT_BASE_URL", "http://127.0.0.1:9")
    out = tmp_path / "out"
    arguments = ["eval", str(folder), "--answers-only", "--model", "ollama:some", "--sample", "1"]
    assert run([*arguments, "--out", str(out)]) == 0
    (result,) = read_results(out).results
    names = [one.name for one in result.runs]
    assert names == [
        "plain", "nearest passage, never refuses", "langchain recipe", "closed book"
    ]  # fmt: skip
    for one in result.runs[2:]:
        (case,) = one.cases
        assert case.model == "ollama:some"
        assert case.tallies["model_failed_share"] == (1.0, 1.0)
        assert case.notice is not None
        assert "没有回答" in case.notice
