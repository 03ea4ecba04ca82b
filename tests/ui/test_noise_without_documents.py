"""A share of noise for which no question has documents enough is told as one that asked nothing."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.results import read_results
from tests.ui.evaluated import build_news
from ui.cli import run


@pytest.mark.usefixtures("light_backends")
def test_a_share_of_noise_without_five_documents_stays_in_the_result(tmp_path: Path) -> None:
    folder = build_news(tmp_path)
    asked = folder / "questions.jsonl"
    rows = [json.loads(line) for line in asked.read_text("utf-8").splitlines()]
    written = (json.dumps(row | {"noise_ids": row["noise_ids"][:1]}) for row in rows)
    asked.write_text("\n".join(written), "utf-8")
    out = tmp_path / "out"
    given = ["--noise", "0.8", "--answers-only", "--no-baseline", "--out", str(out)]
    assert run(["eval", str(folder), *given]) == 0
    (result,) = read_results(out).results
    assert [(one.name, len(one.cases)) for one in result.runs] == [("plain", 3), ("noise 0.8", 0)]
