"""The commands as a person runs them: a process of their own, on the bundled report."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

Read = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_bundled_report_is_listed_with_its_articles(home: Path, read: Read) -> None:
    reports = read(home, "reports")["reports"]
    assert len(reports) == len(list((ROOT / "reports").glob("*.txt")))
    for report in reports:
        assert set(report) == {"id", "path", "title", "publisher", "added_at", "articles"}
        assert report["articles"]
        assert all(article["headline"] for article in report["articles"])


def test_every_article_can_be_shown(home: Path, read: Read, wenyuan: Run) -> None:
    for report in read(home, "reports")["reports"]:
        for article in report["articles"]:
            shown = read(home, "show", article["id"])
            assert shown["headline"] == article["headline"]
            assert any(section["paragraphs"] for section in shown["sections"])
            assert article["headline"] in wenyuan(home, "show", article["id"]).stdout


def test_a_question_about_a_community_cites_its_article(home: Path, read: Read) -> None:
    for report in read(home, "reports")["reports"]:
        for article in report["articles"]:
            answer = read(home, "ask", f"{article['community']}做了什么？")
            assert answer["status"] in {"answered", "related"}
            cited = {citation["article"]["id"] for citation in answer["citations"]}
            assert article["id"] in cited


def test_a_quote_stands_in_its_article_to_the_letter(home: Path, read: Read) -> None:
    [report, *_] = read(home, "reports")["reports"]
    answer = read(home, "ask", f"{report['articles'][0]['community']}有什么问题？")
    assert answer["citations"]
    for citation in answer["citations"]:
        article = json.dumps(read(home, "show", citation["article"]["id"]), ensure_ascii=False)
        assert citation["end"] - citation["start"] == len(citation["quote"])
        assert json.dumps(citation["quote"], ensure_ascii=False)[1:-1] in article


def test_what_is_taken_in_is_still_there_for_the_next_process(home: Path, read: Read) -> None:
    again = read(home, "ingest", "reports")
    assert {report["status"] for report in again["reports"]} == {"unchanged"}


@pytest.mark.parametrize("command", ["--help", "reports", "show --help", "config", "feedback"])
def test_what_needs_no_model_loads_none(outside: dict[str, str], command: str) -> None:
    # How soon these answer is measured by bench/start.py; what would make them slow is seen here.
    script = (
        "import sys; from ui.cli import run; run(sys.argv[1:]); "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & "
        "{'torch', 'sentence_transformers', 'transformers', 'gradio', 'chromadb', 'onnx', "
        "'onnxruntime', 'langchain', 'langchain_core', 'rapidocr', 'cv2', 'pypdfium2', 'rjieba'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command.split()],
        cwd=ROOT,
        env=outside,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_output_is_utf8_whatever_the_terminal_says(outside: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "reports", "--json"],
        cwd=ROOT,
        env=outside | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout.decode("utf-8"))["reports"][0]["title"]


def test_a_reader_that_leaves_early_is_no_crash(outside: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "reports"],
        cwd=ROOT,
        env=outside,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
