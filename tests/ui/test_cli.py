"""The command line inside one process: exit codes, sentences, and what goes to which stream."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run, wenyuan
from ui.commands.common import set_up_logging


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest) -> None:
    """Every test here has the light backends, before anything else is set up."""
    request.getfixturevalue("light_backends")


@pytest.fixture
def kept(page: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Take the page in and return its report's id."""
    assert run(["ingest", str(page)]) == 0
    capsys.readouterr()
    return str(shown(["reports", "--json"], capsys)["reports"][0]["id"])


def shown(
    arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = 0
) -> dict[str, Any]:
    """Run a command and return the one JSON object that it wrote."""
    assert run(arguments) == code
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def failure(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that fails and return the one line that it told."""
    assert run(arguments) == 2
    written = capsys.readouterr()
    assert written.out == ""
    lines = written.err.splitlines()
    assert len(lines) == 1, written.err
    assert lines[0].startswith("错误：")
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["sho"], "没有 sho 这个命令"),
        (["show"], "缺少 ARTICLE"),
        (["ask"], "--batch"),
        (["ask", "问", "--colour"], "没有 --colour 这个选项"),
        (["ask", "问", "答"], "wenyuan ask --help"),
        (["serve", "--port", "x"], "--port"),
        (["serve", "--port", "0"], "WENYUAN_PORT"),
        (["--home", "", "reports"], "--home"),
        (["ask", "--batch", "b.jsonl", "--history", "h.json"], "--history"),
        (["ask", "问", "--history", "none.json"], "none.json"),
        (["ask", "--batch", "none.jsonl"], "none.jsonl"),
        (["show", "a0"], "a0"),
        (["remove", "r0"], "r0"),
        (["eval", "none.jsonl"], "none.jsonl"),
        (["eval", "."], "文件夹"),
        (["ask", "问题？", "--model", "nobody:nothing"], "nobody:nothing"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert part in failure(arguments, capsys)


def test_without_a_command_the_help_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "ingest" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(wenyuan.commands))
def test_every_command_has_its_help_and_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert "--json" in capsys.readouterr().out
    assert wenyuan.commands[name].help


def test_an_empty_library_has_no_reports(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(["reports", "--json"], capsys) == {"reports": []}


def test_a_report_is_taken_in_listed_shown_and_removed(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = shown(["ingest", str(page), "--json"], capsys)
    assert taken["elapsed_ms"] > 0
    outcome = taken["reports"][0]
    assert outcome["path"] == str(page)
    assert (outcome["status"], outcome["reason"], outcome["articles"]) == ("added", None, 1)

    report = shown(["reports", "--json"], capsys)["reports"][0]
    assert report["articles"][0]["headline"] == "院落改造请居民来商量"
    assert report["articles"][0]["community"] == "柳荫社区"

    article = shown(["show", report["articles"][0]["id"], "--json"], capsys)
    assert article["byline"]["reporters"] == ["王小明"]
    assert [section["heading"] for section in article["sections"]] == [None, "改造的钱从哪里来"]

    removed = shown(["remove", report["id"], "--json"], capsys)
    assert removed["removed"]["id"] == report["id"]
    assert shown(["reports", "--json"], capsys) == {"reports": []}
    assert page.exists()


def test_what_is_taken_in_again_is_unchanged(
    page: Path, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    again = shown(["ingest", str(page), "--json"], capsys)
    assert again["reports"][0]["status"] == "unchanged"
    assert shown(["reports", "--json"], capsys)["reports"][0]["id"] == kept


def test_an_answer_quotes_its_report_to_the_letter(
    page: Path, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = shown(["ask", "改造一共花了多少钱？", "--json"], capsys)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["report"]["id"] == kept
    for citation in answer["citations"]:
        assert citation["quote"] in page.read_text(encoding="utf-8")
    labels = {citation["label"] for citation in answer["citations"]}
    assert {label for sentence in answer["sentences"] for label in sentence["labels"]} == labels


@pytest.mark.usefixtures("kept")
def test_an_answer_for_reading_has_its_marks_and_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["ask", "改造一共花了多少钱？"]) == 0
    written = capsys.readouterr().out
    assert "[1]" in written
    assert "《院落改造请居民来商量》 · 柳荫社区" in written


@pytest.mark.usefixtures("kept")
def test_a_batch_is_answered_line_by_line_and_a_bad_line_does_not_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        '{"id": "一", "question": "改造一共花了多少钱？"}',
        "not json",
        "",
        '{"id": 3, "question": ""}',
        '{"id": "四", "question": "居民自筹了多少？", "history": [["改造花了多少钱？", ""]]}',
        '{"id": "五", "question": "问", "history": "no"}',
        '{"id": "六"}',
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")

    assert run(["ask", "--json", "--batch", str(batch)]) == 1

    written = capsys.readouterr()
    answers = [json.loads(line) for line in written.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["一", None, 3, "四", "五", "六"]
    assert ["error" in answer for answer in answers] == [False, True, True, False, True, True]
    assert written.err.count("\n") == 1


def test_a_batch_without_bad_lines_ends_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "改造花了多少钱？"}\n', encoding="utf-8-sig")
    assert shown(["ask", "--batch", str(batch)], capsys)["status"] == "not_covered"


def test_questions_are_measured_by_name(
    tmp_path: Path, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept
    questions = tmp_path / "questions.jsonl"
    question = {
        "id": "q1",
        "type": "number",
        "question": "改造一共花了多少钱？",
        "answerable": True,
        "evidence": ["改造一共花了三十万元"],
        "facts": [["三十万元"]],
    }
    questions.write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    metrics = shown(["eval", str(questions), "--json"], capsys)
    assert metrics["questions"] == 1
    assert metrics["gold_cited_share"] == 1
    assert run(["eval", str(questions)]) == 0
    assert "gold_cited_share" in capsys.readouterr().out


def test_the_settings_are_shown_with_their_secrets_covered(
    kept: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept
    monkeypatch.setenv("WENYUAN_CHAT_API_KEY", "sk-very-secret")
    assert run(["config", "--json"]) == 0
    written = capsys.readouterr().out
    assert "very-secret" not in written
    view = json.loads(written)
    assert view["settings"]["embedder"] == "hashing"
    assert view["embedder"]["name"] == view["manifest"]["embedder"]
    assert run(["config"]) == 0
    written = capsys.readouterr().out
    assert "very-secret" not in written
    assert "port = 7860" in written


def test_other_settings_are_refused_until_the_index_is_made_anew(
    kept: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept
    monkeypatch.setenv("WENYUAN_PASSAGE_CHARS", "60")
    assert "wenyuan reindex" in failure(["ask", "改造一共花了多少钱？"], capsys)
    assert shown(["reindex", "--json"], capsys)["passages"] > 0
    assert shown(["ask", "改造一共花了多少钱？", "--json"], capsys)["status"] == "answered"


def test_logs_go_to_standard_error_and_verbose_tells_the_cause(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENYUAN_PROT", "1")
    assert run(["reports", "--json"]) == 0
    written = capsys.readouterr()
    assert json.loads(written.out) == {"reports": []}
    assert "WENYUAN_PROT" in written.err
    assert run(["--verbose", "show", "a0"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_traceback_is_logged_for_those_who_asked_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def log_a_failure() -> str:
        logger = logging.getLogger("assistant.somewhere")
        logger.warning("it failed", exc_info=OSError("no"))
        return capsys.readouterr().err

    set_up_logging("warning")
    assert log_a_failure() == "WARNING assistant.somewhere: it failed\n"
    set_up_logging("debug")
    assert "OSError: no" in log_a_failure()
