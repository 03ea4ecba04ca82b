"""The pytest plugin works in the suite of somebody else."""

import json
import os
import subprocess
import sys
from pathlib import Path

SUITE = """
import pytest

LIGHT = {"embedder": "hashing", "vectors": "memory"}

def test_the_answers_are_good(wenyuan_eval):
    found = wenyuan_eval("questions.jsonl", reports=["page.txt"], **LIGHT)
    assert found.metrics["gold_cited_share"] >= 0.5
    assert found.cases[0].quotes
    with pytest.raises(KeyError):
        found.metrics["refused_share"]  # no question is there to be refused

def test_they_are_not_that_good(wenyuan_eval):
    found = wenyuan_eval("questions.jsonl", reports=["page.txt"], **LIGHT)
    assert found.metrics["questions"] >= 99

def test_a_report_that_cannot_be_read_is_told(wenyuan_eval):
    wenyuan_eval("questions.jsonl", reports=["empty.pdf"], **LIGHT)
"""


def test_a_suite_elsewhere_sets_floors_under_the_answers(tmp_path: Path, page: Path) -> None:
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "test_answers.py").write_text(SUITE, "utf-8")
    (folder / "page.txt").write_bytes(page.read_bytes())
    (folder / "empty.pdf").write_bytes(b"%PDF-1.7 nothing")
    question = {
        "id": "1",
        "question": "改造一共花了多少钱？",
        "answerable": True,
        "evidence": ["改造一共花了三十万元"],
    }
    (folder / "questions.jsonl").write_text(json.dumps(question, ensure_ascii=False), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        cwd=tmp_path,
        env=os.environ | {"WENYUAN_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "2 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "assert 1 >= 99" in done.stdout
    assert "empty.pdf" in done.stdout
    assert not (tmp_path / "home").exists()
