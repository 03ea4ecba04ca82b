"""`wenyuan eval` from the command line: results, pages, floors, comparisons."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.results import read_results
from tests.ui.evaluated import QUESTIONS, lines, told
from ui.cli import run


@pytest.fixture(autouse=True)
def backends(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("light_backends")


def test_results_and_a_page_are_written(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    capsys.readouterr()
    assert run(["eval", str(questions), "--variants", "polite,keywords", "--out", str(out)]) == 0
    assert "gold_cited_share" in capsys.readouterr().out
    found = read_results(out)
    (result,) = found.results
    kinds = [one.kind for one in result.runs]
    assert kinds == ["plain", "baseline", "baseline", "variant", "variant"]
    assert len(result.plain.cases) == 3
    origin = result.provenance
    assert (origin.dataset, origin.model) == ("questions", "extractive")
    assert origin.settings["embedder"] == "hashing"
    assert "home" not in origin.settings
    assert found.command == (
        "wenyuan ingest page.txt\nwenyuan eval questions.jsonl --variants polite,keywords --out out"
    )
    assert len(origin.fingerprint) == len(origin.library) == 64
    assert "只有关键词" in (out / "report.html").read_text("utf-8")
    assert {one.name for one in out.iterdir()} == {"results.json", "report.html"}


def test_the_same_run_gives_the_same_figures(questions: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        assert run(["eval", str(questions), "--variants", "all", "--out", str(out)]) == 0
    figures = [
        {
            (one.name, figure.name): (figure.value, figure.low, figure.high)
            for one in read_results(out).results[0].runs
            for figure in one.figures
            if not figure.name.endswith("_ms")
        }
        for out in (first, second)
    ]
    assert figures[0] == figures[1] != {}


def test_a_library_that_cannot_be_the_one_asked_about_is_told(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = lines(tmp_path / "questions.jsonl", QUESTIONS)
    arguments = ["eval", str(asked), "--fail-under", "quotes_exact_share=0"]
    said = told(arguments, 2, capsys)
    assert said.endswith("库里没有报道，答不了 questions 的题；请先运行 wenyuan ingest。\n")
    other = tmp_path / "other.txt"
    text = page.read_text("utf-8").replace("三十万元", "四十万元").replace("晚上", "早上")
    other.write_text(text, "utf-8")
    assert run(["ingest", str(other)]) == 0
    assert "库里一句也没有" in told(arguments, 2, capsys)
    assert run(["ingest", str(page)]) == 0
    assert told(arguments, 0, capsys) == ""


def test_a_floor_that_is_misspelt_is_told_before_anything_is_asked(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["eval", str(questions), "--out", str(out), "--fail-under"]
    assert "refused_share" in told([*arguments, "refused_shar=1"], 2, capsys)
    assert "nosuch" in told([*arguments, "refused@nosuch=0"], 2, capsys)
    assert "hybrid/mrr@10" in told([*arguments, "mrr@10=0.9"], 2, capsys)
    assert not out.exists()


def test_a_missed_floor_ends_with_1_and_one_sentence(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["eval", str(questions), "--json"]
    assert run([*arguments, "--fail-under", "quotes_exact_share=1"]) == 0
    said = told(
        [*arguments, "--fail-under", "questions=99", "--fail-under", "refused=1"], 1, capsys
    )
    assert said == "questions 没有达到要求：questions 是 3，要求 99。\n"


def test_a_sample_is_part_of_the_questions(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["eval", str(questions), "--sample", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "数据集"),
        (["FILE", "--variants", "nope"], "nope"),
        (["FILE", "--noise", "2"], "0 到 1"),
        (["FILE", "--noise", "x"], "0 到 1"),
        (["FILE", "--noise", "0.4"], "噪声"),
        (["FILE", "--fail-under", "x"], "指标=数值"),
        (["FILE", "--fail-under", "f1=1"], "f1"),
        (["FILE", "--sample", "0"], "--sample"),
        (["FILE", "FILE"], "同名"),
        (["FILE", "--out", "FILE"], "FILE"),
        (["FILE", "--judge", "nobody:some"], "nobody:some"),
        (["FILE", "--retrieval-only", "--answers-only"], "只能用一个"),
        (["FILE", "--retrieval-only"], "测不了检索"),
        (["FILE", "--half", "third"], "--half"),
        (["FILE", "--translations", "FILE"], "question_en"),
        (["FILE", "--fail-under", "hybrid/mrr@10=1"], "hybrid"),
        (["compare", "FILE"], "B"),
        (["compare", "FILE", "FILE"], "评测结果"),
        (["table"], "RESULTS"),
        (["table", "FILE"], "评测结果"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    questions: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    given = [str(questions) if one == "FILE" else one for one in arguments]
    error = told(["eval", *given], 2, capsys)
    assert said.replace("FILE", str(questions)) in error
    assert error.count("\n") == 1


def test_two_results_are_compared(
    questions: Path, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert run(["eval", str(questions), "--out", str(first)]) == 0
    assert run(["remove", report_id(capsys)]) == 0
    page.write_text(page.read_text("utf-8").replace("花了三十万元", "花了四十万元"), "utf-8")
    assert run(["ingest", str(page)]) == 0
    assert run(["eval", str(questions), "--out", str(second)]) == 0
    capsys.readouterr()
    assert run(["eval", "compare", str(first), str(second)]) == 0
    said = capsys.readouterr().out
    assert "报道库的内容不同" in said
    assert "q1 改造一共花了多少钱？" in said
    assert run(["eval", "compare", str(first), str(second), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert [one["after"]["id"] for one in found["changes"] if one["lost"]] == ["q1"] * 3


def report_id(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["reports", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["reports"][0]["id"])


def test_a_data_set_with_documents_is_asked_over_these_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", str(folder), "--noise", "0.8", "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert run(["reports", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"reports": []}
    (result,) = read_results(tmp_path / "out").results
    assert {"answer_found_share", "f1"} <= {figure.name for figure in result.plain.figures}
    noise = result.runs[-1]
    assert (noise.name, len(noise.cases)) == ("noise 0.8", 3)
    assert result.retrieval is not None
    assert result.retrieval["questions"] == 3


def test_a_judge_that_does_not_answer_is_told(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENYUAN_CHAT_BASE_URL", "http://127.0.0.1:9")
    error = told(["eval", str(questions), "--judge", "ollama:some"], 2, capsys)
    assert "评测用的对话模型“ollama:some”没有回答" in error


def test_several_data_sets_are_shown_each_under_its_name(
    questions: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["eval", str(questions), str(folder), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["questions"]["questions"] == shown["news"]["questions"] == 3
