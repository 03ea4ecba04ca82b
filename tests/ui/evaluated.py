"""What the tests of `wenyuan eval` share: a small data set, files of lines, what is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run

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
TOPICS = ("电梯", "食堂", "花园", "车棚", "晾衣架", "路灯", "凉亭")


def build_news(folder: Path) -> Path:
    """Make a data set with documents of its own: news about seven things in two places."""
    documents = [
        {
            "id": f"{place}{n}",
            "title": "",
            "text": f"{place}的{topic}上个月修好了，花了{n + 2}万元。",
        }
        for place in ("东苑", "西苑")
        for n, topic in enumerate(TOPICS)
    ]
    asked = [
        {
            "id": f"q{n}",
            "question": f"东苑的{topic}花了多少钱？",
            "gold_ids": [f"东苑{n}"],
            "noise_ids": [f"西苑{m}" for m in range(len(TOPICS))],
            "answers": [f"{n + 2}万元"],
            "answerable": True,
        }
        for n, topic in enumerate(TOPICS[:3])
    ]
    made = folder / "news"
    made.mkdir()
    lines(made / "corpus.jsonl", documents)
    lines(made / "questions.jsonl", asked)
    return made


def lines(path: Path, values: list[dict[str, Any]]) -> Path:
    """Write a file of one JSON object a line."""
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in values), "utf-8")
    return path


def told(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that ends with a code and return what it tells of it."""
    capsys.readouterr()
    assert run(arguments) == code
    return capsys.readouterr().err
