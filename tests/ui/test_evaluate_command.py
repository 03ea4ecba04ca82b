"""`wenyuan eval` from the command line: results, pages, floors, comparisons, resuming."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.datasets import load
from assistant.evaluation.results import read_results
from tests.ui.evaluated import build_news, lines, told
from ui.cli import run
from ui.measuring import Plan, measure
from ui.settings import load_settings

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "type": "number",
        "question": "改造一共花了多少钱？",
        "answerable": True,
        "evidence": ["改造一共花了三十万元"],
        "facts": [["三十万元"]],
    },
    {
        "id": "q2",
        "type": "list",
        "question": "居民代表什么时候开会？",
        "answerable": True,
        "evidence": ["居民代表每周三晚上开一次会"],
    },
    {"id": "q3", "type": "unanswerable", "question": "量子计算机多少钱？", "answerable": False},
]


@pytest.fixture(autouse=True)
def backends(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("light_backends")


@pytest.fixture
def questions(tmp_path: Path, page: Path) -> Path:
    """A file of questions about the page that was taken in."""
    assert run(["ingest", str(page)]) == 0
    return lines(tmp_path / "questions.jsonl", QUESTIONS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_news(tmp_path)


def test_results_and_a_page_are_written(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    capsys.readouterr()
    assert run(["eval", str(questions), "--variants", "polite,keywords", "--out", str(out)]) == 0
    assert "gold_cited_share" in capsys.readouterr().out
    (result,) = read_results(out).results
    kinds = [one.kind for one in result.runs]
    assert kinds == ["plain", "baseline", "baseline", "variant", "variant"]
    assert len(result.plain.cases) == 3
    origin = result.provenance
    assert (origin.dataset, origin.model) == ("questions", "extractive")
    assert origin.settings["embedder"] == "hashing"
    assert "home" not in origin.settings
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


def test_a_run_that_was_killed_goes_on_where_it_was(questions: Path, tmp_path: Path) -> None:
    settings, plan = load_settings(), Plan(folder=tmp_path / "out")

    def stop(what: str, done: int, _all: int) -> None:
        if (what, done) == ("plain", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(load(questions), settings, plan, stop)
    (left,) = (tmp_path / "out").iterdir()
    kept = [json.loads(line)[1] for line in left.read_text("utf-8").splitlines()[1:]]
    assert [case["id"] for case in kept] == ["q1", "q2"]

    cases = measure(load(questions), settings, plan).plain.cases
    assert [case.id for case in cases] == ["q1", "q2", "q3"]
    # they were not asked again: the times are those of the first run
    assert [case.elapsed_ms for case in cases[:2]] == [case["elapsed_ms"] for case in kept]
    assert not left.exists()


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
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert run(["eval", str(questions), "--out", str(first)]) == 0
    assert run(["remove", report_id(capsys)]) == 0
    assert run(["eval", str(questions), "--out", str(second)]) == 0
    capsys.readouterr()
    assert run(["eval", "compare", str(first), str(second)]) == 0
    said = capsys.readouterr().out
    assert "报道库的内容不同" in said
    assert "q1 改造一共花了多少钱？" in said
    assert run(["eval", "compare", str(first), str(second), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert [one["after"]["id"] for one in found["changes"] if one["lost"]] == ["q1", "q2"] * 3


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
